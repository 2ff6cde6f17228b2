"""Survival mathematics: a mixture of log-normal times, and a Weibull hazard that never falls below a floor."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
_BISECTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogNormalMixture:
    """Time to return as a mixture: component k has weight w_k and ln T ~ Normal(mean_k, sd_k), T in days.

    Attributes
    ----------
    weights, means, sds : float array (components,)
        The weights sum to one.
    """

    weights: Floats
    means: Floats
    sds: Floats

    def survival(self, days: ArrayLike) -> Floats:
        """P(T > day) for each day, in the shape of ``days``; 1 at day 0 and before."""
        days = np.asarray(days, dtype=float)
        with np.errstate(divide="ignore"):
            log_days = np.log(np.maximum(days, 0))
        return np.asarray(ndtr((self.means - log_days[..., None]) / self.sds) @ self.weights)

    def survival_given(self, days: ArrayLike, survived_days: float) -> Floats:
        """P(T > day | T > survived_days); 1 for a day before ``survived_days``."""
        return np.minimum(self.survival(days) / self.survival(survived_days), 1.0)

    def quantile(self, probability: ArrayLike) -> Floats:
        """The day by which this share is back, in the shape of ``probability`` (0 to 1, ends excluded)."""
        wanted = np.asarray(probability, dtype=float)
        each = self.means + self.sds * ndtri(wanted)[..., None]
        low, high = each.min(axis=-1), each.max(axis=-1)
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            below = ndtr((middle[..., None] - self.means) / self.sds) @ self.weights < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray(np.exp((low + high) / 2))

    @property
    def mean_days(self) -> float:
        """Expected days to return."""
        return float(self.weights @ np.exp(self.means + self.sds**2 / 2))

    @property
    def component_sd(self) -> float:
        """Spread within the components on ln T: the root of the mean variance."""
        return float(np.sqrt(self.weights @ self.sds**2))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceHazard:
    """Hazard of recurrence after return: a Weibull times a hazard ratio, and a floor from a day on.

    Without a floor S(t) = exp(-ratio (t / scale_days)^shape). From ``floor_from_days`` on the hazard does not fall
    below ``floor_per_day``.
    """

    scale_days: float
    shape: float
    ratio: float = 1.0
    floor_per_day: float = 0.0
    floor_from_days: float = 0.0

    def hazard(self, days: ArrayLike) -> Floats:
        """Hazard per day on each day after return (above 0)."""
        days = np.asarray(days, dtype=float)
        weibull = self.ratio * self.shape / self.scale_days * (days / self.scale_days) ** (self.shape - 1)
        return np.where(days > self.floor_from_days, np.maximum(weibull, self.floor_per_day), weibull)

    def cumulative_hazard(self, days: ArrayLike) -> Floats:
        """Hazard summed up to each day. The Weibull hazard falls (shape below 1): the floor holds from some day on."""
        days = np.asarray(days, dtype=float)
        start = self._floor_start()
        weibull = self.ratio * (np.minimum(days, start) / self.scale_days) ** self.shape
        return np.asarray(weibull + self.floor_per_day * np.maximum(days - start, 0) if self.floor_per_day else weibull)

    def survival(self, days: ArrayLike) -> Floats:
        """P(no recurrence up to each day after return)."""
        return np.asarray(np.exp(-self.cumulative_hazard(days)))

    def _floor_start(self) -> float:
        if not self.floor_per_day:
            return math.inf
        crossing = self.floor_per_day * self.scale_days / (self.ratio * self.shape)
        return max(self.floor_from_days, float(self.scale_days * crossing ** (1 / (self.shape - 1))))
