"""Which exercises: for every weekly dose one that is allowed, possible and hard enough, and why it is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from herstel.chain.model import BODY_SIDES, BodySide
from herstel.knowledge.entry import source_ids
from herstel.knowledge.exercise_entries import Dose, Exercise
from herstel.knowledge.plan_entries import WeeklyDose
from herstel.knowledge.progress_entries import RunningStep
from herstel.plan.allowed import unsafe, why_not
from herstel.plan.circumstances import Circumstances
from herstel.plan.dosing import dose_at, minutes_of
from herstel.plan.model import PlannedExercise, Why
from herstel.plan.tracks import ladder_phases, running_allowed

Rank = Literal["locked", "required", "found", "optional"]
"""How late it is given up, last first."""
RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An exercise with how often it should at least, and had best, come back in the week."""

    planned: PlannedExercise
    least: int
    best: int
    rank: Rank
    found: bool = False
    """The chain analysis asked for it: it comes first."""
    days: frozenset[int] = frozenset()
    """The only days of the week for it, 0 is Monday; empty leaves it to the schedule."""

    @property
    def id(self) -> str:
        return self.planned.exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen; ``left_out`` says of other exercises why not, ``empty`` names doses for which nothing fits."""

    choices: tuple[Choice, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[WeeklyDose, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the therapist changed of the choice: exercises to put first, and others in the place of some."""

    first: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)


def choose_exercises(now: Circumstances, wanted: Wanted | None = None) -> Selection:
    """Choose the exercises of a week.

    Parameters
    ----------
    now : Circumstances
    wanted : Wanted, optional
        What the therapist put first or replaced.

    Returns
    -------
    Selection
        What the chain analysis found comes first, then what is required, then the rest, in the order of ``doses.yaml``.
    """
    asked, found = wanted or Wanted(), findings_by_target(now)
    choices: list[Choice] = []
    left_out: dict[str, str] = {}
    empty: list[WeeklyDose] = []
    for dose in _doses(now, found):
        taken = {choice.id for choice in choices}
        exercise = _pick(dose, now, asked, taken, left_out)
        if exercise is not None:
            choices.append(_choice(exercise, dose, found.get(dose.target, ()), now))
        elif not any(choice.planned.why.target == dose.target for choice in choices):
            empty.append(dose)
    ordered = sorted(choices, key=lambda choice: (not choice.found, choice.rank != "required"))
    kept = list(_within_time(ordered, now, left_out))
    return Selection(choices=tuple(kept), left_out=left_out, empty=tuple(empty))


def findings_by_target(now: Circumstances) -> dict[str, tuple[str, ...]]:
    """The contributors that ask for a target, most important first; a rejected one asks for nothing."""
    most = int(now.knowledge.plan.limit("contributors", "most"))
    counting = [one for one in now.chain.contributors if one.counts and one.targets][:most]
    targets = dict.fromkeys(target for one in counting for target in one.targets)
    return {target: tuple(one.id for one in counting if target in one.targets) for target in targets}


def _doses(now: Circumstances, found: Mapping[str, object]) -> Iterator[WeeklyDose]:
    """The weekly doses that count for this person; one that is only for findings yields to an ordinary one."""
    doses = [dose for dose in now.knowledge.plan.doses_of(now.phase, now.track.id) if _is_for(dose, now)]
    ordinary = {dose.target for dose in doses if not dose.found_only}
    for dose in doses:
        if not dose.found_only or (dose.target in found and dose.target not in ordinary):
            yield dose


def _is_for(dose: WeeklyDose, now: Circumstances) -> bool:
    return not dose.goals or now.goal.kind in dose.goals


# --- one exercise for a dose ----------------------------------------------------------------------------------------


def _pick(
    dose: WeeklyDose, now: Circumstances, asked: Wanted, taken: set[str], left_out: dict[str, str]
) -> Exercise | None:
    for exercise in _candidates(dose, now, asked):
        reason = why_not(exercise, now)
        if reason is not None:
            if exercise.id in dose.prefer and reason != "phase":
                left_out.setdefault(exercise.id, reason)
            continue
        reached = _as_asked(_as_progressed(exercise, now), now, asked)
        if reached.id not in taken:
            left_out.pop(reached.id, None)
            return reached
    return None


def _candidates(dose: WeeklyDose, now: Circumstances, asked: Wanted) -> Iterator[Exercise]:
    """What could be chosen for a dose, best first, each once."""
    exercises = now.knowledge.exercises.exercises
    pool = [one for one in exercises.values() if one.target == dose.target]
    locked = [one.id for one in pool if one.id in asked.first]
    of_track = [one for one in now.track.prefer if one in exercises and exercises[one].target == dose.target]
    belongs = [*(one for one in dose.prefer if one in of_track), *of_track]
    lightest = [one.id for one in sorted(pool, key=lambda one: (one.load, one.id))]
    order = (*locked, *belongs, *_running(dose, now), *_varied(dose, now), *lightest)
    for name in dict.fromkeys(order):
        if name in exercises:
            yield exercises[name]


def _varied(dose: WeeklyDose, now: Circumstances) -> Sequence[str]:
    """The preferred exercises, beginning with another one each week; whoever fears movement keeps the lightest."""
    if now.goal.fear_of_movement in ("some", "high"):
        exercises = now.knowledge.exercises.exercises
        return sorted(dose.prefer, key=lambda one: exercises[one].load if one in exercises else 0)
    possible = [one for one in dose.prefer if _fits(one, now)]
    if not dose.varied or not possible:
        return dose.prefer
    turn = now.week_number % len(possible)
    return (*possible[turn:], *possible[:turn], *dose.prefer)


def _fits(name: str, now: Circumstances) -> bool:
    exercises = now.knowledge.exercises.exercises
    return name in exercises and why_not(exercises[name], now) is None


def _running(dose: WeeklyDose, now: Circumstances) -> Sequence[str]:
    """The exercise of the step of the running ladder; who may not run walks."""
    if dose.target != RUNNING:
        return ()
    if not running_allowed(now.track, now.goal):
        return now.knowledge.plan.rules["walking"].names
    exercises = now.knowledge.exercises.exercises
    steps = sorted(reached_steps(now), key=lambda step: -step.number)
    return [step.exercise for step in steps if step.exercise and exercises[step.exercise].target == RUNNING]


def reached_steps(now: Circumstances) -> list[RunningStep]:
    """The steps of the running ladder up to the one reached, as far as the phase allows them."""
    highest = now.position.running_step if running_allowed(now.track, now.goal) else 1
    phases = ladder_phases(now.track, now.knowledge)
    ladder = now.knowledge.progress.running.values()
    return [step for step in ladder if step.number <= highest and phases[step.number] <= now.phase]


def ladder_step(exercise: str, now: Circumstances) -> RunningStep | None:
    """The highest step reached that is done as this exercise."""
    steps = [step for step in reached_steps(now) if step.exercise == exercise]
    return max(steps, key=lambda step: step.number, default=None)


def _as_progressed(exercise: Exercise, now: Circumstances) -> Exercise:
    """What the exercise became by advancing and stepping back; never one that is not possible.

    A harder one that is not possible is not taken. An easier one that is not possible leaves the lightest of the same
    target that is.
    """
    exercises, seen = now.knowledge.exercises.exercises, {exercise.id}
    while (other := exercises.get(now.position.replaced.get(exercise.id, ""))) is not None and other.id not in seen:
        seen.add(other.id)
        if why_not(other, now) is None:
            exercise = other
        elif other.load >= exercise.load:
            break
        else:
            return _lightest(exercise, now)
    return exercise


def _lightest(exercise: Exercise, now: Circumstances) -> Exercise:
    pool = [one for one in now.knowledge.exercises.exercises.values() if one.target == exercise.target]
    return min((one for one in pool if why_not(one, now) is None), key=lambda one: (one.load, one.id))


def _as_asked(exercise: Exercise, now: Circumstances, asked: Wanted) -> Exercise:
    other = now.knowledge.exercises.exercises.get(asked.instead.get(exercise.id, ""))
    return other if other is not None and unsafe(other, now) is None else exercise


# --- the exercise as planned ----------------------------------------------------------------------------------------


def _choice(exercise: Exercise, dose: WeeklyDose, findings: tuple[str, ...], now: Circumstances) -> Choice:
    planned = planned_exercise(exercise, now, dose=dose, findings=findings)
    rank: Rank = "required" if dose.required else "found" if findings else "optional"
    days = sum(1 for minutes in now.goal.minutes.values() if minutes > 0)
    wanted = min(dose.sessions_low + 1, dose.sessions_high) if findings else dose.sessions_low
    least = min(wanted, exercise.per_week_high)
    best = least if rank == "optional" else min(dose.sessions_high, exercise.per_week_high, days)
    return Choice(planned=planned, least=least, best=max(least, best), rank=rank, found=bool(findings))


def planned_exercise(
    exercise: Exercise, now: Circumstances, *, dose: WeeklyDose | None = None, findings: tuple[str, ...] = ()
) -> PlannedExercise:
    """An exercise as it stands in the plan: how much, how often, for which side and why."""
    how_much = dose_at(
        _usual_dose(exercise, now),
        now.knowledge,
        steps=now.position.steps.get(exercise.id, 0),
        volume=now.position.volume.get(exercise.id, 1.0),
        fewer_sets=now.track.fewer_sets,
    )
    how_much = _shortened(how_much, exercise, now)
    sides = _sides(exercise, now)
    own_reason = "track" if exercise.id in now.track.prefer else "phase"
    sources = dict.fromkeys((*(source_ids(dose.source) if dose else ()), *source_ids(exercise.source)))
    return PlannedExercise(
        exercise=exercise.id,
        dose=how_much,
        times_per_week=dose.sessions_low if dose else exercise.per_week_low,
        minutes=minutes_of(exercise.dose, exercise.minutes, how_much, len(sides) == 1),
        sides=sides,
        heavy=exercise.heavy,
        rest_h=max(exercise.rest_h, now.track.rest_h if exercise.heavy else 0, _rest_of_running(exercise, now)),
        why=Why(
            findings=findings or (own_reason,),
            target=exercise.target,
            dose=dose.id if dose else "",
            sources=tuple(sources),
            leads_to=exercise.leads_to,
        ),
    )


def _usual_dose(exercise: Exercise, now: Circumstances) -> Dose:
    """That of the step of the running ladder, or else of the exercise itself."""
    step = ladder_step(exercise.id, now)
    if step is None or step.unit == "sessions":
        return exercise.dose
    return replace(
        exercise.dose,
        sets_low=step.repetitions,
        sets_high=step.repetitions,
        amount_low=step.amount,
        amount_high=step.amount,
        unit=step.unit,
        effort=step.effort or exercise.dose.effort,
    )


def _shortened(dose: Dose, exercise: Exercise, now: Circumstances) -> Dose:
    """A walk or ride that is longer than any day has time for, cut to the longest day, not below its shortest."""
    longest = max(now.goal.minutes.values(), default=0)
    if exercise.dose.unit != "minutes" or dose.sets_high > 1 or dose.amount_high <= longest:
        return dose
    amount = max(exercise.dose.amount_low, float(longest))
    return replace(dose, amount_low=amount, amount_high=amount)


def _rest_of_running(exercise: Exercise, now: Circumstances) -> float:
    step = ladder_step(exercise.id, now)
    return step.hours_between if step is not None else 0


def _sides(exercise: Exercise, now: Circumstances) -> tuple[BodySide, ...]:
    """The injured side first; only that side where the rule ``one_sided`` says so."""
    if not exercise.dose.per_side:
        return ()
    injured = now.injured_sides
    if len(injured) != 1:
        return BODY_SIDES
    if exercise.target in now.knowledge.plan.rules["one_sided"].names:
        return injured
    return (*injured, *(side for side in BODY_SIDES if side not in injured))


# --- the time there is ----------------------------------------------------------------------------------------------


def _within_time(choices: Iterable[Choice], now: Circumstances, left_out: dict[str, str]) -> Iterator[Choice]:
    """Leave out from the end what does not fit the week's minutes; what must be in stays, however full it is.

    What time is left then brings the first ones back more often.
    """
    daily = now.knowledge.plan.rules["daily"].names
    left = sum(now.goal.minutes.values()) * now.knowledge.plan.limit("session", "share_of_time")
    longest = max(now.goal.minutes.values(), default=0)
    kept = []
    for choice in choices:
        taken = 0.0 if choice.planned.why.target in daily else choice.least * choice.planned.minutes
        if choice.rank == "optional" and taken and (taken > left or choice.planned.minutes > longest):
            left_out[choice.id] = "time"
            continue
        left -= taken
        kept.append(choice)
    for choice in kept:
        more = min(choice.best - choice.least, max(0, int(left / choice.planned.minutes)))
        left -= more * choice.planned.minutes
        yield replace(choice, best=choice.least + more)
