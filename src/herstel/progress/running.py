"""The running ladder: one step at a time, twice without symptoms, with rest in between and what a step asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from herstel.assessment.result import Assessment, GradeName
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import PhaseNumber, TrackId
from herstel.knowledge.progress_entries import Milestone, RunningStep
from herstel.plan.model import Plan
from herstel.plan.tracks import ladder_phases, running_allowed
from herstel.progress.diary import LIMPING, walking_of
from herstel.progress.evidence import Evidence, GoodRun
from herstel.progress.gates import Gates
from herstel.progress.model import CheckIn, Run, SpeedBand
from herstel.progress.today import HOURS_A_DAY, Today

RUNNING = "running"
WALK, SPRINT, HALF_OF_TRAINING, ALL_OF_TRAINING = 1, 9, 11, 12
HALF = 0.5
GOOD = "run_good_once"
MILD_GRADES: tuple[GradeName, ...] = ("0", "1")
MILD_TRACKS: tuple[TrackId, ...] = ("strain", "soreness", "stretch", "elite", "older")
FASTEST: SpeedBand = "90-100"


@dataclass(frozen=True, slots=True)
class Ran:
    """A run waiting for the morning after; ``verdict`` is the rule it fell under."""

    day: date
    run: Run
    verdict: str


class Running:
    """The running of one person while the days go by.

    Attributes
    ----------
    step : int
        The step of the ladder that is practised now.
    milestones : dict of milestone to date
        Reached by runs without symptoms, whatever step was planned.
    """

    def __init__(self, plan: Plan, knowledge: Knowledge, gates: Gates) -> None:
        self.step = plan.position.running_step
        self.milestones: dict[Milestone, date] = {}
        self.rests_until: date | None = None
        self._rules, self._gates = knowledge.progress, gates
        self._allowed = running_allowed(knowledge.plan.tracks[plan.track], plan.goal)
        self._track = plan.track
        self._phases = ladder_phases(knowledge.plan.tracks[plan.track], knowledge)
        self._mild = self._is_mild(plan.assessment)
        self._good: list[date] = []
        self._waiting: list[Ran] = []
        self.last_done: dict[int, date] = {}
        """By step."""
        self._last_run: date | None = None
        self._last_sprint: date | None = None

    # --- the morning after ------------------------------------------------------------------------------------------

    def morning(self, today: Today, evidence: Evidence) -> bool:
        """Judge the runs that wait for this morning; whether there were any."""
        waiting, self._waiting = self._waiting, []
        if waiting and today.flared_up:
            self._step_back(today, "run_flare_up")
            return True
        for ran in waiting:
            if ran.verdict not in (GOOD, "run_ahead"):
                continue
            if today.response == "unknown":
                today.decide(RUNNING, "run_unknown")
            elif today.response == "not_settled":
                self._good.clear()
                today.decide(RUNNING, "run_not_settled")
            else:
                self._went_well(ran, evidence, today)
        return bool(waiting)

    def _went_well(self, ran: Ran, evidence: Evidence, today: Today) -> None:
        """A run without symptoms; one on a harder step than the person is on counts for this step and no more."""
        number = ran.run.step or 0
        for step in self._rules.running.values():
            if step.number <= number and step.milestone is not None:
                self.milestones.setdefault(step.milestone, ran.day)
        counts_as = min(number, self.step)
        evidence.runs.append(GoodRun(ran.day, counts_as, ran.run.in_fatigue))
        if counts_as == self.step and ran.day not in self._good:
            self._good.append(ran.day)
            if len(self._good) < self._times(self._rules.running[self.step]):
                today.decide(RUNNING, GOOD, {"step": float(self.step), "good": float(len(self._good))})

    # --- the day itself ---------------------------------------------------------------------------------------------

    def day(self, today: Today) -> None:
        """Take in the runs of today."""
        if today.check_in is None:
            return
        hurt = False
        runs = _runs_of(today.check_in)
        for run in runs:
            verdict = self._verdict(run, today.day)
            self._waiting.append(Ran(today.day, run, verdict))
            if verdict == "run_symptoms" and not hurt:
                self._step_back(today, verdict, run)
            elif verdict != GOOD:
                today.decide(RUNNING, verdict, _told(run))
            hurt = hurt or verdict == "run_symptoms"
            if run.step is not None:
                self.last_done[run.step] = today.day
        if any(run.step is None or run.step > WALK for run in runs):
            self._last_run = today.day
        if any(_is_sprint(run) for run in runs):
            self._last_sprint = today.day

    def _verdict(self, run: Run, day: date) -> str:
        if run.limp or (run.pain is not None and run.pain > self._rules.limit("run_symptoms", "pain")):
            return "run_symptoms"
        if run.pain is None or run.limp is None or run.step is None:
            return "run_unknown"
        if self.rests_until is not None and day < self.rests_until:
            return "resting"
        return self._against_ladder(run, run.step, day)

    def _against_ladder(self, run: Run, step: int, day: date) -> str:
        rest_days = self._rules.limit("sprint_days", "days")
        if _is_sprint(run) and self._last_sprint is not None and (day - self._last_sprint).days <= rest_days:
            return "sprint_days"
        hours = self._rules.running[min(step, self.step)].hours_between
        last = self._last_run if step > WALK else None
        if last is not None and (day - last).days * HOURS_A_DAY < hours:
            return "run_too_soon"
        return "run_ahead" if step > self.step else GOOD

    # --- forward and back -------------------------------------------------------------------------------------------

    def advance(self, today: Today, phase: PhaseNumber, evidence: Evidence, too_much: Callable[[], str | None]) -> None:
        """Go to the next step when this one went well often enough and the next one's demands are met."""
        if self.rests_until is not None and today.day < self.rests_until:
            return
        shown = self._is_shown(today.day, evidence)
        if not shown and not self._went_well_often_enough():
            return
        rule, numbers = self._obstacle(today, phase, evidence, too_much)
        if rule is None:
            self.step += 1
            self._good.clear()
            today.decide(RUNNING, "run_shown" if shown else "run_two_good", {"step": float(self.step)})
        elif self._good and self._good[-1] == today.yesterday:
            today.decide(RUNNING, rule, numbers)

    def _is_shown(self, day: date, evidence: Evidence) -> bool:
        """Whether daily life already shows what the step would."""
        asked = self._rules.running[self.step].shown_by
        items = (self._gates.item(self._rules.criterion(name), day, evidence) for name in asked)
        return bool(asked) and all(item.met for item in items)

    def _is_mild(self, assessment: Assessment) -> bool:
        """Whether the injury is surely a light one: then the slower steps need to go well only once."""
        grade = assessment.grade
        sure = not grade.uncertain_1_2 and not assessment.cannot_tell
        return sure and grade.most_likely in MILD_GRADES and self._track in MILD_TRACKS

    def revise(self, assessment: Assessment) -> None:
        """A re-check changed the grade."""
        self._mild = self._is_mild(assessment)

    def _times(self, step: RunningStep) -> int:
        return step.times_mild if self._mild and step.times_mild is not None else step.times

    def _went_well_often_enough(self) -> bool:
        """Good runs lie far enough apart: one that came too soon was never counted."""
        return len(self._good) >= self._times(self._rules.running[self.step])

    def _obstacle(
        self, today: Today, phase: PhaseNumber, evidence: Evidence, too_much: Callable[[], str | None]
    ) -> tuple[str | None, dict[str, float]]:
        """The rule that keeps the person on this step, if any, and its numbers."""
        following = self._rules.running.get(self.step + 1)
        if following is None:
            return "run_top", {"step": float(self.step)}
        numbers = {"step": float(following.number)}
        if not self._allowed:
            return "run_not_allowed", numbers
        if self._phases[following.number] > phase:
            return "run_phase", numbers
        asked = self._gates.of_running(following.number, today.day, evidence)
        missing = sum(item.met is not True for item in asked)
        if missing:
            return "run_gate", {**numbers, "missing": float(missing)}
        if today.calm is not True or not today.may_advance:
            return "calm", numbers
        return too_much(), numbers

    def _step_back(self, today: Today, rule: str, run: Run | None = None) -> None:
        self.lower()
        self.rests_until = today.rest_until(rule)
        today.decide(RUNNING, rule, {**({} if run is None else _told(run)), "to_step": float(self.step)})

    def lower(self) -> None:
        """One step down; what went well before counts no longer."""
        self.step = max(WALK, self.step - 1)
        self._good.clear()

    def within(self, phase: PhaseNumber) -> None:
        """No step that belongs to a later phase."""
        allowed = [number for number, least in self._phases.items() if least <= phase]
        if self.step > max(allowed):
            self.step = max(allowed)
            self._good.clear()

    def forget_good_times(self) -> None:
        """What went well before counts no longer."""
        self._good.clear()

    def drop_waiting(self) -> None:
        """What waits for a morning is not judged any more."""
        self._waiting.clear()


def _runs_of(told: CheckIn) -> tuple[Run, ...]:
    """The runs of a day; a sport session that was told without a run of its own counts as the step it is."""
    share = told.sport_share or 0.0
    session = ALL_OF_TRAINING if share >= 1 else HALF_OF_TRAINING if share >= HALF else None
    if session is None or any((run.step or 0) >= HALF_OF_TRAINING for run in told.runs):
        return told.runs
    walking = walking_of(told)
    limp = None if walking is None else walking >= LIMPING
    return (*told.runs, Run(step=session, pain=told.pain_during, limp=limp))


def _is_sprint(run: Run) -> bool:
    return (run.step or 0) >= SPRINT or run.metres.get(FASTEST, 0) > 0


def _told(run: Run) -> dict[str, float]:
    numbers = {"pain": run.pain, "limp": run.limp, "step": run.step}
    return {name: float(value) for name, value in numbers.items() if value is not None}
