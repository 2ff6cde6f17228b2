"""The picture of function, load and strength over time."""

from dataclasses import replace

import pytest

from herstel.chain.model import Measurement
from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Position
from herstel.progress.function_picture import function_picture
from herstel.progress.judge import judge_progress
from herstel.progress.load_panel import load_weeks
from herstel.progress.model import CheckIn, Progress
from herstel.progress.report import write_progress
from herstel.progress.strength_panel import SHOWN, strength_measured
from herstel.progress.time_chart import LEFT
from herstel.text import LANGUAGES
from tests.unit.progress.roads import a_plan, fit, measured, on, sore, told


def judged(
    knowledge: Knowledge, check_ins: list[CheckIn], today: int, measurements: tuple[Measurement, ...] = ()
) -> Progress:
    return judge_progress(a_plan(knowledge, measurements=measurements), check_ins, on(today), knowledge)


def drawn(
    knowledge: Knowledge, check_ins: list[CheckIn], today: int, measurements: tuple[Measurement, ...] = ()
) -> Drawing:
    return function_picture(judged(knowledge, check_ins, today, measurements), knowledge, "en")


def texts(drawing: Drawing) -> list[str]:
    return [one.text for one in drawing.shapes if isinstance(one, Label)]


def bars(drawing: Drawing) -> list[Path]:
    """Everything that is filled by the hand of a panel, the sample in the legend left out."""
    filled = [one for one in drawing.shapes if isinstance(one, Path) and one.closed and one.fill == "accent"]
    return [one for one in filled if one.points[1][0] - one.points[0][0] != 18]


def pair(test: str, day: int, injured: float, other: float) -> tuple[Measurement, ...]:
    return measured(test, injured, day=day), measured(test, other, day=day, side="right")


# --- walking and trust ------------------------------------------------------------------------------------------------


def test_walking_is_a_bar_in_the_row_of_its_level_broken_where_a_day_is_not_known(knowledge: Knowledge) -> None:
    days = [told(n, walking="limping" if n < 2 else "pain_free") for n in (0, 1, 2, 3, 5)]
    drawing = drawn(knowledge, days, 6)
    row = {one.text: one.at[1] for one in drawing.shapes if isinstance(one, Label)}
    assert row["pain-free"] < row["with some pain"] < row["limping"] < row["not possible"]
    wide = sorted((round((one.points[1][0] - LEFT) / (286 / 7)), one.points[0][1]) for one in bars(drawing))
    assert [day for day, _ in wide] == [2, 4, 6], "two days of limping; two and then one without pain"
    assert wide[0][1] > row["limping"] > wide[1][1] == wide[2][1]


def test_what_was_never_filled_in_is_said_to_be_so(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [told(0, walking=None)], 0)
    notes = (
        "Walking: not filled in",
        "Trust in the leg: not filled in",
        "Training load: not filled in",
        "Strength: not measured on both legs in this time",
    )
    assert set(notes) <= set(texts(drawing))
    assert all(one in drawing.description for one in notes)
    assert not bars(drawing)


def test_trust_is_a_mark_on_the_day_it_was_told(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [told(0, confidence=3), told(1), told(7, confidence=8)], 7)
    marks = [one.centre for one in drawing.shapes if isinstance(one, Circle)]
    assert len(marks) == 2
    assert marks[0][1] > marks[1][1], "more trust is higher"
    assert "trust in the leg: 3 on 2 March, 8 on 9 March" in drawing.description


# --- load -------------------------------------------------------------------------------------------------------------


def trained(day: int, minutes: float | None = 40.0) -> CheckIn:
    return told(day, session_min=minutes, session_rpe=5.0)


def test_weeks_are_counted_back_from_today_and_stop_at_the_start(knowledge: Knowledge) -> None:
    progress = judged(knowledge, [trained(n) for n in range(10)], 9)
    first, last = load_weeks(progress, on(0), on(0))
    assert (first.first, first.last, first.load, first.complete) == (on(0), on(2), 600, True)
    assert (last.first, last.last, last.load, last.complete) == (on(3), on(9), 1400, True)
    assert progress.load.session == last.load, "the last bar is what the limit is about"
    assert load_weeks(progress, on(0), on(3)) == (last,)


def test_a_week_that_is_partly_shown_is_counted_in_full(knowledge: Knowledge) -> None:
    progress = judged(knowledge, [trained(n) for n in range(10)], 9)
    assert load_weeks(progress, on(0), on(5))[0].load == 1400
    drawing = function_picture(progress, knowledge, "en", since=on(5))
    assert "load per 7 days: 1400 up to 11 March;" in drawing.description
    assert min(x for bar in bars(drawing) for x, _ in bar.points) == LEFT


@pytest.mark.parametrize("third", [None, trained(3, None)], ids=["no check-in", "minutes not told"])
def test_a_week_with_days_that_are_not_known_is_patterned_and_says_at_least(
    knowledge: Knowledge, third: CheckIn | None
) -> None:
    days = [trained(n) for n in range(7) if n != 3] + ([third] if third else [])
    drawing = drawn(knowledge, days, 6)
    assert [one.pattern for one in bars(drawing)].count("hatch") == 1
    assert "at least so much: not every day is known" in texts(drawing)
    assert "load per 7 days: at least 1200 up to 8 March" in drawing.description


def test_a_week_that_is_known_is_filled_and_needs_no_legend(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [trained(n, 0.0) for n in range(7)], 6)
    assert all(one.pattern == "solid" for one in bars(drawing))
    assert "at least so much: not every day is known" not in texts(drawing)
    assert "load per 7 days: 0 up to 8 March;" in drawing.description


def test_a_week_of_which_nothing_is_known_is_not_an_empty_place(knowledge: Knowledge) -> None:
    drawing = drawn(knowledge, [trained(n) for n in range(7)], 13)
    hatched = next(one for one in bars(drawing) if one.pattern == "hatch")
    assert hatched.points[2][1] - hatched.points[1][1] == 4
    assert "load per 7 days: 1400 up to 8 March;" in drawing.description, "and no number is made of it"


def test_the_own_limit_is_a_line_when_it_is_known(knowledge: Knowledge) -> None:
    few, enough = ([trained(n, 30.0 + n) for n in range(weeks * 7)] for weeks in (2, 5))
    assert not [one for one in texts(drawn(knowledge, few, 13)) if "own limit" in one]
    drawing = drawn(knowledge, enough, 34)
    lines = [one for one in drawing.shapes if isinstance(one, Path) and one.ink == "bad" and one.dashed]
    assert len(lines) == 2, "in the panel and in the legend"
    limit = judged(knowledge, enough, 34).load.session_limit
    assert limit is not None
    assert f"own limit of the last 7 days: {round(limit)}" in texts(drawing)
    assert f"own limit of the last 7 days: {round(limit)}" in drawing.description


# --- strength ---------------------------------------------------------------------------------------------------------


def test_only_days_on_which_both_legs_were_measured_count(knowledge: Knowledge) -> None:
    taken = (
        *pair("isometric_90", 1, 110, 220),
        measured("isometric_90", 150, day=2),
        measured("isometric_90", 220, day=3, side="right"),
        *pair("isometric_90", 4, 198, 0),
        *pair("isometric_90", 5, 198, 220),
    )
    chain = judged(knowledge, [told(0)], 6, taken).plan.chain
    assert [(one.date, one.ratio) for one in strength_measured(chain, on(0), on(6))["isometric_90"]] == [
        (on(1), 0.5),
        (on(5), 0.9),
    ]
    assert strength_measured(chain, on(2), on(4)) == {}
    drawing = drawn(knowledge, [told(0)], 6, taken)
    name = "heel push with hip and knee at 90 degrees"
    assert name in texts(drawing)
    assert f"strength in % of the other leg, {name}: 50 % on 3 March, 90 % on 7 March" in drawing.description


def test_a_test_that_is_itself_the_share_counts_with_the_test_it_is_a_share_of(knowledge: Knowledge) -> None:
    taken = (*pair("outer_range_strength", 5, 176, 220), measured("outer_range_ratio", 0.6, day=1, side=None))
    chain = judged(knowledge, [told(0)], 6, taken).plan.chain
    found = strength_measured(chain, on(0), on(6))
    assert {test: [one.ratio for one in days] for test, days in found.items()} == {"outer_range_strength": [0.6, 0.8]}
    assert texts(drawn(knowledge, [told(0)], 6, taken)).count("strength at long muscle length") == 1


def test_every_test_has_a_mark_of_its_own_in_its_legend(knowledge: Knowledge) -> None:
    sided = {test for test in SHOWN if knowledge.chain.tests[test].per_side}
    taken = tuple(
        one
        for test in SHOWN
        for one in (pair(test, 3, 20, 20) if test in sided else (measured(test, 1.0, day=3, side=None),))
    )
    drawing = drawn(knowledge, [told(0)], 6, taken)
    legend = {
        (type(one), one.fill, tuple((round(x - one.points[0][0], 3), round(y - one.points[0][1], 3))
                                    for x, y in one.points) if isinstance(one, Path) else ())
        for one in drawing.shapes
        if not isinstance(one, Label) and one.width == 1.2
    }  # fmt: skip
    assert len(legend) == len(SHOWN) - 1, "one of them is the same test, written down as a share"


def test_marks_of_one_day_stand_beside_each_other(knowledge: Knowledge) -> None:
    taken = (*pair("isometric_90", 3, 100, 100), *pair("isometric_30", 3, 100, 100))
    drawing = drawn(knowledge, [told(0)], 6, taken)
    round_one = next(one for one in drawing.shapes if isinstance(one, Circle) and one.width == 1.2)
    square = next(one for one in drawing.shapes if isinstance(one, Path) and one.width == 1.2)
    middle = sum(x for x, _ in square.points) / 4
    assert middle - round_one.centre[0] == pytest.approx(7)


def test_what_the_gate_asks_is_a_line_when_its_test_was_done(knowledge: Knowledge) -> None:
    asked = drawn(knowledge, [told(0)], 6, pair("isometric_90", 3, 100, 200))
    assert "asked for phase 2: 50 %" in texts(asked)
    assert "asked for phase 2: 50 %" in asked.description
    other = drawn(knowledge, [told(0)], 6, pair("isometric_15", 3, 2.0, 3.0))
    assert not [one for one in texts(other) if "asked" in one]


def test_the_way_back_asks_what_the_return_table_asks(knowledge: Knowledge) -> None:
    taken = (*pair("outer_range_strength", 3, 200, 220), *pair("isometric_15", 3, 3.0, 3.2))
    plan = a_plan(knowledge, measurements=taken, position=Position(phase=4, since=on(0)))
    progress = judge_progress(plan, [told(0)], on(6), knowledge)
    told_of = [one for one in texts(function_picture(progress, knowledge, "en")) if "asked" in one]
    assert told_of == ["asked for going back: 85 %, 90 %"]


def test_nothing_is_asked_of_somebody_who_is_back(knowledge: Knowledge) -> None:
    progress = replace(judged(knowledge, [told(0)], 6, pair("isometric_90", 3, 100, 200)), gate=None)
    assert not [one for one in texts(function_picture(progress, knowledge, "en")) if "asked" in one]


def test_with_both_legs_injured_there_is_no_panel_and_the_words_say_so(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, assessment=sore(knowledge), measurements=fit(0))
    progress = judge_progress(plan, [told(0)], on(6), knowledge)
    drawing = function_picture(progress, knowledge, "en")
    assert "Strength: no sound leg to compare with" in texts(drawing)
    assert "Strength: no sound leg to compare with" in drawing.description
    assert not strength_measured(plan.chain, on(0), on(6))


# --- as a whole -------------------------------------------------------------------------------------------------------


def long_road(weeks: int) -> tuple[list[CheckIn], tuple[Measurement, ...]]:
    check_ins = [
        told(n, walking="limping" if n < 9 else "some_pain", confidence=n % 10, session_min=500.0, session_rpe=10.0)
        for n in range(7 * weeks)
        if n % 9
    ]
    return check_ins, tuple(one for week in range(0, weeks, 2) for one in fit(7 * week, isometric_90=20 + week))


@pytest.mark.parametrize("weeks", [1, 2, 14, 104])
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_lies_within_the_picture_and_words_are_large_enough(
    knowledge: Knowledge, weeks: int, language: str
) -> None:
    progress = judged(knowledge, *_judged_args(weeks))
    drawing = function_picture(progress, knowledge, language)  # type: ignore[arg-type]
    assert drawing.width == 320
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Path) else (shape.at if isinstance(shape, Label) else shape.centre,)
        for x, y in points:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
        if isinstance(shape, Label):
            assert shape.size >= 11
            wide = 6.4 * len(shape.text)
            left = shape.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[shape.anchor]
            assert left >= 0, shape.text
            assert left + wide <= drawing.width + 12, shape.text


def _judged_args(weeks: int) -> tuple[list[CheckIn], int, tuple[Measurement, ...]]:
    check_ins, measurements = long_road(weeks)
    return check_ins, 7 * weeks - 1, measurements


def test_the_picture_is_told_in_words_as_well(knowledge: Knowledge) -> None:
    drawing = drawn(
        knowledge,
        [told(0, walking="limping", confidence=4, session_min=20, session_rpe=4), told(1, session_min=0)],
        2,
        pair("isometric_90", 1, 132, 220),
    )
    assert drawing.title == "Function, load and strength over time"
    assert drawing.description == (
        "phase 1 from 2 March to 4 March; walking: limping on 2 March, pain-free on 3 March; "
        "trust in the leg: 4 on 2 March, 4 on 2 March; load per 7 days: at least 80 up to 4 March; "
        "strength in % of the other leg, heel push with hip and knee at 90 degrees: 60 % on 3 March; "
        "asked for phase 2: 50 %; 2 of 3 days were filled in."
    )


def test_only_the_last_weeks_are_shown_when_they_are_asked_for(knowledge: Knowledge) -> None:
    check_ins, _, measurements = _judged_args(20)
    progress = judged(knowledge, check_ins, 139, measurements)
    recent = function_picture(progress, knowledge, "en", since=on(49))
    assert "phase 1 from 20 April" in recent.description
    assert len(recent.shapes) < len(function_picture(progress, knowledge, "en").shapes)
    section = next(
        one for one in write_progress(progress, knowledge, "en", since=on(49)).sections if one.id == "over_time"
    )
    assert recent in section.drawings
    assert len(section.drawings) == 2
