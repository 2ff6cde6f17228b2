"""What the pages of tests and chain show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from herstel.chain.model import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of a test: by side up to three repetitions as text, and how it was measured."""

    values: Mapping[str, tuple[str, ...]]
    take: str
    method: str
    tester: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """What one side of a test says. ``word`` is the verdict in words; a page never shows a colour alone.

    ``difference`` with the other side, the ``error`` of the test and the ``limit`` from which a difference counts are
    amounts in words, "" where there is none or it is not known.
    """

    side: str
    value: str
    day: date
    verdict: str
    word: str
    detail: str
    sources: tuple[str, ...]
    difference: str = ""
    error: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRow:
    """``results`` is empty for a test that was not measured, which is not the same as normal."""

    __test__ = False  # not a test case, whatever its name says

    id: str
    name: str
    where: str
    results: tuple[ResultRow, ...]
    too_early: bool
    earliest_phase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    id: str
    name: str
    role: str
    tests: tuple[TestRow, ...]
    measured: int
    """How many of its tests were measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRow:
    id: str
    name: str
    why: str
    where: str
    minutes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HowTo:
    name: str
    link: str
    unit: str
    lowest: str
    highest: str
    steps: tuple[str, ...]
    needs: tuple[str, ...]
    mistakes: tuple[str, ...]
    stop_when: str
    meaning: str
    grade: str
    helper_needed: bool
    no_norm: str
    too_early: bool
    earliest_phase: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRow:
    """A measurement that stands, with the fact it is."""

    fact_id: int
    side: str
    value: str
    day: date
    by: str
    note: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributorRow:
    """A hypothesis. ``findings`` are the names of tests with what they say."""

    id: str
    name: str
    grade: str
    evidence: str
    text: str
    findings: tuple[tuple[str, ResultRow], ...]
    meanings: tuple[str, ...]
    targets: tuple[str, ...]
    sources: tuple[str, ...]
    modifiable: bool
    judgement: Judgement | None
    fact_id: int | None = None
    judged_by: str = ""
