"""``herstel evaluate CASES.jsonl``: the engine against published cases."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from herstel.errors import InputError, Problem, marked
from herstel.quantities import Proportion

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge
    from herstel_cli.options import Commands
    from herstel_evaluation.score import Outcome

SPLITS = ("all", "public", "heldout")
_SCOREABLE = ("class", "urgency", "grade")
_LABELS = {
    "top1": "first guess right",
    "top3": "among the first three",
    "urgency_exact": "urgency acceptable",
    "under_triage": "under-triage",
    "over_triage": "over-triage",
    "grade_within_one": "grade within one",
}
_SHORT = ("first %", "first three %", "urgency %", "under %", "over %", "grade %")
PROGRESS_WIDTH = 30


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("evaluate", help="compare with published cases (JSON lines)")
    parser.add_argument("file", metavar="CASES.jsonl", help="the cases, or - for standard input")
    parser.add_argument("--split", choices=SPLITS, default="all", help="only the cases of this split (default: all)")
    parser.add_argument("--json", action="store_true", help="print the figures as data")
    parser.set_defaults(run=run, lang="en")


def run(options: argparse.Namespace) -> int:
    from herstel.knowledge.load import load_knowledge
    from herstel_cli.files import decoded, read_bytes

    knowledge = load_knowledge()
    cases = list(read_cases(options.file, decoded(options.file, read_bytes(options.file)), options.split))
    outcomes = _scored(options.file, cases, knowledge)
    data = figures(outcomes, knowledge.version.version)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_table(data, outcomes, options.split)))
    return 0


def read_cases(name: str, text: str, split: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The cases of a split with their line numbers.

    Raises
    ------
    InputError
        Naming the line that is not a case.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _wrong_line(name, number, f"it is not JSON: {error}") from None
        wrong = _what_is_missing(case)
        if wrong:
            raise _wrong_line(name, number, wrong)
        if split in ("all", case.get("split")):
            yield number, case


def _what_is_missing(case: object) -> str:
    if not isinstance(case, Mapping):
        return "it is not an object with fields"
    scoreable = case.get("scoreable")
    if not isinstance(scoreable, Mapping) or not all(isinstance(scoreable.get(name), bool) for name in _SCOREABLE):
        return "'scoreable' must say true or false for class, urgency and grade"
    missing = [name for name in ("id", "acceptable_classes", "acceptable_urgency") if not case.get(name)]
    needed = [name for name in missing if name == "id" or scoreable[_scored_by(name)]]
    return f"{', '.join(map(repr, needed))} is missing" if needed else ""


def _scored_by(field: str) -> str:
    return "class" if field == "acceptable_classes" else "urgency"


def _wrong_line(name: str, number: int, reason: str) -> InputError:
    return InputError(
        [
            Problem(
                thing=f"{name}, line {number}",
                reason=marked("{reason}."),
                remedy=marked("Correct that line, or take it out."),
                values={"reason": reason.rstrip(".")},
            )
        ]
    )


def _scored(name: str, cases: list[tuple[int, Mapping[str, Any]]], knowledge: "Knowledge") -> list["Outcome"]:
    from herstel_evaluation.score import score_case

    outcomes = []
    for done, (number, case) in enumerate(cases, start=1):
        try:
            outcomes.append(score_case(case, knowledge))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _wrong_line(name, number, f"a field cannot be used ({type(error).__name__}: {error})") from None
        _progress(done, len(cases))
    return outcomes


def _progress(done: int, total: int) -> None:
    """A bar for whoever is watching; nothing in a file or a pipe."""
    if not sys.stderr.isatty():
        return
    filled = PROGRESS_WIDTH * done // total
    end = "\n" if done == total else ""
    print(f"\r[{'#' * filled}{'.' * (PROGRESS_WIDTH - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)


def figures(outcomes: list["Outcome"], version: str) -> dict[str, Any]:
    """Every figure as data."""
    classes: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        classes.setdefault(outcome.expected[0] if outcome.expected else "none", []).append(outcome)
    return {
        **_measures(outcomes),
        "emergencies_missed": [one.case for one in outcomes if one.emergency and one.under_triage],
        "misses": [_miss(one) for one in outcomes if one.missed],
        "per_class": {name: _measures(classes[name]) for name in sorted(classes)},
        "knowledge_version": version,
    }


def _measures(outcomes: Iterable["Outcome"]) -> dict[str, Any]:
    from herstel_evaluation.score import tally

    return {name: _proportion(proportion) for name, proportion in tally(outcomes).items()}


def _proportion(proportion: Proportion) -> dict[str, Any]:
    span = proportion.wilson()
    return {
        "k": proportion.k,
        "n": proportion.n,
        "value": proportion.value,
        "low": span.low if span else None,
        "high": span.high if span else None,
    }


def _miss(outcome: "Outcome") -> dict[str, Any]:
    return {
        "id": outcome.case,
        "missed": list(outcome.missed),
        "expected": list(outcome.expected),
        "ranked": list(outcome.ranked[:3]),
        "acceptable_urgency": list(outcome.acceptable_urgency),
        "urgency": outcome.urgency,
        "expected_grade": outcome.expected_grade,
        "grade": outcome.grade,
    }


def _table(data: Mapping[str, Any], outcomes: list["Outcome"], split: str) -> Iterator[str]:
    yield f"{len(outcomes)} cases (split: {split}), knowledge {data['knowledge_version']}; 95 % Wilson intervals"
    yield ""
    for name, label in _LABELS.items():
        yield f"{label:<24}{_figure(data[name])}"
    yield f"{'emergencies missed':<24}{', '.join(data['emergencies_missed']) or 'none'}"
    yield ""
    yield f"{'per class':<32}" + "".join(f"{short:<19}" for short in _SHORT)
    for name, measures in data["per_class"].items():
        cells = (_figure(measures[one]).replace(" %", "").replace("= ", "") for one in _LABELS)
        yield (f"{name:<32}" + "".join(f"{cell:<19}" for cell in cells)).rstrip()
    yield ""
    yield f"misses ({len(data['misses'])})"
    for miss in data["misses"]:
        yield _miss_line(miss)


def _figure(measure: Mapping[str, Any]) -> str:
    if not measure["n"]:
        return "-"
    share, low, high = (round(100 * measure[name]) for name in ("value", "low", "high"))
    return f"{measure['k']}/{measure['n']} = {share} % ({low}-{high})"


def _miss_line(miss: Mapping[str, Any]) -> str:
    grade = (
        f"; grade {miss['grade']}, expected {miss['expected_grade']}" if "grade_within_one" in miss["missed"] else ""
    )
    return (
        f"{miss['id']}: {', '.join(miss['missed'])}; said {' > '.join(miss['ranked'])}, expected "
        f"{' or '.join(miss['expected'])}; urgency {miss['urgency']}, acceptable "
        f"{' or '.join(miss['acceptable_urgency'])}{grade}"
    )
