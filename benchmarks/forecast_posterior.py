"""The update on the grid against a posterior by Markov chain Monte Carlo (PyMC), on three examples.

PyMC samples the time T in days itself, with the mixture, the not being back yet and every reading written down anew, so
that only the model is shared and none of the code.
"""

import logging
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.figures import Figure, milliseconds
from herstel.forecast.signals import NotReached, Signal
from herstel.forecast.survival import Floats, LogNormalMixture
from herstel.forecast.update import update
from herstel.knowledge.model import Knowledge

SHARES = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
WITHIN = 0.03
"""Sampling error of the chains included."""
CHAINS, DRAWS, TUNE = 4, 5000, 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One forecast as the update sees it."""

    name: str
    mixture: LogNormalMixture
    day: float
    signals: tuple[Signal, ...] = ()
    ahead: NotReached | None = None


def figures(knowledge: Knowledge) -> Iterator[Figure]:
    """Agreement and speed for each example."""
    for example in examples(knowledge):
        update_it = partial(update, example.mixture, example.day, example.signals, example.ahead)
        grid = update_it().quantile(SHARES)
        start = perf_counter()
        chains = np.quantile(sampled(example), SHARES)
        faster = 1000 * (perf_counter() - start) / milliseconds(update_it)
        worst = float(np.abs(grid / chains - 1).max())
        days = ", ".join(f"{one:.1f}/{other:.1f}" for one, other in zip(grid, chains, strict=True))
        speed = f"the grid is {faster:,.0f} times as fast as the chains with their compiling"
        yield Figure(
            name=f"posterior on the grid against PyMC, {example.name}",
            value=f"days at 10/25/50/75/90 %: {days}; at most {worst:.1%} apart; {speed}",
            aim=f"at most {WITHIN:.0%} apart",
            met=worst <= WITHIN,
        )


def examples(knowledge: Knowledge) -> tuple[Example, ...]:
    """Day 1 with nothing but the grades, day 14 with tests, day 25 with a milestone reached and the next one not."""
    tests = (
        Signal(id="outer_range_ratio", log_time=math.log(30), log_sd=0.63, day=14, value=0.8),
        Signal(id="active_knee_extension", log_time=math.log(45), log_sd=0.35, day=14, value=12, weight=0.5),
        Signal(id="pain", log_time=math.log(60), log_sd=0.7, day=14, value=3, only_lengthens=True, weight=0.5),
    )
    jogged = (Signal(id="jog", log_time=math.log(14 / 0.35), log_sd=0.30, day=14, value=14, only_shortens=True),)
    ahead = NotReached(milestone=knowledge.forecast.milestones["run_70"], day=25, weight=0.5)
    early, middle = people(knowledge, "1:0.3 2:0.6 3:0.1"), people(knowledge, "1:0.3 2:0.5 3:0.1 tendon:0.1")
    late = people(knowledge, "1:0.2 2:0.6 3:0.1 avulsion:0.1")
    return (
        Example(name="day 1, grades only", mixture=early, day=1),
        Example(name="day 14, three tests", mixture=middle, day=14, signals=tests),
        Example(name="day 25, jogging but not running at 70 %", mixture=late, day=25, signals=jogged, ahead=ahead),
    )


def people(knowledge: Knowledge, weights: str) -> LogNormalMixture:
    """Recreational athletes of these grades, with the spread between cohorts."""
    forecast = knowledge.forecast
    shares = {name: float(share) for name, share in (part.split(":") for part in weights.split())}
    times = [forecast.times[name] for name in shares]
    setting, between = forecast.settings["recreational"], forecast.constants["between_cohort_sd"]
    return LogNormalMixture(
        weights=np.array(list(shares.values())),
        means=np.array([time.log_mean + time.setting_share * setting.shift for time in times]),
        sds=np.array([math.hypot(time.log_sd, between, time.setting_share * setting.shift_sd) for time in times]),
    )


def sampled(example: Example, draws: int = DRAWS, seed: int = 1) -> Floats:
    """Draws of T in days by PyMC."""
    logging.getLogger("pymc").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of importing PyMC and compiling with it, not of ours
        return _chains(example, draws, seed)


def _chains(example: Example, draws: int, seed: int) -> Floats:
    """T = day + exp(y) keeps it after today; y is added to the density as the Jacobian of that."""
    import pymc as pm

    with pm.Model():
        y = pm.Flat("y")
        time = pm.Deterministic("time", example.day + pm.math.exp(y))
        pm.Potential("density", _log_density(pm, example, time) + y)
        drawn = pm.sample(
            draws, tune=TUNE, chains=CHAINS, cores=1, random_seed=seed, progressbar=False, target_accept=0.95,
            initvals={"y": math.log(20.0)}, compute_convergence_checks=False,
        )  # fmt: skip
    return np.asarray(drawn.posterior["time"]).ravel()


def _log_density(pm: Any, example: Example, time: Any) -> Any:
    mixture = example.mixture
    parts = pm.LogNormal.dist(mu=mixture.means, sigma=mixture.sds, shape=len(mixture.means))
    log_density = pm.logp(pm.Mixture.dist(w=mixture.weights, comp_dists=parts), time)
    for one in example.signals:
        if one.only_lengthens:
            told = pm.logcdf(pm.Normal.dist(mu=one.log_time, sigma=one.log_sd), pm.math.log(time))
        elif one.only_shortens:
            told = pm.logcdf(pm.Normal.dist(mu=pm.math.log(time), sigma=one.log_sd), one.log_time)
        else:
            told = pm.logp(pm.Normal.dist(mu=pm.math.log(time), sigma=one.log_sd), one.log_time)
        log_density += one.weight * told
    if example.ahead is not None:
        milestone, day = example.ahead.milestone, example.ahead.day
        ahead = pm.Normal.dist(mu=math.log(day / milestone.fraction), sigma=milestone.log_sd)
        log_density += example.ahead.weight * pm.logcdf(ahead, pm.math.log(time))
    return log_density


if __name__ == "__main__":
    from herstel.knowledge.load import load_knowledge

    for figure in figures(load_knowledge()):
        print(f"{figure.name}: {figure.value} [{'met' if figure.met else 'NOT MET'}]")
