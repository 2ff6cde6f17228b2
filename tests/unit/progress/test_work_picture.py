"""The picture of walking, load and strength over time."""

from typing import Any

from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.knowledge.model import Knowledge
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn
from herstel.progress.report import write_progress
from herstel.progress.work_picture import work_picture
from tests.unit.progress.roads import a_plan, fit, measured, on, sore, told

NOT_MEASURED = "strength: not measured on both sides in these days"


def drawn(knowledge: Knowledge, check_ins: list[CheckIn], today: int, since: int | None = None, **plan: Any) -> Drawing:
    progress = judge_progress(a_plan(knowledge, **plan), check_ins, on(today), knowledge)
    return work_picture(progress, knowledge, "en", since=None if since is None else on(since))


def bars(drawing: Drawing) -> list[Path]:
    """The weeks of load; the last two filled boxes are those of the legend."""
    return [one for one in drawing.shapes if isinstance(one, Path) and one.fill == "accent"][:-2]


def labels(drawing: Drawing) -> list[str]:
    return [one.text for one in drawing.shapes if isinstance(one, Label)]


def test_each_way_of_walking_that_was_told_is_a_mark_and_a_day_without_it_is_none(knowledge: Knowledge) -> None:
    days = [told(0, walking="cannot"), told(1, walking="limping"), told(2, walking=None), told(3)]
    drawing = drawn(knowledge, days, 4)
    marks = [one for one in drawing.shapes if isinstance(one, Circle) and one.fill == "accent"]
    heights = [one.centre[1] for one in marks]
    assert len(heights) == 3
    assert heights == sorted(heights, reverse=True), "better stands higher"
    assert "walking: not possible on 2 March, free of pain on 5 March" in drawing.description


def test_a_week_with_a_day_that_is_not_known_is_at_least_so_much(knowledge: Knowledge) -> None:
    trained = {"session_min": 30.0, "session_rpe": 5.0}
    whole = [told(number, **trained) for number in range(7)]
    drawing = drawn(knowledge, [*whole, told(8, **trained)], 9)
    assert [one.pattern for one in bars(drawing)] == ["solid", "hatch"]
    assert "load of the week from 9 March: at least 150" in drawing.description
    assert "load of the week from 2 March: 1050" in drawn(knowledge, whole, 6).description


def test_weeks_of_which_nothing_is_known_have_no_bar(knowledge: Knowledge) -> None:
    assert bars(drawn(knowledge, [told(0), told(9)], 20)) == []


def test_strength_is_drawn_per_test_with_a_mark_of_its_own(knowledge: Knowledge) -> None:
    tests = [*fit(0), *fit(14, isometric_90=110)]
    drawing = drawn(knowledge, [told(number) for number in range(15)], 15, measurements=tests)
    assert "knee at 90 degrees: 50 per cent of the other leg on 16 March" in drawing.description
    assert {"knee at 90 degrees", "knee at 30 degrees", "knee at 15 degrees", "muscle at length"} <= set(
        labels(drawing)
    )
    lines = [one for one in drawing.shapes if isinstance(one, Path) and one.ink == "ink" and len(one.points) == 2]
    assert len([one for one in lines if one.width == 1 and one.points[0][0] != one.points[1][0]]) == 4
    assert NOT_MEASURED not in drawing.description


def test_a_single_measurement_is_a_mark_without_a_line(knowledge: Knowledge) -> None:
    both = [measured("isometric_90", value, side=side) for side, value in (("left", 180), ("right", 200))]  # type: ignore[arg-type]
    drawing = drawn(knowledge, [told(0)], 1, measurements=both)
    assert "knee at 90 degrees: 90 per cent" in drawing.description
    assert not [one for one in drawing.shapes if isinstance(one, Path) and one.dashed]


def test_one_leg_alone_or_both_legs_injured_is_not_measured_and_not_normal(knowledge: Knowledge) -> None:
    alone = drawn(knowledge, [told(0)], 1, measurements=[measured("isometric_90", 200)])
    both = drawn(knowledge, [told(0)], 1, measurements=fit(0), assessment=sore(knowledge))
    for drawing in (alone, both):
        assert NOT_MEASURED in drawing.description
        assert "not measured on both sides in these days" in labels(drawing)


def test_without_a_word_about_walking_nothing_is_said_of_it(knowledge: Knowledge) -> None:
    assert drawn(knowledge, [told(0, walking=None)], 1).description.startswith("strength")


def test_only_the_last_weeks_are_shown_when_they_are_asked_for(knowledge: Knowledge) -> None:
    trained = [told(number, session_min=30.0, session_rpe=5.0) for number in range(30)]
    drawing = drawn(knowledge, trained, 29, since=20, measurements=fit(0))
    assert len(bars(drawing)) == 3
    assert NOT_MEASURED in drawing.description


def test_everything_lies_within_the_picture_and_words_are_large_enough(knowledge: Knowledge) -> None:
    days = [told(number, session_min=90.0, session_rpe=10.0) for number in range(730)]
    drawing = drawn(knowledge, days, 729, measurements=[*fit(0, isometric_90=900), *fit(700, isometric_90=1)])
    assert drawing.width == 320
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Path) else (shape.at if isinstance(shape, Label) else shape.centre,)
        for x, y in points:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
        if isinstance(shape, Label):
            assert shape.size >= 11
            assert 0.58 * shape.size * len(shape.text) < 300


def test_the_report_holds_both_pictures(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(0)], on(0), knowledge)
    report = write_progress(progress, knowledge, "nl")
    (drawings,) = [one.drawings for one in report.sections if one.id == "over_time"]
    assert [one.title for one in drawings] == ["Pijn en stijfheid in de tijd", "Lopen, belasting en kracht in de tijd"]
