"""What was measured: each test with its side difference against the error, and how strength came back over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from herstel.chain.deviations import judging_norm
from herstel.chain.measures import other_side
from herstel.chain.model import BodySide, Measurement, SideDifference, TestResult
from herstel.errors import marked
from herstel.knowledge.chain_entries import ChainTest
from herstel_letters.model import LetterSection
from herstel_letters.words import LetterTelling, bullet, section, sentence

MOST_TESTS = 8
VERDICTS = {
    "deviating": marked("deviating"),
    "within_error": marked("within the error of the test"),
    "normal": marked("not deviating"),
    "not_judged": marked("not judged"),
}
_WORST_FIRST = ("deviating", "within_error", "not_judged", "normal")
FOLLOWED = (
    "isometric_90", "isometric_30", "isometric_15", "outer_range_strength", "nordic_force", "nordic_force_newton",
    "single_leg_bridge", "active_knee_extension", "straight_leg_raise", "h_test",
)  # fmt: skip
"""Tests of which a progress or discharge letter tells the course."""


def findings(t: LetterTelling) -> LetterSection | None:
    """The latest result of every test, the deviating ones first and in full; then what was not measured."""
    title = t.tell("Findings")
    results = _told_once(t.recovery.chain.results, t.recovery.chain.injured_side)
    lines = [*_examination(t)]
    if not results:
        lines.append(t.tell("Nothing was measured yet."))
        return section("findings", title, lines)
    ordered = sorted(results, key=lambda one: _WORST_FIRST.index(one.verdict))
    full = [one for one in ordered if one.verdict != "normal"][:MOST_TESTS]
    lines += [bullet(_result(t, one)) for one in full]
    others = [one for one in ordered if one not in full]
    if others:
        names = "; ".join(f"{_name(t, one)} {_amount(t, one)}" for one in others)
        lines.append(t.tell("Not deviating: {tests}.", tests=names))
    return section("findings", title, [*lines, *_not_measured(t)])


def _told_once(results: Sequence[TestResult], injured: BodySide | None) -> list[TestResult]:
    """One result per test: that of the injured side, which tells the difference too; else the worst."""
    told = []
    for _, of_test in groupby(results, key=lambda one: one.test):
        listed = sorted(of_test, key=lambda one: (one.side != injured, _WORST_FIRST.index(one.verdict)))
        told.append(listed[0])
    return told


def _examination(t: LetterTelling) -> Iterator[str]:
    """Physical tests a clinician told with the complaint."""
    for test, positive in t.judged.complaint.examination.items():
        result = t.tell("positive") if positive else t.tell("negative")
        yield bullet(f"{t.of(t.knowledge.tests[test].name)}: {result}.")


def _result(t: LetterTelling, one: TestResult) -> str:
    test = t.knowledge.chain.tests[one.test]
    parts = [f"{_name(t, one)}: {_both_sides(t, one)}", *_difference(t, test, one.difference), *_norm(t, test, one)]
    return sentence(f"{'; '.join(parts)}: {t.tell(VERDICTS[one.verdict])} ({t.day(one.measurement.date)})")


def _name(t: LetterTelling, one: TestResult) -> str:
    return t.term("tests", one.test)


def _amount(t: LetterTelling, one: TestResult) -> str:
    amount = t.amount(t.knowledge.chain.tests[one.test], one.measurement.value)
    return f"{t.side(one.side)} {amount}" if one.side else amount


def _both_sides(t: LetterTelling, one: TestResult) -> str:
    """The value, with that of the other leg when they were compared."""
    if one.side is None or one.difference is None:
        return _amount(t, one)
    other = next(
        each for each in t.recovery.chain.results if (each.test, each.side) == (one.test, other_side(one.side))
    )
    return f"{_amount(t, one)}, {_amount(t, other)}"


def _difference(t: LetterTelling, test: ChainTest, difference: SideDifference | None) -> Iterator[str]:
    """The difference between the legs against the error of the test."""
    if difference is None or test.unit == "yes_no" or difference.difference <= 0:
        return
    parts = [t.tell("difference {size}", size=t.amount(test, difference.difference))]
    if difference.percent is not None and test.unit not in ("deg", "percent", "points"):
        parts[0] += f" ({t.number(round(difference.percent))}%)"
    if difference.error is not None:
        parts.append(t.tell("measurement error {error}", error=t.amount(test, difference.error)))
    else:
        parts.append(t.tell("measurement error not known"))
    if difference.threshold is not None and difference.verdict == "normal":
        parts.append(t.tell("counts from {limit}", limit=t.amount(test, difference.threshold)))
    yield ", ".join(parts)


def _norm(t: LetterTelling, test: ChainTest, one: TestResult) -> Iterator[str]:
    norm = judging_norm(one, t.knowledge.chain)
    if norm is None or one.threshold is None or test.unit == "yes_no":
        return
    yield t.tell("limit of the norm {limit}", limit=t.amount(test, one.threshold))


def _not_measured(t: LetterTelling) -> Iterator[str]:
    links = [one.link for one in t.recovery.chain.links.values() if one.worst == "not_measured"]
    measurable = [t.of(t.knowledge.chain.links[link].name) for link in links if link not in ("history", "load")]
    if measurable:
        yield t.tell("Not measured, so not known: {links}.", links=", ".join(measurable))


# --- over time --------------------------------------------------------------------------------------------------------


def side_differences(t: LetterTelling) -> LetterSection | None:
    """The injured leg against the other at the first and the last measurement of every followed test."""
    injured = t.recovery.chain.injured_side
    title = t.tell("Strength and mobility, injured against other side")
    if injured is None:
        return findings(t)
    lines = [line for name in FOLLOWED for line in _course(t, t.knowledge.chain.tests[name], injured)]
    if not lines:
        lines = [t.tell("Not measured on both sides, so not known.")]
    return section("side_differences", title, lines)


def _course(t: LetterTelling, test: ChainTest, injured: BodySide) -> Iterator[str]:
    pairs = _pairs(t.recovery.chain.measurements, test.id, injured)
    if not pairs:
        return
    days = sorted(pairs)
    told = [_pair(t, test, pairs[day], day) for day in dict.fromkeys((days[0], days[-1]))]
    latest = next(one for one in t.recovery.chain.results if (one.test, one.side) == (test.id, injured))
    parts = [" → ".join(told), *_difference(t, test, latest.difference)]
    verdict = "not_judged" if latest.difference is None else latest.difference.verdict
    yield bullet(sentence(f"{t.term('tests', test.id)}: {'; '.join(parts)}: {t.tell(VERDICTS[verdict])}"))


def _pairs(measurements: Sequence[Measurement], test: str, injured: BodySide) -> Mapping[date, tuple[float, float]]:
    """Injured and other side, of the days on which both were measured."""
    taken = {(one.date, one.side): one.value for one in measurements if one.test == test}
    return {
        day: (value, taken[day, other_side(injured)])
        for (day, side), value in taken.items()
        if side == injured and (day, other_side(injured)) in taken
    }


def _pair(t: LetterTelling, test: ChainTest, pair: tuple[float, float], day: date) -> str:
    """Both values; of strength the ratio as well."""
    injured, other = pair
    ratio = "" if test.unit == "deg" or not other else f"{round(100 * injured / other)}%, "
    return f"{ratio}{t.amount(test, injured)} / {t.amount(test, other)} ({t.day(day)})"
