"""What is measured of the chain and what it says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from herstel.assessment.result import Assessment, Referral
from herstel.knowledge.chain_entries import EvidenceGrade, LinkId, Unit, Where

BodySide = Literal["left", "right"]
BODY_SIDES: tuple[BodySide, ...] = get_args(BodySide)
Method = Literal[
    "observation", "count", "stopwatch", "tape", "goniometer", "inclinometer", "dynamometer", "device", "phone_video",
    "motion_capture", "story",
]  # fmt: skip
METHODS: tuple[Method, ...] = get_args(Method)
Tester = Literal["self", "helper", "therapist"]
TESTERS: tuple[Tester, ...] = get_args(Tester)
TestVerdict = Literal["normal", "deviating", "within_error", "not_judged"]
LinkVerdict = Literal["normal", "deviating", "within_error", "not_measured"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One result of one test, as it was measured; the unit is the test's own.

    ``correction`` is the reason why this record replaces an earlier one of the same test, side and date; both are kept.
    """

    test: str
    side: BodySide | None
    value: float
    unit: Unit
    method: Method
    tester: Tester
    date: date
    standard_error: float | None = None
    """In the unit of the test, when the way of measuring brings its own (video)."""
    note: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDifference:
    """The injured side against the other; positive means the injured side is worse.

    Attributes
    ----------
    difference : float
        In the unit of the test.
    percent : float or None
        Of the better side; None where the better side is zero.
    threshold, error : float or None
        The asymmetry from which it counts and the minimal detectable change, both in the unit of the test.
    """

    difference: float
    percent: float | None
    threshold: float | None
    error: float | None
    verdict: TestVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """What the latest measurement of a test on one side says.

    Attributes
    ----------
    z : float or None
        Standard deviations from the mean of the population, negative is worse; None without a norm.
    population : str or None
        The norm it was compared with: of several that may hold, the one that judges mildest.
    agreeing : tuple of str
        The other norms that may hold of this person; a finding must be one by all of them.
    beyond_threshold, beyond_error : bool or None
        A finding needs both: over the threshold and outside the error of the test.
    """

    __test__ = False  # not a test case, whatever its name says

    test: str
    link: LinkId
    side: BodySide | None
    measurement: Measurement
    verdict: TestVerdict
    z: float | None
    population: str | None
    threshold: float | None
    error: float | None
    beyond_threshold: bool | None
    beyond_error: bool | None
    difference: SideDifference | None
    """Only on the injured side, or on the worse side when neither or both are injured."""
    agreeing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """One link on both sides. What was not measured is said to be so, never called normal."""

    link: LinkId
    verdicts: Mapping[BodySide, LinkVerdict]
    results: tuple[TestResult, ...]

    @property
    def worst(self) -> LinkVerdict:
        order: tuple[LinkVerdict, ...] = ("deviating", "within_error", "normal", "not_measured")
        return min(self.verdicts.values(), key=order.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The therapist confirms or rejects a contributor, with the reason."""

    contributor: str
    verdict: Literal["confirmed", "rejected"]
    reason: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A hypothesis: this may be why it came, stays or comes back.

    Attributes
    ----------
    id : str
        The link, or an implication of the story.
    weight : float
        For ranking only, 0 to 1; no probability.
    targets : tuple of str
        What the plan trains because of it.
    """

    id: str
    link: LinkId
    side: BodySide | None
    weight: float
    grade: EvidenceGrade
    results: tuple[TestResult, ...]
    targets: tuple[str, ...]
    sources: tuple[str, ...]
    modifiable: bool
    judgement: Judgement | None = None

    @property
    def counts(self) -> bool:
        """Whether the plan uses it: not when the therapist rejected it."""
        return self.judgement is None or self.judgement.verdict == "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A weighted mean of z-scores (negative is worse); None when nothing of it was measured."""

    value: float | None
    parts: Mapping[str, float]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedMeasure:
    """One measure of a clinician, as the difference between the legs, and the grade that it fits."""

    measure: str
    """An entry of ``links/grading.yaml``, or "gait" or "gap" of the complaint, which have no value."""
    value: float | None
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianGrade:
    """What a clinician's measurements of the first days say about the grade: a second opinion beside the story."""

    grade: int
    measures: tuple[GradedMeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTest:
    """A test worth doing next, where it can be done, and what it could change (0 to 1, for ranking)."""

    test: str
    gain: float
    where: Where
    because: tuple[str, ...]
    """Ids of implications, links or gates that ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The chain of one person."""

    assessment: Assessment
    referral: Referral | None
    """The assessment was a referral: nothing is loaded before a clinician has looked."""
    measurements: tuple[Measurement, ...]
    """Everything measured, by date; corrected ones left out."""
    injured_side: BodySide | None
    """None when it is both or unknown."""
    results: tuple[TestResult, ...]
    links: Mapping[LinkId, LinkState]
    contributors: tuple[Contributor, ...]
    """Most important first; rejected ones stay in the list and say so."""
    hamstring_index: Index
    chain_index: Index
    next_tests: tuple[NextTest, ...]
    implications: tuple[str, ...]
    corrected: tuple[Measurement, ...] = field(default=())
    """Records that a later one replaced."""
    clinician_grade: ClinicianGrade | None = None
    """None when no clinician measured in the first days."""
    phase: int = 1
    """The phase of recovery; no test is advised before its time."""
