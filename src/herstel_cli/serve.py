"""``herstel serve``: the pages, from this machine."""

import argparse
from typing import TYPE_CHECKING

from herstel_cli.options import add_language, number_between

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("serve", help="serve the pages and print their address")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: only this machine)")
    parser.add_argument("--port", type=number_between(0, 65535), default=8000, help="default: 8000")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_web.server import serve

    serve(options.host, options.port, options.lang)
    return 0
