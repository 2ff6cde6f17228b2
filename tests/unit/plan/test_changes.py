from dataclasses import replace
from typing import Any

from herstel.knowledge.model import Knowledge
from herstel.plan.changes import days_of, plan_changes
from herstel.plan.generator import make_plan
from herstel.plan.model import Day, Edit, Plan, PlanChange
from herstel.plan.report_changes import changes_section
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


def said(before: Plan, after: Plan, knowledge: Knowledge) -> list[str]:
    return [f"{line.mark}: {line.text}" for line in changes_section(before, after, knowledge, "en").lines]


def test_changes_are_told_in_words(knowledge: Knowledge) -> None:
    before = plan(knowledge)
    name = before.exercises[0].exercise
    dose = replace(before.exercises[0].dose, sets_low=2, sets_high=2)
    after = plan(knowledge, edit("dose", name, dose=dose, times_per_week=1), edit("remove", "glute_bridge"))
    told = said(before, after, knowledge)
    title = knowledge.exercises[name].name.en
    assert any(one.startswith(f"How much: {title}: from 5 × 30 seconds") for one in told)
    assert any(one.startswith(f"How often: {title}: from ") and "to once a week" in one for one in told)
    assert any(one.startswith(f"No longer: {knowledge.exercises['glute_bridge'].name.en}") for one in told)
    assert said(before, plan(knowledge, position=at_phase(2)), knowledge)[0] == "Phase: from 1 to 2"


def test_other_days_are_told_by_their_names(knowledge: Knowledge) -> None:
    before = plan(knowledge)
    days = {int(day) for day in days_of(before, "glute_bridge").split()}
    others = frozenset(sorted(set(before.goal.minutes) - days)[:1]) | frozenset(sorted(days)[1:])
    told = said(before, plan(knowledge, edit("day", "glute_bridge", days=others)), knowledge)
    assert any(one.startswith("On other days: ") and "day" in one for one in told)


def test_no_change_is_told_too(knowledge: Knowledge) -> None:
    assert said(plan(knowledge), plan(knowledge), knowledge) == [": Nothing: the plan is the same."]
