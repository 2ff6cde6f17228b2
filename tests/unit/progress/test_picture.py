"""The picture of pain and stiffness over time."""

import pytest

from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Position
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn
from herstel.progress.picture import progress_picture
from herstel.progress.report import write_progress
from herstel.progress.time_chart import phase_bands
from tests.unit.progress.roads import a_plan, fit, on, told


def drawn(knowledge: Knowledge, check_ins: list[CheckIn], today: int) -> Drawing:
    progress = judge_progress(a_plan(knowledge, measurements=fit(0)), check_ins, on(today), knowledge)
    return progress_picture(progress, knowledge, "en")


def pain_lines(drawing: Drawing) -> list[Path]:
    return [one for one in drawing.shapes if isinstance(one, Path) and one.ink == "bad" and not one.closed]


def up_and_down(n: int) -> CheckIn:
    """A day with another pain than the day before, so that the line bends on each."""
    return told(n, pain_worst=n * n % 7 / 2)


def test_nothing_is_drawn_through_a_day_that_is_not_known(knowledge: Knowledge) -> None:
    whole = drawn(knowledge, [up_and_down(n) for n in range(8)], 7)
    broken = drawn(knowledge, [up_and_down(n) for n in range(8) if n != 3], 7)
    assert [len(one.points) for one in pain_lines(whole)[:-1]] == [8]
    assert [len(one.points) for one in pain_lines(broken)[:-1]] == [3, 4]


def test_a_single_day_is_a_mark_without_a_line(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [told(0)], 0)
    assert len(pain_lines(drawing)) == 1, "only the legend"
    assert any(isinstance(one, Circle) and one.ink == "bad" for one in drawing.shapes)


def test_days_that_were_not_filled_in_are_shown(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [told(0), told(3)], 4)
    two, one, _legend = [one for one in drawing.shapes if isinstance(one, Path) and one.fill == "unknown"]
    assert wide(two) == pytest.approx(2 * wide(one))


def test_a_straight_line_needs_no_points_between_its_ends(knowledge: Knowledge) -> None:
    straight = drawn(knowledge, [told(n, pain_worst=4) for n in range(8)], 7)
    bent = drawn(knowledge, [told(n, pain_worst=4 if n < 5 else 3) for n in range(8)], 7)
    assert [len(one.points) for one in pain_lines(straight)[:-1]] == [2]
    assert [len(one.points) for one in pain_lines(bent)[:-1]] == [4]
    assert wide(pain_lines(straight)[0]) == pytest.approx(wide(pain_lines(bent)[0]))


def test_a_history_of_two_years_takes_fewer_shapes_than_it_has_days(knowledge: Knowledge) -> None:
    days = [n for n in range(730) if n not in (299, 301)]
    drawing = drawn(knowledge, [told(n, stiffness_min=10.0 if n % 100 else 20.0) for n in days], 729)
    marks = [one for one in drawing.shapes if isinstance(one, Circle) and one.ink == "bad"]
    assert len(marks) == 1 + 1, "the day that stands alone, and the legend"
    bars = [one for one in drawing.shapes if isinstance(one, Path) and one.fill == "accent"]
    assert len(bars) == 8 + 8, "the days with more, and those between them"
    assert len(drawing.shapes) < 100


def wide(path: Path) -> float:
    return max(x for x, _ in path.points) - min(x for x, _ in path.points)


def test_the_phases_follow_each_other_without_a_gap(knowledge: Knowledge) -> None:
    check_ins = [*(told(n) for n in range(6)), told(6, sharp_stab=True)]
    progress = judge_progress(a_plan(knowledge, measurements=fit(0)), check_ins, on(8), knowledge)
    assert list(phase_bands(progress)) == [(1, on(0), on(1)), (2, on(2), on(5)), (1, on(6), on(8))]


def test_a_phase_that_ends_on_its_first_day_is_not_drawn(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, position=Position(phase=2, since=on(0)))
    progress = judge_progress(plan, [told(0, sharp_stab=True)], on(3), knowledge)
    assert list(phase_bands(progress)) == [(1, on(0), on(3))]


def test_a_plan_that_has_not_begun_has_no_phases_yet(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(-3)], on(-2), knowledge)
    assert list(phase_bands(progress)) == []
    assert progress_picture(progress, knowledge, "en").shapes


def test_everything_lies_within_the_picture_and_words_are_large_enough(knowledge: Knowledge) -> None:
    check_ins = [told(n, stiffness_min=120.0 if n == 5 else 10.0, pain_worst=10) for n in range(90)]
    drawing = drawn(knowledge, check_ins, 89)
    assert drawing.width == 320
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Path) else (shape.at if isinstance(shape, Label) else shape.centre,)
        for x, y in points:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
        if isinstance(shape, Label):
            assert shape.size >= 11


def test_the_picture_is_told_in_words_as_well(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [told(0, pain_worst=4, stiffness_min=30), told(1, pain_worst=2, stiffness_min=15)], 2)
    assert drawing.description == (
        "phase 1 from 2 March to 4 March; worst pain: 4 on 2 March, 2 on 3 March; "
        "morning stiffness in minutes: 30 on 2 March, 15 on 3 March; 2 of 3 days were filled in."
    )


def test_unknown_pain_is_left_out_of_the_words(knowledge: Knowledge) -> None:
    assert "worst pain" not in drawn(knowledge, [told(0, pain_worst=None)], 0).description


def test_the_report_holds_the_picture(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(0)], on(0), knowledge)
    report = write_progress(progress, knowledge, "en")
    assert next(one for one in report.sections if one.id == "over_time").drawings


def test_only_the_last_weeks_are_shown_when_they_are_asked_for(knowledge: Knowledge) -> None:
    check_ins = [up_and_down(n) for n in range(30)]
    progress = judge_progress(a_plan(knowledge, measurements=fit(0)), check_ins, on(29), knowledge)
    drawing = progress_picture(progress, knowledge, "en", since=on(20))
    assert [len(one.points) for one in pain_lines(drawing)[:-1]] == [10]
    assert "10 of 10 days were filled in" in drawing.description
    assert "22" in [one.text for one in drawing.shapes if isinstance(one, Label)], "days count from the start"
    whole = progress_picture(progress, knowledge, "en")
    assert progress_picture(progress, knowledge, "en", since=on(-9)) == whole
