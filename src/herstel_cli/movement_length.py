"""How long the hamstring became in a recording, beside another recording of the same person, and as a picture."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from herstel.drawing.svg import as_svg
from herstel.errors import InputError, Problem, marked
from herstel.movement.length_picture import length_picture
from herstel.movement.length_report import Beside, LengthQuestion
from herstel.text import Language
from herstel_cli.case import Picture, write_picture
from herstel_cli.movement_recordings import Measured, measured, recordings


def other_recording(options: argparse.Namespace) -> Measured | None:
    """The recording that ``--beside`` names, of the other leg or an earlier one of the same.

    Raises
    ------
    InputError
        When it cannot be read, or shows no length.
    """
    if options.beside is None:
        return None
    other = {"left": "right", "right": "left", None: None}
    side = options.side if options.earlier else other[options.side]
    asked = argparse.Namespace(**{**vars(options), "recording": options.beside, "side": side, "out": None})
    found = recordings(asked)
    one = next(measured(found, found.paths[:1], asked))
    if one.problems:
        raise InputError(one.problems)
    if one.length is None:
        reason = marked("This recording shows no length of the hamstring to compare with.")
        remedy = marked("Choose a video of the same test from the side.")
        raise InputError([Problem(thing=options.beside, reason=reason, remedy=remedy)])
    return one


def compared(one: Measured, other: Measured | None, options: argparse.Namespace) -> Measured:
    """A recording with the length of the other beside its own."""
    if one.length is None or other is None or other.length is None:
        return one
    beside: Beside = "earlier" if options.earlier else "other_side"
    return replace(one, length=replace(one.length, other=other.length.recording, beside=beside))


def write_length(told: Sequence[Measured], options: argparse.Namespace) -> None:
    """The picture of the first recording that has a length.

    Raises
    ------
    InputError
        When none has.
    """
    if options.svg is None:
        return
    question = next((one.length for one in told if one.length is not None), None)
    if question is None:
        reason = marked("No recording shows the length of the hamstring.")
        remedy = marked("Choose a video from the side that can be measured, or joint angles with --side.")
        raise InputError([Problem(thing=f"--svg {options.svg}", reason=reason, remedy=remedy)])
    write_picture(options.svg, _drawn(question, options.lang), options.lang)


def _drawn(question: LengthQuestion, language: Language) -> Picture:
    return Picture(name="length", draw=lambda: as_svg(length_picture(question, language)))
