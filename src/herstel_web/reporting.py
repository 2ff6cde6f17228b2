"""The reports of the domain as a page shows them: sections with lines that open, bars and drawings."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from herstel.assessment.report import Bar, Line, Report, Section, Tone
from herstel.drawing.shapes import Drawing
from herstel.drawing.svg import as_svg
from herstel.knowledge.criterion import Urgency

SHOWN_AT_ONCE: Mapping[str, int] = {"soreness_or_injury": 1}
"""Of these sections only the first lines are shown until the reader asks for the others."""
REASONS_SHOWN: frozenset[str] = frozenset({"act", "what"})
"""In these sections the reason stands below its line; in the others a line is opened to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """A bar as the picture needs it: positions in percent, written with a point in every language."""

    label: str
    text: str
    width: str
    range_start: str
    range_width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    id: str
    title: str
    folded: bool
    reasons_shown: bool
    lines: tuple[Line, ...]
    more_lines: tuple[Line, ...]
    bars: tuple[DrawnBar, ...]
    drawings: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The report as the page shows it: the act with the headline, the other sections in their order."""

    headline: str
    tone: Tone
    urgency: Urgency
    act: ShownSection | None
    sections: tuple[ShownSection, ...]


def report_page(report: Report) -> ReportPage:
    """A report, with what to do set apart from the rest."""
    shown = [shown_section(one) for one in report.sections]
    return ReportPage(
        headline=report.headline,
        tone=report.tone,
        urgency=report.urgency,
        act=next((one for one in shown if one.id == "act"), None),
        sections=tuple(one for one in shown if one.id != "act"),
    )


def shown_section(section: Section) -> ShownSection:
    """A section with everything a template needs and nothing it has to work out."""
    at_once = SHOWN_AT_ONCE.get(section.id, len(section.lines))
    return ShownSection(
        id=section.id,
        title=section.title,
        folded=section.folded,
        reasons_shown=section.id in REASONS_SHOWN,
        lines=section.lines[:at_once],
        more_lines=section.lines[at_once:],
        bars=tuple(map(_drawn, section.bars)),
        drawings=tuple(map(picture, section.drawings)),
    )


def picture(drawing: Drawing) -> SafeString:
    """A drawing as SVG in the page, in the colours of its style sheet."""
    return mark_safe(as_svg(drawing, style="page"))  # noqa: S308 - the domain draws it and escapes every text


def _drawn(bar: Bar) -> DrawnBar:
    return DrawnBar(
        label=bar.label,
        text=bar.text,
        width=_percent(bar.probability),
        range_start=_percent(bar.low),
        range_width=_percent(max(bar.high - bar.low, 0.004)),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
