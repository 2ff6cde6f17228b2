"""What a set of measurements says on a day: the latest value, the ratio of both legs, the difference between them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from herstel.chain.model import BODY_SIDES, BodySide, Measurement
from herstel.knowledge.chain_entries import ChainTest
from herstel.knowledge.model import Knowledge
from herstel.knowledge.norm_entries import Norm

RATIO_UNITS = ("ratio", "percent")
"""A test without sides in one of these units is itself a comparison of the legs."""


def other_side(side: BodySide) -> BodySide:
    """The other side of the body."""
    return "right" if side == "left" else "left"


def standing(measurements: Iterable[Measurement]) -> tuple[tuple[Measurement, ...], tuple[Measurement, ...]]:
    """Which records stand, by date, and which were replaced by a later record of the same test, side and date."""
    stand: dict[tuple[str, BodySide | None, date], Measurement] = {}
    replaced: list[Measurement] = []
    for one in measurements:
        key = (one.test, one.side, one.date)
        if key in stand:
            replaced.append(stand[key])
        stand[key] = one
    return tuple(sorted(stand.values(), key=lambda one: one.date)), tuple(replaced)


def latest(
    measurements: Sequence[Measurement], test: str, side: BodySide | None, on: date, max_age_days: float
) -> Measurement | None:
    """The last measurement of a test on one side, not after a day and not too old; None when there is none.

    Parameters
    ----------
    measurements : sequence of Measurement
        In any order; of several on one day the one that stands last counts, as it corrects the others.
    side : {"left", "right"} or None
        None for a test that has no sides.
    on : date
    max_age_days : float
    """
    oldest = on - timedelta(days=min(max_age_days, (on - date.min).days))
    found: Measurement | None = None
    for one in measurements:
        fits = one.test == test and one.side == side and oldest <= one.date <= on
        if fits and (found is None or one.date >= found.date):
            found = one
    return found


def value(
    measurements: Sequence[Measurement], test: str, side: BodySide | None, on: date, max_age_days: float
) -> tuple[float, date] | None:
    """The last value of a test on one side with its day; None when there is none."""
    found = latest(measurements, test, side, on, max_age_days)
    return None if found is None else (found.value, found.date)


def side_ratio(
    measurements: Sequence[Measurement], test: str, injured_side: BodySide | None, on: date, max_age_days: float
) -> tuple[float, date] | None:
    """The injured side over the other, of the latest measurements.

    Returns
    -------
    (ratio, day) or None
        The day of the older of the two. None when a side is missing, the injured side is not known or the other side
        is zero. A test that is itself a ratio or a percentage of the other side is the answer as it stands (a
        percentage as a proportion).
    """
    itself = latest(measurements, test, None, on, max_age_days)
    if itself is not None and itself.unit in RATIO_UNITS:
        return itself.value / (100 if itself.unit == "percent" else 1), itself.date
    pair = both_sides(measurements, test, injured_side, on, max_age_days)
    if pair is None or pair[1].value == 0:
        return None
    return pair[0].value / pair[1].value, min(pair[0].date, pair[1].date)


def side_difference(  # noqa: PLR0913 - the question has six parts, and callers name them
    measurements: Sequence[Measurement],
    test: str,
    injured_side: BodySide | None,
    on: date,
    max_age_days: float,
    knowledge: Knowledge,
) -> tuple[float, date] | None:
    """How much worse the injured side is than the other, in the unit of the test; negative when it is better.

    Returns
    -------
    (difference, day) or None
        The day of the older of the two; None as for ``side_ratio``.
    """
    pair = both_sides(measurements, test, injured_side, on, max_age_days)
    if pair is None:
        return None
    injured, other = pair
    difference = worse_by(knowledge.chain.tests[test], injured.value, other.value, knowledge.chain.norms.get(test, ()))
    return difference, min(injured.date, other.date)


def both_sides(
    measurements: Sequence[Measurement], test: str, injured_side: BodySide | None, on: date, max_age_days: float
) -> tuple[Measurement, Measurement] | None:
    """The latest measurement of the injured side and of the other; None when one is missing."""
    if injured_side is None:
        return None
    injured = latest(measurements, test, injured_side, on, max_age_days)
    other = latest(measurements, test, other_side(injured_side), on, max_age_days)
    return None if injured is None or other is None else (injured, other)


def worse_by(test: ChainTest, one: float, other: float, norms: Sequence[Norm]) -> float:
    """How much worse one value of a test is than another, in its unit and direction; negative when it is better.

    Where the middle is best, the distance from the mean of the norms counts.
    """
    return badness(test, one, norms) - badness(test, other, norms)


def badness(test: ChainTest, value: float, norms: Sequence[Norm]) -> float:
    """A value turned so that more is worse, in the unit of the test."""
    if test.direction == "lower_better":
        return value
    if test.direction == "higher_better":
        return -value
    middle = next((norm.mean for norm in norms if norm.mean is not None), 0.0)
    return abs(value - middle)


def measured_sides(test: ChainTest) -> tuple[BodySide | None, ...]:
    """The sides that a test is done on."""
    return BODY_SIDES if test.per_side else (None,)
