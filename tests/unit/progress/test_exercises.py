"""What each exercise does after a day and the morning after it."""

from dataclasses import replace
from typing import Any

import pytest

from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Edit, OwnExercise, Position
from herstel.progress.model import CheckIn
from herstel.text import Text
from tests.unit.progress.roads import (
    HEAVY,
    START,
    STRENGTH,
    a_plan,
    decided,
    did,
    on,
    play,
    rules_on,
    strain,
    told,
)  # fmt: skip


def days(*done_on: int, until: int, **changes: Any) -> list[CheckIn]:
    """Calm days with the exercise done on some of them."""
    return [told(n, done=(did(**changes),) if n in done_on else ()) for n in range(until + 1)]


def test_two_good_times_with_calm_mornings_advance_an_exercise(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), days(1, 3, until=4), knowledge)
    assert rules_on(replay, 2, STRENGTH) == ["good_once"]
    assert rules_on(replay, 4, STRENGTH) == ["two_good"]
    assert replay.position.steps == {STRENGTH: 1}


def test_one_good_time_is_not_enough(knowledge: Knowledge) -> None:
    assert play(a_plan(knowledge), days(1, until=6), knowledge).position.steps == {}


def test_an_unknown_morning_holds_and_counts_neither_way(knowledge: Knowledge) -> None:
    check_ins = days(1, 3, until=4)
    check_ins[2] = replace(check_ins[2], pain_next_morning=None)
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert rules_on(replay, 2, STRENGTH) == ["morning_unknown"]
    assert replay.position.steps == {}
    replay = play(a_plan(knowledge), [*check_ins, told(5, done=(did(),)), told(6)], knowledge)
    assert replay.position.steps == {STRENGTH: 1}


def test_a_missing_day_after_an_exercise_is_an_unknown_morning(knowledge: Knowledge) -> None:
    check_ins = [one for one in days(1, 3, until=4) if one.date != on(2)]
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert rules_on(replay, 2, STRENGTH) == ["morning_unknown"]
    assert replay.position.steps == {}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"pain": None}, "not_told"),
        ({"sets": None}, "not_told"),
        ({"sets": 1}, "less_done"),
        ({"amount": 3.0}, "less_done"),
        ({"pain": 5.0}, "pain_during"),
    ],
)
def test_what_was_not_done_as_planned_does_not_count(knowledge: Knowledge, changes: dict[str, Any], rule: str) -> None:
    replay = play(a_plan(knowledge), days(1, 3, 5, 7, until=8, **changes), knowledge)
    assert rule in rules_on(replay, 1, STRENGTH)
    assert not decided(replay, "two_good")


def test_an_amount_that_was_left_out_does_not_stand_in_the_way(knowledge: Knowledge) -> None:
    assert play(a_plan(knowledge), days(1, 3, until=4, amount=None), knowledge).position.steps == {STRENGTH: 1}


def test_the_pain_of_the_day_counts_when_the_exercise_has_none_of_its_own(knowledge: Knowledge) -> None:
    check_ins = [replace(one, pain_during=1.0) for one in days(1, 3, until=4, pain=None)]
    assert play(a_plan(knowledge), check_ins, knowledge).position.steps == {STRENGTH: 1}


def test_leaving_an_exercise_out_because_of_pain_is_no_progress(knowledge: Knowledge) -> None:
    check_ins = days(1, 5, until=6)
    check_ins[3] = replace(check_ins[3], could_not=frozenset({STRENGTH, "no_such_exercise"}))
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert rules_on(replay, 3, STRENGTH) == ["less_done"]
    assert rules_on(replay, 3, "no_such_exercise") == []
    assert replay.position.steps == {}


def test_more_pain_is_allowed_in_strength_work_after_the_fifth_day(knowledge: Knowledge) -> None:
    """The plan starts on day 4 of the injury: its day 1 is day 5, its day 2 is day 6."""
    early = play(a_plan(knowledge), days(1, until=1, pain=4.0), knowledge)
    assert rules_on(early, 1, STRENGTH) == ["pain_during"]
    assert decided(early, "pain_during")[0].numbers == {"pain": 4, "limit": 2}
    late = play(a_plan(knowledge), days(2, until=3, pain=4.0), knowledge)
    assert rules_on(late, 3, STRENGTH) == ["good_once"]
    assert rules_on(play(a_plan(knowledge), days(2, until=3, pain=4.5), knowledge), 2, STRENGTH) == ["pain_during"]


def test_more_pain_is_not_allowed_when_the_day_of_the_injury_is_unknown(knowledge: Knowledge) -> None:
    found = replace(strain(), complaint=replace(strain().complaint, days_since_onset=None))
    plan = a_plan(knowledge, assessment=found, injury_date=None)
    assert rules_on(play(plan, days(9, until=9, pain=4.0), knowledge), 9, STRENGTH) == ["pain_during"]


def test_more_pain_is_not_allowed_after_a_grade_three(knowledge: Knowledge) -> None:
    grade = replace(strain().grade, probabilities={**dict.fromkeys(strain().grade.probabilities, 0.0), "3": 1.0})
    plan = a_plan(knowledge, assessment=replace(strain(), grade=grade))
    assert rules_on(play(plan, days(9, until=9, pain=4.0), knowledge), 9, STRENGTH) == ["pain_during"]


def test_too_much_pain_makes_an_exercise_lighter(knowledge: Knowledge) -> None:
    start = Position(since=START, steps={STRENGTH: 2})
    replay = play(a_plan(knowledge, position=start), days(1, until=2, pain=5.0), knowledge)
    assert replay.position.steps == {STRENGTH: 1}


def test_without_steps_to_give_up_an_easier_exercise_takes_its_place(knowledge: Knowledge) -> None:
    harder = knowledge.exercises["hip_thrust"]
    replay = play(a_plan(knowledge), days(1, until=2, exercise=harder.id, pain=5.0), knowledge)
    assert replay.position.replaced == {harder.id: harder.easier[0]}
    again = play(a_plan(knowledge), days(1, 2, until=3, exercise=harder.id, pain=5.0), knowledge)
    assert again.position.replaced == {harder.id: harder.easier[0]}


def test_an_exercise_without_an_easier_one_stays(knowledge: Knowledge) -> None:
    assert not knowledge.exercises[STRENGTH].easier
    assert play(a_plan(knowledge), days(1, until=2, pain=9.0), knowledge).position.replaced == {}


def test_a_replaced_exercise_no_longer_counts(knowledge: Knowledge) -> None:
    start = Position(since=START, replaced={STRENGTH: "supine_heel_dig_30"})
    replay = play(a_plan(knowledge, position=start), days(1, until=2), knowledge)
    assert rules_on(replay, 1, STRENGTH) == ["superseded"]


def test_a_flare_up_rests_the_exercise_and_starts_it_lower_with_less(knowledge: Knowledge) -> None:
    start = Position(since=START, steps={STRENGTH: 2})
    check_ins = days(1, 3, until=6)
    check_ins[2] = replace(check_ins[2], pain_next_morning=3)
    replay = play(a_plan(knowledge, position=start), check_ins, knowledge)
    (flare_up,) = decided(replay, "flare_up")
    assert flare_up.date == on(2)
    assert flare_up.subject == STRENGTH
    position = replay.position
    assert position.steps == {STRENGTH: 1}
    assert position.volume == {STRENGTH: 0.7}
    assert position.paused_until == {STRENGTH: on(4)}
    assert rules_on(replay, 3, STRENGTH) == ["resting"]


def test_an_exercise_that_does_not_load_the_hamstring_is_not_blamed(knowledge: Knowledge) -> None:
    check_ins = days(1, until=2, exercise="dead_bug")
    check_ins[2] = replace(check_ins[2], pain_next_morning=3)
    assert not decided(play(a_plan(knowledge), check_ins, knowledge), "flare_up")


def test_strength_that_fell_counts_as_a_flare_up(knowledge: Knowledge) -> None:
    from tests.unit.progress.roads import measured

    strong, weak = measured("isometric_90", 200, day=1), measured("isometric_90", 150, day=2)
    replay = play(a_plan(knowledge), days(1, until=2), knowledge, measurements=[strong, weak])
    assert rules_on(replay, 2, STRENGTH) == ["flare_up"]


def test_a_morning_that_has_not_settled_starts_the_count_again(knowledge: Knowledge) -> None:
    check_ins = days(1, 3, 5, until=6)
    check_ins[4] = replace(check_ins[4], stiffness_min=30)
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert rules_on(replay, 4, STRENGTH) == ["not_settled"]
    assert replay.position.steps == {}


def test_nothing_gets_harder_on_a_day_that_is_not_calm(knowledge: Knowledge) -> None:
    check_ins = days(1, 3, 5, until=6)
    check_ins[4] = replace(check_ins[4], pain_worst=6)
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert rules_on(replay, 4, STRENGTH) == ["calm"]
    assert rules_on(replay, 6, STRENGTH) == ["two_good"]


def test_heavy_work_before_its_rest_is_over_does_not_count(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), days(3, 4, until=5, exercise=HEAVY), knowledge)
    assert rules_on(replay, 4, HEAVY) == ["good_once", "too_soon"]


def test_after_a_flare_up_the_usual_amount_comes_back_first(knowledge: Knowledge) -> None:
    start = Position(since=START, volume={STRENGTH: 0.7})
    replay = play(a_plan(knowledge, position=start), days(1, 3, until=4), knowledge)
    assert replay.position.volume == {}
    assert replay.position.steps == {}
    assert decided(replay, "two_good")[0].numbers == {"volume_percent": 100}


def test_after_the_last_step_a_harder_exercise_takes_its_place(knowledge: Knowledge) -> None:
    start = Position(since=START, steps={STRENGTH: 9})
    replay = play(a_plan(knowledge, position=start), days(6, 8, until=9), knowledge)
    assert replay.position.replaced == {STRENGTH: "supine_heel_dig_30"}


def test_without_a_fitting_harder_exercise_it_stays_at_the_top(knowledge: Knowledge) -> None:
    top = next(one for one in knowledge.exercises.exercises.values() if one.kind == "strength" and not one.harder)
    start = Position(since=START, steps={top.id: 20})
    replay = play(a_plan(knowledge, position=start), days(2, 5, until=6, exercise=top.id), knowledge)
    assert rules_on(replay, 6, top.id) == ["at_top"]


def test_a_harder_exercise_of_a_later_phase_is_not_taken(knowledge: Knowledge) -> None:
    assert knowledge.exercises["glute_bridge"].harder
    start = Position(since=START, steps={"single_leg_hamstring_bridge": 20})
    replay = play(
        a_plan(knowledge, position=start), days(2, 5, until=6, exercise="single_leg_hamstring_bridge"), knowledge
    )
    assert rules_on(replay, 6, "single_leg_hamstring_bridge") in (["at_top"], ["two_good"])
    for harder in replay.position.replaced.values():
        assert knowledge.exercises[harder].phase_low <= replay.position.phase


def test_stretching_and_mobility_are_not_made_heavier(knowledge: Knowledge) -> None:
    mobility = next(one for one in knowledge.exercises.exercises.values() if one.kind == "mobility")
    replay = play(a_plan(knowledge), days(1, 3, 5, until=6, exercise=mobility.id), knowledge)
    assert replay.position.steps == {}
    assert not decided(replay, "good_once")


def test_running_exercises_are_judged_by_the_ladder(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), days(1, 3, until=4, exercise="jog_intervals"), knowledge)
    assert rules_on(replay, 2, "jog_intervals") == []


def test_an_unknown_exercise_decides_nothing(knowledge: Knowledge) -> None:
    assert rules_on(play(a_plan(knowledge), days(1, until=2, exercise="sleeping"), knowledge), 1, "sleeping") == []


def test_the_parts_of_a_day_count_together(knowledge: Knowledge) -> None:
    morning, evening = did(sets=3, pain=0.0), did(sets=5, amount=None)
    check_ins = [told(n, done=(morning, evening) if n in (1, 3) else ()) for n in range(5)]
    assert play(a_plan(knowledge), check_ins, knowledge).position.steps == {STRENGTH: 1}
    unknown = [told(n, done=(morning, did(sets=None)) if n in (1, 3) else ()) for n in range(5)]
    assert play(a_plan(knowledge), unknown, knowledge).position.steps == {}
    painful = [told(n, done=(morning, did(pain=3.0)) if n == 1 else ()) for n in range(3)]
    assert rules_on(play(a_plan(knowledge), painful, knowledge), 1, STRENGTH) == ["pain_during"]


def dose(sets: int) -> Dose:
    return Dose(sets_low=sets, sets_high=sets, amount_low=10, amount_high=10, unit="reps")


def test_a_dose_set_by_the_therapist_does_not_grow_by_itself(knowledge: Knowledge) -> None:
    edit = Edit(kind="dose", exercise=STRENGTH, reason="careful", date=START, dose=dose(2))
    replay = play(a_plan(knowledge, edits=(edit,)), days(6, 8, until=9, sets=2, amount=10.0), knowledge)
    assert replay.position.steps == {}
    assert "less_done" not in rules_on(replay, 6)


def test_an_exercise_of_the_therapists_own_is_judged_by_its_own_dose(knowledge: Knowledge) -> None:
    own = OwnExercise(
        id="own_wall_push", name=Text(nl="Muur", en="Wall"), target="hamstring_isometric", dose=dose(3), minutes=5,
        rest_h=24,
    )  # fmt: skip
    plan = replace(a_plan(knowledge), own={"own_wall_push": own})
    check_ins = days(1, until=2, exercise="own_wall_push", sets=3, amount=10.0)
    assert rules_on(play(plan, check_ins, knowledge), 2, "own_wall_push") == ["good_once"]
    fewer = days(1, until=2, exercise="own_wall_push", sets=2, amount=10.0)
    assert rules_on(play(plan, fewer, knowledge), 1, "own_wall_push") == ["less_done"]


def test_when_an_exercise_was_last_done_is_kept_for_the_next_plan(knowledge: Knowledge) -> None:
    assert play(a_plan(knowledge), days(1, 3, until=4), knowledge).position.last_done == {STRENGTH: on(3)}
