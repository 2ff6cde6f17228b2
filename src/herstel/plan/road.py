"""The road ahead: the earliest phase of each of the next twelve weeks. Criteria decide; this is no promise."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from herstel.knowledge.plan_entries import PhaseNumber
from herstel.plan.allowed import unsafe
from herstel.plan.circumstances import Circumstances, active_contraindications
from herstel.plan.model import RoadWeek
from herstel.plan.tracks import ladder_phases, minimum_stay_days, running_allowed

WEEKS = 12
DAYS_A_WEEK = 7
PHASES: tuple[PhaseNumber, ...] = (1, 2, 3, 4)


def road_ahead(now: Circumstances, chosen: Callable[[Circumstances], tuple[str, ...]]) -> tuple[RoadWeek, ...]:
    """The next twelve weeks, each in the earliest phase that the minimum stays allow.

    Parameters
    ----------
    now : Circumstances
    chosen : callable
        Gives the exercises for circumstances; asked once for each phase.
    """
    exercises: dict[PhaseNumber, tuple[str, ...]] = {}
    weeks = []
    for number in range(WEEKS):
        start = now.day + timedelta(days=DAYS_A_WEEK * number)
        phase = earliest_phase(now, DAYS_A_WEEK * number)
        then = _later(now, phase, number)
        if phase not in exercises:
            exercises[phase] = chosen(then)
        weeks.append(
            RoadWeek(
                number=number + 1,
                start=start,
                earliest_phase=phase,
                exercises=exercises[phase],
                running_steps=_running_steps(then),
            )
        )
    return tuple(weeks)


def earliest_phase(now: Circumstances, days: int) -> PhaseNumber:
    """The highest phase that the minimum stays allow so many days from now."""
    if now.track.id == "see_first":
        return now.phase
    return max(phase for phase in PHASES[now.phase - 1 :] if days >= days_until(phase, now))


def days_until(phase: int, now: Circumstances) -> int:
    """The least number of days from now until a phase could begin; nobody changes phase on the day itself."""
    between = range(now.phase, phase)
    if not between:
        return 0
    stays = [math.ceil(minimum_stay_days(one, now.track.id, now.assessment, now.knowledge)) for one in between]
    passed = (now.day - now.position.since).days
    return max(1, stays[0] - passed) + sum(stays[1:])


def _later(now: Circumstances, phase: PhaseNumber, weeks: int) -> Circumstances:
    if weeks == 0:
        return now
    day = now.day + timedelta(days=DAYS_A_WEEK * weeks)
    steps = [number for number, least in ladder_phases(now.track, now.knowledge).items() if least <= phase]
    reachable = max([now.position.running_step, *steps]) if phase > now.phase else now.position.running_step
    position = replace(now.position, phase=phase, on=day, running_step=reachable, paused_until={})
    codes = active_contraindications(now.assessment, now.goal, now.track, position, now.knowledge)
    return replace(now, phase=phase, day=day, position=position, contraindications=codes)


def _running_steps(now: Circumstances) -> tuple[int, ...]:
    """The steps of the running ladder that a phase brings, as far as the track allows them."""
    exercises = now.knowledge.exercises.exercises
    ladder = now.knowledge.progress.running.values()
    if not running_allowed(now.track, now.goal):
        return tuple(step.number for step in ladder if step.number == 1)
    phases = ladder_phases(now.track, now.knowledge)
    return tuple(
        step.number
        for step in ladder
        if phases[step.number] == now.phase and (step.exercise is None or unsafe(exercises[step.exercise], now) is None)
    )
