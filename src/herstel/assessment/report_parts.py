"""What a report is made of: sections with lines and bars. No markup, no framework, no wording."""

from dataclasses import dataclass, field
from typing import Literal

from herstel.drawing.shapes import Drawing
from herstel.knowledge.criterion import Urgency
from herstel.text import Language

Tone = Literal["act", "plain", "reassure"]
SectionId = Literal[
    "act", "changed", "what", "soreness_or_injury", "grade", "today", "sport", "routines", "imaging", "recovery",
    "recheck", "differential", "why", "certainty", "not_asked", "about",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement; ``detail`` is the reason behind it, ``sources`` the citations, ``mark`` a word before it.

    ``heading`` says that the lines after it belong to it.
    """

    text: str
    detail: str = ""
    sources: tuple[str, ...] = ()
    mark: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of the differential's picture: probability and its interval, 0 to 1."""

    label: str
    probability: float
    low: float
    high: float
    text: str
    """The same in words, e.g. "about 45 in 100 (range 20 to 70)"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    title: str
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    folded: bool = False
    """Detail that a page shows only when asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an assessment says, in one language."""

    language: Language
    urgency: Urgency
    headline: str
    tone: Tone
    sections: tuple[Section, ...] = field(default=())
