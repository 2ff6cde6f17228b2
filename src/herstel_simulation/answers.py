"""What a person does on a day and tells of it: training more or less as planned, answers with noise, silent days."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import RunningStep
from herstel.plan.dosing import dose_at
from herstel.plan.model import Fear, PlannedExercise, Position
from herstel.progress.model import CheckIn, Done, Run, SpeedBand, Walking
from herstel_simulation import assumptions as numbers
from herstel_simulation.body import Body, Load, Setback
from herstel_simulation.person import Person

ASKED_SIGNS = tuple(dict.fromkeys(sign for signs in numbers.RED_FLAG_SYMPTOMS for sign in signs))
NO_SIGNS: Mapping[str, bool] = dict.fromkeys(ASKED_SIGNS, False)
RESTING_SHARE = 0.6
"""Pain now and in the morning as a share of the worst of the day (elicited)."""
JOG_METRES_A_MINUTE, SESSION_METRES = 130.0, 400.0
TOO_SORE = 5.0
"""From this pain on an exercise is left out (elicited)."""
SESSION_MIN = 30.0
SPEED_BELOW: tuple[tuple[float, SpeedBand], ...] = (
    (50, "jog"),
    (70, "50-70"),
    (80, "70-80"),
    (90, "80-90"),
    (101, "90-100"),
)
PREDICTS_EVERY_DAYS = 7
FULL_SESSION, PART_SESSION = 12, 11
DAYS_A_WEEK = 7
IN_FATIGUE = 0.5
"""Share of the sprint sessions that come at the end of a tiring one (elicited)."""
SPRINT_STEP = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What is done on a day: exercises, a run, and how heavy the heaviest of it is for the leg."""

    exercises: tuple[tuple[str, Dose], ...] = ()
    run: RunningStep | None = None
    in_fatigue: bool = False
    load: Load | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What the plan holds for where the person is; the running ladder apart from the exercises."""

    exercises: tuple[PlannedExercise, ...]
    runs_a_week: int
    trainings_a_week: int
    """Of the sport itself: the last steps of the ladder are a part of them, and then all."""
    fewer_sets: int


class Answers:
    """One person's days. One day never changes the luck of the next: all of it is drawn before."""

    def __init__(self, person: Person, body: Body, days: int, random: np.random.Generator) -> None:
        self._person, self._body = person, body
        self._normal: list[list[float]] = random.standard_normal((days, 8)).tolist()
        self._uniform: list[list[float]] = random.random((days, 8)).tolist()
        self._runs: list[int] = []
        self._doses: dict[tuple[str, int, float], Dose] = {}
        self._silent_until = -1
        self._first_told = False

    # --- what is done -----------------------------------------------------------------------------------------------

    def do(self, day: int, programme: Programme, position: Position, knowledge: Knowledge) -> Doing:
        """What the person does of the plan on a day, and now and then more than that."""
        luck = self._uniform[day]
        overdoes = luck[0] < self._person.habits.overdoes
        sore = self._body.worst_pain >= TOO_SORE and not overdoes
        due = self._due(day, programme, position)
        kept = due if luck[1] < self._person.habits.adherence and not sore else ()
        asks = [(_asks(one, position, knowledge), False) for one in kept]
        run = knowledge.progress.running[position.running_step]
        runs = luck[3] < self._person.habits.adherence and not sore and self._may_run(day, run, programme, position)
        if runs:
            self._runs.append(day)
            asks.append((numbers.RUNNING_ASKS[run.number], True))
        if not asks:
            return Doing()
        heaviest, running = max(asks)
        return Doing(
            exercises=tuple((one, self._dose(one, programme, position, knowledge)) for one in kept),
            run=run if runs else None,
            in_fatigue=runs and run.number >= SPRINT_STEP and luck[2] < IN_FATIGUE,
            load=Load(asks=heaviest + numbers.OVERDOING_ASKS * overdoes, running=running),
        )

    def _due(self, day: int, programme: Programme, position: Position) -> tuple[str, ...]:
        """The exercises of today that do not rest; of one that was replaced the other one, each once."""
        today = self._person.start + timedelta(days=day)
        names = (position.replaced.get(one.exercise, one.exercise) for one in programme.exercises if _is_due(day, one))
        return tuple(dict.fromkeys(name for name in names if today >= position.paused_until.get(name, today)))

    def _dose(self, exercise: str, programme: Programme, position: Position, knowledge: Knowledge) -> Dose:
        """As much as the plan asks for now."""
        key = (exercise, position.steps.get(exercise, 0), position.volume.get(exercise, 1.0))
        if key not in self._doses:
            usual = knowledge.exercises.exercises[exercise].dose
            self._doses[key] = dose_at(usual, knowledge, steps=key[1], volume=key[2], fewer_sets=programme.fewer_sets)
        return self._doses[key]

    def _may_run(self, day: int, step: RunningStep, programme: Programme, position: Position) -> bool:
        """Rested, not yet often enough this week, and in the phase for this step of the ladder."""
        rested = not self._runs or (day - self._runs[-1]) * 24 >= step.hours_between
        this_week = sum(day - one < DAYS_A_WEEK for one in self._runs[-DAYS_A_WEEK:])
        often = programme.trainings_a_week if step.number >= PART_SESSION else programme.runs_a_week
        return rested and this_week < often and step.minimum_phase <= position.phase

    # --- what is told -----------------------------------------------------------------------------------------------

    def tell(self, day: int, today: date, doing: Doing, excess: float, setback: Setback | None) -> CheckIn | None:
        """The check-in of the day; None when the person does not answer."""
        if self._silent(day):
            return None
        noise = self._normal[day]
        body = self._body
        worst = self._told(body.worst_pain, noise[0])
        during = self._told(RESTING_SHARE * body.worst_pain + numbers.PAIN_PER_EXCESS * max(excess, 0.0), noise[1])
        trained = doing.load is not None
        first = not self._first_told
        self._first_told = True
        return CheckIn(
            date=today,
            pain_now=self._told(RESTING_SHARE * body.worst_pain, noise[2]),
            pain_worst=max(worst, during) if trained else worst,
            pain_during=during if trained else None,
            pain_next_morning=self._told(RESTING_SHARE * body.worst_pain, noise[3]),
            stiffness_min=float(max(0, round(3 * body.worst_pain + 3 * noise[4]))),
            walking=self._walking(),
            sleep_h=round(7.3 + 0.8 * noise[5], 1),
            done=tuple(_done(one, dose, during) for one, dose in doing.exercises),
            runs=() if doing.run is None else (_run_told(doing.run, during, doing.in_fatigue),),
            session_min=SESSION_MIN if trained else 0.0,
            session_rpe=min(4.0 + 4 * doing.load.asks, 10.0) if doing.load else None,
            sport_share=_sport_share(doing.run),
            confidence=self._confidence(noise[6]),
            fear_of_movement=self._fear(),
            sharp_stab=setback == "relapse" if trained else None,
            gave_way=setback == "relapse" and self._uniform[day][4] < 0.3 if trained else None,
            new_bruise=setback == "relapse" and self._uniform[day][4] > 0.6,
            symptoms=self._symptoms(day),
            predicted_days=self._predicted(day, noise[7], first),
            note="simulated",
        )

    def _silent(self, day: int) -> bool:
        luck = self._uniform[day]
        if day > self._silent_until and luck[5] < numbers.GAP_RATE:
            low, high = numbers.GAP_DAYS
            self._silent_until = day + low + int(luck[6] * (high - low + 1)) - 1
        return day <= self._silent_until or luck[7] < self._person.habits.misses

    def _told(self, pain: float, noise: float) -> float:
        told = pain * self._person.habits.pain_told
        return float(min(max(round(told + numbers.NRS_SD * noise * (told > 0.2)), 0), 10))

    def _walking(self) -> Walking:
        walks = self._body.walks_at
        if walks < numbers.WALKS_LIMPING_BELOW:
            return "limping"
        sore = self._body.flare_pain > 2
        return "some_pain" if walks < numbers.WALKS_WITH_PAIN_BELOW or sore else "pain_free"

    def _confidence(self, noise: float) -> float:
        habits = self._person.habits
        own = 10 * min(self._body.fraction, 1.2) ** 0.8 + habits.confidence_shift - habits.fearful
        return float(min(max(round(own + 0.5 * noise), 0), 10))

    def _fear(self) -> Fear:
        fraction = self._body.fraction
        if self._person.habits.fearful:
            return "high" if fraction < 0.4 else "some" if fraction < 1 else "low"
        return "some" if fraction < 0.3 else "low"

    def _predicted(self, day: int, noise: float, first: bool) -> float | None:
        ahead = self._body.days_to_fit()
        if ahead <= 0 or not (first or day % PREDICTS_EVERY_DAYS == 0):
            return None
        shift = self._person.habits.optimism + numbers.SELF_PREDICTION_SD * noise
        return float(max(round(ahead * math.exp(shift)), 1))

    def _symptoms(self, day: int) -> Mapping[str, bool]:
        flag = self._person.habits.red_flag
        if flag is None or not 0 <= day - flag.told_on_day < numbers.RED_FLAG_DAYS:
            return NO_SIGNS
        return {**NO_SIGNS, **dict.fromkeys(flag.symptoms, True)}


def _is_due(day: int, planned: PlannedExercise) -> bool:
    """Spread evenly over the week."""
    times = min(planned.times_per_week, 7)
    return (day + 1) * times // 7 > day * times // 7


def _asks(exercise: str, position: Position, knowledge: Knowledge) -> float:
    phase = knowledge.exercises.exercises[exercise].phase_low
    return numbers.PHASE_ASKS[phase] + numbers.STEP_ASKS * position.steps.get(exercise, 0)


def _done(exercise: str, dose: Dose, during: float) -> Done:
    return Done(exercise=exercise, sets=dose.sets_low, amount=dose.amount_low, rpe=6.0, pain=during)


def _run_told(step: RunningStep, during: float, in_fatigue: bool) -> Run:
    return Run(step=step.number, metres=_metres(step), pain=during, limp=during >= TOO_SORE, in_fatigue=in_fatigue)


def _metres(step: RunningStep) -> Mapping[SpeedBand, float]:
    speed = (step.speed_low_percent + step.speed_high_percent) / 2
    band = next(band for below, band in SPEED_BELOW if speed < below)
    if step.unit == "metres":
        return {band: step.repetitions * step.amount}
    if step.unit == "minutes" and speed < 50:
        return {"jog": step.repetitions * step.amount * JOG_METRES_A_MINUTE}
    return {"80-90": SESSION_METRES * 0.75, "90-100": SESSION_METRES * 0.25}


def _sport_share(step: RunningStep | None) -> float | None:
    if step is None or step.number < PART_SESSION:
        return None
    return 1.0 if step.number == FULL_SESSION else 0.5
