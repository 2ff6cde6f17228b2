"""What an assessment says, as values. How it came to be is in the sibling modules; how it reads in ``report``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from herstel.complaint.model import Complaint
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.model import Destination, Modality, Nature
from herstel.quantities import Interval

GradeName = Literal["0", "1", "2", "3", "tendon"]
GRADES: tuple[GradeName, ...] = ("0", "1", "2", "3", "tendon")
InjuryType = Literal["sprint", "stretch", "kick", "blow", "overuse", "effort", "lifting", "none", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Estimated probability of one condition with the 90 % interval over the draws."""

    condition: str
    probability: float
    low: float
    high: float
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeJudgement:
    """How bad, on the ladder 0-3 and the tendon branch beside it.

    Attributes
    ----------
    probabilities : mapping of grade to float
        Sums to one over the grades and the tendon branch, given that the muscle or its tendon is the matter.
    applies : float
        Probability that the muscle or its tendon is the matter at all.
    ladder_grade : int or None
        What the self-report ladder says by itself; None with fewer than two items answered.
    ladder_sum : int
    uncertain_1_2 : bool
        The ladder cannot tell grade 1 from grade 2.
    ranges : mapping of grade to Interval
        The 90 % interval of each probability over the draws; empty when none were made.
    """

    probabilities: Mapping[GradeName, float]
    applies: float
    ladder_grade: int | None
    ladder_sum: int
    uncertain_1_2: bool
    ranges: Mapping[GradeName, Interval] = field(default_factory=dict)

    @property
    def most_likely(self) -> GradeName:
        return max(GRADES, key=lambda grade: self.probabilities[grade])


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionMet:
    """One criterion of the soreness-or-injury question: met, not met, or unknown."""

    criterion: str
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NatureJudgement:
    """Soreness or injury (or overuse, or coming from elsewhere, or an illness)."""

    verdict: Nature | None
    """None when it cannot be told."""
    probabilities: Mapping[Nature, float]
    criteria: tuple[CriterionMet, ...]
    ranges: Mapping[Nature, Interval] = field(default_factory=dict)
    """The 90 % interval of each probability over the draws; empty when none were made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyDecision:
    """How soon to see whom, and what decided it.

    Attributes
    ----------
    by_probability : Urgency
        What the probabilities alone would say.
    leaned : bool
        Raised because too many draws asked for more.
    decided_by : tuple of str
        Ids of the red flags that decided it; empty when the probabilities did.
    share_same : float
        Share of the draws with the same urgency.
    """

    level: Urgency
    see: Destination
    by_probability: Urgency
    leaned: bool
    decided_by: tuple[str, ...]
    raised_by: tuple[str, ...]
    share_same: float

    @property
    def robust(self) -> bool:
        return not self.leaned and self.share_same >= ROBUST_SHARE


ROBUST_SHARE = 0.80


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagingAdvice:
    """Which image, by when, and the rules that say so; ``none`` when no rule asks for one."""

    modality: Modality
    by_days: int | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A complaint, explained. Probabilities are estimates; ``ranking`` is the order in which to think of conditions.

    The ranking starts with what a fired red flag says must be ruled out first, then follows the probabilities.
    """

    complaint: Complaint
    knowledge_version: str
    differential: tuple[Likelihood, ...]
    ranking: tuple[str, ...]
    red_flags: tuple[str, ...]
    open_red_flags: tuple[str, ...]
    """Red flags that the answers so far neither raise nor rule out."""
    urgency: UrgencyDecision
    imaging: ImagingAdvice
    grade: GradeJudgement
    nature: NatureJudgement
    injury_type: InjuryType
    cannot_tell: bool
    draws: int

    @property
    def likely(self) -> Likelihood:
        """The most probable condition."""
        return self.differential[0]

    def likelihood(self, condition: str) -> Likelihood:
        """The estimate for one condition; KeyError for an unknown id."""
        return {one.condition: one for one in self.differential}[condition]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A red flag asks for help today: the act comes first, the explanation after it."""

    urgency: UrgencyDecision
    red_flags: tuple[str, ...]
    suspected: tuple[str, ...]
    assessment: Assessment


def assessment_of(result: Assessment | Referral) -> Assessment:
    """The assessment, also when a red flag made it a referral."""
    return result.assessment if isinstance(result, Referral) else result
