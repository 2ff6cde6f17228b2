"""Each exercise by itself: what was done, how it felt, how the morning after was, and what follows from that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from herstel.assessment.result import Assessment, GradeName
from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import TrackId
from herstel.plan.allowed import why_not
from herstel.plan.circumstances import circumstances
from herstel.plan.dosing import dose_at, steps_to_top
from herstel.plan.model import Plan, Position
from herstel.plan.tracks import injury_day
from herstel.progress.model import Done
from herstel.progress.today import HOURS_A_DAY, Today

STRAIN_TRACKS: tuple[TrackId, ...] = ("strain", "recurrence", "stretch", "elite", "older")
"""Tracks of a torn muscle: only there strength work may hurt a little more (source: hickey-2020)."""
STRAIN_GRADES: tuple[GradeName, ...] = ("1", "2")
GOOD = "good_once"


@dataclass(frozen=True, slots=True)
class Trait:
    """What is needed to know of an exercise, of the library or the therapist's own."""

    dose: Dose
    fixed: bool
    """The therapist set the dose, so that it does not grow by itself."""
    strength: bool
    loads: bool
    """Whether it loads the hamstring."""
    rest_h: float
    running: bool = False


@dataclass(frozen=True, slots=True)
class Exposure:
    """An exercise done on a day, waiting for the morning after; ``verdict`` is the rule its doing fell under."""

    day: date
    verdict: str
    numbers: Mapping[str, float]


class Exercises:
    """The exercises of one person while the days go by."""

    def __init__(self, plan: Plan, knowledge: Knowledge) -> None:
        start = plan.position
        self.volume, self.paused_until = dict(start.volume), dict(start.paused_until)
        self.steps, self.replaced = dict(start.steps), dict(start.replaced)
        self._plan, self._knowledge, self._rules = plan, knowledge, knowledge.progress
        self._track = knowledge.plan.tracks[plan.track]
        self._injured_on = injury_day(plan.assessment, plan.goal)
        self._good: dict[str, int] = {}
        self._waiting: dict[str, Exposure] = {}
        self.last_done = dict(start.last_done)
        self._traits: dict[str, Trait | None] = {}
        self._planned: dict[tuple[str, int, float], Dose] = {}
        self._set_by_hand = {one.exercise: one.dose for one in plan.edits if one.dose is not None}
        self._grade = plan.assessment.grade.most_likely

    # --- the morning after ------------------------------------------------------------------------------------------

    def morning(self, today: Today, position: Position) -> bool:
        """Judge what waits for this morning; whether any of it loaded the hamstring yesterday."""
        waiting, self._waiting = self._waiting, {}
        loaded = False
        for exercise, exposure in waiting.items():
            trait = self._trait(exercise)
            loads = trait is not None and trait.loads
            loaded = loaded or loads
            if today.flared_up and loads:
                self._flare_up(exercise, today)
            elif exposure.verdict != GOOD:
                continue  # already told on the day itself
            elif today.response == "unknown":
                today.decide(exercise, "morning_unknown")
            elif today.response != "settled" and loads:
                self._good[exercise] = 0
                today.decide(exercise, "not_settled")
            else:
                self._count(exercise, exposure, today, position)
        return loaded

    def _flare_up(self, exercise: str, today: Today) -> None:
        self._step_back(exercise)
        percent = self._rules.limit("flare_up", "volume_percent")
        self.volume[exercise] = min(self.volume.get(exercise, 1.0), percent / 100)
        self.paused_until[exercise] = today.rest_until("flare_up")
        today.decide(exercise, "flare_up", {"volume_percent": percent})

    def _count(self, exercise: str, exposure: Exposure, today: Today, position: Position) -> None:
        """One more known good time; enough of them, on a calm day, and it goes a step on."""
        good = self._good[exercise] = self._good.get(exercise, 0) + 1
        numbers = {"good": float(good), **exposure.numbers}
        trait = self._trait(exercise)
        if trait is None or not trait.strength:
            return
        if good < self._rules.limit("two_good", "times"):
            today.decide(exercise, "good_once", numbers)
        elif not today.may_advance or today.calm is not True:
            today.decide(exercise, "calm", numbers)
        else:
            self._advance(exercise, trait, today, position)

    # --- the day itself ---------------------------------------------------------------------------------------------

    def day(self, today: Today) -> None:
        """Take in what was done and left out today."""
        if today.check_in is None:
            return
        for exercise, done in _together(today.check_in.done).items():
            trait = self._trait(exercise)
            if trait is None or trait.running:
                continue
            pain = today.check_in.pain_during if done.pain is None else done.pain
            verdict = self._verdict(exercise, trait, done, pain, today.day)
            numbers = {} if pain is None else {"pain": pain}
            self._waiting[exercise] = Exposure(today.day, verdict, numbers)
            self.last_done[exercise] = today.day
            if verdict == "pain_during":
                self._step_back(exercise)
                numbers["limit"] = self._pain_limit(trait, today.day)
            if verdict in ("pain_during", "less_done"):
                self._good[exercise] = 0
            if verdict != GOOD:
                today.decide(exercise, verdict, numbers)
        for exercise in sorted(today.check_in.could_not - self._waiting.keys()):
            if self._trait(exercise) is not None:
                self._good[exercise] = 0
                today.decide(exercise, "less_done")

    def _verdict(self, exercise: str, trait: Trait, done: Done, pain: float | None, day: date) -> str:
        """The rule that what was done falls under; only the last one counts as a good time."""
        if pain is not None and pain > self._pain_limit(trait, day):
            return "pain_during"
        if pain is None or done.sets is None:
            return "not_told"
        if exercise in self.replaced:
            return "superseded"
        if day < self.paused_until.get(exercise, day):
            return "resting"
        return self._against_plan(exercise, trait, done, day)

    def _against_plan(self, exercise: str, trait: Trait, done: Done, day: date) -> str:
        planned = self._planned_dose(exercise, trait)
        fewer_sets = done.sets is not None and done.sets < planned.sets_low
        if fewer_sets or (done.amount is not None and done.amount < planned.amount_low):
            return "less_done"
        last = self.last_done.get(exercise)
        soon = last is not None and (day - last).days * HOURS_A_DAY < trait.rest_h
        return "too_soon" if soon else GOOD

    def pain_limit(self, exercise: str, day: date) -> float:
        """The pain 0-10 an exercise may give on a day; more than that asks to stop it and to make it easier."""
        trait = self._trait(exercise)
        return self._track.pain_limit if trait is None else self._pain_limit(trait, day)

    def _pain_limit(self, trait: Trait, day: date) -> float:
        """The pain an exercise may give (source: aspetar-protocol, hickey-2020, goom-2016)."""
        usual = self._track.pain_limit
        after = self._rules.limit("pain_during", "after_day")
        old_enough = self._injured_on is not None and (day - self._injured_on).days > after
        strain = self._plan.track in STRAIN_TRACKS and self._grade in STRAIN_GRADES
        if trait.strength and strain and old_enough:
            return max(usual, self._rules.limit("pain_during", "strength_limit"))
        return usual

    # --- forward and back -------------------------------------------------------------------------------------------

    def _advance(self, exercise: str, trait: Trait, today: Today, position: Position) -> None:
        self._good[exercise] = 0
        steps = self.steps.get(exercise, 0)
        if exercise in self.volume:
            del self.volume[exercise]
            today.decide(exercise, "two_good", {"volume_percent": 100})
        elif not trait.fixed and steps < steps_to_top(trait.dose, self._knowledge):
            self.steps[exercise] = steps + 1
            today.decide(exercise, "two_good", {"steps": float(steps + 1)})
        elif (harder := self._fitting(self._neighbours(exercise, "harder"), position)) is not None:
            self._substitute(exercise, harder)
            today.decide(exercise, "two_good", {"steps": float(steps)})
        else:
            today.decide(exercise, "at_top", {"steps": float(steps)})

    def _step_back(self, exercise: str) -> None:
        self._good[exercise] = 0
        steps = self.steps.get(exercise, 0)
        if steps > 0:
            self.steps[exercise] = steps - 1
        elif exercise not in self.replaced:
            easier = next(iter(self._neighbours(exercise, "easier")), None)
            if easier is not None:
                self._substitute(exercise, easier)

    def _neighbours(self, exercise: str, way: str) -> tuple[str, ...]:
        known = self._knowledge.exercises.exercises.get(exercise)
        return () if known is None else getattr(known, way)

    def _fitting(self, exercises: Iterable[str], position: Position) -> str | None:
        """The first exercise that is possible for the person now."""
        plan = self._plan
        candidates = [one for one in exercises if one in self._knowledge.exercises.exercises]
        if not candidates:
            return None
        now = circumstances(plan.assessment, plan.chain, plan.goal, plan.track, position, self._knowledge)
        fits = (one for one in candidates if why_not(self._knowledge.exercises[one], now) is None)
        return next(fits, None)

    def _substitute(self, old: str, new: str) -> None:
        """Put another exercise in the place of one, and of everything that this one had replaced."""
        now = {key: new if value == old else value for key, value in self.replaced.items()} | {old: new}
        self.replaced = {key: value for key, value in now.items() if key != value}

    def less_of_everything(self, percent: float) -> None:
        """Start again with less, after a long time about which nothing is known."""
        for one in self._plan.exercises:
            self.volume[one.exercise] = min(self.volume.get(one.exercise, 1.0), percent / 100)
        for exercise in self.steps:
            self.volume[exercise] = min(self.volume.get(exercise, 1.0), percent / 100)

    def forget_good_times(self) -> None:
        """What went well before counts no longer."""
        self._good.clear()

    def drop_waiting(self) -> None:
        """What waits for a morning is not judged any more."""
        self._waiting.clear()

    def rest(self, exercises: Iterable[str], until: date) -> None:
        """These rest; what went well before counts no longer."""
        for exercise in exercises:
            self.paused_until[exercise] = until
            self._good[exercise] = 0

    def revise(self, assessment: Assessment) -> None:
        """A re-check changed the grade."""
        self._grade = assessment.grade.most_likely

    # --- what an exercise is ----------------------------------------------------------------------------------------

    def _planned_dose(self, exercise: str, trait: Trait) -> Dose:
        if trait.fixed:
            return trait.dose
        key = (exercise, self.steps.get(exercise, 0), self.volume.get(exercise, 1.0))
        if key not in self._planned:
            fewer = self._track.fewer_sets
            self._planned[key] = dose_at(trait.dose, self._knowledge, steps=key[1], volume=key[2], fewer_sets=fewer)
        return self._planned[key]

    def _trait(self, exercise: str) -> Trait | None:
        if exercise not in self._traits:
            self._traits[exercise] = self._look_up(exercise)
        return self._traits[exercise]

    def _look_up(self, exercise: str) -> Trait | None:
        own, known = self._plan.own.get(exercise), self._knowledge.exercises.exercises.get(exercise)
        if own is not None:
            return Trait(dose=own.dose, fixed=True, strength=True, loads=True, rest_h=own.rest_h)
        if known is None:
            return None
        return Trait(
            dose=self._set_by_hand.get(exercise, known.dose),
            fixed=exercise in self._set_by_hand,
            strength=known.kind == "strength",
            loads=known.hamstring_length != "none" and known.kind != "advice",
            rest_h=known.rest_h,
            running=known.kind == "running",
        )


def _together(done: Iterable[Done]) -> dict[str, Done]:
    """Each exercise once: the sets of a day together, with the worst of its pain; unknown when a part is."""
    day: dict[str, Done] = {}
    for one in done:
        other = day.get(one.exercise)
        if other is None:
            day[one.exercise] = one
            continue
        sets = None if one.sets is None or other.sets is None else one.sets + other.sets
        pains = [pain for pain in (one.pain, other.pain) if pain is not None]
        amounts = [amount for amount in (one.amount, other.amount) if amount is not None]
        day[one.exercise] = Done(
            exercise=one.exercise, sets=sets, amount=min(amounts, default=None), pain=max(pains, default=None)
        )
    return day
