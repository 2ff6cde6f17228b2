"""How the forecast says days, dates, ranges and chances."""

from collections.abc import Mapping
from datetime import date, timedelta

from herstel.errors import marked
from herstel.knowledge.forecast_entries import CountedFrom
from herstel.text import MONTHS, Language, say

_Unit = tuple[float, str, str]
"""Days, one of it, several."""
_UNITS: tuple[tuple[float, _Unit], ...] = (
    (14.5, (1.0, marked("1 day"), marked("{n} days"))),
    (120.0, (7.0, marked("1 week"), marked("{n} weeks"))),
    (float("inf"), (30.44, marked("1 month"), marked("{n} months"))),
)
"""Up to so many days, a time is said in this unit."""
_CLOSE = 2.0
"""Times that differ by less than this factor are said in one unit."""
_CHANCE_STEP = 5
_SINCE: Mapping[CountedFrom, str] = {
    "injury": marked("after it began"),
    "programme": marked("after the programme began"),
}


def duration(language: Language, days: float) -> str:
    """A time in days, weeks or months, as rough as it is."""
    unit = _unit(days)
    return _said(language, _count(days, unit), unit)


def span(language: Language, low: float, high: float) -> str:
    """A range of times, each end in its own unit unless they are close; a unit they share is said once."""
    unit = _unit(low)
    last = unit if high < _CLOSE * low else _unit(high)
    least, most = _count(low, unit), _count(high, last)
    if (least, unit) == (most, last):
        return duration(language, low)
    first = str(least) if unit == last else _said(language, least, unit)
    return say(language, "{low} to {high}", low=first, high=_said(language, most, last))


def _unit(days: float) -> _Unit:
    return next(unit for longest, unit in _UNITS if days < longest)


def _count(days: float, unit: _Unit) -> int:
    return max(round(days / unit[0]), 1)


def _said(language: Language, count: int, unit: _Unit) -> str:
    _, one, several = unit
    return say(language, one) if count == 1 else say(language, several, n=count)


def since(language: Language, counted_from: CountedFrom) -> str:
    """What the days are counted from."""
    return say(language, _SINCE[counted_from])


def long_date(language: Language, day: date) -> str:
    """A date in words."""
    return say(language, "{day} {month} {year}", day=day.day, month=say(language, MONTHS[day.month - 1]), year=day.year)


def date_after(language: Language, start: date, days: float) -> str:
    """The date so many days after another, in words."""
    return long_date(language, start + timedelta(days=round(days)))


def in_100(share: float) -> int:
    """A chance out of 100 in steps of five; never none and never all."""
    return min(max(_CHANCE_STEP * round(100 * share / _CHANCE_STEP), _CHANCE_STEP), 100 - _CHANCE_STEP)


def chance_range(language: Language, low: float, high: float) -> str:
    """A range of chances, in steps of five out of 100."""
    least, most = in_100(low), in_100(high)
    if least == most:
        return say(language, "about {n} in 100", n=least)
    return say(language, "{low} to {high} in 100", low=least, high=most)
