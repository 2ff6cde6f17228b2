"""What a recording says, as lines to read and as a table."""

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from herstel.errors import marked
from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.movement.length_report import MUSCLE_NAMES, length_sentences
from herstel.movement.model import MovementMeasurement, MovementReport, Quality
from herstel.movement.report_data import not_measured, notice_data
from herstel.text import Language, say
from herstel_cli.movement_recordings import Measured

UNITS = {
    "deg": "°", "count": "", "steps/min": marked("steps a minute"), "s": "s", "percent": "%", "ratio": "", "m": "m"
}  # fmt: skip
PEAK = "_peak_ratio"
OTHERS = {
    "knee_largest_flexion_deg": marked("the furthest bend of your knee"),
    "hip_largest_flexion_deg": marked("the furthest bend of your hip"),
}
QUALITIES: Mapping[Quality, str] = {"good": marked("good quality"), "fair": marked("fair quality")}
SIDES = {"left": marked("left"), "right": marked("right"), None: ""}
COLUMNS = (
    "recording", "test", "side", "name", "value", "unit", "standard_error", "detectable_change", "quality", "frame",
    "refusals", "flags", "problem",
)  # fmt: skip


def as_lines(one: Measured, language: Language, *, title: str | None, short: bool, width: int) -> Iterator[str]:
    """A report as text."""
    report, knowledge = one.report, one.knowledge
    if report is None or knowledge is None:
        return
    if title is not None:
        yield f"\n{title}"
    for line in _sentences(one, report, knowledge.movement, language, short=short):
        yield textwrap.fill(line, width, subsequent_indent="  ", break_on_hyphens=False)


def _sentences(
    one: Measured, report: MovementReport, knowledge: MovementKnowledge, language: Language, *, short: bool
) -> Iterator[str]:
    yield _heading(report, knowledge, language)
    for refusal in report.refusals:
        told = notice_data(refusal, language)
        yield say(language, "Not measured ({code}): {message} {remedy}", **told)
    for measurement in report.measurements:
        yield _measurement(report, measurement, knowledge, language)
    for flag in report.flags:
        yield say(language, "Read with care ({code}): {message} {remedy}", **notice_data(flag, language))
    if short or report.refusals:
        return
    if one.length is not None:
        yield from length_sentences(one.length, language)
    for reason in dict.fromkeys(not_measured(report, knowledge, language).values()):
        yield say(language, "Cannot be measured: {reason}", reason=reason)


def _heading(report: MovementReport, knowledge: MovementKnowledge, language: Language) -> str:
    name = knowledge.tests[report.test].name[language]
    side = say(language, SIDES[report.side]) if report.side else ""
    named = _upper(f"{name}, {side}" if side else name)
    message = marked("{test}: {frames} pictures, {fps} a second.")
    told = say(language, message, test=named, frames=report.frames, fps=f"{report.fps:.0f}")
    off = report.view_off_sagittal_deg
    if off is None:
        return told
    return f"{told} " + say(language, "The camera is {off} degrees off square to the side.", off=round(off))


def said(report: MovementReport, one: MovementMeasurement, knowledge: MovementKnowledge, language: Language) -> str:
    """What was measured and its value, in words."""
    return f"{_what(report, one, knowledge, language)}: {_value(one, language)}"


def _measurement(
    report: MovementReport, one: MovementMeasurement, knowledge: MovementKnowledge, language: Language
) -> str:
    message = marked("{what}, give or take {error}; a change counts from {change} ({quality}, picture {frame}, {name})")
    return say(
        language, message, what=said(report, one, knowledge, language),
        error=_in(language, f"{one.standard_error:.2g}"), change=_in(language, f"{one.detectable:.2g}"),
        quality=say(language, QUALITIES[one.quality]), name=one.name, frame=one.frame,
    )  # fmt: skip


def _value(one: MovementMeasurement, language: Language) -> str:
    """A value with its unit, as exact as it is told."""
    decimals = {"ratio": 3, "s": 2}.get(one.unit, 1)
    unit = say(language, UNITS[one.unit]) if UNITS[one.unit] else ""
    return _in(language, f"{one.value:.{decimals}f}") + (unit if unit in ("", "°", "%") else f" {unit}")


def _what(
    report: MovementReport, one: MovementMeasurement, knowledge: MovementKnowledge, language: Language
) -> str:  # fmt: skip
    """What a number is; the side beside it where the report is about both."""
    entry = knowledge.measures.get(f"{report.test}/{one.name}")
    if entry is not None:
        what = entry.text[language]
    elif one.name.removesuffix(PEAK) in MUSCLE_NAMES:
        muscle = say(language, MUSCLE_NAMES[one.name.removesuffix(PEAK)])  # type: ignore[index]
        what = say(language, "the greatest length of {muscle}, as a share of its length upright", muscle=muscle)
    else:
        what = say(language, OTHERS.get(one.name, one.name))
    what = _upper(what)
    return what if one.side is None or report.side is not None else f"{what}, {say(language, SIDES[one.side])}"


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _in(language: Language, number: str) -> str:
    """A number with the decimal sign of the language; whole when it is whole."""
    number = number.removesuffix(".0")
    return number.replace(".", ",") if language == "nl" else number


def as_csv(told: Iterable[Measured]) -> str:
    """A line for every measurement; a recording without any has one line that says why."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in told:
        writer.writerows(_rows(one))
    return text.getvalue()


def _rows(one: Measured) -> Iterator[dict[str, object]]:
    if one.data is None:
        yield {"recording": one.name, "problem": " ".join(str(problem) for problem in one.problems)}
        return
    beside = {
        "recording": one.name,
        "test": one.data["test"],
        "side": one.data["side"],
        "refusals": " ".join(refusal["code"] for refusal in one.data["refusals"]),
        "flags": " ".join(flag["code"] for flag in one.data["flags"]),
    }
    rows = [{**beside, **{name: row[name] for name in COLUMNS if name in row}} for row in one.data["measurements"]]
    yield from rows or [beside]
