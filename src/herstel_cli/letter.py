"""``herstel letter CASE --kind KIND --to FILE``: a letter about one person as PDF, as it would stand before signing."""

import argparse
from typing import TYPE_CHECKING

from herstel.text import say
from herstel_cli.case import Opened, opened, tell_written
from herstel_cli.options import add_language, iso_date

if TYPE_CHECKING:
    from herstel_cli.options import Commands

KINDS = ("gp_referral", "specialist_referral", "progress", "discharge", "result")


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("letter", help="a letter to GP or specialist, or the own result, as PDF")
    parser.add_argument("case", metavar="CASE", help="the file of one person, or - for standard input")
    parser.add_argument("--kind", choices=KINDS, required=True, help="which letter")
    parser.add_argument("--to", metavar="FILE", required=True, help="write the PDF to this file, or - for output")
    parser.add_argument("--today", type=iso_date, help="date of the letter (default: as_of of the file, else today)")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.flow import recover
    from herstel_cli.files import write_bytes
    from herstel_letters.compose import compose_letter
    from herstel_letters.pictures import letter_pictures
    from herstel_letters.typesetting import Letterhead, People, letter_pdf

    at = opened(options.case, options)
    recovery = recover(at.case, at.today, at.knowledge)
    draft = compose_letter(options.kind, recovery, at.knowledge, at.language, notice=notice(at))
    pictures = letter_pictures(draft, recovery, at.knowledge)
    write_bytes(options.to, letter_pdf(draft, Letterhead(), People(reference=at.case.name), pictures))
    tell_written(options.to, at.language)
    return 0


def notice(at: Opened) -> str:
    """Which parts of the case are made up; "" for a real one."""
    from herstel.case_file import about_case

    about, made_up = about_case(at.case, at.language), say(at.language, "Simulated")
    lines = about.lines if about is not None else ()
    return " ".join(f"{line.mark}: {line.text}" for line in lines if line.mark == made_up)
