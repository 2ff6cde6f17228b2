"""What differs between two plans: what came, what went, how much, how often, and on which days."""

from collections.abc import Iterator

from herstel.knowledge.exercise_entries import Dose
from herstel.plan.model import Plan, PlanChange, PlannedExercise


def plan_changes(before: Plan, after: Plan) -> tuple[PlanChange, ...]:
    """Every difference between two plans of one person.

    Returns
    -------
    tuple of PlanChange
        Phase and running first, then by exercise in the order of the new plan; ``before`` and ``after`` are short
        values such as "3x12 reps", "2" times a week, or "0 2 4" for Monday, Wednesday and Friday.
    """
    return (*_of_phase(before, after), *_of_exercises(before, after))


def _of_phase(before: Plan, after: Plan) -> Iterator[PlanChange]:
    was, now = before.position, after.position
    if was.phase != now.phase:
        yield PlanChange(kind="phase", exercise="", before=str(was.phase), after=str(now.phase))
    if was.running_step != now.running_step:
        steps = str(was.running_step), str(now.running_step)
        yield PlanChange(kind="running_step", exercise="", before=steps[0], after=steps[1])


def _of_exercises(before: Plan, after: Plan) -> Iterator[PlanChange]:
    old = {one.exercise: one for one in before.exercises}
    new = {one.exercise: one for one in after.exercises}
    for name, now in new.items():
        if name not in old:
            yield PlanChange(kind="added", exercise=name, before="", after=dose_code(now.dose))
        else:
            yield from _of_one(old[name], now, (days_of(before, name), days_of(after, name)))
    for name, was in old.items():
        if name not in new:
            yield PlanChange(kind="removed", exercise=name, before=dose_code(was.dose), after="")


def _of_one(was: PlannedExercise, now: PlannedExercise, days: tuple[str, str]) -> Iterator[PlanChange]:
    name = now.exercise
    if was.dose != now.dose:
        yield PlanChange(kind="dose", exercise=name, before=dose_code(was.dose), after=dose_code(now.dose))
    if was.times_per_week != now.times_per_week:
        times = str(was.times_per_week), str(now.times_per_week)
        yield PlanChange(kind="frequency", exercise=name, before=times[0], after=times[1])
    elif days[0] != days[1]:
        yield PlanChange(kind="moved", exercise=name, before=days[0], after=days[1])


def days_of(plan: Plan, exercise: str) -> str:
    """The days of the week with an exercise, 0 is Monday."""
    days = {day.date.weekday() for day in plan.week.days for session in day.sessions if exercise in session.exercises}
    return " ".join(map(str, sorted(days)))


def dose_code(dose: Dose) -> str:
    """A dose in one short word, such as "3x12 reps"."""
    return f"{dose.sets_high}x{dose.amount_high:g} {dose.unit}"
