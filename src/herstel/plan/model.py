"""A goal, a plan and everything it is made of, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from herstel.assessment.result import Assessment
from herstel.chain.model import BodySide, Chain
from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.plan_entries import PhaseNumber, TrackId
from herstel.text import Text

GoalKind = Literal["daily_life", "work", "sport", "prevention"]
SportLevel = Literal["recreational", "competitive", "semi_professional", "professional"]
SportKind = Literal["running", "sprint_ball", "kicking", "stretch", "other"]
"""What the sport asks of the hamstring; ``stretch`` is dance, gymnastics, martial arts."""
Fear = Literal["low", "some", "high"]
SessionKind = Literal["morning", "main", "running", "warm_up", "cool_down", "conditioning", "advice"]
Managed = Literal["conservative_avulsion", "apophyseal_avulsion", "loading_cleared"]
"""What a clinician decided after examining: a torn-off tendon, or a piece of bone torn off at the growth plate, that is
treated without surgery; or that what had to be seen first was seen, and the leg may be loaded."""
Action = Literal["advance", "hold", "step_back", "stop", "refer"]


EventKind = Literal["training", "match"]
EditKind = Literal["lock", "remove", "replace", "dose", "day", "add", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SportEvent:
    """A training or match in the person's week."""

    kind: EventKind
    weekday: int
    """0 is Monday."""
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the person wants, has and can give; everything personal that the plan needs.

    Attributes
    ----------
    start : date
        The first day of the plan.
    minutes : mapping of weekday (0 is Monday) to minutes
        Time for training on that day; a day that is missing is a day off. The morning routine is beside it.
    equipment : frozenset of str
        Ids of equipment.yaml; what nearly every home has need not be named.
    contraindications : frozenset of str
        Codes of contraindications.yaml that the person or therapist named, beside those found in the complaint.
    injury_date : date or None
        The first day of the complaint; None when unknown.
    managed : str or None
        What a clinician decided after examining; None when nobody has, or nothing was decided.
    """

    kind: GoalKind
    start: date
    minutes: Mapping[int, int]
    sport: SportKind | None = None
    level: SportLevel | None = None
    target_date: date | None = None
    equipment: frozenset[str] = frozenset()
    contraindications: frozenset[str] = frozenset()
    events: tuple[SportEvent, ...] = ()
    fear_of_movement: Fear | None = None
    injury_date: date | None = None
    morning_routine: bool = True
    managed: Managed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the person is on the road; progress computes it, the plan is made for it.

    Attributes
    ----------
    since : date
        The first day in this phase.
    on : date or None
        The day it was judged, on which the plan's week starts; None: on ``since``.
    volume : mapping of exercise to float
        Share of the usual dose, 1.0 when nothing decided otherwise (0.7 after a flare-up).
    paused_until : mapping of exercise to date
        Not before this day.
    steps : mapping of exercise to int
        How often the exercise was advanced (more sets, then more repetitions, then the next exercise).
    replaced : mapping of exercise to exercise
        By a harder one after advancing, by an easier one after stepping back.
    last_done : mapping of exercise to date
        The last day on which it was told to be done, so that a new week keeps the rest that is still due.
    on_hold : bool
        A red flag or a referral: nothing is loaded until a clinician has looked.
    """

    phase: PhaseNumber = 1
    since: date
    on: date | None = None
    running_step: int = 1
    volume: Mapping[str, float] = field(default_factory=dict)
    paused_until: Mapping[str, date] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    last_done: Mapping[str, date] = field(default_factory=dict)
    on_hold: bool = False
    discharged: bool = False

    @property
    def day(self) -> date:
        """The day the plan's week starts on."""
        return self.on or self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExercise:
    """An exercise the therapist adds; it has no figure.

    ``contraindications`` are the codes for which it is not safe: like those of the library they are never given up.
    """

    id: str
    name: Text
    target: str
    dose: Dose
    minutes: float
    cues: tuple[Text, ...] = ()
    heavy: bool = False
    rest_h: float = 24
    times_per_week: int = 2
    contraindications: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing the therapist changed by hand; regenerating respects it.

    Attributes
    ----------
    kind : str
        "lock" keeps the exercise in, "remove" keeps it out, "replace" puts ``other`` in its place, "dose" sets the dose
        or the times a week, "day" sets the days, "add" puts a library exercise in, "own" adds an exercise of the
        therapist's.
    days : frozenset of int
        The only days of the week for it, 0 is Monday; empty leaves the choice to the schedule.
    """

    kind: EditKind
    exercise: str
    reason: str
    date: date
    other: str | None = None
    dose: Dose | None = None
    times_per_week: int | None = None
    days: frozenset[int] = frozenset()
    own: OwnExercise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Finding -> target -> dose -> source -> what it leads to."""

    findings: tuple[str, ...]
    """Ids of contributors, "phase", "track", "prevention" or "edit"."""
    target: str
    dose: str
    """Id of the weekly dose, or "" for an exercise outside the doses."""
    sources: tuple[str, ...]
    leads_to: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedExercise:
    """An exercise in the plan of this phase: how much, how often, for which side, and why.

    ``sides`` is empty for an exercise that has no side.
    """

    exercise: str
    dose: Dose
    times_per_week: int
    minutes: float
    sides: tuple[BodySide, ...]
    heavy: bool
    rest_h: float
    why: Why
    locked: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is done together at one time of a day."""

    kind: SessionKind
    exercises: tuple[str, ...]
    minutes: float
    running_step: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day: sessions, sport, and what may and may not.

    ``activities`` are ids of activities.yaml that hold on this day.
    """

    date: date
    sessions: tuple[Session, ...]
    events: tuple[SportEvent, ...]
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something the person wished for that the week cannot hold, with what is left of it."""

    id: str
    """"minutes", "target:<id>", "edit:<exercise>", "match", "target_date" or "equipment:<id>"."""
    wanted: float
    possible: float
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """How good the schedule is: proven optimal, or at most this share from the best possible."""

    status: Literal["optimal", "feasible", "impossible"]
    gap: float
    penalty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from the given day."""

    start: date
    phase: PhaseNumber
    days: tuple[Day, ...]
    solution: Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadWeek:
    """One week of the road ahead: the earliest phase it can be in; criteria decide, not the calendar."""

    number: int
    start: date
    earliest_phase: PhaseNumber
    exercises: tuple[str, ...]
    running_steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as it is now. ``week`` starts at the position's day; ``road`` looks twelve weeks ahead."""

    assessment: Assessment
    chain: Chain
    goal: Goal
    track: TrackId
    position: Position
    injured_sides: tuple[BodySide, ...]
    exercises: tuple[PlannedExercise, ...]
    week: Week
    road: tuple[RoadWeek, ...]
    contraindications: Mapping[str, str]
    """Code to where it comes from: "complaint", "goal", "track"."""
    left_out: Mapping[str, str]
    """Exercise to the reason: a contraindication code, "equipment", "edit", "paused", "time"."""
    given_up: tuple[Wish, ...]
    edits: tuple[Edit, ...]
    own: Mapping[str, OwnExercise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """One difference between two plans."""

    kind: Literal["added", "removed", "dose", "frequency", "phase", "running_step", "moved"]
    exercise: str
    before: str
    after: str


GOAL_KINDS: tuple[GoalKind, ...] = get_args(GoalKind)
SPORT_KINDS: tuple[SportKind, ...] = get_args(SportKind)
SPORT_LEVELS: tuple[SportLevel, ...] = get_args(SportLevel)
FEARS: tuple[Fear, ...] = get_args(Fear)
MANAGED: tuple[Managed, ...] = get_args(Managed)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)
