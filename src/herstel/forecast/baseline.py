"""The forecast before any progress is known: grades, setting and covariates as a mixture of log-normal times."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from herstel.forecast.known import Known
from herstel.forecast.model import Effect
from herstel.forecast.survival import Floats, LogNormalMixture
from herstel.knowledge.forecast_entries import (
    UNKNOWN_SETTING,
    Component,
    Covariate,
    ForecastKnowledge,
    Setting,
    TimeToReturn,
)

SETTING = "setting"
_INJURY_GRADES: tuple[Component, ...] = ("1", "2", "3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The mixture of one person, and how it came to be.

    Attributes
    ----------
    mixture : LogNormalMixture
        In the order of ``components``.
    cohort_sd : float
        Spread of ln T within one cohort, without what whole cohorts and settings differ.
    reference_days : float
        Median without the covariates: how far along somebody is, is counted against it.
    covered : float
        Probability that it is one of the components at all.
    effects : tuple of Effect
        Of the setting and the covariates, as they count for the likeliest component.
    unknown : tuple of str
        Ids of what could have counted but is not known.
    """

    components: tuple[Component, ...]
    mixture: LogNormalMixture
    cohort_sd: float
    reference_days: float
    covered: float
    effects: tuple[Effect, ...]
    unknown: tuple[str, ...]

    @property
    def likeliest(self) -> Component:
        """The component with the largest weight."""
        return self.components[int(self.mixture.weights.argmax())]


def baseline_of(known: Known, replaced: frozenset[str] = frozenset()) -> Baseline:
    """The mixture that follows from the assessment, the setting and the covariates that are known.

    ln T = m[component] + setting_share x d[setting] + capped sum of b (x - usual), with variance
    s[component]^2 + between-cohort variance + that of the setting. The s of a cohort holds the differences that the
    covariates make; those of known ones are taken out of s^2, up to the share that models at the start explained.
    Sources: prognosis-dossier, and those of the entries of ``recovery/``.

    Parameters
    ----------
    known : Known
    replaced : frozenset of str
        Measures at hand; a covariate that one of them replaces is left out.
    """
    forecast = known.knowledge.forecast
    times = tuple(forecast.times.values())
    weights, covered = component_weights(known, times)
    setting = setting_of(known.level, forecast)
    values = _covariate_values(known, replaced)
    told = [_Told(one, value) for one, value in values if value is not None]
    moved = _capped(np.array([_shift_of(time, told) for time in times]), forecast)
    shared = np.array([time.setting_share for time in times])
    means = np.array([time.log_mean for time in times]) + shared * setting.shift
    own = np.array([_own_sd(time, setting, told, forecast) for time in times])
    sds = np.sqrt(own**2 + forecast.constants["between_cohort_sd"] ** 2 + (shared * setting.shift_sd) ** 2)
    without = LogNormalMixture(weights=weights, means=means, sds=sds)
    unknown = [one.id for one, value in values if value is None]
    likeliest = times[int(weights.argmax())]
    return Baseline(
        components=tuple(time.id for time in times),
        mixture=LogNormalMixture(weights=weights, means=means + moved, sds=sds),
        cohort_sd=float(np.sqrt(weights @ own**2)),
        reference_days=float(without.quantile(0.5)),
        covered=covered,
        effects=tuple(_effects(likeliest, setting, told)),
        unknown=(*unknown, *(["level"] if known.level is None else [])),
    )


def component_weights(known: Known, times: tuple[TimeToReturn, ...]) -> tuple[Floats, float]:
    """Weight of every component, summing to one, and the probability of all of them together.

    The conditions of the differential divide the probability that the assessment gives their grade.
    """
    estimates = {one.condition: one.probability for one in known.assessment.differential}
    mass = {time.id: sum(estimates.get(one, 0.0) for one in time.conditions) for time in times}
    grade = known.assessment.grade
    weights = np.zeros(len(times))
    for i, time in enumerate(times):
        if time.grade:
            whole = sum(mass[one.id] for one in times if one.grade == time.grade)
            share = mass[time.id] / whole if whole else 0.0
            weights[i] = grade.applies * grade.probabilities[time.grade] * share
        else:
            weights[i] = mass[time.id]
    covered = float(weights.sum())
    return (weights / covered if covered else np.full(len(times), 1 / len(times))), covered


def setting_of(level: str | None, forecast: ForecastKnowledge) -> Setting:
    """The setting of a level; the cautious one for a level that is not known."""
    return next((one for one in forecast.settings.values() if level in one.levels), forecast.settings[UNKNOWN_SETTING])


def usual_time(time: TimeToReturn, setting: Setting, forecast: ForecastKnowledge) -> tuple[float, float]:
    """Mean and standard deviation of ln(days) to return in a setting, of somebody of whom nothing else is known.

    Sources: prognosis-dossier, and those of the entries.
    """
    variance = time.log_sd**2 + forecast.constants["between_cohort_sd"] ** 2
    return (
        time.log_mean + time.setting_share * setting.shift,
        math.sqrt(variance + (time.setting_share * setting.shift_sd) ** 2),
    )


def covariate_value(covariate: Covariate, known: Known) -> float | None:
    """The value of a covariate, 1 or 0 for one with a criterion; None when it is not known."""
    if covariate.when is not None:
        if covariate.told_when is not None and not covariate.told_when.holds(known.facts):
            return None
        truth = covariate.when.holds(known.facts)
        return None if truth is None else float(truth)
    value = _number(covariate, known)
    if value is None:
        return None
    low = -math.inf if covariate.low is None else covariate.low
    high = math.inf if covariate.high is None else covariate.high
    return min(max(value, low), high)


def _number(covariate: Covariate, known: Known) -> float | None:
    complaint = known.assessment.complaint
    match covariate.per_unit_of:
        case "pain_above_7":
            return None if complaint.pain_nrs is None else max(complaint.pain_nrs - 7, 0.0)
        case "age_decades_above_25":
            return None if complaint.age_years is None else (complaint.age_years - 25) / 10
        case "slr_deficit_deg":
            return known.difference_at_start("straight_leg_raise")
        case "ake_deficit_deg":
            return known.difference_at_start("active_knee_extension")
        case "tenderness_cm":
            return known.at_start("palpation_length")
        case _:
            started = None if known.progress is None else known.progress.plan.goal.start
            return None if started is None or known.injury_date is None else known.day_of(started)


class _Told(NamedTuple):
    """A covariate whose value is known."""

    covariate: Covariate
    value: float

    @property
    def shift(self) -> float:
        return self.covariate.shift * (self.value - self.covariate.usual)

    def counts_for(self, component: Component) -> bool:
        return component in (self.covariate.components or _INJURY_GRADES)


def _covariate_values(known: Known, replaced: frozenset[str]) -> list[tuple[Covariate, float | None]]:
    covariates = known.knowledge.forecast.covariates.values()
    return [(one, covariate_value(one, known)) for one in covariates if not replaced.intersection(one.replaced_by)]


def _shift_of(time: TimeToReturn, told: list[_Told]) -> float:
    return sum(one.shift for one in told if one.counts_for(time.id))


def _capped(shifts: Floats, forecast: ForecastKnowledge) -> Floats:
    cap = forecast.constants["covariate_cap"]
    return np.clip(shifts, -cap, cap)


def _own_sd(time: TimeToReturn, setting: Setting, told: list[_Told], forecast: ForecastKnowledge) -> float:
    """Spread within a component that is left when the covariates are known; wider again with many elicited terms."""
    numbers = forecast.constants
    used = [one.covariate for one in told if one.counts_for(time.id)]
    explained = min(sum(one.variance for one in used) / time.log_sd**2, numbers["explained_low"])
    bases = [*(one.basis for one in used), *([setting.basis] if time.setting_share else [])]
    many = bases.count("elicited") > numbers["elicited_terms_free"]
    return time.log_sd * math.sqrt(1 - explained) * (numbers["elicited_widening"] if many else 1.0)


def _effects(likeliest: TimeToReturn, setting: Setting, told: list[_Told]) -> Iterator[Effect]:
    if setting.id != UNKNOWN_SETTING and likeliest.setting_share * setting.shift:
        yield Effect(id=SETTING, shift=likeliest.setting_share * setting.shift, value=None)
    for one in told:
        if one.counts_for(likeliest.id):
            yield Effect(id=one.covariate.id, shift=one.shift, value=one.value)
