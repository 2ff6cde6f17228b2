"""True times for simulated people, from the same knowledge but not from the same model.

A forecast that is tested on people drawn from itself always looks right. So the truth here differs in kind: heavier
tails (Student's t with five degrees of freedom), effects that differ from person to person, places (clubs, practices)
that differ as whole cohorts do, and milestones whose shares of the whole time hang together within a person. What it
shares with the forecast are the centres: medians by grade, mean effects, mean shares. Everything here is simulated.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from herstel.forecast.baseline import setting_of
from herstel.forecast.recurrence import hazard_of
from herstel.knowledge.forecast_entries import MILESTONES, Component
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone

DEGREES_OF_FREEDOM = 5
EFFECT_SPREAD = 0.5
"""Standard deviation of a true effect, as a share of it."""
EXPLAINED = 0.3
"""Share of the variance within a grade that the covariates make up: what is left is the person's own."""
SHARED_PACE = 0.5
"""Share of the variance of a milestone that a person has in common with the other milestones."""
_LATEST_SHARE = 0.98
"""Every milestone before the return lies at least a little before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a simulated person and nobody sees: days since the injury."""

    component: Component
    time_to_return_days: float
    milestones: Mapping[Milestone, float]


def draw_place(knowledge: Knowledge, rng: np.random.Generator) -> float:
    """How much slower or faster one place (club, practice) is as a whole, on ln(days)."""
    return float(rng.normal(0.0, knowledge.forecast.constants["between_cohort_sd"]))


def draw_truth(
    component: Component,
    level: str | None,
    values: Mapping[str, float],
    knowledge: Knowledge,
    rng: np.random.Generator,
) -> Truth:
    """Draw the true time to return and to every milestone.

    Parameters
    ----------
    component : str
        The true grade or branch.
    level : str or None
        The true level of sport.
    values : mapping of covariate to float
        True values (0 or 1 for one with a criterion), and ``place`` for the place of :func:`draw_place`; a covariate
        that is missing has its usual value.
    knowledge : Knowledge
    rng : numpy.random.Generator
    """
    forecast = knowledge.forecast
    time, setting = forecast.times[component], setting_of(level, forecast)
    shift = time.setting_share * rng.normal(setting.shift, setting.shift_sd) + values.get("place", 0.0)
    for covariate in forecast.covariates.values():
        if component in (covariate.components or ("1", "2", "3")):
            effect = rng.normal(covariate.shift, EFFECT_SPREAD * abs(covariate.shift))
            shift += effect * (values.get(covariate.id, covariate.usual) - covariate.usual)
    own = time.log_sd * math.sqrt(1 - EXPLAINED) * rng.standard_t(DEGREES_OF_FREEDOM)
    own *= math.sqrt((DEGREES_OF_FREEDOM - 2) / DEGREES_OF_FREEDOM)
    days = math.exp(time.log_mean + shift + own)
    return Truth(component=component, time_to_return_days=days, milestones=_milestones(days, knowledge, rng))


def _milestones(days: float, knowledge: Knowledge, rng: np.random.Generator) -> dict[Milestone, float]:
    """In their order, none after the return."""
    pace, reached, found = rng.standard_normal(), 0.0, dict[Milestone, float]()
    for name in MILESTONES[:-1]:
        entry = knowledge.forecast.milestones[name]
        noise = math.sqrt(SHARED_PACE) * pace + math.sqrt(1 - SHARED_PACE) * rng.standard_normal()
        share = min(entry.fraction * math.exp(entry.log_sd * noise), _LATEST_SHARE)
        reached = max(reached, share * days)
        found[name] = reached
    found["return"] = days
    return found


def draw_recurrence_day(ratio: float, knowledge: Knowledge, rng: np.random.Generator) -> float:
    """Days after return on which it comes back at this hazard ratio; infinite when not within ten years."""
    days = np.geomspace(0.01, 3650, 2000)
    below = hazard_of(ratio, knowledge.forecast.constants).survival(days) < rng.random()
    return float(days[below.argmax()]) if below.any() else math.inf
