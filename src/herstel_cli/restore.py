"""``herstel restore``: puts a copy back."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from herstel.errors import marked
from herstel.text import say
from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("restore", help="put back a copy that backup made")
    parser.add_argument("file", metavar="FILE", help="the copy")
    parser.add_argument("--force", action="store_true", help="also when there are records; they are kept aside")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.operation.start import our_state, set_up

    set_up()
    from herstel_web.operation.restore import restore

    done = restore(Path(options.file), our_state(), force=options.force)
    text = marked(
        "Put back: {rows} rows of {tables} tables, as they were at {made_at}. Start the server with: herstel serve"
    )
    found = done.manifest
    print(say(options.lang, text, rows=sum(found.rows.values()), tables=len(found.rows), made_at=found.made_at))
    if done.aside is not None:
        print(say(options.lang, "The old records are kept in {folder}.", folder=done.aside))
    return 0
