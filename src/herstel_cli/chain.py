"""``herstel chain CASE``: step 2, what in the movement chain may play a part, and what to measure next."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from herstel.text import say
from herstel_cli.case import Answer, Picture, add_case, opened, print_answer, write_picture

if TYPE_CHECKING:
    from herstel.knowledge.chain_entries import Where
    from herstel_cli.options import Commands

PLACES: Mapping[str, frozenset["Where"]] = {
    "home": frozenset({"home"}),
    "phone": frozenset({"home", "phone"}),
    "practice": frozenset({"home", "phone", "practice"}),
}
"""Where a test can be done by somebody who is at home, at home with a phone that films, or in a practice."""


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("chain", help="step 2: what in the movement chain may play a part")
    add_case(parser, svg="write the picture of the chain to this file, or - for standard output")
    parser.add_argument("--next", action="store_true", help="text only: the tests worth doing next, and how")
    parser.add_argument("--place", choices=PLACES, help="only tests that can be done at home, with a phone, or there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.assessment.assess import assess
    from herstel.chain.analysis import analyse_chain
    from herstel.chain.next_test import next_tests
    from herstel.chain.picture import chain_picture
    from herstel.chain.report import write_chain
    from herstel.drawing.svg import as_svg

    at = opened(options.case, options)
    case, knowledge, language = at.case, at.knowledge, at.language
    assessment = assess(case.complaint, knowledge)
    chain = analyse_chain(assessment, case.measurements, knowledge, judgements=case.judgements)
    if options.place:
        chain = replace(chain, next_tests=next_tests(chain, knowledge, places=PLACES[options.place]))
    if options.svg:
        picture = Picture(name="chain", draw=lambda: as_svg(chain_picture(chain, knowledge, language)))
        if not write_picture(options.svg, picture, language):
            return 0
    report = write_chain(chain, knowledge, language)
    if options.next:
        report = replace(report, sections=tuple(one for one in report.sections if one.id == "next_tests"))
    title = say(language, "Herstel: the movement chain")
    print_answer(Answer(kind="chain", title=title, value=chain, report=report), at, options)
    return 0
