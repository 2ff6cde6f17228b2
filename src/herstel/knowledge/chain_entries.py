"""The knowledge of step 2, analyseren: the links of the movement chain, the tests that measure them and their norms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

LinkId = Literal[
    "hamstring", "glute_max", "glute_med", "core", "low_back", "hip_mobility", "pelvis", "knee", "ankle_foot",
    "history", "load", "sprint_mechanics",
]  # fmt: skip
LINKS: tuple[LinkId, ...] = get_args(LinkId)
EvidenceGrade = Literal["strong", "moderate", "weak", "none", "against"]
"""How well prospective data support that the link has to do with hamstring injury."""
Unit = Literal[
    "deg", "cm", "mm", "s", "reps", "N", "N/kg", "ratio", "percent", "kg", "km/h", "mmHg", "points", "yes_no"
]
Where = Literal["home", "phone", "practice", "device"]
Direction = Literal["higher_better", "lower_better", "middle_better"]
IndexName = Literal["hamstring", "chain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Entry):
    """One link of the chain: what it does for the hamstring, what is said of it, what is known of it."""

    id: LinkId
    name: Text
    role: Text
    claim: Text
    """What the founding document says of it, in our words."""
    evidence: Text
    """What prospective data say."""
    grade: EvidenceGrade
    basis: Basis
    source: Sources
    targets: tuple[str, ...] = ()
    """Training targets (ids of exercises/targets.yaml) that work on the link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTest(Entry):
    """A test of a link: how to do it at home or in the practice, and what a result can mean.

    Attributes
    ----------
    possible_low, possible_high : float
        A value outside this range is a typing error, not a body.
    phone_error : float or None
        One standard deviation of a phone measurement, in the unit of the test.
    index : str or None
        The index the test counts for, with ``index_weight``.
    """

    id: str
    link: LinkId
    name: Text
    unit: Unit
    per_side: bool
    direction: Direction
    how: tuple[Text, ...]
    needs: tuple[Text, ...]
    mistakes: tuple[Text, ...]
    stop_when: Text
    where: tuple[Where, ...]
    helper_needed: bool
    minutes: float
    possible_low: float
    possible_high: float
    grade: EvidenceGrade
    meaning: Text
    """What a deviating result may mean: a hypothesis, said as one."""
    basis: Basis
    source: Sources
    phone_error: float | None = None
    index: IndexName | None = None
    index_weight: float = 0.0
    targets: tuple[str, ...] = ()
    earliest_phase: int = 1
    """Not before this phase: a maximal test on a fresh injury is a harm, not a measurement."""

    def __post_init__(self) -> None:
        if not self.possible_low < self.possible_high:
            raise ValueError("possible_low lies below possible_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """What is usual for a test in one population; a row of ``tests/norms.csv``.

    ``deficit`` is the value from which a result deviates, in the test's direction. ``asymmetry`` and ``mdc`` are in the
    unit of the test, or in percent of the better side / of the value where ``*_percent`` is true.
    """

    test: str
    population: str
    name: Text
    sex: Literal["female", "male", "any"]
    age_low: float
    age_high: float
    level: Literal["any", "athlete", "elite"]
    state: Literal["any", "healthy", "acute", "after_return"]
    mean: float | None
    sd: float | None
    deficit: float | None
    deficit_high: float | None
    """The upper limit where too much deviates as well."""
    asymmetry: float | None
    asymmetry_percent: bool
    mdc: float | None
    mdc_percent: bool
    basis: Basis
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainImplication(Entry):
    """What follows from the story rather than from a test: morning stiffness that stays, a stretch injury, recurrence."""

    id: str
    link: LinkId
    when: Criterion
    title: Text
    text: Text
    tests: tuple[str, ...]
    """The tests it makes worth doing."""
    targets: tuple[str, ...]
    modifiable: bool
    grade: EvidenceGrade
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainKnowledge:
    links: Mapping[str, Link]
    tests: Mapping[str, ChainTest]
    norms: Mapping[str, tuple[Norm, ...]]
    """By test id, in file order."""
    implications: Mapping[str, ChainImplication]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        yield from ()

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown tests, targets, links; a test without a norm and without a reason."""
        yield from ()


def read_chain(read: Reader) -> ChainKnowledge:
    """Read ``links/`` and ``tests/``."""
    return ChainKnowledge(links={}, tests={}, norms={}, implications={})
