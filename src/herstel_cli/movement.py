"""``herstel movement RECORDING``: step 2 with eyes, a video or a motion-capture file as measurements."""

import argparse
import sys
from typing import TYPE_CHECKING

from herstel.text import say, say_problem
from herstel_cli.options import add_language, number_between

if TYPE_CHECKING:
    from herstel_cli.movement_recordings import Measured
    from herstel_cli.options import Commands

TESTS = (
    "active_knee_extension", "straight_leg_raise", "jurdan", "modified_thomas", "nordic", "knee_to_wall",
    "forward_bend", "single_leg_bridge", "single_leg_squat", "running", "walking", "auto",
)  # fmt: skip
MOST_WORKERS = 64
UNUSABLE = 2


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("movement", help="step 2 with eyes: measure a video or a motion-capture file")
    parser.add_argument(
        "recording",
        metavar="VIDEO_OR_FOLDER",
        help="a video, a TRC, C3D, MOT or STO file, or a folder of them (or of Pose2Sim)",
    )
    parser.add_argument("--test", choices=TESTS, default="auto", help="what was filmed (default: auto, tell by itself)")
    parser.add_argument("--side", choices=("left", "right"), help="the leg that is tested (default: the near one)")
    parser.add_argument(
        "--person", type=number_between(1, 99), help="whom to measure among several, counted from the left"
    )
    parser.add_argument("--knee-sign", choices=("positive", "negative"), help="MOT: what a bent knee is in the file")
    parser.add_argument(
        "--model", metavar="OSIM", help="TRC: find the joint angles with OpenSim and this model, scaled to the person"
    )
    parser.add_argument("--json", action="store_true", help="print the measurements as data")
    parser.add_argument("--csv", metavar="FILE", help="write a line for every measurement to this file, or - to print")
    parser.add_argument(
        "--out", metavar="FOLDER", help="write data, pictures and the drawn video here; what is there is not done again"
    )
    parser.add_argument(
        "--beside", metavar="VIDEO", help="compare the length of the hamstring with this recording of the same test"
    )
    parser.add_argument(
        "--earlier", action="store_true", help="with --beside: of the same leg (default: the other leg)"
    )
    parser.add_argument("--svg", metavar="FILE", help="write the length of the hamstring over time as a picture")
    parser.add_argument("--no-video", action="store_true", help="with --out: leave out the drawn video")
    parser.add_argument("--workers", type=number_between(1, MOST_WORKERS), default=1, help="processes (default: 1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask cluster to do the work, such as tcp://host:8786")
    parser.add_argument("--short", action="store_true", help="text only: leave out what could not be measured")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel_cli.movement_length import compared, other_recording, write_length
    from herstel_cli.movement_recordings import check_used, recordings, with_pictures

    found = recordings(options)
    check_used(found, options)
    several = len(found.paths) > 1 or found.folder
    beside = other_recording(options)
    told: list[Measured] = []
    for found_one in with_pictures(found, options):
        one = compared(found_one, beside, options)
        told.append(one)
        if not options.json and options.csv != "-":
            _print(one, options, several=several)
        for problem in one.problems:
            print(say_problem(options.lang, problem), file=sys.stderr)
    write_length(told, options)
    _as_data(told, options, several=several)
    return UNUSABLE if any(one.problems for one in told) else 0


def _print(one: "Measured", options: argparse.Namespace, *, several: bool) -> None:
    from herstel_cli.movement_text import as_lines
    from herstel_cli.render import terminal_width

    if one.report is not None:
        title = one.name if several else None
        print("\n".join(as_lines(one, options.lang, title=title, short=options.short, width=terminal_width())))


def _as_data(told: "list[Measured]", options: argparse.Namespace, *, several: bool) -> None:
    if options.json:
        from herstel_cli.data import json_text

        shown = [one.data for one in told if one.data is not None]
        if several:
            print(json_text({"recordings": [{"recording": one.name, **(one.data or one.told)} for one in told]}))
        elif shown:
            print(json_text(shown[0]))
    if options.csv:
        from herstel_cli.files import write_bytes
        from herstel_cli.movement_text import as_csv

        write_bytes(options.csv, as_csv(told).encode())
        if options.csv != "-":
            print(say(options.lang, "Written: {path}", path=options.csv), file=sys.stderr)
