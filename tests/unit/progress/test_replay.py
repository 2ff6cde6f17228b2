"""The whole road day by day: phases, flare-ups, stop signs, gaps, the return and what comes after it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.plan.model import Plan, Position
from herstel.plan.tracks import minimum_stay_days
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn
from herstel.progress.replay import Replay
from tests.unit.progress.roads import (
    START,
    STRENGTH,
    a_plan,
    agreed,
    decided,
    did,
    fit,
    measured,
    on,
    play,
    road,
    rules_on,
    told,
)  # fmt: skip

VISITS = (5, 12, 19, 26, 33, 40, 47, 54)


@pytest.fixture(scope="module")
def whole_road(knowledge: Knowledge) -> Replay:
    taken = [one for day in VISITS for one in fit(day)]
    plan = a_plan(knowledge, measurements=fit(0))
    return play(plan, road(70), knowledge, measurements=taken, confirmations=agreed(46))


def test_a_calm_road_leads_through_all_phases_and_back(whole_road: Replay) -> None:
    progress = whole_road.progress(on(69))
    phases = [int(one.numbers["phase"]) for one in progress.decisions if one.rule == "gate_open"]
    assert phases == [2, 3, 4]
    assert decided(whole_road, "return")
    assert progress.position.discharged
    assert progress.gate is None
    assert progress.return_table.items


def test_milestones_come_in_order_with_their_day(whole_road: Replay) -> None:
    milestones = whole_road.progress(on(69)).milestones
    assert list(milestones) == ["walk_pain_free", "jog", "run_70", "run_90", "sprint", "full_training", "return"]
    assert list(milestones.values()) == sorted(milestones.values())


def test_after_the_return_it_is_watched_for_fifteen_weeks_with_checks(whole_road: Replay) -> None:
    progress = whole_road.progress(on(69))
    back = progress.milestones["return"]
    assert progress.watch_until == back + timedelta(weeks=15)
    assert [one.numbers["moment"] for one in decided(whole_road, "watch_check")] == [2]
    assert decided(whole_road, "watch_check")[0].date == back + timedelta(weeks=2)


def placed(knowledge: Knowledge, phase: int, **changes: Any) -> Plan:
    step = {1: 1, 2: 2, 3: 6, 4: 9}[phase]
    position = Position(phase=phase, since=START, running_step=step)  # type: ignore[arg-type]
    return a_plan(knowledge, position=position, **changes)


def first_gate_met(until: int) -> list[CheckIn]:
    return [told(n) for n in range(until + 1)]


# --- gates ----------------------------------------------------------------------------------------------------------


def test_the_first_gate_opens_when_all_is_met_and_the_days_are_calm(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, measurements=fit(0))
    replay = play(plan, first_gate_met(3), knowledge)
    stay = minimum_stay_days(1, plan.track, plan.assessment, knowledge)
    (opened,) = decided(replay, "gate_open")
    assert opened.date == START + timedelta(days=stay)
    assert replay.position.phase == 2
    assert replay.position.since == opened.date


def test_the_minimum_stay_holds_a_gate_that_is_met(knowledge: Knowledge) -> None:
    plan = replace(a_plan(knowledge, measurements=fit(0)), track="tendinopathy")
    replay = play(plan, first_gate_met(3), knowledge)
    assert rules_on(replay, 3, "phase") == ["minimum_stay"]
    assert decided(replay, "minimum_stay")[-1].numbers["minimum_days_left"] == 11


def test_the_calendar_alone_opens_nothing(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), first_gate_met(120), knowledge)
    assert replay.position.phase == 1
    assert set(rules_on(replay, 120, "phase")) == {"gate_closed"}


def test_without_a_check_in_no_gate_opens(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge, measurements=fit(0)), [told(0)], knowledge, until=6)
    assert replay.position.phase == 1


def test_a_gate_that_is_met_waits_for_calm_days(knowledge: Knowledge) -> None:
    check_ins = first_gate_met(6)
    check_ins[3] = replace(check_ins[3], pain_worst=6)
    plan = a_plan(knowledge, measurements=fit(0), position=Position(since=START))
    longer = play(replace(plan, track="older"), check_ins, knowledge)
    assert rules_on(longer, 3, "phase") == ["gate_not_calm"]
    assert rules_on(longer, 5, "phase") == ["gate_not_calm"]
    assert rules_on(longer, 6, "phase") == ["gate_open"]


def test_only_one_phase_opens_on_a_day(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, measurements=fit(0), kind="daily_life")
    replay = play(plan, first_gate_met(40), knowledge, measurements=[one for day in VISITS for one in fit(day)])
    days = [one.date for one in decided(replay, "gate_open")]
    assert len(days) == len(set(days)) == 3


def test_the_return_needs_the_shared_decision(knowledge: Knowledge) -> None:
    taken = [one for day in VISITS for one in fit(day)]
    plan = a_plan(knowledge, measurements=fit(0))
    replay = play(plan, road(60), knowledge, measurements=taken, confirmations=agreed(46)[:1])
    assert not replay.position.discharged
    left = [one.criterion for one in replay.progress(on(59)).return_table.items if one.met is not True]
    assert left == ["return_therapist"]
    for one in agreed(60):
        replay.confirm(one)
    replay.day(on(60), told(60, confidence=9.0, fear_of_movement="low"))
    assert replay.position.discharged


# --- flare-ups ------------------------------------------------------------------------------------------------------


def flared(*mornings: int, until: int = 12) -> list[CheckIn]:
    """Strength work on every day, with some mornings well above ordinary."""
    return [told(n, done=(did(),), pain_next_morning=4 if n in mornings else 1) for n in range(until + 1)]


def test_one_flare_up_costs_the_exercise_and_not_the_phase(knowledge: Knowledge) -> None:
    replay = play(placed(knowledge, 2), flared(3), knowledge)
    assert replay.position.phase == 2
    assert len(decided(replay, "flare_up")) == 1


def test_two_flare_ups_in_a_week_cost_a_phase_and_ask_for_a_look(knowledge: Knowledge) -> None:
    replay = play(placed(knowledge, 2), flared(3, 9, until=9), knowledge)
    assert rules_on(replay, 9, "phase")[0] == "two_flare_ups"
    assert replay.position.phase == 1
    assert "two_flare_ups" in replay.progress(on(9)).contacts


def test_two_flare_ups_more_than_a_week_apart_do_not(knowledge: Knowledge) -> None:
    assert play(placed(knowledge, 2), flared(3, 10, until=10), knowledge).position.phase == 2


def test_nothing_goes_forward_in_the_week_of_two_flare_ups(knowledge: Knowledge) -> None:
    check_ins = flared(3, 5, until=10)
    replay = play(placed(knowledge, 2), check_ins, knowledge)
    later = [one for one in replay.progress(on(9)).decisions if one.date > on(5) and one.date < on(10)]
    assert all(one.action != "advance" for one in later)


def test_a_bad_morning_after_a_day_of_rest_is_no_flare_up_of_the_load(knowledge: Knowledge) -> None:
    check_ins = [told(n, pain_next_morning=4 if n in (3, 5) else 1) for n in range(6)]
    assert play(placed(knowledge, 2), check_ins, knowledge).position.phase == 2


def test_a_bad_morning_after_an_unknown_day_counts(knowledge: Knowledge) -> None:
    check_ins = [told(n, pain_next_morning=4 if n in (3, 6) else 1) for n in range(7) if n not in (2, 5)]
    assert play(placed(knowledge, 2), check_ins, knowledge).position.phase == 1


def test_nobody_falls_below_the_first_phase(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), flared(2, 4), knowledge)
    assert replay.position.phase == 1
    assert decided(replay, "two_flare_ups")


# --- stop signs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["sharp_stab", "gave_way", "new_bruise"])
def test_a_stop_sign_stops_rests_and_goes_one_phase_back(knowledge: Knowledge, sign: str) -> None:
    replay = play(placed(knowledge, 3), [told(0), told(1, done=(did(),), **{sign: True})], knowledge)
    assert rules_on(replay, 1)[:2] == ["stop_sign", "stop_sign_back"]
    position = replay.position
    assert position.phase == 2
    assert position.paused_until == {STRENGTH: on(3)}
    assert "stop_sign" in replay.progress(on(1)).contacts
    assert decided(replay, "stop_sign")[0].numbers == {sign: 1}


def test_a_new_bruise_asks_for_a_new_examination(knowledge: Knowledge) -> None:
    replay = play(placed(knowledge, 3), [told(0, new_bruise=True)], knowledge)
    assert decided(replay, "stop_sign_reassess")
    assert not decided(play(placed(knowledge, 3), [told(0, sharp_stab=True)], knowledge), "stop_sign_reassess")


@pytest.mark.parametrize(("strength", "asked"), [(100, True), (120, False)])
def test_a_large_loss_of_strength_asks_for_a_new_examination(
    knowledge: Knowledge, strength: float, asked: bool
) -> None:
    taken = [measured("isometric_90", strength, day=1), measured("isometric_90", 220, day=1, side="right")]
    replay = play(placed(knowledge, 3), [told(0), told(1, gave_way=True)], knowledge, measurements=taken)
    assert bool(decided(replay, "stop_sign_reassess")) is asked


def test_with_both_legs_injured_the_loss_of_strength_is_not_known(knowledge: Knowledge) -> None:
    plan = replace(placed(knowledge, 3), injured_sides=("left", "right"))
    taken = [measured("isometric_90", 50, day=0), measured("isometric_90", 220, day=0, side="right")]
    replay = play(plan, [told(0, gave_way=True)], knowledge, measurements=taken)
    assert not decided(replay, "stop_sign_reassess")


def test_a_stop_sign_after_the_return_takes_it_back(knowledge: Knowledge, whole_road: Replay) -> None:
    taken = [one for day in VISITS for one in fit(day)]
    plan = a_plan(knowledge, measurements=fit(0))
    check_ins = [*road(60), told(60, sharp_stab=True)]
    replay = play(plan, check_ins, knowledge, measurements=taken, confirmations=agreed(46))
    progress = replay.progress(on(60))
    assert not progress.position.discharged
    assert progress.position.phase == 3
    assert progress.watch_until is None


# --- gaps -----------------------------------------------------------------------------------------------------------


def with_gap(days: int) -> list[CheckIn]:
    """Two good times with days between them that were not filled in."""
    after = 3 + days
    return [*(told(n, done=(did(),) if n == 1 else ()) for n in range(3)),
            told(after, done=(did(),)), told(after + 1)]  # fmt: skip


def test_a_short_gap_changes_nothing(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), with_gap(4), knowledge)
    assert not decided(replay, "gap")
    assert decided(replay, "two_good")


def test_after_some_unknown_days_the_good_times_are_built_up_again(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), with_gap(5), knowledge)
    assert decided(replay, "gap")[0].numbers == {"days": 5}
    assert not decided(replay, "two_good")


def test_after_a_long_gap_it_starts_lower_and_with_less(knowledge: Knowledge) -> None:
    position = Position(phase=2, since=START, running_step=4, steps={"glute_bridge": 1})
    plan = a_plan(knowledge, position=position)
    replay = play(plan, with_gap(10), knowledge)
    assert decided(replay, "long_gap")
    assert replay.position.running_step == 3
    assert {plan.exercises[0].exercise, "glute_bridge"} <= replay.position.volume.keys()
    assert set(replay.position.volume.values()) == {0.7}
    assert "long_gap" in replay.progress(on(14)).contacts


# --- the days themselves --------------------------------------------------------------------------------------------


def test_days_that_are_passed_over_are_unknown_days(knowledge: Knowledge) -> None:
    replay = Replay(a_plan(knowledge), knowledge)
    replay.day(on(0), told(0))
    replay.day(on(1), told(1, done=(did(),)))
    replay.day(on(4), told(4))
    assert rules_on(replay, 2) == ["morning_unknown"]


def test_a_day_tells_what_it_decided(knowledge: Knowledge) -> None:
    replay = Replay(a_plan(knowledge), knowledge)
    replay.day(on(0), told(0))
    decisions = replay.day(on(1), told(1, done=(did(pain=9.0),)))
    assert (decisions[0].subject, decisions[0].rule) == (STRENGTH, "pain_during")


def test_measurements_of_the_plan_count_from_their_own_day_on(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, measurements=fit(4))
    replay = play(plan, first_gate_met(6), knowledge)
    assert decided(replay, "gate_open")[0].date == on(4)


def test_the_position_says_on_which_day_it_was_judged(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(0)], on(5), knowledge)
    assert progress.position.on == progress.today == on(5)


def test_check_ins_of_before_the_plan_are_facts_too(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(-2), told(-1)], on(0), knowledge)
    assert progress.baseline_pain == 1
    assert progress.milestones["walk_pain_free"] == on(-2)


def test_later_check_ins_do_not_count_yet(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [told(0), told(9)], on(5), knowledge)
    assert [one.date for one in progress.check_ins] == [on(0)]


def test_a_corrected_check_in_is_kept_and_not_judged(knowledge: Knowledge) -> None:
    wrong, right = told(0, pain_worst=9), told(0, pain_worst=1, correction="typed a 9 for a 1")
    progress = judge_progress(a_plan(knowledge), [wrong, right], on(1), knowledge)
    assert progress.check_ins == (right,)
    assert progress.corrected == (wrong,)


def test_nothing_told_gives_nothing_to_judge(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge), [], on(3), knowledge)
    assert progress.decisions == progress.latest == ()
    assert progress.baseline_pain is None
    assert progress.phase == 1


def test_on_the_prevention_track_there_are_no_gates(knowledge: Knowledge) -> None:
    plan = replace(a_plan(knowledge), track="prevention")
    replay = play(plan, first_gate_met(3), knowledge)
    assert replay.progress(on(3)).gate is None
    assert not rules_on(replay, 3, "phase")


def test_full_sessions_count_once_the_morning_after_was_good(knowledge: Knowledge) -> None:
    check_ins = [told(0), told(1, sport_share=1.0), told(2, sport_share=1.0), told(3, stiffness_min=60)]
    progress = play(placed(knowledge, 4), check_ins, knowledge).progress(on(3))
    sessions = next(one for one in progress.return_table.items if one.criterion == "return_sessions")
    assert sessions.value == 1
