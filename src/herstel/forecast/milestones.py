"""When each milestone may be reached, given the time to return."""

import math

import numpy as np
from scipy.special import ndtr

from herstel.forecast.known import Known
from herstel.forecast.model import INTERVAL_LEVELS, Level, MilestoneForecast
from herstel.forecast.survival import Floats
from herstel.forecast.update import Posterior
from herstel.knowledge.forecast_entries import MILESTONES, MilestoneTime
from herstel.knowledge.progress_entries import Milestone
from herstel.quantities import Interval

_TIMES, _CURVE = 200, 64
"""Equally likely times to return that stand for the posterior, and points of a curve."""
_CURVE_ENDS_AT = 0.999


def milestone_forecasts(posterior: Posterior, known: Known) -> dict[Milestone, MilestoneForecast]:
    """The milestones in their order: those reached on their day, the others as curves from today on.

    A milestone that lies before a reached one, but was never recorded, is left out: its day is not known. A later
    milestone is never forecast before an earlier one.

    Parameters
    ----------
    posterior : Posterior
        Of the time to return.
    known : Known
    """
    furthest = known.furthest
    ahead = MILESTONES[MILESTONES.index(furthest) + 1 :] if furthest else MILESTONES
    if known.assessment.complaint.findings.get("pain_walking") is False:
        ahead = tuple(one for one in ahead if one != "walk_pain_free")
    days = _curve_days(posterior, known.day)
    times = posterior.quantile((np.arange(_TIMES) + 0.5) / _TIMES)
    found = {one: reached(one, known) for one in MILESTONES if one in known.reached}
    highest = np.zeros_like(days)
    for one in ahead:
        entry = known.knowledge.forecast.milestones[one]
        survival = posterior.survival(days) if one == "return" else _survival(entry, times, days)
        highest = np.maximum(highest, survival)
        highest[0] = 1.0
        found[one] = _forecast(one, days, highest)
    return found


def reached(milestone: Milestone, known: Known) -> MilestoneForecast:
    """A milestone that was reached: its day stands."""
    day = known.day_of(known.reached[milestone])
    return MilestoneForecast(
        milestone=milestone,
        median_days=day,
        intervals={level: Interval(low=day, high=day) for level in INTERVAL_LEVELS},
        curve=((day, 0.0),),
        reached=known.reached[milestone],
    )


def _curve_days(posterior: Posterior, day: float) -> Floats:
    """Days from today to where hardly anybody is still not back, evenly on a log scale of the days since the injury."""
    start = max(day, 0.5)
    return np.geomspace(start, max(float(posterior.quantile(_CURVE_ENDS_AT)), start * 1.01), _CURVE)


def _survival(entry: MilestoneTime, times: Floats, days: Floats) -> Floats:
    """P(milestone after each day | not reached by the first of these days), float array (days,).

    Given the time to return T the milestone lies at fraction x T with log-normal noise, and never after T itself.
    """
    log_share = np.log(times * entry.fraction)[:, None]
    after = ndtr((log_share - np.log(days)) / entry.log_sd) * (times[:, None] > days)
    now = ndtr((log_share[:, 0] - math.log(days[0])) / entry.log_sd)
    return np.asarray((after / np.maximum(now, 1e-12)[:, None]).mean(axis=0))


def _forecast(milestone: Milestone, days: Floats, survival: Floats) -> MilestoneForecast:
    def day_at(share: float) -> float:
        return float(np.exp(np.interp(share, 1 - survival, np.log(days))))

    intervals: dict[Level, Interval] = {
        level: Interval(low=day_at(0.5 - level / 200), high=day_at(0.5 + level / 200)) for level in INTERVAL_LEVELS
    }
    curve = tuple(zip(days.tolist(), survival.tolist(), strict=True))
    return MilestoneForecast(milestone=milestone, median_days=day_at(0.5), intervals=intervals, curve=curve)
