"""Reports as one HTML page that needs nothing else: no scripts, no addresses, readable on paper and in the dark."""

from collections.abc import Iterator, Sequence
from html import escape

from herstel.assessment.report_parts import Bar, Line, Report, Section
from herstel.drawing.shapes import Drawing
from herstel.text import Language, say

Cited = dict[str, int]

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --edge: #d0d7de;
  --act: #9a1212; --plain: #0b4f8a; --reassure: #14622f; --bar: #0b4f8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16191d; --soft: #aab2bb; --edge: #3a4149;
  --act: #ff8f8f; --plain: #82bdf2; --reassure: #7fd49a; --bar: #82bdf2; } }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.45rem; line-height: 1.3; border-left: .5rem solid; padding: .5rem 0 .5rem .9rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
article { border-top: 2px solid var(--edge); margin-top: 2.5rem; } article h2 { font-size: 1.3rem; }
.headline { font-weight: 600; } .act .headline { color: var(--act); }
figure { margin: 1rem 0; } figure svg { display: block; width: min(100%, 30rem); height: auto; }
.act h1 { color: var(--act); } .plain h1 { color: var(--plain); } .reassure h1 { color: var(--reassure); }
ul { padding-left: 1.2rem; } li { margin: .6rem 0; } li.step { list-style: none; margin: .3rem 0 .3rem 1rem; }
li.heading { list-style: none; margin: 1.4rem 0 .6rem -1.2rem; }
.detail, .bar p { color: var(--soft); display: block; margin: .1rem 0 0; } sup { font-size: .75em; }
summary { cursor: pointer; margin: 1.2rem 0; } summary h2, summary h3 { display: inline; }
.bar { margin: .9rem 0; } .bar p { margin: 0; }
.track { position: relative; height: .8rem; border: 1px solid var(--edge); border-radius: .4rem; }
.track span { position: absolute; top: 0; bottom: 0; background: var(--bar); }
.track .range { opacity: .35; border-radius: .4rem; } .track .point { width: .3rem; margin-left: -.15rem; }
@media print { body { max-width: none; font-size: 10.5pt; } details::details-content { content-visibility: visible;
  display: block; height: auto; } section, .bar { break-inside: avoid; } .track span { print-color-adjust: exact; } }
"""


def as_page(report: Report, title: str = "") -> str:
    """The report as a complete page."""
    cited = _numbered([report])
    body = f"<h1>{escape(report.headline)}</h1>\n" + "\n".join(_sections(report, cited, level=2))
    return _page(report.language, title or say(report.language, "Herstel: your assessment"), report.tone, body, cited)


def as_long_page(title: str, parts: Sequence[tuple[str, Report]]) -> str:
    """Several reports on one page, each under its own heading; a call to act in any of them comes first."""
    reports = [report for _, report in parts]
    cited = _numbered(reports)
    calls = dict.fromkeys(report.headline for report in reports if report.tone == "act")
    body = [f"<h1>{escape(title)}</h1>", *(f'<p class="headline">{escape(call)}</p>' for call in calls)]
    for heading, report in parts:
        body.append(f'<article class="{report.tone}"><h2>{escape(heading)}</h2>')
        body.append(f'<p class="headline">{escape(report.headline)}</p>')
        body += [*_sections(report, cited, level=3), "</article>"]
    return _page(reports[0].language, title, "act" if calls else "plain", "\n".join(body), cited)


def _page(language: Language, title: str, tone: str, body: str, cited: Cited) -> str:
    listed = "\n".join(f'<li id="source-{number}">{escape(citation)}</li>' for citation, number in cited.items())
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{_STYLE}{_colours(body)}</style>
</head>
<body class="{tone}">
<main>
{body}
<details class="sources"><summary><h2>{escape(say(language, "Sources"))}</h2></summary>
<ol>
{listed}
</ol>
</details>
</main>
</body>
</html>"""


def _colours(body: str) -> str:
    """How pictures look in the dark, for a page that has one."""
    if "<svg" not in body:
        return ""
    from herstel.drawing.svg import style_sheet

    return style_sheet()


def _numbered(reports: Sequence[Report]) -> Cited:
    """Every citation with its number, in order of appearance."""
    lines = (line for report in reports for section in report.sections for line in section.lines)
    citations = dict.fromkeys(one for line in lines for one in line.sources)
    return {citation: number for number, citation in enumerate(citations, start=1)}


def _sections(report: Report, cited: Cited, *, level: int) -> Iterator[str]:
    for section in report.sections:
        yield from _section(section, cited, level)


def _section(section: Section, cited: Cited, level: int) -> Iterator[str]:
    heading = f"<h{level}>{escape(section.title)}</h{level}>"
    opened = f'<section class="{escape(section.id)}">{heading}'
    yield f"<details><summary>{heading}</summary>" if section.folded else opened
    if section.lines:
        yield "<ul>"
        yield from (_line(line, cited) for line in section.lines)
        yield "</ul>"
    yield from (_bar(bar) for bar in section.bars)
    yield from (_drawing(drawing) for drawing in section.drawings)
    yield "</details>" if section.folded else "</section>"


def _drawing(drawing: Drawing) -> str:
    from herstel.drawing.svg import as_svg

    picture = as_svg(drawing, style="page")
    return f'<figure>{picture}<figcaption class="detail">{escape(drawing.description)}</figcaption></figure>'


def _line(line: Line, cited: Cited) -> str:
    step = line.mark.rstrip(".").isdigit()
    mark = f"{escape(line.mark)} " if step else f"<strong>{escape(line.mark)}:</strong> " if line.mark else ""
    numbers = sorted(cited[source] for source in line.sources)
    refer = ", ".join(f'<a href="#source-{number}">{number}</a>' for number in numbers)
    detail = f'<span class="detail">{escape(line.detail)}</span>' if line.detail else ""
    kind = ' class="step"' if step else ' class="heading"' if line.heading else ""
    return f"<li{kind}>{mark}{escape(line.text)}{f' <sup>[{refer}]</sup>' if refer else ''}{detail}</li>"


def _bar(bar: Bar) -> str:
    low, width = 100 * bar.low, 100 * (bar.high - bar.low)
    return (
        f'<div class="bar"><div>{escape(bar.label)}</div><div class="track" aria-hidden="true">'
        f'<span class="range" style="left:{low:.1f}%;width:{width:.1f}%"></span>'
        f'<span class="point" style="left:{100 * bar.probability:.1f}%"></span></div><p>{escape(bar.text)}</p></div>'
    )
