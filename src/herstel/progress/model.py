"""Check-ins and what is decided from them, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from herstel.assessment.result import Assessment, Referral
from herstel.knowledge.plan_entries import PhaseNumber
from herstel.knowledge.progress_entries import Milestone
from herstel.plan.model import Action, Plan, Position

Walking = Literal["pain_free", "some_pain", "limping", "cannot"]
WALKING: tuple[Walking, ...] = get_args(Walking)
SpeedBand = Literal["jog", "50-70", "70-80", "80-90", "90-100"]
SPEED_BANDS: tuple[SpeedBand, ...] = get_args(SpeedBand)
HIGH_SPEED: tuple[SpeedBand, ...] = ("80-90", "90-100")
Role = Literal["person", "therapist", "coach"]
GateName = Literal["1", "2", "3", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An exercise that was done: sets of an amount, effort 0-10, pain during 0-10. None is unknown."""

    exercise: str
    sets: int | None = None
    amount: float | None = None
    rpe: float | None = None
    pain: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run: which step of the ladder, metres by measured speed band, pain and limp."""

    step: int | None = None
    metres: Mapping[SpeedBand, float] = field(default_factory=dict)
    pain: float | None = None
    limp: bool | None = None
    in_fatigue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One day in under a minute. None is unknown, never zero and never "no".

    Attributes
    ----------
    pain_now, pain_worst, pain_during, pain_next_morning : float or None
        0-10. ``pain_next_morning`` is this morning's pain, after what was done the day before.
    stiffness_min : float or None
        Minutes of morning stiffness.
    sleep_h : float or None
    session_min, session_rpe : float or None
        All training and sport of the day, for session load (minutes x RPE).
    sport_share : float or None
        Share of a sport session that was taken part in, 1 for a full one at full intensity.
    symptoms : mapping of finding id to bool
        New symptoms that were asked; screened for red flags every time.
    could_not : frozenset of str
        Exercises left out because of pain.
    correction : str
        Reason why this record replaces an earlier one of the same date.
    """

    date: date
    pain_now: float | None = None
    pain_worst: float | None = None
    pain_during: float | None = None
    pain_next_morning: float | None = None
    stiffness_min: float | None = None
    walking: Walking | None = None
    sleep_h: float | None = None
    done: tuple[Done, ...] = ()
    could_not: frozenset[str] = frozenset()
    runs: tuple[Run, ...] = ()
    session_min: float | None = None
    session_rpe: float | None = None
    sport_share: float | None = None
    confidence: float | None = None
    fear_of_movement: Literal["low", "some", "high"] | None = None
    sharp_stab: bool | None = None
    gave_way: bool | None = None
    new_bruise: bool | None = None
    symptoms: Mapping[str, bool] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    """Answers of the question bank taken anew at a re-check of day 2, 4 or 7."""
    predicted_days: float | None = None
    """How many more days the person thinks it takes."""
    note: str = ""
    correction: str = ""
    recorded: int | None = None
    """Its place in the order in which check-ins and confirmations were recorded; None when that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a role said at a shared decision about returning to sport, or a therapist who looked at a warning sign."""

    role: Role
    agrees: bool
    date: date
    note: str = ""
    recorded: int | None = None
    """Its place in the order in which check-ins and confirmations were recorded; None when that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided on a day, by which rule and with which numbers.

    ``subject`` is an exercise id, "phase", "running", "person" or "plan".
    """

    date: date
    subject: str
    action: Action | Literal["review"]
    rule: str
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateItem:
    """One criterion of a gate: met, not met, or unknown (None), with the number it was judged on."""

    criterion: str
    met: bool | None
    value: float | None
    measured_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The gate at the end of the phase. It opens on criteria, never on the calendar alone."""

    name: GateName
    items: tuple[GateItem, ...]
    minimum_days_left: float

    @property
    def criteria_met(self) -> bool:
        return all(item.met for item in self.items)

    @property
    def open(self) -> bool:
        return self.criteria_met and self.minimum_days_left <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Load of the last seven days against the person's own earlier weeks; no ratio of the two is made.

    ``session`` is minutes x RPE; ``high_speed_m`` metres above 80 % of maximal speed. ``alerts`` names what lies above
    mean + 1.5 standard deviations. None: too few weeks known.
    """

    session: float | None
    session_limit: float | None
    high_speed_m: float | None
    high_speed_limit_m: float | None
    days_known: int
    alerts: tuple[Literal["session", "high_speed"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """How much of the planned work was told to be done in the last fourteen days. Missing days are unknown, not zero.

    ``share`` is None when no check-in tells.
    """

    days_known: int
    days_missing: int
    share: float | None
    longest_gap_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything that follows from the check-ins up to today."""

    plan: Plan
    """The plan the check-ins were judged against."""
    today: date
    position: Position
    decisions: tuple[Decision, ...]
    """All of them, oldest first."""
    gate: Gate | None
    """Of the present phase; in phase 4 the return-to-sport table; None once discharged."""
    return_table: Gate
    load: Load
    adherence: Adherence
    milestones: Mapping[Milestone, date]
    contacts: tuple[str, ...]
    """Ids of contacts.yaml: who to call, most urgent first."""
    referral: Referral | None
    """A check-in raised a red flag."""
    reassessment: Assessment | None
    """The assessment as the re-check of day 2, 4 or 7 revised it."""
    confirmations: tuple[Confirmation, ...]
    check_ins: tuple[CheckIn, ...]
    """As judged: corrected ones left out, oldest first."""
    baseline_pain: float | None
    watch_until: date | None
    """End of the 15 weeks of watching after return."""
    usual_stiffness_min: float | None = None
    running_asks: tuple[GateItem, ...] = ()
    """What the next step of the running ladder asks."""
    corrected: tuple[CheckIn, ...] = ()
    """Records that a later one of the same date replaced; kept, not judged."""

    @property
    def latest(self) -> tuple[Decision, ...]:
        """The decisions of the last day that had any."""
        last = self.decisions[-1].date if self.decisions else None
        return tuple(one for one in self.decisions if one.date == last)

    @property
    def phase(self) -> PhaseNumber:
        return self.position.phase
