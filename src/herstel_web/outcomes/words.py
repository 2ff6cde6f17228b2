"""How figures read: a number with its interval, and that there are too few persons for one."""

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from herstel.outcomes.summary import LEAST_PERSONS, Share, Spread, enough
from herstel.quantities import Interval, Proportion
from herstel_web.outcomes.shown import Cell

NONE = "–"
SPACE = "\u00a0"
"""Keeps a number and its sign on one line."""


def too_few() -> str:
    return gettext("fewer than {n}").format(n=LEAST_PERSONS)


def number(value: float, decimals: int = 0) -> str:
    return str(number_format(round(value, decimals), decimal_pos=decimals))  # Django cuts off, and does not round


def days(value: float) -> str:
    return ngettext("{n} day", "{n} days", round(value)).format(n=number(value))


def percent(share: float) -> str:
    return f"{round(100 * share)}{SPACE}%"


def percents(interval: Interval) -> str:
    return f"{round(100 * interval.low)}–{round(100 * interval.high)}{SPACE}%"


def proportion(counted: Proportion) -> Cell:
    """80 % (38–96 %), 4 of 5."""
    interval = counted.wilson()
    if counted.value is None or interval is None:
        return Cell(NONE)
    small = gettext("{k} of {n}").format(k=counted.k, n=counted.n)
    return Cell(f"{percent(counted.value)} ({percents(interval)})", small)


def share(one: Share) -> Cell:
    return proportion(one.counted) if enough(one.persons) else Cell(too_few())


def spread(one: Spread | None, *, decimals: int = 0, as_percent: bool = False) -> Cell:
    """The middle one with the middle half."""
    if one is None:
        return Cell(NONE)
    if not enough(one.persons):
        return Cell(too_few())
    if as_percent:
        return Cell(f"{percent(one.median)} ({percents(Interval(low=one.low_quarter, high=one.high_quarter))})")
    low, high = number(one.low_quarter, decimals), number(one.high_quarter, decimals)
    return Cell(f"{number(one.median, decimals)} ({low}–{high})")
