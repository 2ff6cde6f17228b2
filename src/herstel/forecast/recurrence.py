"""Recurrence after return: how likely, when, and what raises or lowers it."""

import math
from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np

from herstel.forecast.baseline import Baseline
from herstel.forecast.known import STRENGTH_TESTS, Known
from herstel.forecast.model import RecurrenceForecast
from herstel.forecast.survival import Floats, RecurrenceHazard
from herstel.knowledge.chain_entries import LinkId
from herstel.knowledge.forecast_entries import Counted, RecurrenceFactor
from herstel.progress.model import SpeedBand
from herstel.quantities import Interval

CHECKS_DAYS = (14, 42, 84, 365)
"""2, 6 and 12 weeks and 12 months after return."""
YEAR_DAYS = 365.0
_RANGE_Z = 1.2816
"""The range is an 80 % interval."""
_CURVE_DAYS = (0, 3, 7, 14, 21, 30, 42, 60, 84, 105, 130, 160, 200, 240, 280, 320, 365)
_WEAK_STRENGTH, _DEFICIT_DEG, _SPRINT_POINTS = 0.85, 10.0, 6.0
_CHAIN_LINKS: tuple[LinkId, ...] = ("glute_max", "glute_med", "core", "hip_mobility")
_STRENGTH = (*STRENGTH_TESTS, "isometric_15", "isometric_30")
_NORDIC = "nordic"
_SPRINT_BAND: SpeedBand = "90-100"


def forecast_recurrence(known: Known, baseline: Baseline) -> RecurrenceForecast:
    """The risk of recurrence from the Weibull of the follow-up study, times the factors that count now.

    A factor that does not hold leaves the risk of the average person as it is, and so does one that is not known; that
    one widens the range. Sources: zein-2024, recurrence-dossier and those of ``recovery/recurrence.yaml``.

    Parameters
    ----------
    known : Known
    baseline : Baseline
        For what counts as a fast return.
    """
    forecast = known.knowledge.forecast
    numbers = forecast.constants
    counts = {name: _count(factor, known, baseline) for name, factor in forecast.recurrence.items()}
    logs = {name: _log_ratio(forecast.recurrence[name], count) for name, count in counts.items() if count is not None}
    unknown = tuple(name for name, count in counts.items() if count is None)
    middle, spread = sum(logs.values()), _spread(unknown, forecast.recurrence, numbers["ratio_log_sd"])
    low, ratio, high = (
        min(max(math.exp(one), numbers["ratio_low"]), numbers["ratio_high"])
        for one in (middle - spread, middle, middle + spread)
    )
    since = _days_since_return(known)
    year = [_year(one, numbers) for one in (low, ratio, high)]
    return RecurrenceForecast(
        hazard_ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        curve=_curve((low, ratio, high), since or 0.0, numbers),
        band="low" if year[1] < numbers["band_low"] else "high" if year[1] > numbers["band_high"] else "middle",
        raises=_ordered(logs, lambda log: log > 0),
        lowers=_ordered(logs, lambda log: log < 0),
        unknown=unknown,
        watch_days=round(numbers["watch_days"]),
        checks_days=CHECKS_DAYS,
        days_since_return=since,
        year=Interval(low=year[0], high=year[2]),
        usual_year=_year(1.0, numbers),
    )


def hazard_of(ratio: float, numbers: Mapping[str, float]) -> RecurrenceHazard:
    """The hazard after return of somebody with this hazard ratio.

    After the 15 weeks of watching it does not fall below 2.7 times that of somebody who never had it (green-2020). That
    base is not a published rate: rates of football players, times 2.7, would exceed what the follow-up study saw. It is
    set so that the floor meets the study's own hazard at 12 months. So for the average person the floor begins after a
    year, and for a low ratio right after the watch: nothing done makes a history undone.
    """
    return RecurrenceHazard(
        scale_days=numbers["weibull_scale_days"],
        shape=numbers["weibull_shape"],
        ratio=ratio,
        floor_per_day=numbers["floor_ratio"] * numbers["base_hazard_per_day"],
        floor_from_days=numbers["watch_days"],
    )


def _year(ratio: float, numbers: Mapping[str, float]) -> float:
    return 1 - float(hazard_of(ratio, numbers).survival(YEAR_DAYS))


def _curve(
    ratios: tuple[float, float, float], since: float, numbers: Mapping[str, float]
) -> tuple[tuple[float, float, float, float], ...]:
    """From today (or the return) on, given that it did not come back before."""
    days = np.array([since, *(day for day in _CURVE_DAYS if day > since)])

    def risk(ratio: float) -> Floats:
        survival = hazard_of(ratio, numbers).survival(days)
        return np.asarray(1 - survival / survival[0])

    low, middle, high = (risk(ratio).tolist() for ratio in ratios)
    return tuple(zip(days.tolist(), low, middle, high, strict=True))


def _log_ratio(factor: RecurrenceFactor, count: float) -> float:
    log = count * math.log(factor.hazard_ratio)
    return log if factor.cap is None else min(log, math.log(factor.cap))


def _spread(unknown: tuple[str, ...], factors: Mapping[str, RecurrenceFactor], log_sd: float) -> float:
    """Half the range on ln(ratio): the model's own spread, and each unknown factor as one that may well hold or not."""
    variance = sum((math.log(factors[name].hazard_ratio) / 2) ** 2 for name in unknown)
    return _RANGE_Z * math.sqrt(log_sd**2 + variance)


def _ordered(logs: Mapping[str, float], counts: Callable[[float], bool]) -> tuple[str, ...]:
    return tuple(sorted((name for name, log in logs.items() if counts(log)), key=lambda name: -abs(logs[name])))


def _days_since_return(known: Known) -> float | None:
    back = known.reached.get("return")
    return None if back is None else float((known.today - back).days)


def _count(factor: RecurrenceFactor, known: Known, baseline: Baseline) -> float | None:
    """How often a factor counts; None when it is not known."""
    if factor.when is not None:
        truth = factor.when.holds(known.facts)
        return None if truth is None else float(truth)
    if factor.counts == "fast_return":
        return _fast_return(known, baseline)
    return None if factor.counts is None else _COUNTS[factor.counts](known)


def _discomfort(known: Known) -> float | None:
    return known.at_start("knee_extension_discomfort")


def _slr_below(known: Known) -> float | None:
    dates = known.dates_of("straight_leg_raise")
    difference = known.difference("straight_leg_raise", dates[-1]) if dates else None
    return None if difference is None else float(difference[0] >= _DEFICIT_DEG)


def _earlier_injuries(known: Known) -> float | None:
    """One when it happened before, two when several times; the story does not count further."""
    if known.assessment.complaint.answers.get("earlier_injury") == "several_times":
        return 2.0
    truth = known.assessment.complaint.findings.get("previous_hamstring_injury")
    return None if truth is None else float(truth)


def _fast_return(known: Known, baseline: Baseline) -> float | None:
    """Back before the 25th percentile of the own grade; not known before the return."""
    back = known.reached.get("return")
    if back is None or known.injury_date is None:
        return None
    early = float(baseline.mixture.quantile(known.knowledge.forecast.constants["fast_return_quantile"]))
    return float(known.day_of(back) < early)


def _weak(known: Known) -> float | None:
    dates = known.dates_of(*_STRENGTH)
    ratio = known.strength_ratio(dates[-1], _STRENGTH) if dates else None
    return None if ratio is None else float(ratio[0] < _WEAK_STRENGTH)


def _nordic_below(known: Known) -> float | None:
    verdicts = [one.verdict for one in known.chain.results if one.test == "nordic_force" and one.z is not None]
    return float("deviating" in verdicts) if verdicts else None


def _sprint_score(known: Known) -> float | None:
    scores = [one.value for one in known.measurements if one.test == "s_mas"]
    return float(scores[-1] >= _SPRINT_POINTS) if scores else None


def _links(known: Known) -> float | None:
    """Deviating links among those that the plan can train."""
    worst = [known.chain.links[link].worst for link in _CHAIN_LINKS if link in known.chain.links]
    measured = [verdict for verdict in worst if verdict != "not_measured"]
    return float(measured.count("deviating")) if measured else None


def _nordic_weekly(known: Known) -> float | None:
    return _every_week(known, [any(_NORDIC in done.exercise for done in one.done) for one in known.check_ins])


def _sprint_weekly(known: Known) -> float | None:
    sprinted = [any(run.metres.get(_SPRINT_BAND) for run in one.runs) for one in known.check_ins]
    return _every_week(known, sprinted)


def _every_week(known: Known, done: list[bool]) -> float | None:
    """Once in each of the last weeks; unknown when there is a week without any check-in."""
    week, recent = timedelta(days=7), timedelta(days=known.knowledge.forecast.constants["recent_days"])
    weeks: dict[int, bool] = {}
    for one, did in zip(known.check_ins, done, strict=True):
        if known.today - one.date < recent:
            number = (known.today - one.date) // week
            weeks[number] = weeks.get(number, False) or did
    return float(all(weeks.values())) if len(weeks) == recent // week else None


_COUNTS: Mapping[Counted, Callable[[Known], float | None]] = {
    "knee_extension_discomfort": _discomfort,
    "slr_below_other_leg": _slr_below,
    "earlier_injuries": _earlier_injuries,
    "strength_below_85_percent": _weak,
    "nordic_below_norm": _nordic_below,
    "sprint_mechanics_score": _sprint_score,
    "chain_links": _links,
    "nordic_weekly": _nordic_weekly,
    "sprint_weekly": _sprint_weekly,
}
