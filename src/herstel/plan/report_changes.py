"""What differs between two plans, in words."""

from collections.abc import Iterator

from herstel.assessment.report_parts import Line, Section
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.plan.changes import plan_changes
from herstel.plan.model import Plan, PlanChange
from herstel.plan.report_words import WEEKDAYS, amount_in_words, exercise_name, times_in_words
from herstel.text import Language, say

_TITLES = {
    "phase": marked("Phase"),
    "running_step": marked("Running ladder"),
    "added": marked("New"),
    "removed": marked("No longer"),
    "dose": marked("How much"),
    "frequency": marked("How often"),
    "moved": marked("On other days"),
}
"""In the order in which they are told."""


def changes_section(before: Plan, after: Plan, knowledge: Knowledge, language: Language) -> Section:
    """Say every difference between two plans of one person, with what it was and what it is now.

    Parameters
    ----------
    before, after : Plan
    knowledge : Knowledge
    language : {"nl", "en"}
    """
    lines = tuple(_lines(before, after, knowledge, language))
    if not lines:
        lines = (Line(text=say(language, "Nothing: the plan is the same.")),)
    return Section(id="changes", title=say(language, "What changed in the plan"), lines=lines)


def _lines(before: Plan, after: Plan, knowledge: Knowledge, language: Language) -> Iterator[Line]:
    order = list(_TITLES)
    for change in sorted(plan_changes(before, after), key=lambda one: order.index(one.kind)):
        yield Line(mark=say(language, _TITLES[change.kind]), text=_text(change, before, after, knowledge, language))


def _text(change: PlanChange, before: Plan, after: Plan, knowledge: Knowledge, language: Language) -> str:
    was, now = (
        _said(change, plan, value, language) for plan, value in ((before, change.before), (after, change.after))
    )
    if not change.exercise:
        return say(language, "from {was} to {now}", was=was, now=now)
    name = exercise_name(change.exercise, before if change.kind == "removed" else after, knowledge, language)
    if change.kind in ("added", "removed"):
        return f"{name} ({now or was})"
    return say(language, "{name}: from {was} to {now}", name=name, was=was, now=now)


def _said(change: PlanChange, plan: Plan, value: str, language: Language) -> str:
    """One side of a change in words."""
    if not value:
        return ""
    if change.kind in ("added", "removed", "dose"):
        planned = next(one for one in plan.exercises if one.exercise == change.exercise)
        return amount_in_words(planned, language)
    if change.kind == "moved":
        return ", ".join(say(language, WEEKDAYS[int(day)]) for day in value.split())
    if change.kind == "frequency":
        return times_in_words(int(value), language)
    return value
