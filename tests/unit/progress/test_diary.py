from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.progress.diary import Diary, Ordinary, number_told
from tests.unit.progress.roads import on, told


def a_diary(knowledge: Knowledge, track: str = "strain", mornings: tuple[float, ...] = (1, 1, 1)) -> Diary:
    """A diary in which some ordinary mornings are known."""
    diary = Diary(knowledge.progress, knowledge.plan.tracks[track])
    for number, pain in enumerate(mornings):
        check_in = told(number - len(mornings), pain_next_morning=pain, stiffness_min=10)
        diary.open(check_in.date, check_in)
        diary.close(check_in)
    return diary


def test_one_odd_morning_does_not_change_what_is_ordinary() -> None:
    usual = Ordinary(5)
    for value in (2.0, 2.0, 0.0, 2.0, 2.0):
        usual.add(value)
    assert usual.value == 2


def test_pain_that_creeps_up_never_becomes_ordinary() -> None:
    usual = Ordinary(5)
    for value in (1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0):
        usual.add(value)
    assert usual.value == 1


def test_the_ordinary_morning_follows_recovery_down() -> None:
    usual = Ordinary(5)
    for value in (6.0, 5.0, 4.0, 3.0, 2.0):
        usual.add(value)
    assert usual.value == 4
    for value in (1.0, 1.0, 1.0):
        usual.add(value)
    assert usual.value == 1


@pytest.mark.parametrize(
    ("changes", "response"),
    [
        ({"pain_next_morning": 2}, "settled"),
        ({"pain_next_morning": 2.5}, "not_settled"),
        ({"pain_next_morning": 3}, "flare_up"),
        ({"stiffness_min": 25}, "settled"),
        ({"stiffness_min": 26}, "not_settled"),
        ({"pain_next_morning": None}, "unknown"),
        ({"stiffness_min": None}, "unknown"),
        ({"pain_next_morning": 3, "stiffness_min": None}, "flare_up"),
    ],
)
def test_the_morning_after_is_compared_with_an_ordinary_one(
    knowledge: Knowledge, changes: dict[str, Any], response: str
) -> None:
    diary = a_diary(knowledge)
    check_in = told(0, **{"stiffness_min": 10, **changes})
    assert diary.open(check_in.date, check_in) == response


def test_without_a_check_in_the_morning_is_unknown(knowledge: Knowledge) -> None:
    assert a_diary(knowledge).open(on(0), None) == "unknown"


def test_without_an_earlier_morning_nothing_can_be_compared(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, mornings=())
    assert diary.open(on(0), told(0)) == "unknown"
    diary.close(told(0, pain_next_morning=None))
    assert diary.pain.value is None
    assert diary.open(on(1), told(1, stiffness_min=0)) == "unknown"


def test_stiffness_without_an_ordinary_one_is_unknown(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, mornings=())
    first = told(0, stiffness_min=None)
    diary.open(on(0), first)
    diary.close(first)
    assert diary.open(on(1), told(1)) == "unknown"


@pytest.mark.parametrize(
    ("changes", "calm"),
    [
        ({}, True),
        ({"pain_next_morning": 3}, False),
        ({"pain_now": 3}, False),
        ({"pain_worst": 5}, False),
        ({"pain_worst": 4}, True),
        ({"walking": "limping"}, False),
        ({"walking": "some_pain"}, True),
        ({"walking": None}, True),
        ({"sharp_stab": True}, False),
        ({"gave_way": True}, False),
        ({"new_bruise": True}, False),
        ({"pain_next_morning": None, "pain_now": None}, None),
        ({"pain_next_morning": None}, True),
    ],
)
def test_a_calm_day_has_little_pain_no_limp_and_no_stop_sign(
    knowledge: Knowledge, changes: dict[str, Any], calm: bool | None
) -> None:
    diary = a_diary(knowledge)
    diary.open(on(0), told(0, **changes))
    assert diary.calm(on(0)) is calm


def test_a_day_without_a_check_in_is_not_known_to_be_calm(knowledge: Knowledge) -> None:
    assert a_diary(knowledge).calm(on(5)) is None


def test_a_tendon_may_hurt_a_little_more_on_a_calm_day(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, "tendinopathy")
    diary.open(on(0), told(0, pain_next_morning=3))
    assert diary.calm(on(0)) is True


def test_calm_lately_needs_enough_known_days_and_a_week_without_a_flare_up(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, mornings=())
    diary.open(on(8), told(8))
    assert not diary.calm_lately(on(9)), "only one of the last three days is known"
    diary.open(on(9), told(9))
    assert diary.calm_lately(on(10))
    diary.flare_ups.append(on(4))
    assert not diary.calm_lately(on(10))
    diary.open(on(11), told(11))
    assert diary.calm_lately(on(11))
    diary.stops.append(on(6))
    assert not diary.calm_lately(on(11))


def test_a_restless_day_is_not_made_up_for_by_calm_ones(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, mornings=())
    for day, pain in ((1, 1), (2, 5), (3, 1)):
        diary.open(on(day), told(day, pain_now=pain))
    assert not diary.calm_lately(on(3))


def test_a_day_that_is_not_known_may_have_been_a_load(knowledge: Knowledge) -> None:
    diary = a_diary(knowledge, mornings=())
    assert diary.loaded_on(on(0))
    diary.open(on(0), told(0))
    assert not diary.loaded_on(on(0))
    diary.open(on(1), told(1, session_min=20))
    assert diary.loaded_on(on(1))


@pytest.mark.parametrize(
    ("changes", "field", "number"),
    [
        ({"walking": "limping"}, "walking", 2),
        ({"walking": None}, "walking", None),
        ({"fear_of_movement": "high"}, "fear_of_movement", 2),
        ({}, "fear_of_movement", None),
        ({"confidence": 7}, "confidence", 7),
    ],
)
def test_a_field_as_a_number(changes: dict[str, Any], field: str, number: float | None) -> None:
    assert number_told(told(0, **changes), field) == number
