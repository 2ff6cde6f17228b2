"""People whose true time to return is drawn, to see whether the forecast is as sure as it may be. All are simulated.

A forecast that is tested on people drawn from itself always looks right. So the truth here differs in kind: heavier
tails (Student's t), effects that differ from person to person, places that differ as whole cohorts do, milestones that
hang together within a person, and tests with an error of their own. Shared with the forecast are only the centres.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from herstel.assessment.result import Assessment, GradeName
from herstel.chain.model import Measurement
from herstel.forecast.baseline import setting_of
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.model import Forecast
from herstel.knowledge.forecast_entries import MILESTONES
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn
from tests.forecast_people import SPRINT, chain_of, extension_deficit, on, outer_range, progress_of

GRADE_MIX: Mapping[GradeName, float] = {"0": 0.5, "1": 2, "2": 3, "3": 0.4, "tendon": 0.5}
"""How the probabilities of the grades differ from person to person: parameters of a Dirichlet distribution."""
LEVELS = ("recreational", "competitive", "semi_professional", "professional")
FINDINGS = {
    "forced_to_stop": ("forced_to_stop_within_5min", 0.6),
    "painful_heel_pull": ("pain_pulling_heel_back", 0.7),
    "stretch_mechanism": ("mech_overstretch_slip_waterski", 0.15),
    "recurrent": ("recurrent_same_leg", 0.2),
}
"""Covariate: the finding it is, and how often it holds."""
FREEDOM, EFFECT_SPREAD, OWN_SHARE, PACE_SHARE = 5, 0.5, 0.7, 0.5
TEST_DAYS = (2, 7, 14, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovering:
    """One simulated person: what was assessed, what is true, and what tests and check-ins will show."""

    assessment: Assessment
    time_days: float
    milestones: Mapping[Milestone, float]
    measurements: tuple[Measurement, ...]
    check_ins: tuple[CheckIn, ...]

    def forecast(self, day: int, knowledge: Knowledge) -> Forecast:
        """The forecast on a day, with what is known by then."""
        chain = chain_of(self.assessment, [one for one in self.measurements if one.date <= on(day)])
        told = [one for one in self.check_ins if one.date <= on(day)]
        done: dict[Milestone, int] = {
            name: math.ceil(when) for name, when in self.milestones.items() if math.ceil(when) <= day
        }
        return forecast_recovery(self.assessment, chain, progress_of(chain, told, done, today=day), on(day), knowledge)


def recovering(base: Assessment, count: int, knowledge: Knowledge, seed: int) -> Iterator[Recovering]:
    """Simulated people; ``base`` is the assessment whose grades and complaint are varied."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        shares = rng.dirichlet(list(GRADE_MIX.values()))
        grades = dict(zip(GRADE_MIX, shares.tolist(), strict=True))
        held = {name: bool(rng.random() < often) for name, (_, often) in FINDINGS.items()}
        level = str(rng.choice(LEVELS))
        days = _time(list(grades)[int(rng.choice(len(shares), p=shares))], level, held, knowledge, rng)
        complaint = replace(
            SPRINT,
            level=level,
            pain_nrs=float(np.clip(rng.normal(6.3, 1.9), 0, 10)),
            findings={**SPRINT.findings, **{FINDINGS[name][0]: truth for name, truth in held.items()}},
        )
        yield Recovering(
            assessment=replace(base, complaint=complaint, grade=replace(base.grade, probabilities=grades)),
            time_days=days,
            milestones=_milestones(days, knowledge, rng),
            measurements=tuple(_tests(days, rng)),
            check_ins=tuple(_check_ins(days, rng)),
        )


def _time(
    component: str, level: str, held: Mapping[str, bool], knowledge: Knowledge, rng: np.random.Generator
) -> float:
    forecast = knowledge.forecast
    time, setting = forecast.times[component], setting_of(level, forecast)
    shift = time.setting_share * rng.normal(setting.shift, setting.shift_sd)
    shift += rng.normal(0, forecast.constants["between_cohort_sd"])
    for name, truth in held.items():
        covariate = forecast.covariates[name]
        if component in (covariate.components or ("1", "2", "3")):
            shift += rng.normal(covariate.shift, EFFECT_SPREAD * abs(covariate.shift)) * (truth - covariate.usual)
    own = time.log_sd * math.sqrt(OWN_SHARE * (FREEDOM - 2) / FREEDOM) * rng.standard_t(FREEDOM)
    return math.exp(time.log_mean + shift + own)


def _milestones(days: float, knowledge: Knowledge, rng: np.random.Generator) -> dict[Milestone, float]:
    pace, reached, found = rng.standard_normal(), 0.0, dict[Milestone, float]()
    for name in MILESTONES[:-1]:
        entry = knowledge.forecast.milestones[name]
        noise = math.sqrt(PACE_SHARE) * pace + math.sqrt(1 - PACE_SHARE) * rng.standard_normal()
        reached = max(reached, days * min(entry.fraction * math.exp(entry.log_sd * noise), 0.98))
        found[name] = reached
    return found


def _tests(days: float, rng: np.random.Generator) -> Iterator[Measurement]:
    weak, stiff = 1 - float(np.clip(rng.normal(0.5, 0.2), 0.1, 0.9)), max(float(rng.normal(20, 8)), 5.0)
    for day in TEST_DAYS:
        along = day / days * math.exp(rng.normal(0, 0.25))
        yield outer_range(1 - weak * math.exp(-1.97 * along) + float(rng.normal(0, 0.06)), day)
        yield from extension_deficit(max(stiff * math.exp(-2.3 * along) + float(rng.normal(0, 3)), -5.0), day)


def _check_ins(days: float, rng: np.random.Generator) -> Iterator[CheckIn]:
    for day in range(1, TEST_DAYS[-1] + 1):
        pain = float(np.clip(round(7 * math.exp(-3.5 * day / days) + rng.normal(0, 0.8)), 0, 10))
        ahead = max(days * math.exp(rng.normal(0, 0.6)) - day, 0.0) if day == 3 else None
        yield CheckIn(date=on(day), pain_worst=pain, predicted_days=ahead)
