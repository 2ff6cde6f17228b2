"""The knowledge of progress: gates between phases, limits of pain, the running ladder, load, return to sport."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.plan_entries import TrackId
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

Measure = Literal[
    "side_ratio",        # injured side over the other, of the latest measurement of a test
    "side_difference",   # other side minus injured side in the unit of the test, where more is better; else the reverse
    "value",             # the injured side's value
    "check_in",          # a field of the check-ins over the last days
    "run",               # a step of the running ladder done, so many times
    "sessions",          # sport sessions at full intensity
    "confirmed",         # somebody confirmed it (medical clearance, shared decision)
]  # fmt: skip
Milestone = Literal["walk_pain_free", "jog", "run_70", "run_90", "sprint", "full_training", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCriterion(Entry):
    """One criterion of a gate; all of a gate's criteria must be met, and unknown is not met.

    Attributes
    ----------
    gate : str
        "1", "2", "3" for leaving that phase; "return" for the return-to-sport table.
    subject : str
        A test id, a field of the check-in, or a step of the running ladder.
    at_least, at_most : float or None
        The limit, in the unit of the measure.
    alternatives : tuple of str
        Ids of criteria of the same gate, of which one is enough.
    times, days : int
        So many times, within so many days; a measurement may be at most ``days`` old.
    """

    id: str
    gate: Literal["1", "2", "3", "return"]
    measure: Measure
    subject: str
    text: Text
    at_least: float | None = None
    at_most: float | None = None
    alternatives: tuple[str, ...] = ()
    times: int = 1
    days: int = 14
    tracks: tuple[TrackId, ...] = ()
    """Only for these tracks; empty: all."""
    substitute: Text | None = None
    """What a person without the equipment can do instead, or who can measure it."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStep(Entry):
    """A step of the running ladder 1-12."""

    number: int
    name: Text
    session: Text
    speed_low_percent: float
    speed_high_percent: float
    repetitions: int
    amount: float
    unit: Literal["minutes", "metres", "sessions"]
    minimum_phase: int
    hours_between: float
    times: int
    """Without symptoms before the next step."""
    gate: tuple[str, ...]
    """Ids of gate criteria that must be met before it starts."""
    milestone: Milestone | None = None
    exercise: str | None = None
    """The exercise it is done as."""
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
    """Who to call about what: the next step when something is not going as it should."""

    id: str
    rule: str
    who: Literal["physio", "gp", "same_day", "emergency"]
    within_days: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressKnowledge:
    gates: tuple[GateCriterion, ...]
    running: Mapping[int, RunningStep]
    rules: Mapping[str, ProgressRule]
    contacts: tuple[Contact, ...]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        yield from ()

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown tests, criteria, steps, exercises; placeholders without a limit."""
        yield from ()


def read_progress(read: Reader) -> ProgressKnowledge:
    """Read ``progress/``."""
    return ProgressKnowledge(gates=(), running={}, rules={}, contacts=())
