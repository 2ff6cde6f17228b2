"""``herstel demo``: a practice with made-up people, to see how it works."""

import argparse
from typing import TYPE_CHECKING

from herstel_cli.options import add_language, number_between

if TYPE_CHECKING:
    from herstel_cli.options import Commands

FEWEST, MOST_PEOPLE = 1, 120


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("demo", help="serve a practice with made-up people, to see how it works")
    parser.add_argument(
        "--people", type=number_between(FEWEST, MOST_PEOPLE), default=24, help="how many people (default: 24)"
    )
    parser.add_argument("--seed", type=number_between(0, 2**32 - 1), default=7, help="the same seed, the same people")
    parser.add_argument("--port", type=number_between(0, 65535), default=8000, help="default: 8000")
    parser.add_argument("--only-fill", action="store_true", help="make the records and do not serve them")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.demo.start import demo

    demo(options.people, options.seed, options.port, options.lang, only_fill=options.only_fill)
    return 0
