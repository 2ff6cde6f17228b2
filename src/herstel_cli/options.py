"""Options that several commands share."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from herstel.text import LANGUAGES

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no other name


def add_language(parser: argparse.ArgumentParser) -> None:
    """``--lang``: Dutch unless told otherwise."""
    parser.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the texts (default: nl)")


def iso_date(text: str) -> date:
    """A date as year-month-day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-22") from None


def number_between(low: int, high: int) -> Callable[[str], int]:
    """A whole number in a range, both ends included."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return number

    return read
