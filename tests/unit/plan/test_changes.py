from dataclasses import replace
from typing import Any

from herstel.knowledge.model import Knowledge
from herstel.plan.changes import days_of, plan_changes
from herstel.plan.generator import make_plan
from herstel.plan.model import Day, Edit, Plan, PlanChange
from tests.unit.plan.people import SPRINT_STRAIN, START, a_chain, a_goal, assessed_as, at_phase


def plan(knowledge: Knowledge, *edits: Edit, **options: Any) -> Plan:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    return make_plan(assessment, a_chain(assessment), a_goal(), knowledge, edits=edits, **options)


def edit(kind: Any, exercise: str, **changes: Any) -> Edit:
    return Edit(kind=kind, exercise=exercise, reason="tried", date=START, **changes)


def test_the_same_plan_has_no_changes(knowledge: Knowledge) -> None:
    assert plan_changes(plan(knowledge), plan(knowledge)) == ()


def test_a_removed_exercise_and_what_came_instead_are_told(knowledge: Knowledge) -> None:
    changes = plan_changes(plan(knowledge), plan(knowledge, edit("remove", "supine_heel_dig_90")))
    assert PlanChange(kind="removed", exercise="supine_heel_dig_90", before="5x30 seconds", after="") in changes
    assert any(one.kind == "added" and one.exercise == "supine_heel_dig_30" for one in changes)


def test_another_dose_and_frequency_are_told(knowledge: Knowledge) -> None:
    before = plan(knowledge)
    dose = replace(before.exercises[0].dose, sets_low=2, sets_high=2)
    name = before.exercises[0].exercise
    after = plan(knowledge, edit("dose", name, dose=dose, times_per_week=1))
    kinds = {one.kind: (one.before, one.after) for one in plan_changes(before, after) if one.exercise == name}
    assert kinds["dose"] == ("5x30 seconds", "2x30 seconds")
    assert kinds["frequency"][1] == "1"


def test_another_phase_and_step_come_first(knowledge: Knowledge) -> None:
    changes = plan_changes(plan(knowledge), plan(knowledge, position=at_phase(2)))
    assert [(one.kind, one.before, one.after) for one in changes[:2]] == [
        ("phase", "1", "2"),
        ("running_step", "1", "3"),
    ]


def test_another_day_is_told_as_moved(knowledge: Knowledge) -> None:
    before = plan(knowledge)
    name = before.exercises[0].exercise
    days = days_of(before, name)
    first = next(number for number, day in enumerate(before.week.days) if str(day.date.weekday()) == days[0])
    moved: Day = replace(before.week.days[first], sessions=())
    week = replace(before.week, days=(*before.week.days[:first], moved, *before.week.days[first + 1 :]))
    changes = plan_changes(before, replace(before, week=week))
    assert PlanChange(kind="moved", exercise=name, before=days, after=days[2:]) in changes
