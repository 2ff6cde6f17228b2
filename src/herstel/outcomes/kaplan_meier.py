"""The Kaplan-Meier estimate, also for people who were followed only from some day on."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from herstel.quantities import Interval

_Z = NormalDist().inv_cdf(0.975)


class Followed(NamedTuple):
    """One person: followed from a day up to another, on which it happened or not."""

    until: float
    happened: bool
    since: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From this day on the share to whom it has not happened, with its 95 % interval."""

    day: float
    at_risk: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class KaplanMeier:
    """The share to whom it has not happened yet, as steps.

    Attributes
    ----------
    steps : tuple of Step
        One for every day on which it happened to anybody.
    first_day, last_day : float or None
        Between these days enough people were followed; None when there is no such day.
    """

    steps: tuple[Step, ...]
    first_day: float | None
    last_day: float | None

    def at(self, day: float) -> Step | None:
        """The step that holds on a day; None when too few were followed that long."""
        if self.first_day is None or self.last_day is None or not day <= self.last_day:
            return None
        before = [one for one in self.steps if one.day <= day]
        return before[-1] if before else Step(day=self.first_day, at_risk=0, share=1.0, interval=_CERTAIN)

    @property
    def median(self) -> float | None:
        """The first day by which it had happened to half; None when that is not known yet."""
        return self._crossing([one.share for one in self.steps])

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """95 % interval of the median: where the limits of the curve cross a half; None is open."""
        return (
            self._crossing([one.interval.low for one in self.steps]),
            self._crossing([one.interval.high for one in self.steps]),
        )

    def _crossing(self, shares: Sequence[float]) -> float | None:
        return next((step.day for step, share in zip(self.steps, shares, strict=True) if share <= 0.5), None)


_CERTAIN = Interval(low=1.0, high=1.0)


def kaplan_meier(people: Sequence[Followed], least_at_risk: int = 1) -> KaplanMeier:
    """The share to whom it has not happened by each day, of people who are not all followed to the end.

    Somebody counts from the day on which they began to be followed: who came later cannot be known to have been spared
    before. Intervals are Greenwood's on the log(-log) scale. Sources: Kaplan & Meier 1958, JASA 53:457; Kalbfleisch &
    Prentice 1980.

    Parameters
    ----------
    people : sequence of Followed
        Who was followed for no time at all counts for nothing.
    least_at_risk : int
        Days on which fewer were being followed make no step: before the first such day nothing is said, and the curve
        ends at the last one.
    """
    told = np.array([one for one in people if one.until > one.since], dtype=float).reshape(-1, 3)
    until, ended, since = told[:, 0], told[:, 1], told[:, 2]
    edges, place = np.unique(until, return_inverse=True)
    at_risk = np.searchsorted(np.sort(since), edges) - np.searchsorted(np.sort(until), edges)
    happened = np.bincount(place, weights=ended, minlength=len(edges))
    enough = at_risk >= least_at_risk
    days = edges[enough].tolist()
    return KaplanMeier(
        steps=tuple(_steps(days, at_risk[enough].tolist(), happened[enough].tolist())),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
    )


def _steps(days: Sequence[float], at_risk: Sequence[int], happened: Sequence[float]) -> Iterator[Step]:
    share, variance = 1.0, 0.0
    for day, n, times in zip(days, at_risk, happened, strict=True):
        if times:
            share *= 1 - times / n
            variance = variance + times / (n * (n - times)) if n > times else float("inf")
            yield Step(day=day, at_risk=n, share=share, interval=_interval(share, variance))


def _interval(share: float, variance: float) -> Interval:
    if not 0 < share < 1:
        return Interval(low=share, high=share)
    half = _Z * math.sqrt(variance) / math.log(share)
    return Interval(low=share ** math.exp(-half), high=share ** math.exp(half))
