"""``herstel worker``: background jobs in a process of their own, beside the one that the server starts."""

import argparse
from typing import TYPE_CHECKING

from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("worker", help="do background jobs, beside the worker that the server starts")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.operation.start import work

    work(options.lang)
    return 0
