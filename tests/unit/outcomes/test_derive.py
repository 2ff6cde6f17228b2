from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from herstel.assessment.result import assessment_of
from herstel.case_file import default_goal
from herstel.case_writing import told_on
from herstel.flow import Recovery, recover
from herstel.forecast.score import Issued
from herstel.knowledge.model import Knowledge
from herstel.outcomes.derive import back_in_sport, outcome_of
from herstel.outcomes.model import AfterReturn, CaseOutcome
from herstel.progress.model import CheckIn, Decision, Done, Run
from herstel.quantities import Interval
from herstel_simulation.case import simulated_case

UNTRAINED, ON_THE_WAY, BACK = 0, 1, 2
"""Simulated people: who told no whole training, who did and is not back by the table, and who came back on day 94."""
DAYS = 150


@cache
def recovery_of(number: int, knowledge: Knowledge) -> tuple[Recovery, date]:
    case = simulated_case(number, 1, DAYS, knowledge)
    assert case.as_of is not None
    return recover(case, case.as_of, knowledge), told_on(case)


def outcome(recovery: Recovery, opened: date, knowledge: Knowledge, *issued: Issued) -> CaseOutcome:
    return outcome_of(recovery, issued, person="a", opened=opened, knowledge=knowledge)


def with_progress(recovery: Recovery, **changes: object) -> Recovery:
    return replace(recovery, progress=replace(recovery.progress, **changes))  # type: ignore[arg-type]


def decided(day: date, subject: str, rule: str) -> Decision:
    return Decision(date=day, subject=subject, action="hold", rule=rule, numbers={})


def forecast(on: date, day: float, high: float = 60) -> Issued:
    return Issued(
        id=f"{on}",
        issued=on,
        day=day,
        knowledge_version="1",
        milestone="return",
        median_days=40.0,
        intervals={level: Interval(low=20, high=high) for level in (50, 80, 95)},
        curve=((day, 1.0), (40.0, 0.5), (80.0, 0.0)),
    )


def test_days_count_from_the_injury_as_in_the_forecast(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    found = outcome(recovery, opened, knowledge)
    assert found.began == recovery.forecast.injury_date
    assert found.began is not None
    assert found.followed_from_day == (opened - found.began).days
    back = recovery.progress.milestones["return"]
    assert found.milestones["return"] == (back - found.began).days
    assert found.returned_on == back
    assert found.track == "strain"


def test_a_referral_and_a_complaint_of_something_else_are_not_of_the_hamstring(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    assert outcome(recovery, opened, knowledge).of_hamstring
    seen_first = replace(recovery, plan=replace(recovery.plan, track="see_first"))
    assert not outcome(seen_first, opened, knowledge).of_hamstring
    assessment = assessment_of(recovery.assessment)
    elsewhere = replace(assessment, grade=replace(assessment.grade, applies=0.0))
    assert not outcome(replace(recovery, assessment=elsewhere), opened, knowledge).of_hamstring


def test_walking_that_was_free_of_pain_at_the_start_says_nothing(knowledge: Knowledge) -> None:
    found = outcome(*recovery_of(BACK, knowledge), knowledge)
    assert found.already == {"walk_pain_free"}
    assert outcome(*recovery_of(ON_THE_WAY, knowledge), knowledge).already == frozenset()


def test_an_overload_counts_from_the_start_of_the_programme(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    changed = replace(recovery, forecast=replace(recovery.forecast, counted_from="programme"))
    assert outcome(changed, opened, knowledge).began == recovery.plan.goal.start


def test_phases_together_hold_every_day_up_to_the_return(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    found = outcome(recovery, opened, knowledge)
    back = recovery.progress.milestones["return"]
    assert sum(one.days for one in found.phases) == (back - recovery.plan.goal.start).days + 1
    told = [one for one in recovery.progress.check_ins if one.date <= back]
    assert sum(one.told_days for one in found.phases) == len(told)
    assert [one.phase for one in found.phases] == [1, 2, 3, 4]


def test_every_gate_that_was_passed_says_whether_strength_was_measured(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    assert outcome(recovery, opened, knowledge).gates == {"1": True, "2": True, "3": True, "return": True}
    unmeasured = replace(recovery, chain=replace(recovery.chain, measurements=()))
    found = outcome(unmeasured, opened, knowledge)
    assert set(found.gates.values()) == {False}
    assert not found.measured


def test_exercises_are_held_against_the_plan_only_where_that_can_be(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    start = recovery.plan.goal.start
    names = ("glute_bridge", "dead_bug", "bird_dog", "clamshell")
    known = [name for name in names if name in knowledge.exercises.exercises]
    run = next(one.id for one in knowledge.exercises.exercises.values() if one.kind == "running")
    told = CheckIn(date=start, done=tuple(Done(exercise=name, sets=2) for name in (*known, run, "no_such_exercise")))
    held = CheckIn(date=start + timedelta(days=1), done=(Done(exercise=known[0], sets=2),))
    decisions = (
        decided(start, known[0], "less_done"),
        decided(start, known[1], "not_told"),
        decided(start, "left_out_because_of_pain", "less_done"),
        decided(held.date, "person", "on_hold"),
        decided(start + timedelta(days=5), known[0], "less_done"),
        decided(start, known[0], "flare_up"),
    )
    changed = with_progress(recovery, check_ins=(told, held), decisions=decisions)
    (only,) = outcome(changed, opened, knowledge).phases
    assert (only.as_planned, only.fewer) == (len(known) - 2, 2)
    assert (only.days, only.told_days, only.trained_days) == (2, 2, 2)


def test_a_phase_that_is_done_twice_counts_once(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    start = recovery.plan.goal.start
    moves = tuple(
        Decision(date=start + timedelta(days=day), subject="phase", action="advance", rule=rule, numbers={"phase": to})
        for day, rule, to in ((5, "gate_open", 2.0), (8, "two_flare_ups", 1.0), (12, "gate_open", 2.0))
    )
    check_ins = tuple(CheckIn(date=start + timedelta(days=day)) for day in range(15))
    found = outcome(with_progress(recovery, check_ins=check_ins, decisions=moves), opened, knowledge)
    assert [(one.phase, one.days, one.told_days) for one in found.phases] == [(1, 9, 9), (2, 6, 6)]
    assert set(found.gates) == {"1"}


def test_nothing_told_is_nothing_known(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    found = outcome(with_progress(recovery, check_ins=(), decisions=(), milestones={}), opened, knowledge)
    assert (found.last_day, found.last_check_in, found.phases, found.after_return) == (None, None, (), None)
    assert (found.asked_fields, found.told_fields) == (0, 0)


def test_after_the_return_the_first_sign_of_each_kind_counts(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    back = recovery.progress.milestones["return"]
    later = [
        decided(back + timedelta(days=day), "person", rule)
        for day, rule in ((0, "stop_sign"), (20, "stop_sign"), (9, "two_flare_ups"), (12, "stop_sign"))
    ]
    changed = with_progress(recovery, decisions=(*recovery.progress.decisions, *later))
    followed = float((recovery.progress.check_ins[-1].date - back).days)
    expected = AfterReturn(followed_days=followed, stop_sign_days=12, overload_days=9)
    assert outcome(changed, opened, knowledge).after_return == expected
    assert expected.came_back_days == 12


def test_a_goal_that_herstel_proposed_is_not_the_persons_own(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    proposed = default_goal(assessment_of(recovery.assessment).complaint, recovery.plan.goal.start)
    assert outcome(recovery, opened, knowledge).own_goal
    assert not outcome(replace(recovery, plan=replace(recovery.plan, goal=proposed)), opened, knowledge).own_goal


def test_the_first_whole_training_is_told_before_the_table_is_met(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    found = outcome(recovery, opened, knowledge)
    whole = next(one.date for one in recovery.progress.check_ins if one.sport_share == 1)
    assert found.sport
    assert found.began is not None
    assert found.full_session_day == (whole - found.began).days
    assert found.full_session_day < found.milestones["return"]


@pytest.mark.parametrize(
    "told",
    [{"sport_share": 1.0}, {"runs": (Run(step=12),)}, {"sport_share": 1.0, "sharp_stab": False}],
    ids=["sport", "run", "no stop sign"],
)
def test_a_whole_training_is_told_as_sport_or_as_the_last_run(knowledge: Knowledge, told: dict[str, object]) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    check_in = replace(CheckIn(date=opened), **told)  # type: ignore[arg-type]
    assert back_in_sport(with_progress(recovery, check_ins=(check_in,), milestones={})) == opened


@pytest.mark.parametrize(
    "told",
    [{}, {"sport_share": 0.5}, {"runs": (Run(step=11),)}, {"sport_share": 1.0, "sharp_stab": True}],
    ids=["nothing", "a part", "half of training", "a stab"],
)
def test_what_is_not_whole_or_ends_in_a_stop_sign_is_no_whole_training(
    knowledge: Knowledge, told: dict[str, object]
) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    check_in = replace(CheckIn(date=opened), **told)  # type: ignore[arg-type]
    assert back_in_sport(with_progress(recovery, check_ins=(check_in,), milestones={})) is None


def test_the_return_by_the_table_counts_where_no_training_was_told_before_it(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(ON_THE_WAY, knowledge)
    later = CheckIn(date=opened + timedelta(days=9), sport_share=1.0)
    changed = with_progress(recovery, check_ins=(later,), milestones={"return": opened + timedelta(days=4)})
    assert back_in_sport(changed) == opened + timedelta(days=4)


def test_without_a_sport_no_forecast_is_held_against_anything(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    goal = replace(recovery.plan.goal, kind="daily_life")
    changed = replace(recovery, plan=replace(recovery.plan, goal=goal))
    found = outcome(changed, opened, knowledge, forecast(opened, 2.0))
    assert (found.sport, found.full_session_day, found.forecasts) == (False, None, ())


def test_a_forecast_that_was_made_after_the_whole_training_is_not_scored(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    back = back_in_sport(recovery)
    assert back is not None
    issued = [forecast(back - timedelta(days=1), 5.0), forecast(back, 30.0)]
    assert [one.day for one in outcome(recovery, opened, knowledge, *issued).forecasts] == [5.0]


def test_of_each_band_the_first_forecast_is_scored_against_the_whole_training(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(BACK, knowledge)
    back = back_in_sport(recovery)
    assert back is not None
    issued = [forecast(back - timedelta(days=90 - day), float(day)) for day in (2, 4, 9, 30)]
    found = outcome(recovery, opened, knowledge, *issued).forecasts
    assert [one.day for one in found] == [2.0, 9.0, 30.0]
    assert [(one.reached, one.inside[1], one.error_days) for one in found] == [(True, False, 50.0)] * 3


@pytest.mark.parametrize(("high", "inside"), [(60, False), (400, None)])
def test_who_is_under_way_waits_for_the_end_of_the_interval(knowledge: Knowledge, high: float, inside: bool) -> None:
    recovery, opened = recovery_of(UNTRAINED, knowledge)
    (one,) = outcome(recovery, opened, knowledge, forecast(opened, 2.0, high)).forecasts
    assert (one.reached, one.inside[1]) == (False, inside)


def test_a_forecast_after_the_last_word_has_no_outcome_yet(knowledge: Knowledge) -> None:
    recovery, opened = recovery_of(UNTRAINED, knowledge)
    last = recovery.progress.check_ins[-1].date
    (one,) = outcome(recovery, opened, knowledge, forecast(last, 30.0)).forecasts
    assert one.reached is None
