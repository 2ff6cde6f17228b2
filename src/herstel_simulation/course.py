"""One person's road: day by day the leg heals, the person trains and tells, and the engine's own rules decide."""

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from herstel.assessment.assess import assess
from herstel.assessment.matrix import compiled
from herstel.assessment.result import Assessment, assessment_of
from herstel.assessment.uncertainty import Draws
from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Chain, Measurement
from herstel.forecast.forecast import forecast_recovery
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Goal, Position
from herstel.plan.schedule import skip_schedule
from herstel.progress.model import CheckIn, Confirmation, Role
from herstel.progress.replay import Replay
from herstel_simulation import assumptions as numbers
from herstel_simulation.answers import Answers, Programme
from herstel_simulation.assumptions import GATES, GateName
from herstel_simulation.body import Body, Chance
from herstel_simulation.figures import FORECAST_DAYS, ForecastDay, Outcome, Passed, Scored, Waiting
from herstel_simulation.person import Person
from herstel_simulation.programme import goal_of, programme_of
from herstel_simulation.therapist import Therapist

DRAWS = 100
"""Fewer draws than usual: of the assessment only the ranges depend on them."""
LAST_PHASE = 4
ROLES: tuple[Role, ...] = ("person", "therapist", "coach")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A person's whole road: the facts that were told, and what is counted of it."""

    person: Person
    goal: Goal
    measurements: tuple[Measurement, ...]
    check_ins: tuple[CheckIn, ...]
    confirmations: tuple[Confirmation, ...]
    outcome: Outcome


@dataclass(slots=True)
class Count:
    """What is noted along the way."""

    passed: list[Passed] = field(default_factory=list)
    back_on: dict[GateName, int] = field(default_factory=dict)
    """Day on which a gate was last lost by a step back."""
    forecasts: dict[ForecastDay, tuple[float, float, float]] = field(default_factory=dict)
    fit_after: float | None = None
    """Days from the injury to truly fit."""
    red_flag_told: int | None = None
    red_flag_advanced: bool = False
    released_on: int | None = None
    returned_on: int | None = None
    fraction_at_return: float = 0.0
    recurrence_on: int | None = None


def run_course(person: Person, random: np.random.Generator, days: int, knowledge: Knowledge) -> Course:
    """Follow one person.

    Parameters
    ----------
    person : Person
    random : numpy Generator
        The person's own; everything that happens on the road is drawn from it.
    days : int
        From the first day of the plan.
    knowledge : Knowledge
    """
    runner = _Runner(person, random, days, knowledge)
    for day in range(days):
        runner.day(day)
    return runner.course()


class _Runner:
    """Everything about one person while the days go by."""

    def __init__(self, person: Person, random: np.random.Generator, days: int, knowledge: Knowledge) -> None:
        self.person, self.knowledge, self.days = person, knowledge, days
        self.body = Body(person)
        self.answers = Answers(person, self.body, days, random)
        self.therapist = Therapist(self.body, random, knowledge)
        self.luck: list[list[float]] = random.random((days, 6)).tolist()
        self.assessment = assess(person.complaint, knowledge, draws=_draws(knowledge))
        self.goal = goal_of(person, knowledge)
        self.measurements: list[Measurement] = list(self.therapist.visit(person.start, 1))
        self.check_ins: list[CheckIn] = []
        self.confirmations: list[Confirmation] = []
        self.count = Count()
        self._analysed: Chain | None = None
        self._begin(self.goal)
        low, high = numbers.SEEN_AFTER_DAYS
        self.days_to_seen = int(random.integers(low, high + 1))
        self.harmless = bool(random.random() < numbers.RED_FLAG_HARMLESS)
        self.seen_first = self.plan.track == "see_first"

    def _begin(self, goal: Goal) -> None:
        self.goal = goal
        self.plan = make_plan(self.assessment, self._chain(), goal, self.knowledge, scheduler=skip_schedule)
        self.replay = Replay(self.plan, self.knowledge)
        self.position = self.replay.position
        self._programmes = {self._place(self.position): programme_of(self.plan, self.knowledge)}

    def day(self, day: int) -> None:
        """One day forward."""
        if self.count.recurrence_on is not None:
            return  # who tore it again starts anew, and is not followed any further here
        today = self.person.start + timedelta(days=day)
        self._see_clinician(day, today)
        before = self.position
        doing = self.answers.do(day, self._programme(before), before, self.knowledge)
        excess = self.body.excess(doing.load) if doing.load else 0.0
        setback = self.body.live(doing.load, self._chance(day))
        visit = self._visit(day, today, before)
        check_in = self.answers.tell(day, today, doing, excess, setback)
        if check_in is not None:
            self.check_ins.append(check_in)
        self.replay.day(today, check_in, visit)
        self.position = self.replay.position
        self._judge(day, before, self.position, check_in)
        if visit:
            self._agree(today)
        self._forecast(day, today)
        self._after_return(day)

    def _see_clinician(self, day: int, today: date) -> None:
        """Who had to be seen is seen, and may go on: after the first answers, or after most warning signs later."""
        told = self.count.red_flag_told
        if self.seen_first and day == self.days_to_seen and told is None:
            self._begin(replace(self.goal, start=today, managed="loading_cleared"))
            self._say("therapist", today)
        if told is not None and self.harmless and day == told + self.days_to_seen:
            self._say("therapist", today)
            self.count.released_on = day

    def _agree(self, today: date) -> None:
        """The shared decision: once everything else of the return table is met, all three agree."""
        if self.position.phase < LAST_PHASE or self.position.on_hold or self.position.discharged:
            return
        table = self.replay.progress(today).return_table
        asked = {one.id for one in self.knowledge.progress.gates if one.measure == "confirmed"}
        if all(item.met for item in table.items if item.criterion not in asked):
            for role in ROLES:
                self._say(role, today)

    def _say(self, role: Role, today: date) -> None:
        said = Confirmation(role=role, agrees=True, date=today, note="simulated")
        self.confirmations.append(said)
        self.replay.confirm(said)

    def _programme(self, position: Position) -> Programme:
        """What the plan holds for where the person is; made again when that changes."""
        key = self._place(position)
        if key not in self._programmes:
            plan = make_plan(
                self.assessment, self._chain(), self.goal, self.knowledge, position=position, scheduler=skip_schedule
            )
            self._programmes[key] = programme_of(plan, self.knowledge)
        return self._programmes[key]

    def _chain(self) -> Chain:
        """The chain on everything measured so far."""
        if self._analysed is None or len(self._analysed.measurements) != len(self.measurements):
            self._analysed = analyse_chain(self.assessment, self.measurements, self.knowledge)
        return self._analysed

    @staticmethod
    def _place(position: Position) -> tuple[int, bool, bool]:
        return position.phase, position.on_hold, position.discharged

    def _chance(self, day: int) -> Chance:
        flare_up, relapse, keeps = self.luck[day][:3]
        return Chance(flare_up=flare_up, relapse=relapse, keeps=keeps)

    def _visit(self, day: int, today: date, position: Position) -> tuple[Measurement, ...]:
        due = day > 0 and day % self.person.habits.visit_days == 0
        if not due or self.luck[day][3] < numbers.VISIT_MISSED:
            return ()
        taken = self.therapist.visit(today, position.phase)
        self.measurements.extend(taken)
        return taken

    # --- counting ---------------------------------------------------------------------------------------------------

    def _judge(self, day: int, before: Position, after: Position, check_in: CheckIn | None) -> None:
        """What the rules decided today, beside the truth."""
        count = self.count
        if check_in is not None and count.red_flag_told is None and any(check_in.symptoms.values()):
            count.red_flag_told = day
        waits = count.red_flag_told is not None and (count.released_on is None or day < count.released_on)
        if waits and moved_forward(before, after):
            count.red_flag_advanced = True
        for gate in gates_passed(before, after):
            count.passed.append(self._passed(gate, day))
            if gate == "return" and count.returned_on is None:
                count.returned_on, count.fraction_at_return = day, self.body.fraction
        for number in range(after.phase, before.phase):
            count.back_on[GATES[number - 1]] = day
        if count.fit_after is None and self.body.fit:
            count.fit_after = self.person.days_before + self.body.day

    def _passed(self, gate: GateName, day: int) -> Passed:
        ready = self.body.ready_on.get(gate)
        since = None if ready is None else max(ready, self.count.back_on.get(gate, 0))
        return Passed(
            gate=gate,
            day=day,
            fraction=self.body.fraction,
            unready=self.body.unready(gate),
            held_back_days=0.0 if since is None else max(day - since, 0),
        )

    def _forecast(self, day: int, today: date) -> None:
        """A forecast for a leg that is not fit yet and a person who is not back, on what is known today."""
        known = next((one for one in FORECAST_DAYS if one == day + self.person.days_before), None)
        if known is None or self.count.fit_after is not None or self.count.returned_on is not None:
            return
        progress = self.replay.progress(today)
        forecast = forecast_recovery(self.assessment, self._chain(), progress, today, self.knowledge)
        if forecast.no_forecast is None:
            back = forecast.milestones["return"]
            self.count.forecasts[known] = (back.intervals[80].low, back.median_days, back.intervals[80].high)

    def _after_return(self, day: int) -> None:
        if self.count.returned_on is None:
            return
        if self.luck[day][4] < recurrence_chance(day - self.count.returned_on, self.count.fraction_at_return):
            self.body.tear_again(self.luck[day][5])
            self.count.recurrence_on = day

    def course(self) -> Course:
        """What came of it."""
        truly = self.count.fit_after
        if truly is None:
            truly = self.person.days_before + self.body.day + self.body.days_to_fit()
        passed = {one.gate for one in self.count.passed}
        waiting = [(gate, self.body.day - ready) for gate, ready in self.body.ready_on.items() if gate not in passed]
        found: Assessment = assessment_of(self.assessment)
        outcome = Outcome(
            number=self.person.number,
            grade=self.person.truth.grade,
            assessed_grade=found.grade.most_likely,
            track=self.plan.track,
            level=self.person.complaint.level or "",
            passed=tuple(self.count.passed),
            waiting=tuple(Waiting(gate=gate, held_back_days=days) for gate, days in waiting),
            forecasts=tuple(
                Scored(day=day, low=low, median=median, high=high, truly=truly)
                for day, (low, median, high) in self.count.forecasts.items()
            ),
            red_flag_told=self.count.red_flag_told,
            red_flag_advanced=self.count.red_flag_advanced,
            returned_on=self.count.returned_on,
            recurrence_on=self.count.recurrence_on,
            flare_ups=sum(kind == "flare_up" for _, kind in self.body.setbacks),
            relapses=sum(kind == "relapse" for _, kind in self.body.setbacks),
        )
        return Course(
            person=self.person,
            goal=self.goal,
            measurements=tuple(self.measurements),
            check_ins=tuple(self.check_ins),
            confirmations=tuple(self.confirmations),
            outcome=outcome,
        )


def gates_passed(before: Position, after: Position) -> tuple[GateName, ...]:
    """The gates that opened between two positions."""
    phases = tuple(GATES[number - 1] for number in range(before.phase, after.phase))
    return (*phases, "return") if after.discharged and not before.discharged else phases


def moved_forward(before: Position, after: Position) -> bool:
    """Whether anything was advanced: the phase, the running, an exercise, or discharge."""
    return (
        after.phase > before.phase
        or after.running_step > before.running_step
        or (after.discharged and not before.discharged)
        or any(step > before.steps.get(exercise, 0) for exercise, step in after.steps.items())
    )


def recurrence_chance(days_back: int, fraction_at_return: float) -> float:
    """Chance of tearing again on a day after return (Zein 2024; the ratio for coming back too early is elicited)."""
    early = max(1 - fraction_at_return, 0.0)
    ratio = numbers.UNREADY_RETURN_RATIO ** (10 * early)

    def total(days: float) -> float:
        return float((days / numbers.RECURRENCE_SCALE_DAYS) ** numbers.RECURRENCE_SHAPE)

    return 1 - math.exp(-ratio * (total(days_back + 1) - total(days_back)))


_shared: list[Draws] = []


def _draws(knowledge: Knowledge) -> Draws:
    """The same draws for everybody, kept for the knowledge in use."""
    matrix = compiled(knowledge)
    if not _shared or _shared[0].matrix is not matrix:
        _shared[:] = [Draws(matrix, count=DRAWS)]
    return _shared[0]
