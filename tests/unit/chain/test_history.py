from datetime import timedelta

from herstel.chain.analysis import analyse_chain
from herstel.chain.history import WIDTH, history_picture
from herstel.chain.model import Measurement
from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.text import Language
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, measured

EARLIER = DAY - timedelta(days=14)


def drawn(test: str, *measurements: Measurement, language: Language = "en") -> Drawing | None:
    chain = analyse_chain(assessed(), measurements, KNOWLEDGE)
    return history_picture(CHAIN.tests[test], chain, KNOWLEDGE, language)


def test_what_was_never_measured_has_no_picture() -> None:
    assert drawn("straight_leg_raise", measured("outer_range_ratio", 0.7)) is None


def test_every_value_has_a_mark_and_the_sides_differ_without_colour() -> None:
    drawing = drawn(
        "straight_leg_raise",
        *both("straight_leg_raise", 40, 75, date=EARLIER),
        *both("straight_leg_raise", 55, 76),
    )
    assert drawing is not None
    lines = [one for one in drawing.shapes if isinstance(one, Path) and one.width == 1.8 and len(one.points) == 2]
    assert {one.dashed for one in lines} == {True, False}
    marks = [one for one in drawing.shapes if isinstance(one, Circle)]
    assert len(marks) == 4 + 2, "two of each side and the legend"
    assert {one.fill for one in marks} == {"accent", "paper"}
    assert all(0 < one.centre[0] < WIDTH for one in marks)
    assert "left: 40 degrees (2026-02-16), 55 degrees (2026-03-02)" in drawing.description


def test_one_value_is_a_mark_in_the_middle_and_a_missing_side_is_told() -> None:
    drawing = drawn("straight_leg_raise", measured("straight_leg_raise", 40, "left"))
    assert drawing is not None
    assert "right: not measured" in drawing.description
    assert [one.text for one in drawing.shapes if isinstance(one, Label)][1] == "2-3"


def test_a_test_without_sides_has_one_line() -> None:
    drawing = drawn("outer_range_ratio", measured("outer_range_ratio", 0.7), language="nl")
    assert drawing is not None
    assert len([one for one in drawing.shapes if isinstance(one, Circle)]) == 2
    assert "0,7" in drawing.description
