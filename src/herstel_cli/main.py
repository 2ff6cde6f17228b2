"""``herstel``: finds the command, runs it, and says what went wrong without a traceback."""

import argparse
import os
import sys
from collections.abc import Sequence

from herstel import __version__
from herstel.errors import HerstelError
from herstel.text import Language, say, say_problem
from herstel_cli import (
    assess,
    backup,
    chain,
    check,
    demo,
    doctor,
    evaluate,
    export,
    forecast,
    knowledge,
    learn,
    letter,
    movement,
    plan,
    progress,
    restore,
    serve,
    simulate,
    tour,
    worker,
)  # fmt: skip

WRONG_INPUT, INTERRUPTED, READER_GONE = 2, 130, 141


def make_parser() -> argparse.ArgumentParser:
    """Every command with its options; nothing heavy is loaded for it."""
    parser = argparse.ArgumentParser(
        prog="herstel",
        description="From a hamstring complaint to lasting recovery: recognise, analyse, relieve, build, keep. "
        "Not yet reviewed by a clinician; in an emergency phone 112.",
    )
    parser.add_argument("--version", action="version", version=f"herstel {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in (
        check, assess, chain, movement, plan, progress, forecast, tour, letter, export, learn, serve, demo, doctor,
        worker, backup, restore, knowledge, evaluate, simulate,
    ):  # fmt: skip
        command.add_to(commands)
    parser.set_defaults(run=None, lang="nl")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _never_stumble_over_a_character()
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help()
        return WRONG_INPUT
    language: Language = options.lang
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except HerstelError as error:
        for problem in error.problems:
            print(say_problem(language, problem), file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("\n" + say(language, "Stopped."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _close_quietly()
        return READER_GONE
    return code


def _never_stumble_over_a_character() -> None:
    """A terminal that cannot show a character shows a question mark instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _close_quietly() -> None:
    """Whoever read the output has gone: nothing may be written any more, not even when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
