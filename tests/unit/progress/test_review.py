"""When somebody should look along: little done, no improvement, a re-check that is due."""

from dataclasses import replace
from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn
from herstel.progress.review import training_days
from tests.unit.plan import people
from tests.unit.progress.roads import START, a_plan, decided, did, on, play, ran, strain, told


def stuck(until: int, **changes: Any) -> list[CheckIn]:
    """Days on which the exercises are done and nothing gets better."""
    usual = {"pain_worst": 4, "walking": "some_pain", "stiffness_min": 30}
    return [told(n, done=(did(),), **{**usual, **changes}) for n in range(until + 1)]


def rules(knowledge: Knowledge, check_ins: list[CheckIn]) -> dict[str, int]:
    """The reviews asked for, with the first day of each."""
    replay = play(a_plan(knowledge), check_ins, knowledge)
    names = ("no_improvement", "no_improvement_imaging", "low_adherence")
    return {name: (decided(replay, name)[0].date - START).days for name in names if decided(replay, name)}


def test_no_improvement_after_two_weeks_asks_for_a_look_and_after_three_for_an_image(knowledge: Knowledge) -> None:
    assert rules(knowledge, stuck(21)) == {"no_improvement": 14, "no_improvement_imaging": 21}


def test_the_same_is_asked_once_a_week(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), stuck(34), knowledge)
    assert [(one.date - START).days for one in decided(replay, "no_improvement_imaging")] == [21, 28]
    assert "imaging" in replay.progress(on(34)).contacts


@pytest.mark.parametrize(
    "later",
    [
        {"pain_worst": 3},
        {"walking": "pain_free", "pain_worst": 4},
        {"stiffness_min": 20},
        {"pain_worst": None},
    ],
)
def test_any_improvement_or_nothing_known_asks_for_nothing(knowledge: Knowledge, later: dict[str, Any]) -> None:
    check_ins = [*stuck(7), *(replace(one, **later) for one in stuck(21)[8:])]
    assert rules(knowledge, check_ins) == {}


def test_hardly_any_pain_needs_no_improvement(knowledge: Knowledge) -> None:
    assert rules(knowledge, stuck(21, pain_worst=1)) == {}


def test_too_few_known_days_say_nothing(knowledge: Knowledge) -> None:
    few = [one for one in stuck(21) if (one.date - START).days not in (0, 1, 2, 3, 4, 8, 9, 10, 11, 12)]
    assert "no_improvement" not in rules(knowledge, few)


def test_a_running_step_further_is_improvement(knowledge: Knowledge) -> None:
    check_ins = stuck(21, stiffness_min=5)
    check_ins = [replace(one, walking="pain_free") if n in (8, 9, 10) else one for n, one in enumerate(check_ins)]
    from herstel.plan.model import Position
    from tests.unit.progress.roads import fit

    plan = a_plan(knowledge, position=Position(phase=2, since=START), measurements=fit(8))
    replay = play(plan, check_ins, knowledge)
    assert decided(replay, "run_shown")
    assert not decided(replay, "no_improvement_imaging")


def test_little_done_is_told_and_is_no_missing_improvement(knowledge: Knowledge) -> None:
    idle = [replace(one, done=()) for one in stuck(21)]
    replay = play(a_plan(knowledge), idle, knowledge)
    assert decided(replay, "low_adherence")[0].numbers == {"share_percent": 0}
    assert not decided(replay, "no_improvement_imaging")
    assert "plan_does_not_fit" in replay.progress(on(21)).contacts


def test_no_review_moves_anything(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), stuck(40), knowledge)
    assert (replay.position.phase, replay.position.on_hold) == (1, False)


# --- the re-check ---------------------------------------------------------------------------------------------------


def fresh(days_ago: int) -> Any:
    """A strain of so many days ago, with the assessment of that day."""
    return people.assessed_as({**people.SPRINT_STRAIN, "days_since_onset": days_ago}, _knowledge())


def _knowledge() -> Knowledge:
    from herstel.knowledge.load import load_knowledge

    return load_knowledge()


def test_a_recheck_of_the_first_days_is_asked_for_until_it_is_done(knowledge: Knowledge) -> None:
    from datetime import timedelta

    plan = a_plan(knowledge, assessment=fresh(1), injury_date=START - timedelta(days=1))
    replay = play(plan, [told(n) for n in range(8)], knowledge)
    assert [(int(one.numbers["moment"]), (one.date - START).days) for one in decided(replay, "recheck_due")] == [
        (2, 1), (4, 3), (7, 6),
    ]  # fmt: skip
    done = [replace(told(n), answers={"walking": "normal"} if n in (1, 3, 6) else {}) for n in range(8)]
    assert not decided(play(plan, done, knowledge), "recheck_due")


def test_a_recheck_that_is_over_is_not_asked_for(knowledge: Knowledge) -> None:
    assert not decided(play(a_plan(knowledge), [told(7)], knowledge), "recheck_due")
    unknown = replace(strain(), complaint=replace(strain().complaint, days_since_onset=None))
    plan = a_plan(knowledge, assessment=unknown, injury_date=None)
    assert not decided(play(plan, [told(2)], knowledge), "recheck_due")


# --- adherence ------------------------------------------------------------------------------------------------------


def test_missing_days_are_neither_done_nor_left_out(knowledge: Knowledge) -> None:
    check_ins = [told(n, done=(did(),)) for n in (0, 2, 4)]
    now = judge_progress(a_plan(knowledge), check_ins, on(6), knowledge).adherence
    assert (now.days_known, now.days_missing, now.longest_gap_days) == (3, 4, 2)
    assert now.share == 1


def test_a_run_is_training_as_well(knowledge: Knowledge) -> None:
    check_ins = [told(0, runs=(ran(1),)), told(1)]
    now = judge_progress(a_plan(knowledge), check_ins, on(1), knowledge).adherence
    assert now.share is not None
    assert round(now.share, 2) == round(1 / (2 * training_days(a_plan(knowledge)) / 7), 2)


def test_without_check_ins_the_share_is_not_known(knowledge: Knowledge) -> None:
    now = judge_progress(a_plan(knowledge), [], on(3), knowledge).adherence
    assert (now.share, now.days_missing, now.longest_gap_days) == (None, 4, 4)


def test_before_the_plan_begins_there_is_nothing_to_do(knowledge: Knowledge) -> None:
    now = judge_progress(a_plan(knowledge), [told(-3)], on(-2), knowledge).adherence
    assert (now.days_known, now.days_missing, now.share) == (0, 0, None)


def test_training_days_are_those_of_the_schedule_or_else_those_with_time(knowledge: Knowledge) -> None:
    without = a_plan(knowledge)
    assert training_days(without) == 4
    scheduled = make_plan(strain(), without.chain, without.goal, knowledge)
    assert 2 <= training_days(scheduled) <= 7
