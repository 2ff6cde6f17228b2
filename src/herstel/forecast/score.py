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
    pairs = [(one, last.get(one.id)) for one in issued if one.milestone == milestone]
    bands = {
        name: _tally([pair for pair in pairs if low <= pair[0].day < high]) for name, (low, high) in DAY_BANDS.items()
    }
    return Score(milestone=milestone, all=_tally(pairs), by_day=bands)


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


_Pair = tuple[Issued, Outcome | None]


def _tally(pairs: Sequence[_Pair]) -> Tally:
    told = [(one, outcome) for one, outcome in pairs if outcome is not None]
    errors = [outcome.day - one.median_days for one, outcome in told]
    certain = [error if outcome.reached else max(error, 0.0) for error, (_, outcome) in zip(errors, told, strict=True)]
    return Tally(
        forecasts=len(pairs),
        reached=sum(outcome.reached for _, outcome in told),
        waiting=sum(not outcome.reached for _, outcome in told),
        unreported=len(pairs) - len(told),
        coverage={level: _coverage(told, level) for level in INTERVAL_LEVELS},
        crps_days=_mean([crps(one.curve, outcome.day, reached=outcome.reached) for one, outcome in told]),
        error_days=_mean([abs(error) for error in certain]),
        bias_days=_mean(certain),
    )


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def _coverage(told: Sequence[tuple[Issued, Outcome]], level: Level) -> Coverage:
    found = [_inside(one.intervals[level], outcome) for one, outcome in told]
    count: Callable[[bool | None], int] = found.count
    return Coverage(inside=count(True), outside=count(False), undecided=count(None))


def _inside(interval: Interval, outcome: Outcome) -> bool | None:
    """Not reached by a day past the interval is outside; before its end it cannot be told."""
    if outcome.reached:
        return interval.low <= outcome.day <= interval.high
    return False if outcome.day >= interval.high else None
