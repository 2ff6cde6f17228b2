"""The exercises as knowledge: what each trains, how, with what, when not, and what comes before and after it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain
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

HEAVY_REST_H = 48
"""Twice a week with 48-72 hours between (source: rehabilitation-dossier)."""
EXERCISE_FILES = tuple(
    f"exercises/{region}.yaml"
    for region in (
        "hamstring_isometric", "hamstring_strength", "hamstring_long", "glutes", "core_and_back", "hip_and_mobility",
        "foot_and_calf", "running", "fitness_and_routines", "tendon_and_older",
    )
)  # fmt: skip
"""In the order in which the exercises are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Entry):
    """How much: sets of an amount, per side or not.

    ``amount_low``-``amount_high`` are repetitions, seconds, minutes or metres per set. ``hold_s`` is the hold of one
    repetition. ``tempo`` is the way there, the pause and the way back in seconds, in the order of the cues: "2-0-3".
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
        if self.hold_s is not None and not self.hold_s > 0:
            raise ValueError("a hold lasts longer than zero seconds")
        if self.tempo is not None and not re.fullmatch(r"\d+-\d+-\d+", self.tempo):
            raise ValueError("a tempo is three numbers of seconds, such as 2-0-3; put words in effort")


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
        if self.rest_h < 0 or self.minutes <= 0:
            raise ValueError("rest_h is not below zero, and minutes is above zero")
        if self.heavy and self.rest_h < HEAVY_REST_H:
            raise ValueError(f"heavy work needs at least {HEAVY_REST_H} hours of rest")
        if not 2 <= len(self.cues) <= 4 or not 1 <= len(self.mistakes) <= 3:
            raise ValueError("needs 2 to 4 cues and 1 to 3 mistakes")


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
    """A reason not to do an exercise; ``when`` finds it in the complaint, otherwise it is asked for or told.

    ``holds_for_harder``: it is about the injured tissue, so what it forbids it forbids of every harder exercise too.
    """

    id: str
    name: Text
    why: Text
    when: Criterion | None = None
    holds_for_harder: bool = False
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
        parts: Mapping[str, Mapping[str, Exercise | Target | Equipment | Contraindication]] = {
            "exercises": self.exercises,
            "exercises/targets.yaml": self.targets,
            "exercises/equipment.yaml": self.equipment,
            "exercises/contraindications.yaml": self.contraindications,
        }
        for file, entries in parts.items():
            for entry in entries.values():
                yield f"{file}, {entry.id}", entry

    def faults(self, _knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown ids, a ladder that is not mutual, a circle, a forgotten reason not to."""
        yield from self._unknown_ids()
        yield from self._wrong_ladders()
        yield from self._forgotten_contraindications()
        yield from self._untrained_targets()
        yield from self._codes_used_twice()

    def _unknown_ids(self) -> Iterator[tuple[str, str]]:
        for exercise in self.exercises.values():
            named: tuple[tuple[str, Iterable[str], Mapping[str, object]], ...] = (
                ("target", (exercise.target, *exercise.secondary), self.targets),
                ("equipment", chain.from_iterable(exercise.equipment), self.equipment),
                ("contraindication", (*exercise.contraindications, *exercise.suits), self.contraindications),
                ("exercise", (*exercise.easier, *exercise.harder), self.exercises),
            )
            for kind, names, known in named:
                for name in names:
                    if name not in known:
                        yield f"exercises, {exercise.id}", f"the {kind} {name!r} does not exist"

    def _wrong_ladders(self) -> Iterator[tuple[str, str]]:
        for one in self.exercises.values():
            for other in self._known(one.harder):
                if one.id not in other.easier:
                    yield f"exercises, {other.id}.easier", f"should name {one.id!r}, which names it as harder"
            for other in self._known(one.easier):
                if one.id not in other.harder:
                    yield f"exercises, {other.id}.harder", f"should name {one.id!r}, which names it as easier"
        try:
            TopologicalSorter({one.id: one.easier for one in self.exercises.values()}).prepare()
        except CycleError as circle:
            yield "exercises", f"the ladder runs in a circle: {' < '.join(circle.args[1])}"

    def _forgotten_contraindications(self) -> Iterator[tuple[str, str]]:
        for one in self.exercises.values():
            for code in one.contraindications:
                if code in self.contraindications and self.contraindications[code].holds_for_harder:
                    for other in self._known(one.harder):
                        if code not in other.contraindications:
                            reason = f"should hold {code!r}, which forbids the easier {one.id!r}"
                            yield f"exercises, {other.id}.contraindications", reason

    def _untrained_targets(self) -> Iterator[tuple[str, str]]:
        for target in sorted(set(self.targets) - {exercise.target for exercise in self.exercises.values()}):
            yield f"exercises/targets.yaml, {target}", "no exercise has this target"

    def _codes_used_twice(self) -> Iterator[tuple[str, str]]:
        uses = Counter(exercise.code for exercise in self.exercises.values())
        for exercise in self.exercises.values():
            if uses[exercise.code] > 1:
                yield f"exercises, {exercise.id}", f"the code {exercise.code!r} is used more than once"

    def _known(self, names: Iterable[str]) -> Iterator[Exercise]:
        return (self.exercises[name] for name in names if name in self.exercises)


def read_exercises(read: Reader) -> ExerciseKnowledge:
    """Read ``exercises/``."""
    return ExerciseKnowledge(
        exercises=read.by_id_in(EXERCISE_FILES, Exercise),
        targets=read.by_id("exercises/targets.yaml", Target),
        equipment=read.by_id("exercises/equipment.yaml", Equipment),
        contraindications=read.by_id("exercises/contraindications.yaml", Contraindication),
    )
