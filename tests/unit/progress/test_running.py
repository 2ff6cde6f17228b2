"""The running ladder, one step at a time."""

from dataclasses import replace
from typing import Any

import pytest

from herstel.assessment.result import Assessment
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Plan, Position
from herstel.progress.model import CheckIn, Run
from herstel.progress.replay import Replay
from tests.unit.progress.roads import START, a_plan, decided, fit, on, play, ran, rules_on, strain, told

RUNNING = "running"


def placed(knowledge: Knowledge, step: int, phase: int = 2, **goal: Any) -> Plan:
    """A plan in which the person has reached a step of the ladder."""
    position = Position(phase=phase, since=START, running_step=step)  # type: ignore[arg-type]
    return a_plan(knowledge, position=position, measurements=fit(0), **goal)


def days(runs: dict[int, Run | tuple[Run, ...]], until: int) -> list[CheckIn]:
    """Calm days with runs on some of them."""
    as_tuple = {n: run if isinstance(run, tuple) else (run,) for n, run in runs.items()}
    return [told(n, runs=as_tuple.get(n, ())) for n in range(until + 1)]


def after(plan: Plan, knowledge: Knowledge, runs: dict[int, Run | tuple[Run, ...]], until: int) -> Replay:
    return play(plan, days(runs, until), knowledge)


def mild() -> Assessment:
    """Surely a grade 1."""
    grade = strain().grade
    probabilities = {**dict.fromkeys(grade.probabilities, 0.0), "1": 1.0}
    return replace(strain(), grade=replace(grade, probabilities=probabilities, uncertain_1_2=False), cannot_tell=False)


def test_a_step_done_twice_without_symptoms_and_with_rest_opens_the_next(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(3), 3: ran(3)}, 4)
    assert rules_on(replay, 2, RUNNING) == ["run_good_once"]
    assert rules_on(replay, 4, RUNNING) == ["run_two_good"]
    assert replay.position.running_step == 4


def test_once_is_enough_on_the_slow_steps_of_a_light_injury(knowledge: Knowledge) -> None:
    position = Position(phase=2, since=START, running_step=3)
    plan = a_plan(knowledge, assessment=mild(), position=position, measurements=fit(0))
    assert after(plan, knowledge, {1: ran(3)}, 2).position.running_step == 4
    fast = Position(phase=3, since=START, running_step=6)
    plan = a_plan(knowledge, assessment=mild(), position=fast, measurements=fit(0))
    assert after(plan, knowledge, {1: ran(6)}, 2).position.running_step == 6


@pytest.mark.parametrize("changes", [{"cannot_tell": True}, {"uncertain": True}])
def test_who_may_have_a_heavier_injury_does_every_step_twice(knowledge: Knowledge, changes: dict[str, bool]) -> None:
    found = replace(mild(), cannot_tell=changes.get("cannot_tell", False))
    found = replace(found, grade=replace(found.grade, uncertain_1_2=changes.get("uncertain", False)))
    plan = a_plan(
        knowledge,
        assessment=found,
        position=Position(phase=2, since=START, running_step=3),
        measurements=fit(0),
    )
    assert after(plan, knowledge, {1: ran(3)}, 2).position.running_step == 3


def test_forty_eight_hours_lie_between_two_runs_at_speed(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(3), 2: ran(3)}, 4)
    assert rules_on(replay, 2, RUNNING) == ["run_good_once", "run_too_soon"]
    assert replay.position.running_step == 3


def test_walking_needs_no_day_of_rest_before_it(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(3), 2: ran(1)}, 3)
    assert "run_too_soon" not in rules_on(replay, 2)


@pytest.mark.parametrize(
    "changes", [{"pain": 2.5}, {"limp": True}, {"pain": None, "limp": True}, {"pain": 4.0, "limp": None}]
)
def test_symptoms_in_running_take_one_step_back_and_rest(knowledge: Knowledge, changes: dict[str, Any]) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(3, **changes), 2: ran(2)}, 3)
    assert rules_on(replay, 1, RUNNING) == ["run_symptoms"]
    assert replay.position.running_step == 2
    assert rules_on(replay, 2, RUNNING) == ["resting"]


def test_two_painful_runs_of_one_day_cost_one_step(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 4), knowledge, {1: (ran(4, pain=5.0), ran(4, pain=5.0))}, 1)
    assert replay.position.running_step == 3


@pytest.mark.parametrize("changes", [{"pain": None}, {"limp": None}])
def test_a_run_that_was_not_fully_told_does_not_count(knowledge: Knowledge, changes: dict[str, Any]) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(3, **changes), 3: ran(3, **changes)}, 4)
    assert rules_on(replay, 1, RUNNING) == ["run_unknown"]
    assert replay.position.running_step == 3


def test_a_run_of_an_unknown_step_does_not_count(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(None), 3: ran(None)}, 4)
    assert rules_on(replay, 1, RUNNING) == ["run_unknown"]
    assert replay.position.running_step == 3


def test_a_run_whose_morning_after_is_unknown_does_not_count(knowledge: Knowledge) -> None:
    check_ins = days({1: ran(3), 3: ran(3)}, 4)
    check_ins[2] = replace(check_ins[2], stiffness_min=None)
    replay = play(placed(knowledge, 3), check_ins, knowledge)
    assert rules_on(replay, 2, RUNNING) == ["run_unknown"]
    assert replay.position.running_step == 3


def test_a_morning_that_has_not_settled_starts_the_count_again(knowledge: Knowledge) -> None:
    check_ins = days({1: ran(3), 3: ran(3)}, 4)
    check_ins[4] = replace(check_ins[4], stiffness_min=40)
    replay = play(placed(knowledge, 3), check_ins, knowledge)
    assert rules_on(replay, 4, RUNNING) == ["run_not_settled"]
    assert replay.position.running_step == 3


def test_a_flare_up_after_running_takes_one_step_back(knowledge: Knowledge) -> None:
    check_ins = days({1: ran(4)}, 2)
    check_ins[2] = replace(check_ins[2], pain_next_morning=3)
    replay = play(placed(knowledge, 4), check_ins, knowledge)
    assert rules_on(replay, 2, RUNNING) == ["run_flare_up"]
    assert replay.position.running_step == 3


def test_nobody_falls_below_walking(knowledge: Knowledge) -> None:
    check_ins = days({1: ran(1, pain=6.0)}, 2)
    assert play(placed(knowledge, 1), check_ins, knowledge).position.running_step == 1


def test_a_good_run_on_a_harder_step_counts_for_the_own_step_only(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(7), 3: ran(7)}, 4)
    assert rules_on(replay, 1, RUNNING) == ["run_ahead"]
    assert replay.position.running_step == 4
    table = {one.criterion: one for one in replay.progress(on(4)).return_table.items}
    assert table["return_sprints"].value == 0
    ninety = next(one for one in replay.progress(on(4)).gate.items if one.criterion == "run_70_once")  # type: ignore[union-attr]
    assert ninety.met is False


def test_what_was_run_is_a_milestone_whatever_step_was_planned(knowledge: Knowledge) -> None:
    reached = after(placed(knowledge, 3), knowledge, {1: ran(7)}, 2).progress(on(2)).milestones
    assert {name: reached[name] for name in ("jog", "run_70", "run_90")} == dict.fromkeys(  # type: ignore[index]
        ("jog", "run_70", "run_90"), on(1)
    )
    assert "sprint" not in reached


def test_a_run_on_an_easier_step_does_not_count_for_the_own_one(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 5), knowledge, {1: ran(3), 3: ran(3), 5: ran(3)}, 6)
    assert replay.position.running_step == 5


def test_sprinting_on_two_days_in_a_row_does_not_count(knowledge: Knowledge) -> None:
    fast = ran(8, metres={"90-100": 100.0})
    replay = after(placed(knowledge, 9, 4), knowledge, {1: ran(9), 2: fast}, 3)
    assert rules_on(replay, 2, RUNNING) == ["run_good_once", "sprint_days"]


def test_the_next_step_waits_for_its_phase(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 5), knowledge, {1: ran(5), 3: ran(5)}, 4)
    assert rules_on(replay, 4, RUNNING) == ["run_phase"]


def test_the_next_step_waits_for_what_it_asks(knowledge: Knowledge) -> None:
    position = Position(phase=2, since=START, running_step=3)
    plan = a_plan(knowledge, position=position)
    replay = after(plan, knowledge, {1: ran(3), 3: ran(3)}, 4)
    assert rules_on(replay, 4, RUNNING) == ["run_gate"]
    assert decided(replay, "run_gate")[0].numbers == {"step": 4, "missing": 1}
    assert [(one.criterion, one.met) for one in replay.progress(on(4)).running_asks] == [("isometric_30_70", None)]


def test_a_step_opens_later_once_what_it_asks_is_measured(knowledge: Knowledge) -> None:
    position = Position(phase=2, since=START, running_step=3)
    plan = a_plan(knowledge, position=position)
    replay = play(plan, days({1: ran(3), 3: ran(3)}, 6), knowledge, measurements=fit(6))
    assert replay.position.running_step == 4


def test_the_next_step_waits_for_a_calm_day(knowledge: Knowledge) -> None:
    check_ins = days({1: ran(3), 3: ran(3)}, 5)
    check_ins[4] = replace(check_ins[4], pain_worst=6)
    replay = play(placed(knowledge, 3), check_ins, knowledge)
    assert rules_on(replay, 4, RUNNING) == ["calm"]
    assert rules_on(replay, 5, RUNNING) == ["run_two_good"]


def test_who_walks_without_pain_starts_at_the_second_step(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 1), knowledge, {}, 2)
    assert decided(replay, "run_shown")[0].date == on(2)
    assert replay.position.running_step == 2


def test_without_a_cleared_leg_the_ladder_ends_at_walking(knowledge: Knowledge) -> None:
    plan = replace(placed(knowledge, 1), track="growth_plate")
    replay = after(plan, knowledge, {1: ran(1), 2: ran(1)}, 3)
    assert rules_on(replay, 3, RUNNING) == ["run_not_allowed"]
    assert replay.position.running_step == 1


def test_at_the_top_the_last_step_is_kept(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 12, 4), knowledge, {1: ran(12), 3: ran(12)}, 4)
    assert rules_on(replay, 4, RUNNING) == ["run_top"]
    assert replay.progress(on(4)).running_asks == ()


@pytest.mark.parametrize(("share", "step"), [(1.0, 12), (0.6, 11), (0.2, None)])
def test_a_sport_session_counts_as_the_step_it_is(knowledge: Knowledge, share: float, step: int | None) -> None:
    check_ins = [told(n, sport_share=share if n == 1 else None, pain_during=1.0) for n in range(3)]
    replay = play(placed(knowledge, 11, 4), check_ins, knowledge)
    assert rules_on(replay, 2, RUNNING) == (["run_good_once"] if step else [])
    assert rules_on(replay, 1, RUNNING) == (["run_ahead"] if step == 12 else [])


def test_a_session_told_as_a_run_is_not_counted_twice(knowledge: Knowledge) -> None:
    check_ins = [told(n, sport_share=1.0 if n == 1 else None, runs=(ran(12),) if n == 1 else ()) for n in range(3)]
    replay = play(placed(knowledge, 12, 4), check_ins, knowledge)
    assert len(decided(replay, "run_good_once")) == 1


def test_whether_one_limped_in_a_session_is_not_known_without_the_walking(knowledge: Knowledge) -> None:
    check_ins = [told(1, sport_share=1.0, pain_during=1.0, walking=None)]
    assert rules_on(play(placed(knowledge, 12, 4), check_ins, knowledge), 1, RUNNING) == ["run_unknown"]


def test_going_back_a_phase_goes_back_to_a_step_of_that_phase(knowledge: Knowledge) -> None:
    replay = play(placed(knowledge, 7, 3), [told(0), told(1, sharp_stab=True)], knowledge)
    assert (replay.position.phase, replay.position.running_step) == (2, 5)


def test_the_day_of_a_run_is_kept_as_the_exercise_of_its_step(knowledge: Knowledge) -> None:
    replay = after(placed(knowledge, 3), knowledge, {1: ran(2), 3: ran(3), 5: ran(12)}, 6)
    assert replay.position.last_done == {"jog_intervals": on(3)}
