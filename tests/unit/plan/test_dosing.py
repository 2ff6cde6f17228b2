from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.dosing import dose_at, minutes_of, steps_to_top

CURL = Dose(sets_low=2, sets_high=3, amount_low=8, amount_high=12, unit="reps")
HOLD = Dose(sets_low=5, sets_high=5, amount_low=30, amount_high=45, unit="seconds", per_side=True)
WALK = Dose(sets_low=1, sets_high=1, amount_low=10, amount_high=20, unit="minutes")


def told(dose: Dose) -> tuple[int, float]:
    assert dose.sets_low == dose.sets_high
    assert dose.amount_low == dose.amount_high
    return dose.sets_high, dose.amount_high


def test_a_dose_starts_at_its_low_end(knowledge: Knowledge) -> None:
    assert told(dose_at(CURL, knowledge)) == (2, 8)


def test_advancing_adds_sets_first_and_then_repetitions(knowledge: Knowledge) -> None:
    assert [told(dose_at(CURL, knowledge, steps=steps)) for steps in range(5)] == [
        (2, 8), (3, 8), (3, 10), (3, 12), (3, 12),
    ]  # fmt: skip


def test_the_steps_to_the_top_are_as_many_as_change_something(knowledge: Knowledge) -> None:
    assert steps_to_top(CURL, knowledge) == 3
    assert steps_to_top(HOLD, knowledge) == 2
    fixed = Dose(sets_low=3, sets_high=3, amount_low=6, amount_high=6, unit="reps")
    assert steps_to_top(fixed, knowledge) == 0
    assert dose_at(fixed, knowledge, steps=9) == fixed


def test_seconds_are_rounded_to_fives(knowledge: Knowledge) -> None:
    assert told(dose_at(HOLD, knowledge, steps=1)) == (5, 40)


def test_a_flare_up_takes_sets_off(knowledge: Knowledge) -> None:
    assert told(dose_at(HOLD, knowledge, volume=0.7)) == (4, 25)
    three = Dose(sets_low=3, sets_high=3, amount_low=10, amount_high=10, unit="reps")
    sets, amount = told(dose_at(three, knowledge, volume=0.7))
    assert sets * amount <= 0.75 * 30


def test_less_than_a_set_takes_from_the_amount(knowledge: Knowledge) -> None:
    assert told(dose_at(WALK, knowledge, volume=0.7)) == (1, 7)


def test_a_volume_outside_its_bounds_is_kept_inside(knowledge: Knowledge) -> None:
    assert dose_at(CURL, knowledge, volume=0.0) == dose_at(CURL, knowledge, volume=0.33)
    assert dose_at(CURL, knowledge, volume=9.0) == dose_at(CURL, knowledge, volume=1.5)


def test_an_older_person_does_a_set_less_but_never_none(knowledge: Knowledge) -> None:
    assert told(dose_at(HOLD, knowledge, fewer_sets=1)) == (4, 30)
    assert told(dose_at(WALK, knowledge, fewer_sets=1)) == (1, 10)


def test_minutes_follow_the_dose() -> None:
    assert minutes_of(HOLD, 9, HOLD, one_side=False) == 9
    half = Dose(sets_low=5, sets_high=5, amount_low=22.5, amount_high=22.5, unit="seconds")
    assert minutes_of(HOLD, 8, half, one_side=False) == 6
    assert minutes_of(HOLD, 10, HOLD, one_side=True) == 6


def test_a_walk_takes_as_long_as_it_takes() -> None:
    short = Dose(sets_low=1, sets_high=1, amount_low=10, amount_high=10, unit="minutes")
    assert minutes_of(WALK, 20, short, one_side=False) == 10


def test_a_dose_in_another_unit_takes_the_usual_time() -> None:
    runs = Dose(sets_low=6, sets_high=6, amount_low=80, amount_high=80, unit="metres")
    assert minutes_of(WALK, 20, runs, one_side=False) == 20
