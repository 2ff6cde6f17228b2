"""A report as plain text for a terminal: wrapped, with bars and drawings as pictures of characters."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from herstel.assessment.report_parts import Bar, Line, Report, Section
from herstel.drawing.shapes import Drawing
from herstel.text import say

NARROWEST, WIDEST, DEFAULT_WIDTH = 40, 92, 80
BAR_WIDTH = 40


def terminal_width() -> int:
    """Columns to write in."""
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return min(max(columns, NARROWEST), WIDEST)


def as_text(report: Report, width: int = DEFAULT_WIDTH, *, short: bool = False) -> str:
    """The report as text.

    Parameters
    ----------
    report : Report
    width : int
        Columns.
    short : bool
        Leave out the folded sections and the sources.
    """
    shown = [section for section in report.sections if not (short and section.folded)]
    cited = _numbered(shown) if not short else {}
    rule = ("!" if report.tone == "act" else "=") * width
    parts = [rule, wrapped(report.headline, width), rule]
    for section in shown:
        parts += ["", *_section(section, cited, width)]
    if cited:
        parts += ["", _titled(say(report.language, "Sources"), width)]
        parts += [wrapped(f"[{number}] {citation}", width, rest="    ") for citation, number in cited.items()]
    if not short:
        parts += ["", rule, wrapped(report.headline, width), rule]
    return "\n".join(parts)


def as_long_text(title: str, parts: Sequence[tuple[str, Report]], width: int = DEFAULT_WIDTH, *, short: bool) -> str:
    """Several reports below each other, each under its own heading; a call to act in any of them comes first."""
    written = [wrapped(title, width)]
    for call in dict.fromkeys(report.headline for _, report in parts if report.tone == "act"):
        written += ["", "!" * width, wrapped(call, width), "!" * width]
    for heading, report in parts:
        written += ["", "#" * width, wrapped(heading, width, first="# ", rest="# "), "#" * width]
        written.append(as_text(report, width, short=short))
    return "\n".join(written)


def _numbered(sections: Iterable[Section]) -> dict[str, int]:
    """Every citation with its number, in order of appearance."""
    citations = dict.fromkeys(one for section in sections for line in section.lines for one in line.sources)
    return {citation: number for number, citation in enumerate(citations, start=1)}


def _section(section: Section, cited: dict[str, int], width: int) -> Iterator[str]:
    yield _titled(section.title, width)
    for line in section.lines:
        yield from _line(line, cited, width)
    for bar in section.bars:
        yield from _bar(bar, width)
    for drawing in section.drawings:
        yield from _drawing(drawing, width)


def _drawing(drawing: Drawing, width: int) -> Iterator[str]:
    """The picture, and below it the same in words."""
    from herstel.drawing.characters import as_characters

    yield ""
    yield as_characters(drawing, width).rstrip("\n")
    yield wrapped(f"{drawing.title}. {drawing.description}", width, first="  ", rest="  ")


def _titled(title: str, width: int) -> str:
    return wrapped(title, width) + "\n" + "-" * min(len(title), width)


def _line(line: Line, cited: dict[str, int], width: int) -> Iterator[str]:
    numbers = sorted(cited[source] for source in line.sources if source in cited)
    refer = f" [{', '.join(map(str, numbers))}]" if numbers else ""
    step = line.mark.rstrip(".").isdigit()
    mark = f"{line.mark} " if step else f"{line.mark}: " if line.mark else ""
    first, rest = ("   ", "      ") if step else ("", "") if line.heading else ("* ", "  ")
    if line.heading:
        yield ""
    yield wrapped(f"{mark}{line.text}{'' if line.detail else refer}", width, first=first, rest=rest)
    if line.detail:
        yield wrapped(f"{line.detail}{refer}", width, first="    ", rest="    ")


def _bar(bar: Bar, width: int) -> Iterator[str]:
    yield wrapped(bar.label, width, first="  ", rest="  ")
    size = min(BAR_WIDTH, width - 4)
    yield f"  |{picture(bar, size)}|"
    yield wrapped(bar.text, width, first="   ", rest="   ")


def picture(bar: Bar, size: int) -> str:
    """The range as a line and the estimate as a point on it; 0 at the left, 1 at the right."""
    low, point, high = (min(int(share * size), size - 1) for share in (bar.low, bar.probability, bar.high))
    return "".join("●" if i == point else "─" if low <= i <= high else " " for i in range(size))


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=True, break_on_hyphens=False
    )
