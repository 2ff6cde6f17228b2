"""The prevention programme: for who finished recovering and for who has no complaint."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from herstel.knowledge.entry import source_ids
from herstel.knowledge.exercise_entries import Dose, Exercise
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import PreventionItem
from herstel.plan.allowed import why_not
from herstel.plan.choose import Choice
from herstel.plan.circumstances import Circumstances
from herstel.plan.dosing import minutes_of
from herstel.plan.model import Goal, PlannedExercise, Why


def prevention_programme(
    goal: Goal, knowledge: Knowledge, *, week: int, contraindications: Iterable[str] = ()
) -> tuple[PlannedExercise, ...]:
    """The exercises of a week of the programme.

    Parameters
    ----------
    goal : Goal
        Its equipment and contraindications count.
    knowledge : Knowledge
    week : int
        1 for the first week of the programme.
    contraindications : iterable of str
        Codes beside those of the goal.

    Returns
    -------
    tuple of PlannedExercise
        With how many times a week, for both sides. Where an exercise is not possible an easier one takes its place.
    """
    codes = frozenset(contraindications) | goal.contraindications
    owned = {one.id for one in knowledge.exercises.equipment.values() if one.household} | goal.equipment

    def possible(exercise: Exercise) -> bool:
        fits = not exercise.equipment or any(owned.issuperset(one) for one in exercise.equipment)
        return fits and not codes & set(exercise.contraindications)

    return _programme(knowledge, week, possible)


def prevention_choices(now: Circumstances) -> list[Choice]:
    """The programme of this week as choices for the schedule; its weeks count from the day of the position."""
    week = (now.day - now.position.since).days // 7 + 1
    required = {item.id for item in now.knowledge.plan.prevention if item.required}
    programme = _programme(now.knowledge, week, lambda exercise: why_not(exercise, now) is None)
    return [
        Choice(
            planned=planned,
            least=planned.times_per_week,
            best=planned.times_per_week,
            rank="required" if planned.why.dose in required else "optional",
        )
        for planned in programme
    ]


def _programme(knowledge: Knowledge, week: int, possible: Callable[[Exercise], bool]) -> tuple[PlannedExercise, ...]:
    exercises, items = knowledge.exercises.exercises, knowledge.plan.prevention
    taken = _in_place([item for item in items if possible(exercises[item.exercise])], items)
    return tuple(_planned(item, exercises[item.exercise], week) for item in taken)


def _in_place(possible: Sequence[PreventionItem], items: Sequence[PreventionItem]) -> Iterator[PreventionItem]:
    """The items that are possible, without those whose better one is possible too."""
    ids = {item.id for item in possible}
    instead_of = {item.id: item.instead_of for item in items}
    for item in possible:
        better, seen = item.instead_of, set[str]()
        while better is not None and better not in ids and better not in seen:
            seen.add(better)
            better = instead_of.get(better)
        if better not in ids:
            yield item


def _planned(item: PreventionItem, exercise: Exercise, week: int) -> PlannedExercise:
    row = [one for one in item.weeks if one[0] <= max(week, item.weeks[0][0])][-1]
    _, sets, amount, times = row
    dose = _dose(exercise.dose, sets, amount)
    return PlannedExercise(
        exercise=exercise.id,
        dose=dose,
        times_per_week=times,
        minutes=minutes_of(exercise.dose, exercise.minutes, dose, one_side=False),
        sides=("left", "right") if exercise.dose.per_side else (),
        heavy=exercise.heavy,
        rest_h=exercise.rest_h,
        why=Why(
            findings=("prevention",),
            target=exercise.target,
            dose=item.id,
            sources=tuple(dict.fromkeys((*source_ids(item.source), *source_ids(exercise.source)))),
            leads_to=exercise.leads_to,
        ),
    )


def _dose(usual: Dose, sets: int, amount: float) -> Dose:
    return replace(usual, sets_low=sets, sets_high=sets, amount_low=amount, amount_high=amount)
