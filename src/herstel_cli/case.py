"""What the commands about one person share: their options, reading the case, and printing what was concluded."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from herstel.errors import InputError, Problem, marked
from herstel.text import Language, say
from herstel_cli.options import add_language, iso_date

if TYPE_CHECKING:
    from herstel.assessment.report_parts import Report
    from herstel.case_file import Case
    from herstel.knowledge.model import Knowledge

STANDARD_OUTPUT = "-"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case that was read, what to judge it with, and the day it is judged on."""

    case: "Case"
    knowledge: "Knowledge"
    today: date
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command concluded: the value, and the report that says it; ``beside`` goes into the data as well."""

    kind: str
    title: str
    value: object
    report: "Report"
    beside: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to write: its file name without the ending, and how to draw it as SVG."""

    name: str
    draw: Callable[[], str]


def add_case(parser: argparse.ArgumentParser, svg: str) -> None:
    """The options of every command about a case; ``svg`` says what picture it writes where."""
    parser.add_argument("case", metavar="CASE", help="the file of one person, or - for standard input")
    add_output(parser, svg)


def add_output(parser: argparse.ArgumentParser, svg: str) -> None:
    """How to print, in which language, as of which day, with which picture."""
    add_language(parser)
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="default: text")
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="the same as --format json")
    parser.add_argument("--short", action="store_true", help="text only: leave out the reasons and the sources")
    parser.add_argument("--svg", metavar="PATH", help=svg)
    parser.add_argument("--today", type=iso_date, help="judge as of this day (default: as_of of the file, else today)")


def opened(name: str, options: argparse.Namespace) -> Opened:
    """Read the case in a file."""
    from herstel.case_file import read_case
    from herstel.knowledge.load import load_knowledge
    from herstel_cli.files import MOST_CASE_PARTS, read_document

    knowledge = load_knowledge()
    today = options.today or date.today()  # noqa: DTZ011 - the person's own day
    case = read_case(read_document(name, MOST_CASE_PARTS), knowledge, today)
    return Opened(case=case, knowledge=knowledge, today=options.today or case.as_of or today, language=options.lang)


def print_answer(answer: Answer, at: Opened, options: argparse.Namespace) -> None:
    """Print what was concluded in the form asked for, with where the facts come from at the end."""
    from herstel.case_file import about_case

    about = about_case(at.case, at.language)
    report = replace(answer.report, sections=(*answer.report.sections, about)) if about else answer.report
    data = {"kind": answer.kind, "case": case_data(at), **fields_of(answer.value), **answer.beside}
    print_report(report, answer.title, data, options)


def print_report(report: "Report", title: str, data: Mapping[str, object], options: argparse.Namespace) -> None:
    """Print a report in the form asked for; ``data`` is what JSON holds beside it."""
    if options.format == "json":
        from herstel_cli.data import json_text, plain

        print(json_text(plain({**data, "report": report})))
    elif options.format == "html":
        from herstel_cli.page import as_page

        print(as_page(report, title))
    else:
        from herstel_cli.render import as_text, terminal_width

        print(as_text(report, terminal_width(), short=options.short))


def fields_of(value: Any) -> dict[str, object]:
    """The fields of a value by name."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def case_data(at: Opened) -> dict[str, object]:
    """What the case says of itself, so that made-up facts cannot be taken for real ones."""
    case = at.case
    return {
        "name": case.name,
        "source": case.source,
        "simulated": case.simulated,
        "simulated_parts": list(case.simulated_parts),
        "default_goal": case.default_goal,
        "today": at.today.isoformat(),
    }


# --- pictures and other files ---------------------------------------------------------------------------------------


def write_picture(path: str, picture: Picture, language: Language) -> bool:
    """Write one picture; whether there is still something to print beside it."""
    from herstel_cli.files import write_bytes

    write_bytes(path, picture.draw().encode() + b"\n")
    return tell_written(path, language)


def write_pictures(folder: str, pictures: Iterable[Picture], language: Language) -> None:
    """Write several pictures into a folder."""
    from herstel_cli.files import write_bytes

    if folder == STANDARD_OUTPUT or Path(folder).is_file():
        reason, remedy = marked("these are several pictures."), marked("Name a folder for them.")
        raise InputError([Problem(thing=f"--svg {folder}", reason=reason, remedy=remedy)])
    for picture in watched(list(pictures), say(language, "Pictures")):
        write_bytes(str(Path(folder) / f"{picture.name}.svg"), picture.draw().encode() + b"\n")
    tell_written(folder, language)


def tell_written(path: str, language: Language) -> bool:
    """Say where a file is; False when it went to standard output, which then holds nothing else."""
    if path == STANDARD_OUTPUT:
        return False
    print(say(language, "Written: {path}", path=path), file=sys.stderr)
    return True


def watched(work: list[T], what: str) -> Iterable[T]:
    """Pieces of long work with a bar for whoever is watching; nothing in a file or a pipe."""
    from tqdm import tqdm

    return tqdm(work, desc=what, disable=None, leave=False, file=sys.stderr)
