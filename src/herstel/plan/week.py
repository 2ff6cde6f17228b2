"""The week of a plan: from chosen exercises to a request for the solver, and from its answer to days with sessions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from herstel.knowledge.exercise_entries import Exercise
from herstel.plan.activities import activities_on, takes_part
from herstel.plan.allowed import why_not
from herstel.plan.choose import Choice, Rank, ladder_step
from herstel.plan.circumstances import HOURS_A_DAY, Circumstances
from herstel.plan.dosing import dose_at
from herstel.plan.model import Day, Session, SessionKind, SportEvent, Week
from herstel.plan.schedule import DAYS, Item, Placed, Scheduler, WeekRequest

WEIGHTS: dict[Rank, int] = {"locked": 100_000_000, "required": 2_000_000, "found": 50_000, "optional": 1_000}
"""What is given up last weighs most; one of a higher rank outweighs all of a lower one in a week."""
OUTDOORS = frozenset({"running", "sprint_technique", "agility"})
AFTER = frozenset({"static_stretch", "self_massage"})
"""Static stretching and foam rolling belong after the work."""
EVERY_DAY = 1
Usual = Sequence[Sequence[str]]
"""The exercises of each day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A week with what was asked of the solver and what it placed."""

    week: Week
    request: WeekRequest
    placed: Placed


def schedule_week(choices: Sequence[Choice], now: Circumstances, scheduler: Scheduler, usual: Usual = ()) -> Scheduled:
    """Spread the chosen exercises over the seven days from the day of the circumstances.

    ``usual`` is where they would be if the therapist had set no days: what was not moved stays there, if it can.
    """
    daily = now.knowledge.plan.rules["daily"].names
    every_day = tuple(choice for choice in choices if choice.planned.why.target in daily)
    request = week_request([choice for choice in choices if choice not in every_day], now)
    set_days = {choice.id for choice in choices if choice.days}
    request = replace(request, usual=tuple(tuple(one for one in day if one not in set_days) for day in usual))
    placed = scheduler(request)
    dates = [now.day + timedelta(days=number) for number in range(DAYS)]
    days = tuple(
        Day(
            date=one,
            sessions=(*_sessions(choices, placed.days[number], one.weekday(), now), *_advice(every_day)),
            events=events_on(one, now),
            activities=activities_on(one.weekday(), now),
        )
        for number, one in enumerate(dates)
    )
    week = Week(start=now.day, phase=now.phase, days=days, solution=placed.solution)
    return Scheduled(week=week, request=request, placed=placed)


def events_on(day: date, now: Circumstances) -> tuple[SportEvent, ...]:
    """The trainings and matches of a day."""
    return tuple(event for event in now.goal.events if event.weekday == day.weekday())


# --- asking ---------------------------------------------------------------------------------------------------------


def week_request(choices: Sequence[Choice], now: Circumstances) -> WeekRequest:
    """The puzzle of a week; its seven days begin with the day of the circumstances."""
    weekdays = [(now.day.weekday() + number) % DAYS for number in range(DAYS)]
    matches = {event.weekday for event in now.goal.events if event.kind == "match"}
    trainings = {event.weekday for event in now.goal.events if event.kind == "training" and takes_part("training", now)}
    resting = _days_without_heavy(matches, now)
    return WeekRequest(
        minutes=tuple(float(now.goal.minutes.get(weekday, 0)) for weekday in weekdays),
        items=tuple(_item(choice, now, weekdays, resting) for choice in choices),
        warm_up_minutes=tuple(warm_up_minutes(weekday, now) for weekday in weekdays),
        heavy_a_day=int(now.knowledge.plan.limit("session", "heavy_a_day")),
        trainings=tuple(weekday in trainings for weekday in weekdays),
    )


def _days_without_heavy(matches: set[int], now: Circumstances) -> set[int]:
    """Match days and the days before them; the days after them too for who plays, for a match is a sprint session."""
    rest_days = 0
    if takes_part("match", now):
        rest_days = math.ceil(now.knowledge.plan.limit("match", "rest_h") / HOURS_A_DAY) - 1
    return {(match + passed) % DAYS for match in matches for passed in range(-1, rest_days + 1)}


def _item(choice: Choice, now: Circumstances, weekdays: Sequence[int], resting: set[int]) -> Item:
    planned = choice.planned
    exercise = now.knowledge.exercises.exercises.get(choice.id)
    first = first_day(choice, now)
    return Item(
        id=choice.id,
        minutes=planned.minutes,
        least=choice.least,
        best=choice.best,
        weight=WEIGHTS[choice.rank],
        gap_days=_rest(planned.rest_h).days,
        heavy=planned.heavy,
        warm_up=planned.heavy or (exercise is not None and needs_warm_up(exercise, now)),
        after=exercise is not None and exercise.contraction in AFTER,
        days=tuple(
            now.day + timedelta(days=number) >= first
            and not (planned.heavy and weekday in resting)
            and (not choice.days or weekday in choice.days)
            for number, weekday in enumerate(weekdays)
        ),
    )


def first_day(choice: Choice, now: Circumstances) -> date:
    """The first day on which an exercise is possible: not paused, and rested from what was done last week."""
    done, exercises = now.position.last_done, now.knowledge.exercises.exercises
    days = [now.position.paused_until.get(choice.id, now.day)]
    if choice.id in done:
        days.append(done[choice.id] + _rest(choice.planned.rest_h))
    if choice.planned.heavy:
        hard = [one for one in done if one in exercises and exercises[one].heavy]
        days += [done[one] + _rest(max(exercises[one].rest_h, now.track.rest_h)) for one in hard]
    return max(days)


def _rest(hours: float) -> timedelta:
    return timedelta(days=max(EVERY_DAY, math.ceil(hours / HOURS_A_DAY)))


def needs_warm_up(exercise: Exercise, now: Circumstances) -> bool:
    """Whether an exercise is hard enough to warm up for."""
    limits = now.knowledge.plan.rules["session"].limits
    first = {"strength": limits["strength_from_load"], "running": limits["running_from_load"]}.get(exercise.kind)
    return first is not None and now.phase >= limits["warm_up_from_phase"] and exercise.load >= first


def warm_up_exercise(now: Circumstances) -> Exercise | None:
    """The first warm-up that is possible; None when none is."""
    exercises = now.knowledge.exercises.exercises
    names = now.knowledge.plan.rules["session"].names
    return next((exercises[one] for one in names if one in exercises and why_not(exercises[one], now) is None), None)


def warm_up_minutes(weekday: int, now: Circumstances) -> float:
    """How long a warm-up takes: shorter on a day with little time, longer on a track that asks for it."""
    limits, exercise = now.knowledge.plan.rules["session"].limits, warm_up_exercise(now)
    if exercise is None:
        return 0.0
    short = now.goal.minutes.get(weekday, 0) < limits["full_warm_up_from_minutes"]
    minutes = min(limits["short_warm_up_minutes"], exercise.minutes) if short else exercise.minutes
    return math.ceil(2 * minutes * now.track.warm_up_factor) / 2


# --- answering ------------------------------------------------------------------------------------------------------


def _sessions(choices: Sequence[Choice], placed: Sequence[str], weekday: int, now: Circumstances) -> list[Session]:
    """The sessions of a day in the order in which they are done: warm up, run, strength, the rest, then stretch."""
    by_kind: dict[SessionKind, list[Choice]] = {}
    for choice in choices:
        if choice.id in placed:
            by_kind.setdefault(_kind(choice, now), []).append(choice)
    sessions = [_session(kind, by_kind[kind], now) for kind in _ORDER if kind in by_kind]
    warm_up = warm_up_exercise(now)
    hard = [one for one in choices if one.id in placed and _warms_up(one, now)]
    if warm_up is not None and hard:
        sessions.insert(0, Session(kind="warm_up", exercises=(warm_up.id,), minutes=warm_up_minutes(weekday, now)))
    return [*morning(now), *sessions]


_ORDER: tuple[SessionKind, ...] = ("running", "main", "conditioning", "cool_down")


def _warms_up(choice: Choice, now: Circumstances) -> bool:
    exercise = now.knowledge.exercises.exercises.get(choice.id)
    return choice.planned.heavy or (exercise is not None and needs_warm_up(exercise, now))


def _kind(choice: Choice, now: Circumstances) -> SessionKind:
    exercise = now.knowledge.exercises.exercises.get(choice.id)
    if exercise is not None and exercise.contraction in AFTER:
        return "cool_down"
    if choice.planned.why.target in OUTDOORS:
        return "running"
    return "conditioning" if choice.planned.why.target == "conditioning" else "main"


def _session(kind: SessionKind, choices: Sequence[Choice], now: Circumstances) -> Session:
    return Session(
        kind=kind,
        exercises=tuple(choice.id for choice in choices),
        minutes=sum(choice.planned.minutes for choice in choices),
        running_step=max((step.number for one in choices if (step := ladder_step(one.id, now))), default=None),
    )


def morning(now: Circumstances) -> tuple[Session, ...]:
    """The morning routine, beside the minutes for training; none for who did not want it or may not."""
    exercises = now.knowledge.exercises.exercises
    names = [one for one in now.knowledge.plan.rules["morning"].names if one in exercises]
    fitting = tuple(one for one in names if why_not(exercises[one], now) is None)
    if not now.goal.morning_routine or not fitting or now.position.on_hold:
        return ()
    minutes = sum(dose_at(exercises[one].dose, now.knowledge).amount_high for one in fitting)
    return (Session(kind="morning", exercises=fitting, minutes=minutes),)


def _advice(choices: Sequence[Choice]) -> tuple[Session, ...]:
    """What belongs to every day and takes no training time."""
    return tuple(Session(kind="advice", exercises=(choice.id,), minutes=0.0) for choice in choices)


def with_times(choices: Sequence[Choice], scheduled: Scheduled, now: Circumstances) -> tuple[Choice, ...]:
    """The choices with as many times a week as were placed; without those for which no day was found."""
    daily = now.knowledge.plan.rules["daily"].names
    counted = [
        (choice, DAYS if choice.planned.why.target in daily else scheduled.placed.times(choice.id))
        for choice in choices
    ]
    return tuple(
        replace(choice, planned=replace(choice.planned, times_per_week=times)) for choice, times in counted if times
    )


def as_wished(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices with as many times a week as would be best, for a plan without a schedule."""
    return tuple(replace(one, planned=replace(one.planned, times_per_week=one.best)) for one in choices)
