"""``herstel forecast CASE``: how long it may take; ``herstel forecast score FILE``: how right earlier ones were."""

import argparse
from typing import TYPE_CHECKING

from herstel.text import say
from herstel_cli.case import Answer, Picture, add_output, opened, print_answer, print_report, write_picture

if TYPE_CHECKING:
    from herstel_cli.options import Commands

SCORE = "score"


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser(
        "forecast",
        help="how long it may take, and how likely it comes back",
        usage="herstel forecast [options] CASE\n       herstel forecast [options] score FILE",
    )
    parser.add_argument(
        "case",
        nargs="+",
        metavar="CASE | score FILE",
        help="the file of one person, or - for standard input; 'score' with a file of forecasts that were issued and "
        "what came of them tells how right they were",
    )
    add_output(parser, svg="write the forecast as a picture to this file, or - for standard output")
    parser.set_defaults(run=run, parser=parser)


def run(options: argparse.Namespace) -> int:
    first, *others = options.case
    if first == SCORE and len(others) == 1:
        return score(others[0], options)
    if others:
        options.parser.error("give one CASE, or 'score' and one FILE")
    return forecast(first, options)


def forecast(name: str, options: argparse.Namespace) -> int:
    """The forecast of one case, with the records to score it by later."""
    from herstel.drawing.svg import as_svg
    from herstel.flow import recover
    from herstel.forecast.picture import forecast_picture
    from herstel.forecast.report import write_forecast
    from herstel.forecast.score import issue
    from herstel.forecast.score_file import as_record

    at = opened(name, options)
    knowledge, language = at.knowledge, at.language
    foreseen = recover(at.case, at.today, knowledge).forecast
    if options.svg:
        picture = Picture(name="forecast", draw=lambda: as_svg(forecast_picture(foreseen, knowledge, language)))
        if not write_picture(options.svg, picture, language):
            return 0
    issued = (issue(foreseen, at.case.name or "1", milestone) for milestone in foreseen.milestones)
    answer = Answer(
        kind="forecast",
        title=say(language, "Herstel: how long it may take"),
        value=foreseen,
        report=write_forecast(foreseen, knowledge, language),
        beside={"records": [as_record(one) for one in issued if one is not None]},
    )
    print_answer(answer, at, options)
    return 0


def score(name: str, options: argparse.Namespace) -> int:
    """How right the forecasts in a file were."""
    from herstel.forecast import score as scoring
    from herstel.forecast.score_file import read_scored
    from herstel.knowledge.load import load_knowledge
    from herstel_cli.files import MOST_CASE_PARTS, read_document
    from herstel_cli.scores import write_scores

    knowledge = load_knowledge()
    told = read_scored(read_document(name, MOST_CASE_PARTS), knowledge)
    milestones = dict.fromkeys(one.milestone for one in told.forecasts)
    scores = [scoring.score(told.forecasts, told.outcomes, milestone) for milestone in milestones]
    title = say(options.lang, "Herstel: how right the forecasts were")
    print_report(write_scores(scores, knowledge, options.lang), title, {"kind": "score", "scores": scores}, options)
    return 0
