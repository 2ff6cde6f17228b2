"""The knowledge of steps 3 to 5 as a plan: phases, tracks, weekly doses, what may go on, prevention."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.exercise_entries import Contraction, ExerciseKind, HamstringLength
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
GRADES = ("0", "1", "2", "3", "tendon")
MOST_SESSIONS = 7
"""At most once a day."""
_PHASES, _TRACKS, _DOSES = "protocols/phases.yaml", "protocols/tracks.yaml", "protocols/doses.yaml"
_ACTIVITIES, _PREVENTION = "protocols/activities.yaml", "protocols/prevention.yaml"
_RULES, _WISHES = "protocols/rules.yaml", "protocols/wishes.yaml"
_KINDS: tuple[str, ...] = (*get_args(ExerciseKind), *get_args(Contraction), *get_args(HamstringLength))
RULES: Mapping[str, tuple[str, ...]] = {
    "first_days": ("hours",),
    "long_length": (
        "knee_extension_deficit_deg", "measured_within_days", "earliest_day", "gentle_phase", "gentle_load",
        "free_phase",
    ),
    "eccentric_start": ("isometric_ratio", "measured_within_days", "phase"),
    "nordic": ("steps_before", "free_phase"),
    "nordic_before": (),
    "volume": ("least", "most", "amount_steps"),
    "session": (
        "strength_from_load", "running_from_load", "warm_up_from_phase", "share_of_time", "short_warm_up_minutes",
        "full_warm_up_from_minutes", "heavy_a_day",
    ),
    "morning": (),
    "match": ("part_from_step", "full_from_step", "rest_h"),
    "contributors": ("most",),
    "one_sided": (),
    "walking": (),
    "cleared": (),
    "daily": (),
    "fear": (),
}  # fmt: skip
"""The rules that planning uses, with the limits each must name."""
WISHES = (
    "sessions_minutes", "sessions_days", "sessions_rest", "sessions_match", "sessions_paused", "nothing_fits",
    "equipment", "no_days", "match", "training", "target_date", "edit", "edit_times",
)  # fmt: skip


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
    """What is different for a group of people. The first track that holds is the one.

    A track holds when its criterion does, when the goal names one of its ``levels``, or when a clinician decided one of
    its ``managed``.

    Attributes
    ----------
    managed : tuple of str
        What a clinician decided that puts the person on this track.
    lifted_by : tuple of str
        What a clinician decided that takes the person off this track (never in an emergency).
    minimum_factor : float
        Multiplies the minimum stay in a phase.
    avoid_weeks : mapping of exercise, kind, target, contraction or hamstring length to weeks
        Not in the first weeks since the injury (no stretching or Nordics after an avulsion).
    avoid_before_phase : mapping of the same to a phase
        Not before this phase on this track.
    contraindications : tuple of str
        Codes that hold for everybody on the track.
    lifted_from_phase : mapping of code to phase
        From this phase on the code no longer holds, as the gate before it showed; what the therapist named stays.
    strength_ratio : float
        What the outer-range strength must reach of the other side before return.
    """

    id: TrackId
    name: Text
    when: Criterion | None = None
    levels: tuple[str, ...] = ()
    managed: tuple[str, ...] = ()
    lifted_by: tuple[str, ...] = ()
    for_whom: Text
    text: Text
    minimum_factor: float = 1.0
    phase_factor: Mapping[int, float] = field(default_factory=dict)
    """By phase: multiplies the minimum stay as well."""
    minimum_days: Mapping[int, float] = field(default_factory=dict)
    """By phase: overrules the phase's minimum stay."""
    fewer_sets: int = 0
    rest_h: float = 48
    warm_up_factor: float = 1.0
    avoid_weeks: Mapping[str, float] = field(default_factory=dict)
    avoid_weeks_for: tuple[str, ...] = ()
    """What a clinician decided that makes ``avoid_weeks`` count; empty: always."""
    avoid_before_phase: Mapping[str, int] = field(default_factory=dict)
    contraindications: tuple[str, ...] = ()
    lifted_from_phase: Mapping[str, int] = field(default_factory=dict)
    prefer: tuple[str, ...] = ()
    """Exercises that belong to the track: chosen first where they fit."""
    only: tuple[str, ...] = ()
    """When not empty: nothing but these."""
    exclude: tuple[str, ...] = ()
    """Exercises that never suit the track."""
    strength_ratio: float = 0.90
    full_sessions: int = 2
    sprint_weeks: float = 0
    running_allowed: bool = True
    """False: no running ladder before a clinician has cleared it."""
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
    prefer: tuple[str, ...] = ()
    """Exercises to begin with, the first that fits; after these any exercise for the target, lightest first."""
    varied: bool = False
    """From week to week another of ``prefer``."""
    found_only: bool = False
    """Only when the chain analysis found something there."""
    goals: tuple[str, ...] = ()
    """Only for these kinds of goal; empty: all."""
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if not 1 <= self.sessions_low <= self.sessions_high <= MOST_SESSIONS:
            raise ValueError(f"sessions a week run from low to high, 1 to {MOST_SESSIONS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow(Entry):
    """A target in all phases, as it stands in ``doses.yaml``; it becomes a weekly dose for each phase."""

    id: str
    target: str
    tracks: tuple[TrackId, ...]
    sessions: Mapping[PhaseNumber, tuple[int, int]]
    required: tuple[PhaseNumber, ...] = ()
    prefer: Mapping[PhaseNumber, tuple[str, ...]] = field(default_factory=dict)
    varied: bool = False
    found_only: bool = False
    goals: tuple[str, ...] = ()
    basis: Basis
    source: Sources

    def doses(self) -> Iterator[WeeklyDose]:
        """The weekly dose of each phase."""
        for phase, (low, high) in self.sessions.items():
            yield WeeklyDose(
                id=f"{self.id}_{phase}",
                target=self.target,
                phase=phase,
                tracks=self.tracks,
                sessions_low=low,
                sessions_high=high,
                required=phase in self.required,
                prefer=self.prefer.get(phase, ()),
                varied=self.varied,
                found_only=self.found_only,
                goals=self.goals,
                basis=self.basis,
                source=self.source,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRule(Entry):
    """Whether something of daily life or sport may go on, in a phase; the answer to "mag ik sporten?".

    Of the rules with the same ``topic`` the first that holds is the answer.
    """

    id: str
    topic: str
    activity: Text
    answer: Literal["yes", "adapted", "no"]
    phases: tuple[PhaseNumber, ...]
    tracks: tuple[TrackId, ...] = ()
    """Only for these tracks; empty: all."""
    day: Literal["any", "training", "match", "before_match"] = "any"
    """Only on such a day."""
    when_contraindicated: tuple[str, ...] = ()
    """Only while one of these codes holds; empty: always."""
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
    instead_of: str | None = None
    """The item whose place it takes when that one is not possible."""
    required: bool = False
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRule(Entry):
    """A named rule of planning with its numbers, so that the code holds none."""

    id: str
    text: Text
    limits: Mapping[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    """The exercises, targets or contraindications it is about."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class WishText(Entry):
    """How it is told that a wish had to be given up; ``{wanted}``, ``{possible}`` and ``{what}`` are filled in."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKnowledge:
    phases: Mapping[int, Phase]
    tracks: Mapping[str, Track]
    """In the order in which they are tried, safest first."""
    doses: tuple[WeeklyDose, ...]
    activities: tuple[ActivityRule, ...]
    prevention: tuple[PreventionItem, ...]
    rules: Mapping[str, PlanRule] = field(default_factory=dict)
    wishes: Mapping[str, WishText] = field(default_factory=dict)

    def doses_of(self, phase: int, track: str) -> tuple[WeeklyDose, ...]:
        """The weekly doses of a phase on a track, in the order of the file: most important first."""
        return tuple(dose for dose in self.doses if dose.phase == phase and track in dose.tracks)

    def limit(self, rule: str, name: str) -> float:
        """A number of a rule."""
        return self.rules[rule].limits[name]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        files: Mapping[str, Iterable[Any]] = {
            _PHASES: self.phases.values(),
            _TRACKS: self.tracks.values(),
            _DOSES: self.doses,
            _ACTIVITIES: self.activities,
            _PREVENTION: self.prevention,
            _RULES: self.rules.values(),
            _WISHES: self.wishes.values(),
        }
        for file, entries in files.items():
            for entry in entries:
                yield f"{file}, {entry.number if isinstance(entry, Phase) else entry.id}", entry

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown exercises, targets, codes; a phase or track that is missing."""
        yield from self._missing()
        yield from self._unknown(knowledge)

    def _missing(self) -> Iterator[tuple[str, str]]:
        for number in sorted(set(get_args(PhaseNumber)) - set(self.phases)):
            yield f"{_PHASES}, {number}", "the phase is missing"
        for track in sorted(set(get_args(TrackId)) - set(self.tracks)):
            yield f"{_TRACKS}, {track}", "the track is missing"
        for number, phase in self.phases.items():
            for grade in sorted(set(GRADES) - set(phase.minimum_days)):
                yield f"{_PHASES}, {number}", f"minimum_days has no entry for grade {grade!r}"
        for name, limits in RULES.items():
            if name not in self.rules:
                yield f"{_RULES}, {name}", "the rule is missing"
            for limit in sorted(set(limits) - set(self.rules[name].limits if name in self.rules else limits)):
                yield f"{_RULES}, {name}", f"the limit {limit!r} is missing"
        for wish in sorted(set(WISHES) - set(self.wishes)):
            yield f"{_WISHES}, {wish}", "the text is missing"

    def _unknown(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        known: dict[str, Mapping[str, object]] = {
            "exercise": knowledge.exercises.exercises,
            "target": knowledge.exercises.targets,
            "code": knowledge.exercises.contraindications,
        }
        known["name"] = {**known["exercise"], **known["target"], **known["code"]}
        known["avoided"] = {**known["exercise"], **known["target"], **dict.fromkeys(_KINDS)}
        for where, kind, names in self._named():
            for name in names:
                if name not in known[kind]:
                    yield where, f"the name {name!r} does not exist"

    def _named(self) -> Iterator[tuple[str, str, Iterable[str]]]:
        for track in self.tracks.values():
            where = f"{_TRACKS}, {track.id}"
            yield where, "exercise", (*track.prefer, *track.only, *track.exclude)
            yield where, "code", (*track.contraindications, *track.lifted_from_phase)
            yield where, "avoided", (*track.avoid_weeks, *track.avoid_before_phase)
        for dose in self.doses:
            yield f"{_DOSES}, {dose.id}", "exercise", dose.prefer
            yield f"{_DOSES}, {dose.id}", "target", (dose.target,)
        for activity in self.activities:
            yield f"{_ACTIVITIES}, {activity.id}", "code", activity.when_contraindicated
        for item in self.prevention:
            yield f"{_PREVENTION}, {item.id}", "exercise", (item.exercise,)
        for rule in self.rules.values():
            yield f"{_RULES}, {rule.id}", "name", rule.names


def read_plan(read: Reader) -> PlanKnowledge:
    """Read ``protocols/``."""
    rows = read.by_id(_DOSES, DoseRow).values()
    return PlanKnowledge(
        phases={phase.number: phase for phase in read.entries(_PHASES, Phase)},
        tracks=read.by_id(_TRACKS, Track),
        doses=tuple(dose for row in rows for dose in row.doses()),
        activities=tuple(read.by_id(_ACTIVITIES, ActivityRule).values()),
        prevention=tuple(read.by_id(_PREVENTION, PreventionItem).values()),
        rules=read.by_id(_RULES, PlanRule),
        wishes=read.by_id(_WISHES, WishText),
    )
