from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.chain.model import Contributor
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Day, Plan, Position, SportEvent
from tests.unit.plan.people import (
    SPRINT_STRAIN,
    START,
    a_chain,
    a_goal,
    assessed_as,
    at_phase,
    with_probability,
)

MATCH = SportEvent(kind="match", weekday=5, minutes=90)
TRAINING = SportEvent(kind="training", weekday=1, minutes=90)
ALL_DAYS = dict.fromkeys(range(7), 60)


def plan(knowledge: Knowledge, position: Position | None = None, *, contributors: Any = (), **goal: Any) -> Plan:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    chain = a_chain(assessment, contributors)
    return make_plan(assessment, chain, a_goal(**goal), knowledge, position=position)


def kinds(day: Day) -> list[str]:
    return [session.kind for session in day.sessions]


def weekdays_with(one: Plan, names: set[str]) -> set[int]:
    return {
        day.date.weekday()
        for day in one.week.days
        if any(name in names for session in day.sessions for name in session.exercises)
    }


def heavy(one: Plan) -> set[str]:
    return {planned.exercise for planned in one.exercises if planned.heavy}


def test_the_week_starts_on_the_day_of_the_position(knowledge: Knowledge) -> None:
    position = replace(at_phase(2), on=START.replace(month=4))
    week = plan(knowledge, position).week
    assert week.start == week.days[0].date == START.replace(month=4)
    assert len(week.days) == 7


def test_a_hard_session_begins_with_a_warm_up_and_stretches_come_last(knowledge: Knowledge) -> None:
    order = ["morning", "warm_up", "running", "main", "conditioning", "cool_down", "advice"]
    week = plan(knowledge, at_phase(3), minutes=ALL_DAYS).week
    for day in week.days:
        assert kinds(day) == sorted(kinds(day), key=order.index)
        hard = any(knowledge.exercises[name].heavy for session in day.sessions for name in session.exercises)
        assert not hard or "warm_up" in kinds(day)
    assert any("cool_down" in kinds(day) for day in week.days)


def test_static_stretching_and_rolling_are_never_in_the_warm_up(knowledge: Knowledge) -> None:
    for phase in (2, 3, 4):
        for day in plan(knowledge, at_phase(phase), minutes=ALL_DAYS).week.days:
            for session in day.sessions:
                static = [
                    name
                    for name in session.exercises
                    if knowledge.exercises[name].contraction in ("static_stretch", "self_massage")
                ]
                assert not static or session.kind == "cool_down"


def test_the_first_phase_needs_no_warm_up(knowledge: Knowledge) -> None:
    assert all("warm_up" not in kinds(day) for day in plan(knowledge).week.days)


def test_a_short_day_has_a_short_warm_up(knowledge: Knowledge) -> None:
    for minutes, expected in ((30, 5), (60, 10)):
        week = plan(knowledge, at_phase(3), minutes=dict.fromkeys(range(7), minutes)).week
        found = {one.minutes for day in week.days for one in day.sessions if one.kind == "warm_up"}
        assert found == {expected}


def test_an_older_person_warms_up_longer(knowledge: Knowledge) -> None:
    week = plan(knowledge, at_phase(3), minutes=ALL_DAYS, level=None).week
    assessment = assessed_as({**SPRINT_STRAIN, "age_years": 66}, knowledge)
    older = make_plan(assessment, a_chain(assessment), a_goal(minutes=ALL_DAYS), knowledge, position=at_phase(3))
    assert older.track == "older"
    longest = [
        max(one.minutes for day in some.days for one in day.sessions if one.kind == "warm_up")
        for some in (week, older.week)
    ]
    assert longest[1] == 1.5 * longest[0]


def test_the_morning_routine_is_on_every_day_beside_the_minutes(knowledge: Knowledge) -> None:
    week = plan(knowledge, minutes={0: 10}).week
    assert all(kinds(day)[0] == "morning" for day in week.days)
    assert all(5 <= day.sessions[0].minutes <= 10 for day in week.days)


def test_who_wants_no_morning_routine_gets_none(knowledge: Knowledge) -> None:
    assert all("morning" not in kinds(day) for day in plan(knowledge, morning_routine=False).week.days)


def test_nothing_heavy_before_or_on_a_match_day_also_when_the_week_ends_before_it(knowledge: Knowledge) -> None:
    for weekday in range(7):
        match = SportEvent(kind="match", weekday=weekday, minutes=90)
        one = plan(knowledge, at_phase(4), minutes=ALL_DAYS, events=(match,))
        days = weekdays_with(one, heavy(one))
        assert days
        assert not days & {weekday, (weekday - 1) % 7}


def test_who_plays_rests_after_the_match_too(knowledge: Knowledge) -> None:
    playing = plan(knowledge, at_phase(4, running_step=12), minutes=ALL_DAYS, events=(MATCH,))
    assert 6 not in weekdays_with(playing, heavy(playing))


def test_the_calendar_stands_in_the_days(knowledge: Knowledge) -> None:
    week = plan(knowledge, events=(MATCH, TRAINING)).week
    assert [day.events for day in week.days if day.events] == [(TRAINING,), (MATCH,)]


def test_heavy_work_is_rather_on_a_training_day_than_beside_it(knowledge: Knowledge) -> None:
    one = plan(knowledge, at_phase(4, running_step=12), minutes=ALL_DAYS, events=(TRAINING,))
    assert not weekdays_with(one, heavy(one)) & {0, 2}


def test_a_paused_exercise_waits(knowledge: Knowledge) -> None:
    position = at_phase(2)
    until = position.since.replace(day=position.since.day + 4)
    paused = replace(position, paused_until={"bridge_walkout": until})
    week = plan(knowledge, paused, minutes=ALL_DAYS).week
    with_it = [day.date for day in week.days if any("bridge_walkout" in session.exercises for session in day.sessions)]
    assert with_it
    assert min(with_it) >= until


def test_the_running_step_stands_with_the_run(knowledge: Knowledge) -> None:
    week = plan(knowledge, at_phase(2, running_step=3)).week
    steps = {one.running_step for day in week.days for one in day.sessions if one.kind == "running"}
    assert 3 in steps


def test_advice_for_every_day_takes_no_training_time(knowledge: Knowledge) -> None:
    assessment = with_probability(assessed_as(SPRINT_STRAIN, knowledge), proximal_tendinopathy=0.8)  # type: ignore[arg-type]
    one = make_plan(assessment, a_chain(assessment), a_goal(), knowledge)
    for day in one.week.days:
        advice = [session for session in day.sessions if session.kind == "advice"]
        assert [session.exercises for session in advice] == [("sitting_breaks",)]
        assert advice[0].minutes == 0
    assert next(planned for planned in one.exercises if planned.exercise == "sitting_breaks").times_per_week == 7


def test_the_times_a_week_are_those_that_were_placed(knowledge: Knowledge) -> None:
    one = plan(knowledge, at_phase(2))
    for planned in one.exercises:
        placed = [
            day for day in one.week.days if any(planned.exercise in session.exercises for session in day.sessions)
        ]
        assert len(placed) == planned.times_per_week


@pytest.mark.parametrize("target", ["ankle_mobility", "foot", "low_back"])
def test_what_was_found_is_in_the_week(target: str, knowledge: Knowledge) -> None:
    found: tuple[Contributor, ...] = (
        Contributor(
            id="ankle_foot", link="ankle_foot", side=None, weight=1, grade="weak", results=(), targets=(target,),
            sources=(), modifiable=True,
        ),
    )  # fmt: skip
    one = plan(knowledge, at_phase(2), minutes=ALL_DAYS, contributors=found)
    assert one.exercises[0].why.target == target
    assert one.exercises[0].times_per_week >= 2


def test_without_any_possible_warm_up_the_week_still_stands(knowledge: Knowledge) -> None:
    rules = dict(knowledge.plan.rules)
    rules["session"] = replace(rules["session"], names=())
    bare = replace(knowledge, plan=replace(knowledge.plan, rules=rules))
    one = plan(bare, at_phase(3))
    assert one.exercises
    assert all("warm_up" not in kinds(day) for day in one.week.days)


def test_what_was_done_yesterday_keeps_its_rest_in_a_new_week(knowledge: Knowledge) -> None:
    position = at_phase(3)
    usual = plan(knowledge, position, minutes=ALL_DAYS)
    slider = next(iter(heavy(usual) & {"slider_curl_single", "nordic_assisted"}))
    yesterday = position.since - timedelta(days=1)
    rested = plan(knowledge, replace(position, last_done={slider: yesterday, "dead_bug": yesterday}), minutes=ALL_DAYS)
    first = rested.week.days[0]
    assert not {name for session in first.sessions for name in session.exercises} & heavy(rested)
    assert rested.exercises
    later = {name for day in rested.week.days for session in day.sessions for name in session.exercises}
    assert heavy(rested) <= later


def test_light_work_of_yesterday_does_not_hold_back_heavy_work(knowledge: Knowledge) -> None:
    position = at_phase(3)
    yesterday = position.since - timedelta(days=1)
    done = dict.fromkeys(("dead_bug", "towel_slide"), yesterday)
    rested = plan(knowledge, replace(position, last_done=done), minutes=ALL_DAYS)
    assert rested.exercises == plan(knowledge, position, minutes=ALL_DAYS).exercises
