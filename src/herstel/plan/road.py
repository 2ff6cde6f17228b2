"""The road ahead: the earliest phase of each of the next twelve weeks. Criteria decide; this is no promise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from herstel.knowledge.plan_entries import PhaseNumber
from herstel.plan.circumstances import Circumstances, active_contraindications
from herstel.plan.model import RoadWeek
from herstel.plan.tracks import minimum_stay_days, running_allowed

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
        phase = earliest_phase(now, (start - now.position.since).days)
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
    """The highest phase that somebody could have reached so many days after entering the present one."""
    if now.track.id == "see_first" or now.position.on_hold:
        return now.phase
    phase = now.phase
    for following in PHASES[now.phase :]:
        days -= -int(-minimum_stay_days(phase, now.track.id, now.assessment, now.knowledge) // 1)
        if days < 0:
            break
        phase = following
    return phase


def _later(now: Circumstances, phase: PhaseNumber, weeks: int) -> Circumstances:
    if weeks == 0:
        return now
    day = now.day + timedelta(days=DAYS_A_WEEK * weeks)
    steps = [number for number, step in now.knowledge.progress.running.items() if step.minimum_phase <= phase]
    reachable = max([now.position.running_step, *steps]) if phase > now.phase else now.position.running_step
    position = replace(now.position, phase=phase, on=day, running_step=reachable, paused_until={})
    codes = active_contraindications(now.assessment, now.goal, now.track, position, now.knowledge)
    return replace(now, phase=phase, day=day, position=position, contraindications=codes)


def _running_steps(now: Circumstances) -> tuple[int, ...]:
    """The steps of the running ladder that belong to a phase."""
    ladder = now.knowledge.progress.running.values()
    if not running_allowed(now.track, now.goal):
        return tuple(step.number for step in ladder if step.number == 1)
    return tuple(step.number for step in ladder if step.minimum_phase == now.phase)
