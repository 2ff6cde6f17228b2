"""The knowledge as frozen values. Every class here is one kind of entry in the files of ``knowledge/data``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from herstel.knowledge.chain_entries import ChainKnowledge
from herstel.knowledge.criterion import URGENCY_LEVELS, Criterion, Urgency
from herstel.knowledge.entry import Entry, Source, Sources
from herstel.knowledge.exercise_entries import ExerciseKnowledge
from herstel.knowledge.forecast_entries import ForecastKnowledge
from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.knowledge.plan_entries import PlanKnowledge
from herstel.knowledge.progress_entries import ProgressKnowledge
from herstel.quantities import Basis, Probability
from herstel.text import Text

Destination = Literal[
    "niemand", "fysiotherapeut", "huisarts", "huisartsenpost", "sportarts", "orthopeed", "seh", "ambulance"
]
Modality = Literal["none", "xray", "ultrasound", "mri"]
Context = Literal["self_report_web", "sports_club", "physio_direct_access", "gp_practice"]
AgeBand = Literal["10-17", "18-39", "40-64", "65+"]
Nature = Literal["soreness", "injury", "overuse", "elsewhere", "illness"]
Group = Literal["onset", "mechanism", "location"]
Severity = Literal["0", "1", "2", "3", "tendon", "none"]
Block = Literal["person", "red_flags", "place", "start", "function", "course", "history"]
QuestionKind = Literal["single", "several", "number", "places"]

CONTEXTS: tuple[Context, ...] = ("self_report_web", "sports_club", "physio_direct_access", "gp_practice")
AGE_BANDS: tuple[AgeBand, ...] = ("10-17", "18-39", "40-64", "65+")
GROUPS: tuple[Group, ...] = ("onset", "mechanism", "location")
LadderName = Literal["walking", "moment", "heel_pull", "straighten", "bruise", "pain"]
LADDER: tuple[LadderName, ...] = get_args(LadderName)
LADDER_WORST = 3
"""A graded answer runs from 0, the best, to this."""
FACTS = ("sex", "sport", "level", "context")
"""What an answer can say of the person beside findings."""
YOUNGEST_YEARS, OLDEST_YEARS = 10, 110


def age_band(age_years: float) -> AgeBand:
    """The age band of ``priors.csv`` that an age in years falls in."""
    return AGE_BANDS[(age_years >= 18) + (age_years >= 40) + (age_years >= 65)]


def urgency_rank(urgency: Urgency) -> int:
    """0 for self-care up to 4 for an emergency."""
    return URGENCY_LEVELS.index(urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Entry):
    version: str
    date: str
    review: Literal["not_reviewed", "reviewed"]
    review_text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Entry):
    """Usual course of a condition; the range in days where the source gives one."""

    text: Text
    low_days: float | None = None
    high_days: float | None = None
    basis: Basis | None = None
    source: Sources = "founding-document"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate(Entry):
    text: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedUrgency(Entry):
    level: Urgency
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Entry):
    """A condition the differential weighs; ``case_class`` is its name in the published cases."""

    id: str
    name: Text
    explanation: Text
    case_class: str
    severity: Severity
    urgency: Urgency
    see: tuple[Destination, ...]
    imaging: Modality
    soreness_or_injury: Nature
    course: Course
    base_rate: BaseRate
    basis: Basis
    source: Sources
    founding_course: Course | None = None
    urgency_if: tuple[RaisedUrgency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster(Entry):
    """Findings that come together; their weight is tempered because they are not independent."""

    id: str
    name: Text
    temper: float
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if not 0 < self.temper <= 1:
            raise ValueError(f"temper is between 0 and 1, not {self.temper}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Entry):
    """Something that is present, absent or unknown in a complaint."""

    id: str
    name: Text
    kind: Literal["matrix", "safety", "context"]
    explanation: Text | None = None
    group: Group | None = None
    cluster: str | None = None
    valid_from_day: int = 0
    age_driven: bool = False
    specific_for: tuple[str, ...] = ()
    assumed_rate: float = 0.02
    """Elicited share of visitors with a safety finding; only the choice of questions uses it."""

    def __post_init__(self) -> None:
        if (self.kind == "matrix") is not (self.cluster is not None):
            raise ValueError("a matrix finding names its cluster, and no other finding has one")
        if not 0 < self.assumed_rate < 1:
            raise ValueError(f"assumed_rate is a proportion between 0 and 1, not {self.assumed_rate}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianTest(Entry):
    """A physical test with its printed accuracy and the likelihood ratios the engine dares to use."""

    id: str
    name: Text
    how: Text
    targets: tuple[str, ...]
    use_reason: Text
    family: str | None
    sample: str
    basis: Basis
    source: Sources
    sensitivity: float | None = None
    sens_low: float | None = None
    sens_high: float | None = None
    specificity: float | None = None
    spec_low: float | None = None
    spec_high: float | None = None
    likelihood_ratio_positive: float | None = None
    likelihood_ratio_negative: float | None = None
    use_positive: float | None = None
    use_negative: float | None = None

    def __post_init__(self) -> None:
        for name in ("sensitivity", "sens_low", "sens_high", "specificity", "spec_low", "spec_high"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"{name} is a proportion from 0 to 1, not {share}")
        if self.use_positive is not None and not 1 <= self.use_positive <= 5:
            raise ValueError(f"use_positive lies between 1 and the cap of 5, not at {self.use_positive}")
        if self.use_negative is not None and not 0.2 <= self.use_negative <= 1:
            raise ValueError(f"use_negative lies between the floor of 0.2 and 1, not at {self.use_negative}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Entry):
    """One answer to a question: what it makes present, absent, graded or known."""

    id: str
    label: Text
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    ladder: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item, level in self.ladder.items():
            if item not in LADDER or not 0 <= level <= LADDER_WORST:
                raise ValueError(f"{item!r} at level {level} is not on the ladder: {', '.join(LADDER)}, each 0 to 3")
        for fact in self.facts:
            if fact not in FACTS:
                raise ValueError(f"{fact!r} is not a fact about a person; use one of {', '.join(FACTS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entry):
    id: str
    block: Block
    text: Text
    summary: Text
    kind: QuestionKind
    help: Text | None = None
    always: bool = False
    ask_when: Criterion | None = None
    options: tuple[Option, ...] = ()
    fact: Literal["age_years", "days_since_onset", "pain_nrs"] | None = None
    unit: Text | None = None
    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        if self.kind == "number":
            if self.fact is None or self.min is None or self.max is None or self.min >= self.max:
                raise ValueError("a number needs the fact it is, and a min below its max")
        elif not self.options or len({option.id for option in self.options}) < len(self.options):
            raise ValueError("needs options, each with its own id")

    @property
    def findings(self) -> frozenset[str]:
        """Everything the question is about, and what follows from the number of days."""
        named = frozenset(f for option in self.options for f in (*option.present, *option.absent))
        return named | {"duration_over_6_weeks"} if self.fact == "days_since_onset" else named

    def option(self, option: str) -> Option | None:
        """The option with this id, or None."""
        return next((one for one in self.options if one.id == option), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag(Entry):
    """A safety rule: it fires before and regardless of the differential.

    ``level`` is the least urgency it asks for; a rule with ``raise_one_level`` instead lifts self-care to
    physiotherapist and physiotherapist to GP.
    """

    id: str
    evidence: str
    when: Criterion
    title: Text
    why: Text
    action: Text
    see: Destination
    basis: Basis
    source: Sources
    level: Urgency | None = None
    raise_one_level: bool = False
    suspects: tuple[str, ...] = ()
    names_first: bool = False
    elicited_note: Text | str | None = None

    def __post_init__(self) -> None:
        if (self.level is None) is not self.raise_one_level:
            raise ValueError("needs either a level or raise_one_level: true")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyLevel(Entry):
    """One of the five levels; ``risk_threshold`` is the summed probability from which it is asked for."""

    id: Urgency
    name: Text
    by_when: Text
    call: Text
    """The call to act, said first."""
    see: Destination
    risk_threshold: float | None
    basis: Basis
    source: Sources
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationInfo(Entry):
    id: Destination
    name: Text
    what: Text
    how: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagingRule(Entry):
    """A rule that asks for an image, or (modality none) says why none is needed."""

    id: str
    modality: Modality
    by_days: int
    when: Criterion
    title: Text
    why: Text
    origin: Literal["founding", "evidence"]
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceItem(Entry):
    """Something to do or to avoid, when its criterion holds."""

    id: str
    kind: Literal["do", "avoid"]
    when: Criterion
    text: Text
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SportItem(Entry):
    """May I go on with my sport? The first item whose criterion holds is the answer."""

    id: str
    when: Criterion
    answer: Literal["yes", "adapted", "no"]
    text: Text
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine(Entry):
    """A short self-care routine as steps (morning stiffness, warm-up, home exercises, GP or physiotherapist)."""

    id: str
    title: Text
    when: Criterion
    intro: Text
    steps: tuple[Text, ...]
    caveat: Text | None
    minutes_low: int | None
    minutes_high: int | None
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeInfo(Entry):
    """A grade in words; the founding document's wording beside what the evidence says."""

    id: Literal["0", "1", "2", "3", "tendon"]
    name: Text
    meaning: Text
    founding: Text | None
    evidence: Text
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderItem(Entry):
    """One graded item of the self-report ladder with the wording of its levels 0 to 3 (null: no such level)."""

    id: LadderName
    name: Text
    levels: tuple[Text | None, ...]
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRange(Entry):
    """A usual recovery time, of the founding document or of the evidence; the two are never mixed."""

    id: str
    origin: Literal["founding", "evidence"]
    when: Criterion
    text: Text
    low_days: float | None
    high_days: float | None
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck(Entry):
    """When to look again (days since the start), which questions to answer again, and why."""

    id: str
    day: int
    when: Criterion
    questions: tuple[str, ...]
    text: Text
    why: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SorenessCriterion(Entry):
    """A sign of the soreness-or-injury question, what it points to, and where the evidence differs."""

    id: str
    points_to: Literal["soreness", "injury"]
    criterion: Criterion
    text: Text
    evidence_differs: Text | None
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything that can be said to the person, each kind from its own file in ``advice/``."""

    urgency: tuple[UrgencyLevel, ...]
    destinations: tuple[DestinationInfo, ...]
    imaging: tuple[ImagingRule, ...]
    first_days: tuple[AdviceItem, ...]
    sport: tuple[SportItem, ...]
    routines: tuple[Routine, ...]
    grades: tuple[GradeInfo, ...]
    ladder: tuple[LadderItem, ...]
    recovery: tuple[RecoveryRange, ...]
    rechecks: tuple[Recheck, ...]
    soreness: tuple[SorenessCriterion, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Knowledge:
    """Everything the engine knows, of one version; every lookup is by id."""

    version: Version
    sources: Mapping[str, Source]
    conditions: Mapping[str, Condition]
    findings: Mapping[str, Finding]
    clusters: Mapping[str, Cluster]
    likelihoods: Mapping[tuple[str, str], Probability]
    """P(finding present | condition) by (finding id, condition id)."""
    priors: Mapping[tuple[Context, AgeBand], Mapping[str, Probability]]
    age_weights: Mapping[Context, Mapping[AgeBand, float]]
    """Share of each age band among the visitors of a context, for a complaint whose age is unknown."""
    tests: Mapping[str, ClinicianTest]
    questions: Mapping[str, Question]
    red_flags: Mapping[str, RedFlag]
    advice: Advice
    chain: ChainKnowledge
    exercises: ExerciseKnowledge
    plan: PlanKnowledge
    progress: ProgressKnowledge
    forecast: ForecastKnowledge
    movement: MovementKnowledge

    @cached_property
    def matrix_findings(self) -> tuple[str, ...]:
        """Ids of the findings that the differential weighs, in file order."""
        return tuple(finding.id for finding in self.findings.values() if finding.kind == "matrix")

    def group_members(self, group: Group) -> tuple[str, ...]:
        """Ids of the findings of an exclusive group; exactly one of them is true of a complaint."""
        return tuple(finding.id for finding in self.findings.values() if finding.group == group)
