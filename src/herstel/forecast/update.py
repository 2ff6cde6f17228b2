"""The mixture given that the person is not back yet, and given what progress says, on a fixed grid of ln T."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_ndtr, ndtr

from herstel.forecast.signals import NotReached, Signal
from herstel.forecast.survival import Floats, LogNormalMixture

_EDGES = np.linspace(math.log(0.25), math.log(10_000), 1537)
"""Edges of the cells on ln(days): a quarter of a day to 27 years, steps of 0.7 %."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """Probability of ln T per cell of the grid.

    Attributes
    ----------
    edges : float array (cells + 1,)
        On ln(days); cells before today are empty.
    mass : float array (components, cells)
        Sums to one.
    """

    edges: Floats
    mass: Floats

    @property
    def weights(self) -> Floats:
        """Weight of every component, float array (components,)."""
        return np.asarray(self.mass.sum(axis=1))

    @property
    def _cumulative(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(self.mass.sum(axis=0))])

    def survival(self, days: ArrayLike) -> Floats:
        """P(T > day), in the shape of ``days``."""
        log_days = np.log(np.maximum(np.asarray(days, dtype=float), 1e-9))
        return np.asarray(1 - np.minimum(np.interp(log_days, self.edges, self._cumulative), 1.0))

    def quantile(self, probability: ArrayLike) -> Floats:
        """The day by which this share is back, in the shape of ``probability``."""
        cumulative = self._cumulative
        filled = np.concatenate([[True], np.diff(cumulative) > 0])
        wanted = np.asarray(probability, dtype=float)
        return np.asarray(np.exp(np.interp(wanted, cumulative[filled], self.edges[filled])))

    def sd(self) -> float:
        """Standard deviation of ln T."""
        middle, mass = (self.edges[1:] + self.edges[:-1]) / 2, self.mass.sum(axis=0)
        mean = float(mass @ middle)
        return math.sqrt(float(mass @ (middle - mean) ** 2))


def update(
    mixture: LogNormalMixture,
    day: float,
    signals: Sequence[Signal] = (),
    ahead: NotReached | None = None,
) -> Posterior:
    """The posterior of ln T given T > day and the readings.

    Every likelihood shifts the posterior one way only (monotone likelihood ratio) and has the same noise for all
    components, so that a worse reading, or a later day without a milestone, never shortens the forecast.

    Parameters
    ----------
    mixture : LogNormalMixture
    day : float
        Days since the injury; the person is not back yet.
    signals : sequence of Signal
    ahead : NotReached, optional
        The next milestone, not reached yet.
    """
    edges = np.maximum(_EDGES, math.log(day)) if day > 0 else _EDGES
    above = ndtr((mixture.means[:, None] - edges) / mixture.sds[:, None])
    mass = above[:, :-1] - above[:, 1:]
    mass[:, -1] += above[:, -1]
    mass *= mixture.weights[:, None]
    middle = (edges[:-1] + edges[1:]) / 2
    likelihood = np.zeros_like(middle)
    for signal in signals:
        likelihood += log_likelihood(signal, middle)
    if ahead is not None:
        likelihood += log_not_reached(ahead, middle)
    likelihood -= likelihood[mass.sum(axis=0) > 0].max()
    mass = mass * np.exp(np.minimum(likelihood, 0.0))
    return Posterior(edges=edges, mass=mass / mass.sum())


def log_likelihood(signal: Signal, log_times: Floats) -> Floats:
    """Log-likelihood of a reading for each ln T, times its weight and up to a constant."""
    z = (log_times - signal.log_time) / signal.log_sd
    if signal.only_lengthens:
        return np.asarray(signal.weight * log_ndtr(z))
    return np.asarray(signal.weight * (log_ndtr(-z) if signal.only_shortens else -0.5 * z * z))


def log_not_reached(ahead: NotReached, log_times: Floats) -> Floats:
    """Log-probability for each ln T that the milestone lies after the day, times its weight."""
    milestone = ahead.milestone
    z = (log_times + math.log(milestone.fraction / ahead.day)) / milestone.log_sd
    return np.asarray(ahead.weight * log_ndtr(z))
