"""What the pages of filming show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A test that can be filmed.

    ``figure`` is the outline over the picture. ``from_phase`` is the phase before which the tests of the chain that it
    answers are not advised, ``early`` whether that is not reached yet.
    """

    id: str
    name: str
    film: str
    view: str
    figure: Literal["lying", "standing", "kneeling", "front"]
    sided: bool
    least_fps: int
    from_phase: int
    early: bool
    advised: bool
    """Whether it answers a test that is worth doing next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something that is said while filming, so many seconds after it began; the last one ends it."""

    at_s: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRow:
    """One number with its error. ``chain_test`` is the name of the test of the chain it is a result of, else ""."""

    name: str
    value: str
    error: str
    detectable: str
    side: str
    fair: bool
    chain_test: str
    mark: int | None
    """Which of the drawings of the player shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A refusal or a flag: the reason, the remedy, and the code of its drawing where that shows the remedy."""

    code: str
    reason: str
    remedy: str
    pictured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A curve as lines in a picture of ``width`` by ``height``, and as rows of a table."""

    name: str
    unit: str
    lines: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    """Heights with the value that stands there."""
    seconds: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, str], ...]
    left: int
    right: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """Everything that a report says, in words."""

    rows: tuple[MeasuredRow, ...]
    refusals: tuple[NoticeRow, ...]
    flags: tuple[NoticeRow, ...]
    not_measured: tuple[str, ...]
    counts: bool
    """Whether something of it can be a result of the chain."""
    plot: Plot | None
    facts: Mapping[str, str]
