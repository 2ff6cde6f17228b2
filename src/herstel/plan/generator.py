"""Steps 3 to 5 as one plan: which exercises, how much, on which day, and why each is there."""

from collections.abc import Sequence
from dataclasses import replace

from herstel.assessment.result import Assessment, Referral
from herstel.chain.model import Chain
from herstel.knowledge.model import Knowledge
from herstel.plan.choose import Choice, Selection, choose_exercises, planned_exercise
from herstel.plan.circumstances import Circumstances, circumstances
from herstel.plan.dosing import dose_at, minutes_of
from herstel.plan.edits import Applied, apply_edits
from herstel.plan.model import Edit, Goal, OwnExercise, Plan, PlannedExercise, Position, Why, Wish
from herstel.plan.prevention import prevention_choices
from herstel.plan.road import road_ahead
from herstel.plan.schedule import Scheduler, skip_schedule, solve_week
from herstel.plan.tracks import choose_track
from herstel.plan.week import Scheduled, Usual, as_wished, schedule_week, with_times
from herstel.plan.wishes import wishes_of_edits, wishes_of_goal, wishes_of_week, wishes_without_exercise

MOST_TIMES = 7
"""At most once a day."""


def make_plan(  # noqa: PLR0913 - everything a plan follows from, by name
    assessment: Assessment | Referral,
    chain: Chain,
    goal: Goal,
    knowledge: Knowledge,
    *,
    position: Position | None = None,
    edits: Sequence[Edit] = (),
    refuse_edits: bool = True,
    scheduler: Scheduler = solve_week,
) -> Plan:
    """Make the plan of a week, with the road ahead.

    Parameters
    ----------
    assessment : Assessment or Referral
        While somebody must be seen first nothing is loaded.
    chain : Chain
        What counts in it asks for more of its targets; an empty chain gives the ordinary doses.
    goal : Goal
    knowledge : Knowledge
    position : Position, optional
        Where the person is; None for the start: phase 1 on the goal's first day.
    edits : sequence of Edit
        What the therapist changed by hand.
    refuse_edits : bool
        False sets aside a change that is not safe, and tells so; for a record of changes that were looked at when made.
    scheduler : callable
        ``skip_schedule`` leaves the days and the road empty, for whoever needs many plans and no week.

    Returns
    -------
    Plan
        The same for the same values.

    Raises
    ------
    InputError
        For an edit that is not safe or names an unknown exercise.
    """
    at = position or Position(since=goal.start)
    track = choose_track(assessment, goal, knowledge, at)
    if track == "prevention" and position is None:
        at = replace(at, phase=4)
    now = circumstances(assessment, chain, goal, track, at, knowledge)
    loading = not now.position.on_hold and not now.call_today
    applied = apply_edits(edits, now, loading=loading and track != "see_first", refuse=refuse_edits)
    now = replace(now, removed=applied.removed)
    selection = _selected(now, applied) if loading else Selection(choices=())
    scheduled = schedule_week(selection.choices, now, scheduler, _usual(now, applied, scheduler) if loading else ())
    skipped = scheduler is skip_schedule
    choices = as_wished(selection.choices) if skipped else with_times(selection.choices, scheduled, now)
    return Plan(
        assessment=now.assessment,
        chain=chain,
        goal=goal,
        track=track,
        position=at,
        injured_sides=now.injured_sides,
        exercises=tuple(choice.planned for choice in choices),
        week=scheduled.week,
        road=road_ahead(now, lambda then: _road_exercises(then, applied)) if loading and not skipped else (),
        contraindications=now.contraindications,
        left_out=_left_out(selection, choices),
        given_up=_given_up(selection, scheduled, applied, now, skipped=skipped),
        edits=tuple(edits),
        own=applied.own,
    )


def _usual(now: Circumstances, applied: Applied, scheduler: Scheduler) -> Usual:
    """Where everything would be if the therapist had set no days; empty when none was set."""
    if not applied.days:
        return ()
    times = {name: times for name, times in applied.times.items() if name not in applied.days}
    free = _selected(now, replace(applied, days={}, times=times))
    return schedule_week(free.choices, now, scheduler).placed.days


def _selected(now: Circumstances, applied: Applied) -> Selection:
    """The choice of the protocol with the therapist's changes in it."""
    selection = choose_exercises(now, applied.wanted)
    if now.track.id == "prevention":
        programme = prevention_choices(now)
        known = {choice.id for choice in programme}
        found = [choice for choice in selection.choices if choice.id not in known]
        selection = replace(selection, choices=(*programme, *found))
    choices = [_edited(choice, now, applied) for choice in selection.choices]
    present = {choice.id for choice in choices}
    more = [_added(name, now, applied) for name in applied.added if name not in present]
    own = [_own(one, now, applied) for one in applied.own.values()]
    ordered = sorted((*choices, *more, *own), key=lambda choice: choice.rank != "locked")
    placed = (replace(choice, days=applied.days.get(choice.id, frozenset())) for choice in ordered)
    return replace(selection, choices=tuple(placed))


def _edited(choice: Choice, now: Circumstances, applied: Applied) -> Choice:
    """A chosen exercise with what the therapist set: locked, another dose, other times a week."""
    name, times = choice.id, applied.times.get(choice.id)
    replaced = name in applied.wanted.instead.values()
    if not (replaced or name in applied.wanted.first or name in applied.doses or times is not None):
        return choice
    planned = _with_dose(choice.planned, now, applied)
    why = replace(planned.why, findings=("edit",)) if replaced else planned.why
    planned = replace(planned, why=why, locked=name in applied.locked, edited=True)
    least, best = (choice.least, choice.best) if times is None else (times, times)
    return Choice(planned=planned, least=least, best=best, rank="locked")


def _added(name: str, now: Circumstances, applied: Applied) -> Choice:
    """A library exercise the therapist put in beside the doses."""
    exercise = now.knowledge.exercises.exercises[name]
    planned = _with_dose(planned_exercise(exercise, now, findings=("edit",)), now, applied)
    times = min(applied.times.get(name, exercise.per_week_low), MOST_TIMES)
    planned = replace(planned, times_per_week=times, locked=name in applied.locked, edited=True)
    return Choice(planned=planned, least=times, best=times, rank="locked")


def _own(own: OwnExercise, now: Circumstances, applied: Applied) -> Choice:
    """An exercise of the therapist's."""
    times = applied.times.get(own.id, own.times_per_week)
    planned = PlannedExercise(
        exercise=own.id,
        dose=own.dose,
        times_per_week=times,
        minutes=own.minutes,
        sides=("left", "right") if own.dose.per_side else (),
        heavy=own.heavy,
        rest_h=own.rest_h,
        why=Why(findings=("edit",), target=own.target, dose="", sources=(), leads_to=own.name),
        locked=own.id in applied.locked,
        edited=True,
    )
    return Choice(planned=_with_dose(planned, now, applied), least=times, best=times, rank="locked")


def _with_dose(planned: PlannedExercise, now: Circumstances, applied: Applied) -> PlannedExercise:
    """The dose the therapist set and the time it takes; less of it after a flare-up, as of any dose."""
    dose = applied.doses.get(planned.exercise)
    if dose is None:
        return planned
    volume = now.position.volume.get(planned.exercise, 1.0)
    dose = dose_at(dose, now.knowledge, volume=volume) if volume < 1 else dose
    exercise = now.knowledge.exercises.exercises.get(planned.exercise)
    usual, minutes = (exercise.dose, exercise.minutes) if exercise else (planned.dose, planned.minutes)
    return replace(planned, dose=dose, minutes=minutes_of(usual, minutes, dose, len(planned.sides) == 1))


def _road_exercises(then: Circumstances, applied: Applied) -> tuple[str, ...]:
    if then.track.id == "prevention":
        return tuple(choice.id for choice in prevention_choices(then))
    return tuple(choice.id for choice in choose_exercises(then, applied.wanted).choices)


def _left_out(selection: Selection, choices: Sequence[Choice]) -> dict[str, str]:
    present = {choice.id for choice in choices}
    unplaced = {choice.id: "time" for choice in selection.choices if choice.id not in present}
    return {**{name: why for name, why in selection.left_out.items() if name not in present}, **unplaced}


def _given_up(
    selection: Selection, scheduled: Scheduled, applied: Applied, now: Circumstances, *, skipped: bool
) -> tuple[Wish, ...]:
    of_week = () if skipped else tuple(wishes_of_week(selection.choices, scheduled, now))
    return (
        *of_week,
        *wishes_without_exercise(selection.empty, now),
        *wishes_of_edits(applied.set_aside, now),
        *wishes_of_goal(now),
    )
