"""The knowledge of steps 3 to 5 as a plan: phases, tracks, weekly doses, what may go on, prevention."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

PhaseNumber = Literal[1, 2, 3, 4]
Step = Literal["relieve", "build", "keep"]
TrackId = Literal[
    "strain", "soreness", "tendinopathy", "avulsion", "growth_plate", "older", "recurrence", "stretch", "elite",
    "see_first", "prevention",
]  # fmt: skip
"""``see_first``: nothing is loaded before a clinician has looked. ``prevention``: no complaint, or after discharge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Entry):
    """A phase of the strain road; which gate opens the next one stands in ``progress/gates.yaml``."""

    number: PhaseNumber
    step: Step
    name: Text
    aim: Text
    content: Text
    minimum_days: Mapping[str, float]
    """By grade 0-3 and tendon: not before this many days, however good it feels."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Entry):
    """What is different for a group of people. The first track whose criterion holds is the one.

    Attributes
    ----------
    minimum_factor : float
        Multiplies the minimum stay in a phase.
    avoid_weeks : mapping of exercise kind, target or contraction to weeks
        Not in the first weeks since the injury (no stretching or Nordics after an avulsion).
    contraindications : tuple of str
        Codes that hold for everybody on the track.
    strength_ratio : float
        What the outer-range strength must reach of the other side before return.
    """

    id: TrackId
    name: Text
    when: Criterion
    for_whom: Text
    text: Text
    minimum_factor: float = 1.0
    minimum_days: Mapping[int, float] = field(default_factory=dict)
    """By phase: overrules the phase's minimum stay."""
    fewer_sets: int = 0
    rest_h: float = 48
    avoid_weeks: Mapping[str, float] = field(default_factory=dict)
    contraindications: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    """Exercises that belong to the track."""
    strength_ratio: float = 0.90
    full_sessions: int = 2
    sprint_weeks: float = 0
    running_allowed: bool = True
    pain_limit: float = 2
    advice: tuple[Text, ...] = ()
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyDose(Entry):
    """How often a target is trained in a phase: sessions a week, for whom."""

    id: str
    target: str
    phase: PhaseNumber
    tracks: tuple[TrackId, ...]
    sessions_low: int
    sessions_high: int
    required: bool
    """Given up last when a week is too full."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRule(Entry):
    """Whether something of daily life or sport may go on, in a phase; the answer to "mag ik sporten?"."""

    id: str
    activity: Text
    answer: Literal["yes", "adapted", "no"]
    phases: tuple[PhaseNumber, ...]
    tracks: tuple[TrackId, ...]
    text: Text
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventionItem(Entry):
    """An exercise of the prevention programme with its weekly dose by week of the programme."""

    id: str
    exercise: str
    form: Literal["warm_up", "separate", "both"]
    weeks: tuple[tuple[int, int, int, int], ...]
    """Rows of (first week, sets, repetitions or seconds, times a week); each holds until the next row begins."""
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKnowledge:
    phases: Mapping[int, Phase]
    tracks: Mapping[str, Track]
    """In the order in which their criteria are tried."""
    doses: tuple[WeeklyDose, ...]
    activities: tuple[ActivityRule, ...]
    prevention: tuple[PreventionItem, ...]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        yield from ()

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown exercises, targets, codes; a phase or track that is missing."""
        yield from ()


def read_plan(read: Reader) -> PlanKnowledge:
    """Read ``protocols/``."""
    return PlanKnowledge(phases={}, tracks={}, doses=(), activities=(), prevention=())
