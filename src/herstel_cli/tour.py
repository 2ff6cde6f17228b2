"""``herstel tour``: one person through all five steps, shortly."""

import argparse
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from herstel.errors import marked
from herstel.text import say
from herstel_cli.case import Opened, Picture, add_output, case_data, opened, write_pictures

if TYPE_CHECKING:
    from herstel.assessment.report_parts import Report, Section
    from herstel.drawing.shapes import Drawing
    from herstel.flow import Recovery
    from herstel_cli.options import Commands

EXAMPLE = Path(__file__).with_name("whole-person.yaml")
STEPS = (marked("Recognise"), marked("Analyse"), marked("Relieve"), marked("Build"), marked("Keep"))
ROAD = "road"
"""This section of the plan is told where the road is built, beside the progress."""
GATE = "gate"
"""This one is told by the progress, with what was measured; the plan only lists the criteria."""
KEPT = (
    ("act", "what", "grade", "case"),
    ("chain", "contributors", "next_tests"),
    ("today", "week", "phase", "activities", "given_up"),
    ("act", "now", "call", "gate", "running", "road"),
    ("time", "milestones", "recurrence"),
)
"""What the short tour tells of each step."""
ONLY_NAMED = ("contributors", "next_tests")
"""Of these it tells the names, not all that belongs to each."""


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("tour", help="walk one person through all five steps")
    parser.add_argument(
        "case", metavar="CASE", nargs="?", default=str(EXAMPLE), help="the file of one person (default: an example)"
    )
    add_output(parser, svg="write all pictures into this folder")
    parser.set_defaults(run=run, short=True)
    parser.add_argument("--full", dest="short", action="store_false", help="text only: with reasons and sources")


def run(options: argparse.Namespace) -> int:
    from herstel.flow import recover

    at = opened(options.case, options)
    recovery = recover(at.case, at.today, at.knowledge)
    if options.svg:
        write_pictures(options.svg, pictures(recovery, at), at.language)
    from herstel_cli.render import terminal_width

    print(told(recovery, at, options, terminal_width()))
    return 0


def told(recovery: "Recovery", at: Opened, options: argparse.Namespace, width: int) -> str:
    """The tour in the form asked for."""
    title = say(at.language, "Herstel: {name} in five steps", name=at.case.name or say(at.language, "one person"))
    parts = list(steps(recovery, at))
    if options.format == "json":
        from herstel_cli.data import json_text, plain

        reports = {heading: plain(report) for heading, report in parts}
        return json_text({"kind": "tour", "case": case_data(at), **plain(recovery), "reports": reports})
    if options.format == "html":
        from herstel_cli.page import as_long_page

        return as_long_page(title, parts)
    from herstel_cli.render import as_long_text

    if options.short:
        parts = [(heading, shortened(report, kept)) for (heading, report), kept in zip(parts, KEPT, strict=True)]
    return as_long_text(title, parts, width, short=options.short)


def steps(recovery: "Recovery", at: Opened) -> Iterator[tuple[str, "Report"]]:
    """The five steps by name: what it is, what plays a part, this week, the road, and how long and how to keep it."""
    from herstel.assessment.report import write_report
    from herstel.case_file import about_case
    from herstel.chain.report import write_chain
    from herstel.forecast.report import write_forecast
    from herstel.plan.report import write_plan
    from herstel.progress.report import write_progress

    knowledge, language = at.knowledge, at.language
    plan = write_plan(recovery.plan_now, knowledge, language)
    progress = write_progress(recovery.progress, knowledge, language)
    assessed, about = write_report(recovery.assessment, knowledge, language), about_case(at.case, language)
    reports = (
        replace(assessed, sections=(*assessed.sections, *([about] if about else []))),
        write_chain(recovery.chain, knowledge, language),
        replace(plan, sections=tuple(one for one in plan.sections if one.id not in (GATE, ROAD))),
        replace(progress, sections=(*progress.sections, *(one for one in plan.sections if one.id == ROAD))),
        write_forecast(recovery.forecast, knowledge, language),
    )
    for number, (name, report) in enumerate(zip(STEPS, reports, strict=True), start=1):
        yield say(language, "Step {number}: {name}", number=number, name=say(language, name)), report


def shortened(report: "Report", kept: Collection[str]) -> "Report":
    """Only what a first look needs: the sections to keep, without the reasons behind each line."""
    return replace(report, sections=tuple(_brief(one) for one in report.sections if one.id in kept))


def _brief(section: "Section") -> "Section":
    lines = section.lines
    if section.id in ONLY_NAMED:
        lines = tuple(replace(one, heading=False) for one in lines if one.heading)
    return replace(section, lines=tuple(replace(line, detail="") for line in lines))


def pictures(recovery: "Recovery", at: Opened) -> Iterator[Picture]:
    """The pictures of all steps."""
    from herstel.chain.picture import chain_picture
    from herstel.forecast.picture import forecast_picture
    from herstel.progress.function_picture import function_picture
    from herstel.progress.picture import progress_picture
    from herstel_cli.plan import figures

    knowledge, language = at.knowledge, at.language
    drawn = {
        "chain": partial(chain_picture, recovery.chain, knowledge, language),
        "progress": partial(progress_picture, recovery.progress, knowledge, language),
        "function": partial(function_picture, recovery.progress, knowledge, language),
        "forecast": partial(forecast_picture, recovery.forecast, knowledge, language),
    }
    for name, draw in drawn.items():
        yield Picture(name=name, draw=partial(_svg, draw))
    for figure in figures(recovery.plan_now, at):
        yield replace(figure, name=f"figures/{figure.name}")


def _svg(draw: Callable[[], "Drawing"]) -> str:
    from herstel.drawing.svg import as_svg

    return as_svg(draw())
