"""Keeps score: what was forecast, against what came. A person who is not back yet is counted, never dropped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from herstel.forecast.model import INTERVAL_LEVELS, Forecast, Level
from herstel.forecast.survival import Floats
from herstel.knowledge.progress_entries import Milestone
from herstel.quantities import Interval

DAY_BANDS: Mapping[str, tuple[float, float]] = {"0-6": (0, 7), "7-20": (7, 21), "21+": (21, float("inf"))}
"""Days since the injury on which a forecast was made, from (included) and to."""
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What was forecast of one milestone, as it was told at the time.

    Attributes
    ----------
    id : str
        A label of the one who keeps the record; never a name.
    day : float
        Days since the injury on which it was made.
    curve : tuple of (day, probability not yet reached)
        From the day it was made on, falling.
    """

    id: str
    issued: date
    day: float
    knowledge_version: str
    milestone: Milestone
    median_days: float
    intervals: Mapping[Level, Interval]
    curve: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: reached on a day since the injury, or not reached by that day."""

    forecast: str
    milestone: Milestone
    day: float
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One forecast held against what came of it: small enough to keep, and all that a tally needs.

    Attributes
    ----------
    day : float
        Days since the injury on which it was made.
    reached : bool or None
        None: no word came after it; then nothing else is known.
    inside : tuple of bool or None
        Of each of ``INTERVAL_LEVELS`` whether the outcome lay in the interval; None when that cannot be told yet.
    crps_days, error_days : float or None
        As in ``Tally``; the error has a sign, above 0 when it took longer than told.
    """

    day: float
    reached: bool | None
    inside: tuple[bool | None, ...]
    crps_days: float | None = None
    error_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many outcomes lay inside an interval, outside it, and how many cannot be told yet."""

    inside: int
    outside: int
    undecided: int

    @property
    def share(self) -> float | None:
        """Of those that can be told."""
        told = self.inside + self.outside
        return self.inside / told if told else None

    @property
    def bounds(self) -> Interval | None:
        """Share if all that cannot be told yet fell outside, and if all fell inside."""
        every = self.inside + self.outside + self.undecided
        return Interval(low=self.inside / every, high=(self.inside + self.undecided) / every) if every else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The score of a group of forecasts.

    Attributes
    ----------
    forecasts, reached, waiting, unreported : int
        How many; with an outcome; not reached yet; without any word.
    crps_days : float or None
        Mean continuous ranked probability score in days, lower is better. Of who is not there yet, the part up to the
        last known day: then it is a lower bound.
    error_days, bias_days : float or None
        Mean distance from the median, and mean of outcome minus median (above 0: it took longer than told). Of who is
        not there yet, at least the days past the median.
    """

    forecasts: int
    reached: int
    waiting: int
    unreported: int
    coverage: Mapping[Level, Coverage]
    crps_days: float | None
    error_days: float | None
    bias_days: float | None

    @property
    def lower_bound(self) -> bool:
        """Whether the errors can still grow."""
        return self.waiting > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of all forecasts, and by the day since the injury on which they were made."""

    milestone: Milestone
    all: Tally
    by_day: Mapping[str, Tally]


def issue(forecast: Forecast, label: str, milestone: Milestone = "return") -> Issued | None:
    """The record of a forecast to score later; None when it told no time for this milestone."""
    one = forecast.milestones.get(milestone)
    if one is None or one.reached is not None:
        return None
    return Issued(
        id=label,
        issued=forecast.today,
        day=forecast.day,
        knowledge_version=forecast.knowledge_version,
        milestone=milestone,
        median_days=one.median_days,
        intervals=one.intervals,
        curve=one.curve,
    )


def score(issued: Sequence[Issued], outcomes: Sequence[Outcome], milestone: Milestone = "return") -> Score:
    """Score forecasts of one milestone against what came.

    Parameters
    ----------
    issued : sequence of Issued
    outcomes : sequence of Outcome
        The last word on a forecast counts.
    milestone : str
    """
    last = {one.forecast: one for one in outcomes if one.milestone == milestone}
    judged = [judge(one, last.get(one.id)) for one in issued if one.milestone == milestone]
    bands = {band: tally([one for one in judged if in_band(one.day, band)]) for band in DAY_BANDS}
    return Score(milestone=milestone, all=tally(judged), by_day=bands)


def crps(curve: Points, day: float, *, reached: bool = True) -> float:
    """Continuous ranked probability score in days, exact for the curve with straight lines between its points.

    The integral of (F(x) - [x >= day])^2, where F is the probability of being there by x; when it is not reached by
    ``day``, only its part up to that day, which no later outcome can lower. Source: Gneiting & Raftery 2007, JASA
    102:359.

    Parameters
    ----------
    curve : tuple of (day, probability not yet reached)
        What is left at the last point is put there.
    day : float
        Of the outcome, in days since the injury.
    reached : bool
    """
    days, there = np.array([point[0] for point in curve]), 1 - np.array([point[1] for point in curve])
    before = _squared_area(*_cut(days, there, high=day))
    after_end = max(day - float(days[-1]), 0.0)
    if not reached:
        return before + after_end
    after = _squared_area(*_cut(days, 1 - there, low=day))
    return before + after_end + after + max(float(days[0]) - day, 0.0)


def _cut(days: Floats, values: Floats, low: float = -np.inf, high: float = np.inf) -> tuple[Floats, Floats]:
    """The piecewise straight line between two days, with a point at each cut."""
    edges = np.clip([low, high], days[0], days[-1])
    inner = days[(days > edges[0]) & (days < edges[1])]
    kept = np.concatenate([edges[:1], inner, edges[1:]])
    return kept, np.interp(kept, days, values)


def _squared_area(days: Floats, values: Floats) -> float:
    """Integral of the square of a piecewise straight line."""
    start, end = values[:-1], values[1:]
    return float((np.diff(days) * (start * start + start * end + end * end) / 3).sum())


def judge(issued: Issued, outcome: Outcome | None) -> Judged:
    """Hold one forecast against its outcome; None when there is no word of it."""
    if outcome is None:
        return Judged(day=issued.day, reached=None, inside=(None,) * len(INTERVAL_LEVELS))
    error = outcome.day - issued.median_days
    return Judged(
        day=issued.day,
        reached=outcome.reached,
        inside=tuple(_inside(issued.intervals[level], outcome) for level in INTERVAL_LEVELS),
        crps_days=crps(issued.curve, outcome.day, reached=outcome.reached),
        error_days=error if outcome.reached else max(error, 0.0),
    )


def tally(judged: Sequence[Judged]) -> Tally:
    """The score of a group of forecasts that were held against what came."""
    errors = [one.error_days for one in judged if one.error_days is not None]
    return Tally(
        forecasts=len(judged),
        reached=sum(one.reached is True for one in judged),
        waiting=sum(one.reached is False for one in judged),
        unreported=sum(one.reached is None for one in judged),
        coverage={level: _coverage(judged, place) for place, level in enumerate(INTERVAL_LEVELS)},
        crps_days=_mean([one.crps_days for one in judged if one.crps_days is not None]),
        error_days=_mean([abs(error) for error in errors]),
        bias_days=_mean(errors),
    )


def in_band(day: float, band: str) -> bool:
    """Whether a forecast made on this day since the injury belongs to a band of ``DAY_BANDS``."""
    low, high = DAY_BANDS[band]
    return low <= day < high


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _coverage(judged: Sequence[Judged], place: int) -> Coverage:
    found = [one.inside[place] for one in judged if one.reached is not None]
    count: Callable[[bool | None], int] = found.count
    return Coverage(inside=count(True), outside=count(False), undecided=count(None))


def _inside(interval: Interval, outcome: Outcome) -> bool | None:
    """Not reached by a day past the interval is outside; before its end it cannot be told."""
    if outcome.reached:
        return interval.low <= outcome.day <= interval.high
    return False if outcome.day >= interval.high else None
