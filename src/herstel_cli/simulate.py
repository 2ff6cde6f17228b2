"""``herstel simulate``: simulated people through all five steps, to test the rules and the forecast."""

import argparse
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from herstel.text import Language, say
from herstel_cli.options import add_language, number_between

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge
    from herstel_cli.options import Commands
    from herstel_simulation.figures import Outcome

MOST_PEOPLE, MOST_DAYS, MOST_WORKERS = 1_000_000, 365, 64
WORTH_A_WORKER = 100
"""With fewer people than this, starting a process takes longer than it saves."""


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("simulate", help="test the rules and the forecast on simulated people")
    parser.add_argument("--people", type=number_between(1, MOST_PEOPLE), default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=number_between(0, 2**32 - 1), default=7, help="the same seed, the same people")
    parser.add_argument(
        "--days", type=number_between(1, MOST_DAYS), default=120, help="days of follow-up (default: 120)"
    )
    parser.add_argument("--workers", type=number_between(1, MOST_WORKERS), help="processes (default: one a core)")
    parser.add_argument("--json", action="store_true", help="print the figures as data")
    parser.add_argument("--case", metavar="FILE", help="write person number --person as a case, and nothing else")
    parser.add_argument("--person", type=number_between(0, MOST_PEOPLE), default=0, help="whom --case is about")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.knowledge.load import load_knowledge

    knowledge = load_knowledge()
    if options.case:
        _write_case(options, knowledge)
        return 0
    from herstel_cli.data import json_text
    from herstel_simulation.figures import figures

    outcomes = list(_with_bar(options, knowledge))
    found = figures(outcomes)
    print(json_text(found) if options.json else "\n".join(_text(found, outcomes, options)))
    return 0


def _with_bar(options: argparse.Namespace, knowledge: "Knowledge") -> "Iterator[Outcome]":
    from tqdm import tqdm

    from herstel_simulation.cohort import simulate

    workers = options.workers or workers_for(options.people)
    people = simulate(options.people, options.seed, knowledge, days=options.days, workers=workers)
    title = say(options.lang, "simulated people")
    yield from tqdm(people, total=options.people, desc=title, disable=None, leave=False)


def workers_for(people: int) -> int:
    """A process a core, but no more than there is work for."""
    return max(1, min(os.cpu_count() or 1, people // WORTH_A_WORKER))


def _write_case(options: argparse.Namespace, knowledge: "Knowledge") -> None:
    from herstel_cli.files import write_bytes
    from herstel_simulation.case import case_text

    text = case_text(options.person, options.seed, options.days, knowledge)
    write_bytes(options.case, text.encode("utf-8"))


def _text(found: Mapping[str, Any], outcomes: "list[Outcome]", options: argparse.Namespace) -> Iterator[str]:
    language: Language = options.lang
    yield say(
        language,
        "SIMULATED: {people} made-up people, followed for {days} days (seed {seed}). None of them is a real person.",
        people=found["people"],
        days=options.days,
        seed=options.seed,
    )
    flagged = sum(outcome.red_flag_told is not None for outcome in outcomes)
    yield say(
        language,
        "Warning signs: {flagged} people told one; {advanced} of them were moved forward before somebody had looked.",
        flagged=flagged,
        advanced=found["red_flag_advanced"],
    )
    yield from _gates_in_words(found, outcomes, language)
    yield from _forecasts_in_words(found, language)
    yield say(
        language,
        "Back: {share} of those who returned to sport tore it again within the time they were followed.",
        share=_percent(found["recurrence_share"], language),
    )


def _gates_in_words(found: Mapping[str, Any], outcomes: "list[Outcome]", language: Language) -> Iterator[str]:
    passed = sum(len(outcome.passed) for outcome in outcomes)
    yield say(
        language,
        "Gates: {passed} passed, {share} of them by somebody whose leg was truly not ready.",
        passed=passed,
        share=_percent(found["unready_advanced_share"], language),
    )
    yield say(
        language,
        "Held back: half of the legs that were ready waited more than {days} days for the gate to open.",
        days=_number(found["ready_held_back_median_days"], language),
    )


def _forecasts_in_words(found: Mapping[str, Any], language: Language) -> Iterator[str]:
    for day, covered in found["coverage80"].items():
        yield say(
            language,
            "Forecast on day {day}: the 80 % interval held the true day in {covered}; half of the intervals were wider "
            "than {width} days.",
            day=day.removeprefix("day"),
            covered=_percent(covered, language),
            width=_number(found["median_width_days"][day], language),
        )


def _percent(share: float | None, language: Language) -> str:
    return say(language, "(none to count)") if share is None else f"{100 * share:.1f} %"


def _number(value: float | None, language: Language) -> str:
    return say(language, "(none to count)") if value is None else f"{value:.0f}"
