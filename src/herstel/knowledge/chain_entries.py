"""The knowledge of step 2, analyseren: the links of the movement chain, the tests that measure them and their norms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.norm_entries import Norm, read_norm
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
GRADES_OF_EVIDENCE: tuple[EvidenceGrade, ...] = get_args(EvidenceGrade)
Unit = Literal[
    "deg", "deg/s", "cm", "mm", "s", "reps", "N", "N/kg", "Nm/kg", "ratio", "percent", "kg", "km/h", "mmHg", "points",
    "yes_no",
]  # fmt: skip
Where = Literal["home", "phone", "practice", "device"]
PLACES: tuple[Where, ...] = get_args(Where)
"""Where a test can be done, the easiest first."""
Direction = Literal["higher_better", "lower_better", "middle_better"]
IndexName = Literal["hamstring", "chain"]

TEST_FILES = tuple(f"tests/{region}.yaml" for region in ("hamstring", "strength", "hip_and_trunk", "leg", "sprint"))
"""In the order in which the tests are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Entry):
    """One link of the chain: what it does for the hamstring, what is said of it, what is known of it."""

    id: LinkId
    name: Text
    short: Text
    """The name where there is little room."""
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
        The index the test counts for, with ``index_weight``; tests of one ``index_part`` share its weight.
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
    index_part: str = ""
    targets: tuple[str, ...] = ()
    compares_sides: bool = False
    """A test without sides that itself compares the legs; it speaks of the injured one."""
    earliest_phase: int = 1
    """Not before this phase: a maximal test on a fresh injury is a harm, not a measurement."""
    no_norm: Text | None = None
    """Why there is nothing to compare with; required of a test without a norm."""

    def __post_init__(self) -> None:
        if not self.possible_low < self.possible_high:
            raise ValueError("possible_low lies below possible_high")
        if self.compares_sides and self.per_side:
            raise ValueError("a test that itself compares the sides is not done per side")
        if (self.index is None) is not (not self.index_part or not self.index_weight):
            raise ValueError("a test that counts for an index names its index_part and index_weight, and no other does")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem(Entry):
    """One point of a test that somebody scores by looking: a fault counts for one."""

    id: str
    test: str
    moment: Text
    look: Text
    fault: Text
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainImplication(Entry):
    """What follows from the story rather than from a test: morning stiffness that stays, a stretch injury, recurrence.

    ``size`` (0 to 1) is how much it weighs among things of the same grade of evidence; it only ranks.
    """

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
    size: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRules(Entry):
    """The numbers of the analysis that belong to no single test.

    Attributes
    ----------
    z_cap : float
        Standard deviations beyond which a result counts no more for an index or a weight.
    acute_days : float
        So long after it began the complaint is fresh, and norms of fresh injuries come first.
    comparable_days : int
        Two sides are compared only when measured at most so many days apart.
    clear_difference : float
        A side difference of so many times its threshold counts as much as the largest deviation.
    grade_weights : mapping of EvidenceGrade to float
        What evidence of each grade weighs in the ranking.
    least_size : float
        What a finding weighs that is only just one, against the largest.
    other_side : float
        What a finding weighs that is there on the other side only.
    uncertainty : mapping of LinkVerdict to float
        How much a test of a link can still tell.
    plan_value : float
        What a test adds that tells the plan what to train, whatever its evidence.
    asked_for : float
        What each thing in the story or on the way to the next phase that asks for a test adds to its gain.
    minute_cost, helper_cost, device_cost : float
        What the effort of a test takes off its gain.
    most_next_tests, most_per_link : int
    """

    z_cap: float
    acute_days: float
    comparable_days: int
    clear_difference: float
    grade_weights: Mapping[EvidenceGrade, float]
    least_size: float
    other_side: float
    uncertainty: Mapping[str, float]
    plan_value: float
    asked_for: float
    minute_cost: float
    helper_cost: float
    device_cost: float
    most_next_tests: int
    most_per_link: int
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianGrading(Entry):
    """Limits between grade 1 and 2 and between 2 and 3 of what a clinician measures at the first visit."""

    id: Literal["knee_extension", "leg_raise", "strength"]
    name: Text
    tests: tuple[str, ...]
    """The tests whose side difference says it; the first that was measured counts."""
    unit: Unit
    grade_2_from: float
    grade_3_above: float
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainKnowledge:
    links: Mapping[LinkId, Link]
    tests: Mapping[str, ChainTest]
    norms: Mapping[str, tuple[Norm, ...]]
    """By test id, in file order."""
    implications: Mapping[str, ChainImplication]
    rules: ChainRules
    grading: tuple[ClinicianGrading, ...]
    items: Mapping[str, ScoreItem]
    """What to look at for tests that are scored point by point."""

    def items_of(self, test: str) -> tuple[ScoreItem, ...]:
        """The points of a test, in the order in which they are looked at."""
        return tuple(item for item in self.items.values() if item.test == test)

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        files: Mapping[str, Iterable[Any]] = {
            "links/links.yaml": self.links.values(),
            "links/implications.yaml": self.implications.values(),
            "links/grading.yaml": self.grading,
            "tests": self.tests.values(),
            "tests/items.yaml": self.items.values(),
        }
        for file, entries in files.items():
            for entry in entries:
                yield f"{file}, {entry.id}", entry
        for test, norms in self.norms.items():
            for norm in norms:
                yield f"tests/norms.csv, {test} {norm.population}", norm
        yield "links/rules.yaml, rules", self.rules

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown tests, targets, links; a test without a norm and without a reason."""
        for link in sorted(set(LINKS) - set(self.links)):
            yield f"links/links.yaml, {link}", "the entry is missing"
        for grade in sorted(set(GRADES_OF_EVIDENCE) - set(self.rules.grade_weights)):
            yield "links/rules.yaml, rules.grade_weights", f"the grade {grade!r} has no weight"
        yield from self._unknown_tests()
        yield from self._unknown_targets(knowledge)
        yield from self._norms_that_do_not_fit()
        yield from self._items_that_do_not_add_up()

    def _unknown_tests(self) -> Iterator[tuple[str, str]]:
        named = [
            *((f"links/implications.yaml, {one.id}", one.tests) for one in self.implications.values()),
            *((f"links/grading.yaml, {one.id}", one.tests) for one in self.grading),
            *((f"tests/norms.csv, {test}", (test,)) for test in self.norms),
            *((f"tests/items.yaml, {one.id}", (one.test,)) for one in self.items.values()),
        ]
        for thing, tests in named:
            for test in tests:
                if test not in self.tests:
                    yield thing, f"the test {test!r} does not exist"

    def _unknown_targets(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        known = knowledge.exercises.targets
        files: Mapping[str, Iterable[Link | ChainTest | ChainImplication]] = {
            "links/links.yaml": self.links.values(),
            "links/implications.yaml": self.implications.values(),
            "tests": self.tests.values(),
        }
        for file, entries in files.items():
            for entry in entries:
                for target in entry.targets:
                    if target not in known:
                        yield f"{file}, {entry.id}", f"the training target {target!r} does not exist"

    def _items_that_do_not_add_up(self) -> Iterator[tuple[str, str]]:
        for name in sorted({one.test for one in self.items.values()} & set(self.tests)):
            count, most = len(self.items_of(name)), self.tests[name].possible_high
            if count != most:
                yield "tests/items.yaml", f"the test {name!r} has {count} points to score and can be at most {most:g}"

    def _norms_that_do_not_fit(self) -> Iterator[tuple[str, str]]:
        for test in self.tests.values():
            if (test.id in self.norms) is (test.no_norm is not None):
                yield f"tests, {test.id}", "needs either a norm in norms.csv or a no_norm text that says why not"
        for thing, norm in ((f"tests/norms.csv, {one.test} {one.population}", one) for one in self._all_norms()):
            middle = norm.test in self.tests and self.tests[norm.test].direction == "middle_better"
            if norm.deficit_high is not None and not middle:
                yield thing, "only a test whose middle is best has a deficit_high"

    def _all_norms(self) -> Iterator[Norm]:
        for norms in self.norms.values():
            yield from norms


def read_chain(read: Reader) -> ChainKnowledge:
    """Read ``links/`` and ``tests/``."""
    links: Mapping[Any, Link] = read.by_id("links/links.yaml", Link)
    norms: dict[str, tuple[Norm, ...]] = {}
    for (test, _), norm in read.table("tests/norms.csv", read_norm):
        norms[test] = (*norms.get(test, ()), norm)
    rules = read.entries("links/rules.yaml", ChainRules, [read.raw("links/rules.yaml")])
    return ChainKnowledge(
        links=links,
        tests=read.by_id_in(TEST_FILES, ChainTest),
        norms=norms,
        implications=read.by_id("links/implications.yaml", ChainImplication),
        rules=rules[0] if rules else _NO_RULES,
        grading=read.entries("links/grading.yaml", ClinicianGrading),
        items=read.by_id("tests/items.yaml", ScoreItem),
    )


_NO_RULES = ChainRules(
    z_cap=1, acute_days=0, comparable_days=0, clear_difference=1, grade_weights={}, least_size=0, other_side=0,
    uncertainty={}, plan_value=0, asked_for=0, minute_cost=0, helper_cost=0, device_cost=0, most_next_tests=0,
    most_per_link=0, basis="elicited", source=(),
)  # fmt: skip
"""Stands in until the faults of an unreadable file are told; a knowledge with it never leaves the loader."""
