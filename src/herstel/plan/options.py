"""What a therapist can choose from when changing a plan by hand, and why something is not to be chosen now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from herstel.knowledge.exercise_entries import Exercise
from herstel.knowledge.model import Knowledge
from herstel.plan.allowed import lacks_equipment, unsafe
from herstel.plan.choose import Choice
from herstel.plan.circumstances import Circumstances, circumstances
from herstel.plan.model import Plan, PlannedExercise
from herstel.plan.schedule import DAYS
from herstel.plan.week import week_request

NoRoom = Literal["time", "rest"]
"""Why an exercise cannot be on a day: too few minutes, or it is paused or rest is due (before or after a match too)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An exercise of the library, as something to put into a plan.

    Attributes
    ----------
    reason : str or None
        Why it is not safe now, as ``why_not`` names it; None when it may be chosen.
    lacks_equipment : bool
        The person does not have what it needs; it may be chosen all the same.
    planned : bool
        It is in the plan already.
    """

    exercise: str
    reason: str | None
    lacks_equipment: bool
    planned: bool


def library(plan: Plan, knowledge: Knowledge) -> tuple[Option, ...]:
    """Every exercise of the library, in its order."""
    return _options(knowledge.exercises.exercises.values(), plan, knowledge)


def equivalents(exercise: str, plan: Plan, knowledge: Knowledge) -> tuple[Option, ...]:
    """What trains the same as an exercise: what may be chosen first, then what trains it beside something else.

    Parameters
    ----------
    exercise : str
        Of the plan, also one of the therapist's own.
    plan : Plan
    knowledge : Knowledge

    Returns
    -------
    tuple of Option
        Of what is as suitable the nearest in load first; without what is in the plan already.
    """
    exercises = knowledge.exercises.exercises
    target, load = _target(exercise, plan, knowledge), exercises[exercise].load if exercise in exercises else 0
    alike = [one for one in exercises.values() if target in (one.target, *one.secondary)]
    found = [one for one in _options(alike, plan, knowledge) if not one.planned and one.exercise != exercise]

    def suits(one: Option) -> tuple[bool, bool, bool, int]:
        other = exercises[one.exercise]
        return one.reason is not None, one.lacks_equipment, other.target != target, abs(other.load - load)

    return tuple(sorted(found, key=suits))


def _target(exercise: str, plan: Plan, knowledge: Knowledge) -> str:
    if exercise in plan.own:
        return plan.own[exercise].target
    return knowledge.exercises[exercise].target


def _options(exercises: Iterable[Exercise], plan: Plan, knowledge: Knowledge) -> tuple[Option, ...]:
    now, planned = _now(plan, knowledge), {one.exercise for one in plan.exercises}
    return tuple(
        Option(
            exercise=one.id,
            reason=unsafe(one, now),
            lacks_equipment=lacks_equipment(one, now),
            planned=one.id in planned,
        )
        for one in exercises
    )


def open_days(plan: Plan, knowledge: Knowledge) -> Mapping[str, Mapping[int, NoRoom | None]]:
    """On which days of the week each exercise of the plan could be, 0 is Monday, and what stands in the way on others.

    The rest between two times of the same exercise is not counted here: it depends on the other days that are chosen.
    What belongs to every day is left out.
    """
    now = _now(plan, knowledge)
    daily = now.knowledge.plan.rules["daily"].names
    movable = [one for one in plan.exercises if one.why.target not in daily]
    return {one.exercise: _days(one, now) for one in movable}


def _days(planned: PlannedExercise, now: Circumstances) -> dict[int, NoRoom | None]:
    choice = Choice(planned=planned, least=planned.times_per_week, best=planned.times_per_week, rank="locked")
    request = week_request([choice], now)
    (item,) = request.items
    found: dict[int, NoRoom | None] = {}
    for number in range(DAYS):
        weekday = (now.day.weekday() + number) % DAYS
        needed = item.minutes + (request.warm_up_minutes[number] if item.warm_up else 0)
        if request.minutes[number] < needed:
            found[weekday] = "time"
        else:
            found[weekday] = None if item.days[number] else "rest"
    return dict(sorted(found.items()))


def _now(plan: Plan, knowledge: Knowledge) -> Circumstances:
    return circumstances(plan.assessment, plan.chain, plan.goal, plan.track, plan.position, knowledge)
