from datetime import date, timedelta
from typing import Any

import pytest

from herstel.chain.measurement_file import read_judgements, read_measurements
from herstel.chain.model import Measurement
from herstel.errors import InputError
from tests.unit.chain.people import DAY, KNOWLEDGE

KNEE: dict[str, Any] = {"test": "active_knee_extension", "side": "left", "value": 25, "date": "2026-03-02"}
JUDGED: dict[str, Any] = {
    "contributor": "core", "verdict": "rejected", "reason": "strong enough in the clinic", "date": "2026-03-02",
}  # fmt: skip


def read(*items: object, today: date = DAY) -> tuple[Measurement, ...]:
    return read_measurements(list(items), KNOWLEDGE, today)


def problems(*items: object) -> str:
    with pytest.raises(InputError) as caught:
        read(*items)
    return str(caught.value)


def test_a_measurement_is_read_with_what_was_told_and_the_usual_for_the_rest() -> None:
    (one,) = read({**KNEE, "note": "cold"})
    assert (one.test, one.side, one.value, one.unit, one.date) == ("active_knee_extension", "left", 25, "deg", DAY)
    assert (one.method, one.tester, one.note, one.correction) == ("goniometer", "self", "cold", "")


def test_nothing_is_read_from_nothing() -> None:
    assert read_measurements(None, KNOWLEDGE, DAY) == ()
    assert read_judgements(None, KNOWLEDGE, DAY) == ()


@pytest.mark.parametrize(
    ("test", "value", "unit", "read_as"),
    [
        ("knee_to_wall", 0.1, "m", 10),
        ("knee_to_wall", 95, "mm", 9.5),
        ("navicular_drop", 0.8, "cm", 8),
        ("side_plank", 1.5, "min", 90),
        ("max_sprint_speed", 8, "m/s", 28.8),
        ("outer_range_ratio", 62, "percent", 0.62),
        ("isometric_pressure", 20, "kPa", 150.0124),
    ],
)
def test_another_unit_is_converted_where_it_can_only_mean_one_thing(
    test: str, value: float, unit: str, read_as: float
) -> None:
    side = {"side": "left"} if KNOWLEDGE.chain.tests[test].per_side else {}
    (one,) = read({"test": test, "value": value, "unit": unit, "date": "2026-03-02", **side})
    assert one.value == pytest.approx(read_as)
    assert one.unit == KNOWLEDGE.chain.tests[test].unit


def test_its_own_error_is_converted_with_it() -> None:
    (one,) = read({"test": "knee_to_wall", "side": "left", "value": 95, "unit": "mm", "standard_error": 8, "date": DAY})
    assert one.standard_error == pytest.approx(0.8)


def test_a_force_in_kilograms_is_refused_because_devices_differ() -> None:
    assert "'kg' is not possible here" in problems(
        {"test": "isometric_90", "side": "left", "value": 20, "unit": "kg", "date": DAY}
    )


@pytest.mark.parametrize(("given", "value"), [(True, 1), (False, 0), (1, 1), (0, 0)])
def test_a_yes_or_no_may_be_written_either_way(given: object, value: float) -> None:
    (one,) = read({"test": "palpation_pain", "side": "left", "value": given, "date": DAY})
    assert one.value == value


def test_a_body_cannot_be_400_degrees_short_of_straight() -> None:
    assert "measurements.1.value: 400 is not possible here" in problems({**KNEE, "value": 400})


def test_a_maybe_is_no_yes() -> None:
    assert "not possible" in problems({"test": "palpation_pain", "side": "left", "value": 2, "date": DAY})


def test_an_unknown_test_names_its_neighbours() -> None:
    said = problems({**KNEE, "test": "active_knee_extention"})
    assert "measurements.1.test: there is no test 'active_knee_extention'" in said
    assert "active_knee_extension" in said
    assert "there is no test '7'" in problems({**KNEE, "test": 7})


def test_a_side_is_needed_where_there_are_sides_and_refused_where_there_are_none() -> None:
    assert "is measured on each side" in problems({one: KNEE[one] for one in KNEE if one != "side"})
    assert "has no sides" in problems({"test": "front_plank", "side": "left", "value": 60, "date": DAY})


def test_nothing_was_measured_tomorrow() -> None:
    assert "lies too late" in problems({**KNEE, "date": DAY + timedelta(days=1)})


def test_a_method_must_be_able_to_give_such_a_value() -> None:
    assert "dynamometer does not give a value in deg" in problems({**KNEE, "method": "dynamometer"})
    assert read({**KNEE, "method": "phone_video"})[0].method == "phone_video"


def test_everything_wrong_is_told_at_once() -> None:
    said = problems({"test": "front_plank", "value": -5, "colour": "red"}, "left", {**KNEE, "value": 400})
    for part in ("1.date: this field is missing", "1.value: -5", "1.colour", "measurements.2", "3.value: 400"):
        assert part in said


def test_a_second_record_of_the_same_day_needs_a_reason_and_then_both_are_kept() -> None:
    assert "stands in measurements.1 too" in problems(KNEE, {**KNEE, "value": 28})
    both = read(KNEE, {**KNEE, "value": 28, "correction": "read from the wrong side of the scale"})
    assert [one.value for one in both] == [25, 28]


def test_a_correction_needs_something_to_correct() -> None:
    assert "no earlier record" in problems({**KNEE, "correction": "typing error"})


def test_the_other_side_and_another_day_are_no_duplicates() -> None:
    assert len(read(KNEE, {**KNEE, "side": "right"}, {**KNEE, "date": "2026-03-01"})) == 3


def test_a_judgement_is_read() -> None:
    (one,) = read_judgements([JUDGED], KNOWLEDGE, DAY)
    assert (one.contributor, one.verdict, one.date) == ("core", "rejected", DAY)
    (other,) = read_judgements([{**JUDGED, "contributor": "stretch_injury", "verdict": "confirmed"}], KNOWLEDGE, DAY)
    assert other.verdict == "confirmed"


def test_a_judgement_needs_a_reason_and_something_that_exists() -> None:
    with pytest.raises(InputError) as caught:
        read_judgements(
            [{**JUDGED, "reason": " "}, {**JUDGED, "contributor": "glute_maxx"}, "core", {"verdict": "perhaps"}],
            KNOWLEDGE,
            DAY,
        )
    said = str(caught.value)
    for part in ("1.reason: the reason is empty", "no link or implication 'glute_maxx'", "glute_max", "judgements.3"):
        assert part in said
    assert "4.contributor: this field is missing" in said
