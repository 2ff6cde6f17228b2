"""``herstel export CASE --to FILE``: everything about one person as a zip file with FHIR R4 and the case itself."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from herstel_cli.case import opened, tell_written
from herstel_cli.options import add_language, iso_date

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("export", help="take everything about one person out, as FHIR and as a case file")
    parser.add_argument("case", metavar="CASE", help="the file of one person, or - for standard input")
    parser.add_argument("--to", metavar="FILE", required=True, help="the zip file to write, or - for standard output")
    parser.add_argument(
        "--id", help="what identifies the person in your own system; no name (default: the name of the case or file)"
    )
    parser.add_argument(
        "--today", type=iso_date, help="conclude as of this day (default: as_of of the file, else today)"
    )
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.flow import recover
    from herstel_cli.files import write_bytes
    from herstel_fhir.package import export_zip
    from herstel_fhir.record import Record, Subject

    at = opened(options.case, options)
    record = Record(
        case=at.case,
        recovery=recover(at.case, at.today, at.knowledge),
        subject=Subject(id=options.id or at.case.name or Path(options.case).stem, language=at.language),
        knowledge=at.knowledge,
        language=at.language,
        recorded=datetime.now(tz=UTC),
    )
    write_bytes(options.to, export_zip(record))
    tell_written(options.to, at.language)
    return 0
