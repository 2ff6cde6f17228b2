"""The exercises as knowledge: what each trains, how, with what, when not, and what comes before and after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

Contraction = Literal[
    "isometric", "isometric_dynamic", "concentric", "concentric_eccentric", "eccentric", "eccentric_isometric",
    "lengthening", "mobility", "static_stretch", "active_stretch", "dynamic_stretch", "motor_control", "plyometric",
    "cyclic", "dynamic", "self_massage", "mixed", "advice",
]  # fmt: skip
HamstringLength = Literal["none", "short", "short_mid", "mid", "mid_long", "long", "very_long", "short_long", "mixed"]
ExerciseKind = Literal["strength", "stretch", "mobility", "running", "cardio", "warm_up", "routine", "advice"]
DoseUnit = Literal["reps", "seconds", "minutes", "metres"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Entry):
    """How much: sets of an amount, per side or not.

    ``amount_low``-``amount_high`` are repetitions, seconds, minutes or metres per set. ``hold_s`` is the hold of one
    repetition. ``tempo`` is "down-pause-up" in seconds where it matters.
    """

    sets_low: int
    sets_high: int
    amount_low: float
    amount_high: float
    unit: DoseUnit
    per_side: bool = False
    hold_s: float | None = None
    tempo: str | None = None
    effort: Text | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.sets_low <= self.sets_high or not 0 < self.amount_low <= self.amount_high:
            raise ValueError("sets and amounts run from low to high and are above zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Entry):
    """One exercise.

    Attributes
    ----------
    target, secondary : str, tuple of str
        Ids of ``exercises/targets.yaml``.
    phase_low, phase_high : int
        The phases 1-4 in which it may be used.
    load : int
        1 (lightest) to 10: how hard it is for the hamstring; for ordering.
    per_week_low, per_week_high : int
        14 is twice a day.
    rest_h : float
        Hours before the same tissue is loaded as hard again.
    equipment : tuple of tuple of str
        Any one of the alternatives; each alternative names everything it needs (ids of equipment.yaml). Empty: nothing.
    contraindications : tuple of str
        Codes of contraindications.yaml.
    easier, harder : tuple of str
        Exercises it follows on, and exercises it prepares.
    """

    id: str
    code: str
    """The code of the exercise in the dossier, such as ISO-01."""
    name: Text
    kind: ExerciseKind
    target: str
    secondary: tuple[str, ...] = ()
    contraction: Contraction
    hamstring_length: HamstringLength
    phase_low: int
    phase_high: int
    load: int
    dose: Dose
    per_week_low: int
    per_week_high: int
    rest_h: float
    minutes: float
    """What one session of it takes, rests between sets included."""
    equipment: tuple[tuple[str, ...], ...] = ()
    contraindications: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    """Codes of contraindications.yaml it is made for or allowed with care."""
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    heavy: bool = False
    """Heavy eccentric or sprint work: 48-72 hours between, never the day before a match."""
    cues: tuple[Text, ...]
    start: Text
    """The starting position."""
    mistakes: tuple[Text, ...]
    leads_to: Text
    """What it leads to, in the words of the person: "so that you can ...\""""
    evidence: Text
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if not 1 <= self.phase_low <= self.phase_high <= 4:
            raise ValueError("phases run from 1 to 4")
        if not 1 <= self.load <= 10:
            raise ValueError("load runs from 1 to 10")
        if not 1 <= self.per_week_low <= self.per_week_high <= 14:
            raise ValueError("times a week run from 1 to 14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Entry):
    """Something that is trained, such as the hamstring at long length or the calf."""

    id: str
    name: Text
    why: Text
    """Why it is trained for the hamstring."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment(Entry):
    """Something an exercise needs; ``household`` is what nearly every home has."""

    id: str
    name: Text
    household: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contraindication(Entry):
    """A reason not to do an exercise; ``when`` finds it in the complaint, otherwise it is asked for or told."""

    id: str
    name: Text
    why: Text
    when: Criterion | None = None
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseKnowledge:
    exercises: Mapping[str, Exercise]
    targets: Mapping[str, Target]
    equipment: Mapping[str, Equipment]
    contraindications: Mapping[str, Contraindication]

    def __getitem__(self, exercise: str) -> Exercise:
        return self.exercises[exercise]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        yield from ()

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown ids, a ladder that is not mutual, a circle of progressions."""
        yield from ()


def read_exercises(read: Reader) -> ExerciseKnowledge:
    """Read ``exercises/``."""
    return ExerciseKnowledge(exercises={}, targets={}, equipment={}, contraindications={})
