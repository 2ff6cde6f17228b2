"""The knowledge of progress: gates between phases, limits of pain, the running ladder, load, return to sport."""

import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.plan_entries import TrackId
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import LANGUAGES, Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

Measure = Literal[
    "side_ratio",        # injured side over the other, of the latest measurement of a test
    "side_difference",   # other side minus injured side in the unit of the test, where more is better; else the reverse
    "value",             # the injured side's value
    "norm",              # the injured side's value against what is usual for such a person
    "change",            # how much the side difference changed since the measurement before; falling is negative
    "check_in",          # a field of the check-ins over the last days
    "run",               # a step of the running ladder done without symptoms, so many times
    "run_in_fatigue",    # the same, at the end of a tiring session
    "run_weeks",         # in how many different weeks it was done
    "sessions",          # sport sessions at full intensity without symptoms
    "confirmed",         # a role of the shared decision agreed
]  # fmt: skip
MEASURED: tuple[Measure, ...] = ("side_ratio", "side_difference", "value", "norm", "change")
"""These ask for a test; its id is the subject."""
RUN: tuple[Measure, ...] = ("run", "run_in_fatigue", "run_weeks")
CheckInSubject = Literal[
    "pain_now", "pain_worst", "pain_during", "pain_next_morning", "stiffness_min", "walking", "confidence",
    "fear_of_movement",
]  # fmt: skip
"""What a criterion may ask of the check-ins; walking counts from 0 (pain-free) to 3 (cannot), fear 0 (low) to 2."""
ROLES = ("person", "therapist", "coach")
Milestone = Literal["walk_pain_free", "jog", "run_70", "run_90", "sprint", "full_training", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCriterion(Entry):
    """One criterion of a gate; all of a gate's criteria must be met, and unknown is not met.

    Attributes
    ----------
    gate : str
        "1", "2", "3" for leaving that phase; "return" for the return-to-sport table; "running" when only steps of the
        ladder ask for it; "instead" when it only stands in for others.
    subject : str
        A test id, a field of the check-in, or a step of the running ladder.
    at_least, at_most : float or None
        The limit, in the unit of the measure.
    limit_from : str or None
        The limit is that number of the track; a limit of 0 asks nothing.
    alternatives : tuple of str
        Ids of criteria, of which one is enough.
    instead : tuple of str
        Ids of criteria that decide when this one is unknown; the first that is known does. One that is known and not
        met is never overruled.
    times, days : int
        So many times, within so many days; a measurement may be at most ``days`` old.
    """

    id: str
    gate: Literal["1", "2", "3", "return", "running", "instead"]
    measure: Measure
    subject: str
    text: Text
    at_least: float | None = None
    at_most: float | None = None
    limit_from: Literal["strength_ratio", "full_sessions", "sprint_weeks", "pain_limit"] | None = None
    alternatives: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    times: int = 1
    days: int = 14
    tracks: tuple[TrackId, ...] = ()
    """Only for these tracks; empty: all."""
    not_tracks: tuple[TrackId, ...] = ()
    goals: tuple[Literal["daily_life", "work", "sport", "prevention"], ...] = ()
    """Only for these goals; empty: all."""
    levels: tuple[Literal["recreational", "competitive", "semi_professional", "professional"], ...] = ()
    """Only for these levels of sport; empty: all, unknown included."""
    both_sides: bool = False
    """Only when both legs are injured, or it is not known which: there is then nothing to compare with."""
    substitute: Text | None = None
    """What a person without the equipment can do instead, or who can measure it."""
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if self.times < 1 or self.days < 1:
            raise ValueError("times and days are at least 1")
        limits = (self.at_least, self.at_most)
        if self.measure == "norm" and limits != (None, None):
            raise ValueError("a norm brings its own limit")
        if self.measure in MEASURED[:3] and limits == (None, None) and self.limit_from is None:
            raise ValueError("needs at_least, at_most or limit_from")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStep(Entry):
    """A step of the running ladder 1-12."""

    number: int
    name: Text
    speed_low_percent: float
    speed_high_percent: float
    repetitions: int
    amount: float
    unit: Literal["minutes", "metres", "sessions"]
    minimum_phase: int
    hours_between: float
    times: int
    """Without symptoms before the next step."""
    times_mild: int | None = None
    """The same after a certain grade 0 or 1 that is no repeat injury."""
    gate: tuple[str, ...]
    """Ids of gate criteria that must be met before it starts."""
    shown_by: tuple[str, ...] = ()
    """Ids of criteria that, all met, show the same as doing the step."""
    milestone: Milestone | None = None
    exercise: str | None = None
    """The exercise it is done as."""
    effort: Text | None = None
    """How it is done, never how much; None is as the exercise says."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRule(Entry):
    """A rule that decides about an exercise, the phase or the running; in order, the first that holds decides.

    ``limits`` are its numbers by name, so that the code holds none.
    """

    id: str
    about: Literal["safety", "exercise", "phase", "running", "load", "adherence", "review"]
    action: Literal["refer", "stop", "step_back", "hold", "advance", "review", "none"]
    name: Text
    text: Text
    """What it says to the person, with the limits as {placeholders}."""
    why: Text
    limits: Mapping[str, float] = field(default_factory=dict)
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Entry):
    """Who to call about what: the next step when something is not going as it should.

    The rule that decided asks for it; it stays for ``days`` days, or while the person is on hold.
    """

    id: str
    rule: str
    who: Literal["physio", "gp", "same_day", "emergency"]
    within_days: int
    text: Text
    days: int = 7


_GATES, _RUNNING, _RULES = "progress/gates.yaml", "progress/running.yaml", "progress/rules.yaml"
_CONTACTS = "progress/contacts.yaml"

RULES: Mapping[str, tuple[str, ...]] = {
    "red_flag": ("urgency_at_least",),
    "sign_to_mention": (),
    "on_hold": (),
    "released": (),
    "stop_sign": ("rest_hours", "strength_percent", "days"),
    "stop_sign_back": (),
    "stop_sign_reassess": ("strength_percent",),
    "revised": (),
    "calm": ("worst", "days", "known"),
    "baseline": ("mornings",),
    "pain_during": ("strength_limit", "after_day"),
    "flare_up": ("nrs_over", "strength_percent", "strength_error", "rest_hours", "volume_percent", "days"),
    "not_settled": ("nrs_over", "stiffness_min"),
    "morning_unknown": (),
    "less_done": (),
    "not_told": (),
    "too_soon": (),
    "good_once": ("times",),
    "two_good": ("times",),
    "at_top": (),
    "resting": (),
    "superseded": (),
    "two_flare_ups": ("flare_ups", "days"),
    "gate_closed": (),
    "minimum_stay": (),
    "gate_not_calm": ("known", "days"),
    "gate_open": (),
    "return": ("watch_weeks",),
    "run_symptoms": ("pain", "rest_hours"),
    "run_flare_up": ("rest_hours",),
    "run_unknown": (),
    "run_not_settled": (),
    "run_ahead": (),
    "run_too_soon": (),
    "run_good_once": (),
    "run_not_allowed": (),
    "run_phase": (),
    "run_gate": (),
    "run_two_good": (),
    "run_shown": (),
    "run_top": (),
    "load_high": ("deviations", "weeks", "weeks_known", "days_known"),
    "running_jump": ("low_percent", "high_percent", "most_percent", "from_metres"),
    "sprint_days": ("days",),
    "gap": ("days",),
    "long_gap": ("days", "volume_percent"),
    "low_adherence": ("share_percent", "days", "days_known"),
    "no_improvement": ("days", "pain", "stiffness_min", "window_days", "known", "share_percent", "calm"),
    "no_improvement_imaging": ("days",),
    "recheck_due": ("last_day",),
    "watch_check": ("week_a", "week_b", "week_c", "week_d"),
}
"""The rules that must exist, and the limits each must have."""


@dataclass(frozen=True, kw_only=True)
class ProgressKnowledge:
    gates: tuple[GateCriterion, ...]
    running: Mapping[int, RunningStep]
    rules: Mapping[str, ProgressRule]
    contacts: tuple[Contact, ...]

    def limit(self, rule: str, name: str) -> float:
        """A number of a rule."""
        return self.rules[rule].limits[name]

    def criterion(self, name: str) -> GateCriterion:
        """A criterion by its id; KeyError for an unknown one."""
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> Mapping[str, GateCriterion]:
        return {one.id: one for one in self.gates}

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        for gate in self.gates:
            yield f"{_GATES}, {gate.id}", gate
        for step in self.running.values():
            yield f"{_RUNNING}, {step.number}", step
        for rule in self.rules.values():
            yield f"{_RULES}, {rule.id}", rule
        for contact in self.contacts:
            yield f"{_CONTACTS}, {contact.id}", contact

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown tests, criteria, steps, exercises; placeholders without a limit."""
        yield from self._wrong_criteria(knowledge)
        yield from self._wrong_ladder(knowledge)
        yield from self._wrong_rules()

    def _wrong_criteria(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        for one in self.gates:
            known: Iterable[str] = ()
            if one.measure in MEASURED:
                known = knowledge.chain.tests
            elif one.measure in RUN:
                known = map(str, self.running)
            elif one.measure == "check_in":
                known = get_args(CheckInSubject)
            elif one.measure == "confirmed":
                known = ROLES
            if one.measure != "sessions" and one.subject not in known:
                yield f"{_GATES}, {one.id}", f"the subject {one.subject!r} is not known for {one.measure!r}"
            for other in (*one.alternatives, *one.instead):
                if other not in self._by_id:
                    yield f"{_GATES}, {one.id}", f"the criterion {other!r} does not exist"
            if one.measure == "norm" and not any(row.deficit for row in knowledge.chain.norms.get(one.subject, ())):
                yield f"{_GATES}, {one.id}", f"the test {one.subject!r} has no norm to compare with"

    def _wrong_ladder(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        if list(self.running) != list(range(1, len(self.running) + 1)):
            yield _RUNNING, "the steps are not numbered 1, 2, 3 and so on"
        for step in self.running.values():
            for criterion in (*step.gate, *step.shown_by):
                if criterion not in self._by_id:
                    yield f"{_RUNNING}, {step.number}", f"the criterion {criterion!r} does not exist"
            if step.exercise is not None and step.exercise not in knowledge.exercises.exercises:
                yield f"{_RUNNING}, {step.number}", f"the exercise {step.exercise!r} does not exist"

    def _wrong_rules(self) -> Iterator[tuple[str, str]]:
        for name in sorted(set(RULES) - set(self.rules)):
            yield f"{_RULES}, {name}", "the rule is missing"
        for rule in self.rules.values():
            for limit in sorted(set(RULES.get(rule.id, ())) - set(rule.limits)):
                yield f"{_RULES}, {rule.id}", f"the limit {limit!r} is missing"
            for text in (rule.text, rule.why):
                for language in LANGUAGES:
                    for name in _placeholders(text[language]) - set(rule.limits):
                        yield f"{_RULES}, {rule.id}", f"the {language} text names {name!r}, which is not a limit"
        for contact in self.contacts:
            if contact.rule not in self.rules:
                yield f"{_CONTACTS}, {contact.id}", f"the rule {contact.rule!r} does not exist"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def read_progress(read: Reader) -> ProgressKnowledge:
    """Read ``progress/``."""
    steps = read.entries(_RUNNING, RunningStep)
    for number, times in Counter(step.number for step in steps).items():
        if times > 1:
            read.wrong(_RUNNING, str(number), "this step occurs twice")
    return ProgressKnowledge(
        gates=tuple(read.by_id(_GATES, GateCriterion).values()),
        running={step.number: step for step in steps},
        rules=read.by_id(_RULES, ProgressRule),
        contacts=tuple(read.by_id(_CONTACTS, Contact).values()),
    )
