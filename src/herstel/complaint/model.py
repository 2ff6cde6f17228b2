"""What a person reports: facts only, nothing concluded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from herstel.knowledge.criterion import Truth
from herstel.knowledge.model import Context

Side = Literal["left", "right", "middle"]
SIDES: tuple[Side, ...] = get_args(Side)
Sex = Literal["female", "male", "other"]
AnswerValue = str | int | float | tuple[str, ...]
UNKNOWN, NONE_OF_THESE, UNSURE = "unknown", "none", "unsure"
WEEKS_6_DAYS = 42


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place on the body map; ``place`` is an id of the question bank's places question."""

    side: Side
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint as reported. What is not in ``findings`` is unknown, never absent.

    Attributes
    ----------
    findings : mapping of finding id to bool
        Known findings. Several members of an exclusive group present means "one of these".
    places : frozenset of Place
        Everywhere it hurts; empty when not reported.
    ladder : mapping of str to int
        Graded answers, 0 (best) to 3 (worst), of the self-report ladder.
    pain_nrs : float or None
        Pain at the moment itself or at its worst, 0 to 10.
    examination : mapping of clinician-test id to bool
        Positive or negative tests, when a clinician examined.
    """

    findings: Mapping[str, bool] = field(default_factory=dict)
    places: frozenset[Place] = frozenset()
    ladder: Mapping[str, int] = field(default_factory=dict)
    age_years: float | None = None
    days_since_onset: float | None = None
    pain_nrs: float | None = None
    sex: Sex | None = None
    sport: str | None = None
    level: str | None = None
    context: Context = "self_report_web"
    examination: Mapping[str, bool] = field(default_factory=dict)
    answers: Mapping[str, AnswerValue] = field(default_factory=dict)

    @property
    def sides(self) -> frozenset[Side]:
        """The sides it hurts on; empty when unknown."""
        return frozenset(place.side for place in self.places)

    def facts(self) -> "ReportedFacts":
        """The complaint as something criteria can ask."""
        return ReportedFacts(self)


class ReportedFacts:
    """Answers the questions of a criterion from a complaint; ``conclusions`` adds what was concluded from it."""

    def __init__(
        self,
        complaint: Complaint,
        probabilities: Mapping[str, float] | None = None,
        conclusions: Mapping[str, float] | None = None,
    ) -> None:
        self.finding = complaint.findings.get
        self._complaint = complaint
        self._probabilities = probabilities
        self._places = {place.place for place in complaint.places}
        self._numbers: dict[str, float | None] = {
            "age": complaint.age_years,
            "days": complaint.days_since_onset,
            "pain": complaint.pain_nrs,
            "places": len(self._places) or None,
            **(conclusions or {}),
        }

    def number(self, name: str) -> float | None:
        return self._numbers.get(name)

    def place(self, place: str) -> Truth:
        return place in self._places if self._places else None

    def ladder(self, item: str) -> int | None:
        return self._complaint.ladder.get(item)

    def level(self) -> str | None:
        return self._complaint.level

    def likelihood_of(self, conditions: Sequence[str]) -> float | None:
        if self._probabilities is None:
            return None
        return sum(self._probabilities[condition] for condition in conditions)
