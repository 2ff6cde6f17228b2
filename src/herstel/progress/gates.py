"""The gates between phases and the return-to-sport table: what is met, not met, and not known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from herstel.chain.populations import person_of, reference_norms
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import GateCriterion
from herstel.plan.model import Plan
from herstel.progress.evidence import COUNTED, Evidence, Limit, Question, look_up
from herstel.progress.model import Gate, GateItem, GateName

LAST_PHASE = 4
GATES: tuple[GateName, ...] = ("1", "2", "3", "return")
"""The gate at the end of each phase."""


class Gates:
    """The gates of one person: which criteria ask something of this track, goal and level."""

    def __init__(self, plan: Plan, knowledge: Knowledge) -> None:
        self._plan, self._knowledge = plan, knowledge
        self._sides = plan.injured_sides
        progress = knowledge.progress
        self._limits = {one.id: self._limit(one) for one in progress.gates}
        asked = [one for one in progress.gates if self._asks(one)]
        self._asked = {one.id for one in asked}
        self.of: Mapping[GateName, tuple[GateCriterion, ...]] = {
            name: tuple(one for one in asked if one.gate == name) for name in GATES
        }
        self.of_step = {
            step.number: tuple(progress.criterion(name) for name in step.gate if name in self._asked)
            for step in progress.running.values()
        }

    # --- for whom, and how much -------------------------------------------------------------------------------------

    def _asks(self, one: GateCriterion) -> bool:
        goal, track = self._plan.goal, self._plan.track
        fits = (
            not one.tracks or track in one.tracks,
            track not in one.not_tracks,
            not one.goals or goal.kind in one.goals,
            not one.levels or goal.level in one.levels,
            one.limit_from != "sprint_weeks" or self._limits[one.id].at_least,
            one.measure != "norm" or self._limits[one.id][:2] != (None, None),
        )
        return all(fits)

    def _limit(self, one: GateCriterion) -> Limit:
        track = self._knowledge.plan.tracks[self._plan.track]
        if one.measure == "norm":
            return self._norm(one)
        if one.limit_from is None:
            return Limit(one.at_least, one.at_most, one.times)
        number = getattr(track, one.limit_from)
        if one.limit_from == "pain_limit":
            return Limit(None, number, one.times)
        return Limit(None, None, number) if one.limit_from == "full_sessions" else Limit(number, None, one.times)

    def _norm(self, one: GateCriterion) -> Limit:
        """What is usual for such a person; where several norms may hold, the one that asks most."""
        chain, complaint = self._knowledge.chain, self._plan.assessment.complaint
        level = self._plan.goal.level or complaint.level
        person = person_of(replace(complaint, level=level), LAST_PHASE, chain.rules)
        norms = reference_norms(chain.norms.get(one.subject, ()), person)
        deficits = [norm.deficit for norm in norms if norm.deficit is not None]
        if chain.tests[one.subject].direction == "lower_better":
            return Limit(None, min(deficits, default=None), one.times)
        return Limit(max(deficits, default=None), None, one.times)

    def asked_ratios(self, name: GateName) -> Mapping[str, float]:
        """What share of the other side a gate asks, by test; also of tests that may stand in for another."""
        criterion = self._knowledge.progress.criterion
        stand_ins = [criterion(other) for one in self.of[name] for other in (*one.alternatives, *one.instead)]
        asked = [
            (one.subject, self._limits[one.id].at_least)
            for one in (*self.of[name], *stand_ins)
            if one.measure == "side_ratio"
        ]
        return {test: least for test, least in asked if least is not None}

    # --- judging ----------------------------------------------------------------------------------------------------

    def gate(self, name: GateName, on: date, evidence: Evidence, minimum_days_left: float) -> Gate:
        """A gate with every criterion as it stands on a day."""
        items = tuple(self.item(one, on, evidence) for one in self.of[name])
        return Gate(name=name, items=items, minimum_days_left=max(0.0, minimum_days_left))

    def of_running(self, step: int, on: date, evidence: Evidence) -> tuple[GateItem, ...]:
        """What a step of the running ladder asks; nothing beyond the last one."""
        return tuple(self.item(one, on, evidence) for one in self.of_step.get(step, ()))

    def item(self, one: GateCriterion, on: date, evidence: Evidence) -> GateItem:
        """One criterion; when it is not met its alternatives count, and when it is unknown what stands in for it."""
        own = self._own(one, on, evidence)
        if own.met is True:
            return own
        others = [self._own(self._knowledge.progress.criterion(name), on, evidence) for name in one.alternatives]
        met = next((item for item in others if item.met is True), None)
        if met is not None:
            return met
        if own.met is None:
            stand_ins = (self._own(self._knowledge.progress.criterion(name), on, evidence) for name in one.instead)
            return next((item for item in stand_ins if item.met is not None), own)
        return own

    def _own(self, one: GateCriterion, on: date, evidence: Evidence) -> GateItem:
        limit = self._limits[one.id]
        if (one.both_sides and len(self._sides) == 1) or (one.measure == "norm" and limit[:2] == (None, None)):
            return GateItem(criterion=one.id, met=None, value=None)
        found = look_up(Question(one, limit, on, evidence, self._sides, self._knowledge))
        if found is None:
            return GateItem(criterion=one.id, met=None, value=None)
        number, day = found
        met = number >= limit.times if one.measure in COUNTED else limit.holds(number)
        return GateItem(criterion=one.id, met=met, value=number, measured_on=day)
