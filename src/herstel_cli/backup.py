"""``herstel backup``: a copy of all records and files, also while the server runs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from herstel.errors import marked
from herstel.text import say
from herstel_cli.options import add_language, number_between

if TYPE_CHECKING:
    from herstel_cli.options import Commands

MOST_COPIES = 10_000


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("backup", help="make a copy of all records and files, also while the server runs")
    parser.add_argument("file", metavar="FILE", help="the copy to make; in a folder it gets the time as its name")
    parser.add_argument(
        "--keep", type=number_between(1, MOST_COPIES), help="in a folder: remove the oldest copies but for this many"
    )
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.operation.start import set_up

    set_up()
    from herstel_web.operation.backup import file_in, remove_old, write_backup

    given = Path(options.file)
    target = file_in(given) if given.is_dir() else given
    made = write_backup(target)
    text = marked("The copy is whole: {rows} rows of {tables} tables, {files} files. It stands in {target}.")
    rows, files = sum(made.rows.values()), len(made.sha256) - 1
    print(say(options.lang, text, rows=rows, tables=len(made.rows), files=files, target=target))
    if options.keep and given.is_dir():
        for old in remove_old(given, options.keep):
            print(say(options.lang, "Removed the old copy {old}.", old=old))
    return 0
