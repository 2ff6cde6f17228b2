from dataclasses import replace
from datetime import date
from typing import Any

from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Plan
from herstel.progress.day_plan import plan_of_today
from herstel.progress.exercises import Exercises
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn, Done, Progress, Run
from tests.unit.plan import people
from tests.unit.progress.roads import STRENGTH, on, strain, told

EVERY_DAY = dict.fromkeys(range(7), 40)


def a_plan(knowledge: Knowledge, **more: Any) -> Plan:
    assessment = strain()
    return make_plan(assessment, people.a_chain(assessment), people.a_goal(minutes=EVERY_DAY), knowledge, **more)


def after(check_ins: list[CheckIn], day: int, knowledge: Knowledge) -> tuple[Plan, Progress]:
    """The plan on a day, after these check-ins."""
    start = a_plan(knowledge)
    progress = judge_progress(start, check_ins, on(day), knowledge)
    return a_plan(knowledge, position=progress.position), progress


def todays(plan: Plan) -> list[tuple[str, ...]]:
    return [session.exercises for session in plan.week.days[0].sessions]


def of_today(plan: Plan, progress: Progress, knowledge: Knowledge) -> Plan:
    return plan_of_today(strain(), plan, progress, knowledge)


def test_a_day_on_which_nothing_was_done_is_the_plan_itself(knowledge: Knowledge) -> None:
    plan, progress = after([told(0)], 1, knowledge)
    assert of_today(plan, progress, knowledge) is plan


def test_what_was_done_today_stays_in_the_plan_of_today(knowledge: Knowledge) -> None:
    calm = [told(0), told(1, done=(Done(exercise=STRENGTH, sets=5, pain=1.0),), runs=(Run(), Run(step=1, pain=0.0)))]
    morning, _ = after([*calm, told(2)], 2, knowledge)
    assert any(STRENGTH in one for one in todays(morning))
    ticked = told(2, done=(Done(exercise=STRENGTH, sets=1, pain=1.0),))
    plan, progress = after([*calm, ticked], 2, knowledge)
    assert not any(STRENGTH in one for one in todays(plan))
    assert todays(of_today(plan, progress, knowledge)) == todays(morning)


def test_a_run_of_today_does_not_move_the_run_away_either(knowledge: Knowledge) -> None:
    walk = next(step for step in knowledge.progress.running.values() if step.exercise)
    ran = Run(step=walk.number, pain=0.0, limp=False)
    plan, progress = after([told(0, runs=(ran,)), told(1, runs=(ran,))], 1, knowledge)
    again = of_today(replace(plan, position=progress.position), progress, knowledge)
    done: dict[str, date] = dict(again.position.last_done)
    assert done.get(walk.exercise or "") != progress.today


def test_the_limit_of_pain_is_that_of_the_exercise_and_of_the_track_for_one_that_is_not_known(
    knowledge: Knowledge,
) -> None:
    plan = a_plan(knowledge)
    exercises = Exercises(plan, knowledge)
    usual = knowledge.plan.tracks[plan.track].pain_limit
    assert exercises.pain_limit("no_such_exercise", on(0)) == usual
    assert exercises.pain_limit(STRENGTH, on(40)) >= usual
