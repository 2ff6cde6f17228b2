"""``herstel progress CASE``: what the check-ins say, what is decided from them, and what opens the next phase."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from herstel.text import say
from herstel_cli.case import Answer, Picture, add_case, opened, print_answer, write_picture

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("progress", help="steps 3 to 5: what the check-ins say and what is decided")
    svg = "write the chart of pain to this file and that of function, load and strength to NAME-function beside it"
    add_case(parser, svg=f"{svg}, or - for the first on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.drawing.svg import as_svg
    from herstel.flow import recover
    from herstel.progress.function_picture import function_picture
    from herstel.progress.picture import progress_picture
    from herstel.progress.report import write_progress

    at = opened(options.case, options)
    knowledge, language = at.knowledge, at.language
    progress = recover(at.case, at.today, knowledge).progress
    if options.svg:
        pain = Picture(name="progress", draw=lambda: as_svg(progress_picture(progress, knowledge, language)))
        function = Picture(name="function", draw=lambda: as_svg(function_picture(progress, knowledge, language)))
        if not write_picture(options.svg, pain, language):
            return 0
        write_picture(_beside(options.svg, function.name), function, language)
    title, report = say(language, "Herstel: your progress"), write_progress(progress, knowledge, language)
    print_answer(Answer(kind="progress", title=title, value=progress, report=report), at, options)
    return 0


def _beside(path: str, name: str) -> str:
    """The file next to another, with this in its name."""
    file = Path(path)
    return str(file.with_name(f"{file.stem}-{name}{file.suffix}"))
