"""A simulated person: what is truly the matter, what kind of person it is, and what is told at first."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from herstel.chain.model import BodySide
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge
from herstel_simulation import assumptions as numbers
from herstel_simulation.assumptions import KINDS, TrueGrade
from herstel_simulation.complaints import Story, draw_complaint

Random = np.random.Generator
T = TypeVar("T")
START = date(2026, 1, 5)
"""The first day of every simulated plan, a Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What only the simulation knows.

    Attributes
    ----------
    days : float
        T, from the injury (from the start of the programme for tendinopathy) to truly fit.
    severity : float
        How bad it looks for its grade, in standard deviations.
    pain_nrs : float
        Worst pain in the first days.
    strength_warp, range_warp, pain_warp, running_warp : float
        Exponent on the healed fraction: above 1 the domain is behind, below 1 ahead.
    signs_gone : mapping of test to float
        Healed fraction at which the sign goes away.
    """

    grade: TrueGrade
    days: float
    severity: float
    side: BodySide
    pain_nrs: float
    strength_warp: float
    range_warp: float
    pain_warp: float
    running_warp: float
    strength_first: float
    strength_at_return: float
    stiff_deg: float
    signs_gone: Mapping[str, float]
    other_leg: Mapping[str, float]
    """Values of the tests on the other leg."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """Warning signs that come up during the recovery, and the day of the plan from which they are told."""

    symptoms: tuple[str, ...]
    told_on_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a person answers and behaves."""

    pain_told: float
    misses: float
    adherence: float
    overdoes: float
    optimism: float
    """Shift of the own prediction, on the log scale."""
    confidence_shift: float
    fearful: bool
    visit_days: int
    red_flag: RedFlag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One simulated person; the engine sees the complaint and what the person does, never the truth."""

    number: int
    complaint: Complaint
    start: date
    injury_date: date
    truth: Truth
    habits: Habits

    @property
    def days_before(self) -> int:
        """Days between the injury and the start."""
        return (self.start - self.injury_date).days

    @property
    def healed_at_start(self) -> float:
        """Healed fraction on the first day of the plan; a tendon starts to heal when the programme does."""
        if self.truth.grade == "tendinopathy":
            return 0.0
        return min(self.days_before * numbers.UNTREATED_PACE / self.truth.days, 1.0)


def random_of(seed: int, number: int) -> Random:
    """A generator of one's own for every person, so that nobody depends on how the people are shared out."""
    return np.random.default_rng(np.random.SeedSequence(entropy=seed, spawn_key=(number,)))


def draw_person(number: int, random: Random, knowledge: Knowledge) -> Person:
    """Draw a person.

    Parameters
    ----------
    number : int
    random : numpy Generator
        The person's own.
    knowledge : Knowledge
    """
    grade = _choose(random, {grade: kind.share for grade, kind in KINDS.items()})
    severity = float(random.standard_normal())
    story = Story(
        condition=KINDS[grade].condition,
        ladder=KINDS[grade].ladder + 0.5 * severity,
        pain_nrs=float(np.clip(round(KINDS[grade].pain_nrs + severity + 0.7 * random.standard_normal()), 1, 10)),
        age_years=_choose(random, numbers.AGES_YEARS),
        days=_days_before(grade, random),
        level=_choose(random, numbers.LEVELS),
        sport=_choose(random, numbers.SPORTS),
        sex="female" if random.random() < numbers.WOMEN else "male",
        side="left" if random.random() < 0.5 else "right",
    )
    complaint = draw_complaint(story, random, knowledge)
    truth = _truth(grade, severity, story, complaint, random)
    return Person(
        number=number,
        complaint=complaint,
        start=START,
        injury_date=START - timedelta(days=story.days),
        truth=truth,
        habits=_habits(story, random),
    )


def _choose(random: Random, shares: Mapping[T, float]) -> T:
    at = random.random() * sum(shares.values())
    for one, share in shares.items():
        at -= share
        if at < 0:
            return one
    return next(reversed(list(shares)))


def _days_before(grade: TrueGrade, random: Random) -> int:
    if grade == "tendinopathy":
        return int(random.choice(numbers.TENDON_PAIN_FIRST_TOLD_DAYS))
    return _choose(random, numbers.FIRST_TOLD_DAYS)


def draw_days(grade: TrueGrade, severity: float, story: Story, factors: float, random: Random) -> float:
    """T: a gamma with the mean and spread of the cohort, a part of it shown by the severity; times what else counts."""
    kind = KINDS[grade]
    spread = math.log1p((kind.sd_days / kind.mean_days) ** 2)
    shown = numbers.EXPLAINED * spread
    rest = math.expm1(spread - shown)
    hidden = random.gamma(1 / rest, rest) if rest > 0 else 1.0
    place = (
        numbers.PLACE_SD * math.sqrt((numbers.PLACE_DF - 2) / numbers.PLACE_DF) * random.standard_t(numbers.PLACE_DF)
    )
    place = min(max(place, -numbers.PLACE_MOST), numbers.PLACE_MOST) * (kind.setting_share > 0)
    days = kind.mean_days * math.exp(severity * math.sqrt(shown) - shown / 2 + place) * hidden * factors
    days *= numbers.SETTING[story.level] ** kind.setting_share
    return float(min(max(days, numbers.SHORTEST_DAYS), numbers.LONGEST_DAYS))


def _factors(grade: TrueGrade, story: Story, complaint: Complaint) -> float:
    """What else makes it longer; not for soreness or tendinopathy."""
    if KINDS[grade].setting_share == 0:
        return 1.0
    factor = float(numbers.AGE_FACTOR_PER_DECADE ** max((story.age_years - 25) / 10, 0))
    if complaint.findings.get("mech_overstretch_slip_waterski"):
        factor *= numbers.STRETCH_FACTOR
    if complaint.findings.get("recurrent_same_leg"):
        factor *= numbers.RECURRENT_FACTOR
    return factor


def _truth(grade: TrueGrade, severity: float, story: Story, complaint: Complaint, random: Random) -> Truth:
    days = draw_days(grade, severity, story, _factors(grade, story, complaint), random)
    own = numbers.WARP_SD * random.standard_normal()
    warps = np.exp(own + numbers.DOMAIN_WARP_SD * random.standard_normal(4)).tolist()
    strength_first = numbers.STRENGTH_FIRST + numbers.STRENGTH_FIRST_SD * random.standard_normal() - 0.05 * severity
    at_return = numbers.STRENGTH_AT_RETURN + numbers.STRENGTH_AT_RETURN_SD * random.standard_normal()
    if grade in ("soreness", "0"):
        strength_first += 0.25
    return Truth(
        grade=grade,
        days=days,
        severity=severity,
        side=story.side,
        pain_nrs=story.pain_nrs * numbers.PAIN_AFTER_FIRST_DAY,
        strength_warp=warps[0],
        range_warp=warps[1],
        pain_warp=warps[2],
        running_warp=warps[3],
        strength_first=float(np.clip(strength_first, 0.1, 0.9)),
        strength_at_return=float(np.clip(at_return, 0.82, 1.0)),
        stiff_deg=float(KINDS[grade].stiff_deg * math.exp(0.2 * severity + 0.4 * random.standard_normal())),
        signs_gone={one: float(random.normal(*spread)) for one, spread in numbers.SIGNS_GONE.items()},
        other_leg=_other_leg(story, random),
    )


def _other_leg(story: Story, random: Random) -> dict[str, float]:
    """Values of the sound leg, from the norms of the chain dossier (background and elicited)."""
    woman = story.sex == "female"
    z = random.standard_normal(7).tolist()
    return {
        "active_knee_extension": max(15 + 8 * z[0], 0.0),
        "straight_leg_raise": (85 if woman else 75) + 10 * z[0],
        "h_test": 97 + 6 * z[1],
        "isometric_90": max((170 if woman else 230) + 45 * z[2], 60.0),
        "isometric_30": max((160 if woman else 215) + 45 * z[2], 60.0),
        "isometric_15": max(3.2 + 0.6 * z[2], 1.2),
        "outer_range_strength": max((150 if woman else 200) + 40 * z[2], 50.0),
        "nordic_force": max((3.8 if woman else 4.4) + 0.7 * z[3], 1.5),
        "single_leg_bridge": max((20 if woman else 25) + 6 * z[4], 5.0),
        "max_sprint_speed": (26 if woman else 30) + 2 * z[5],
        "s_mas": min(max(4 + 2 * z[6], 0.0), 12.0),
    }


def _habits(story: Story, random: Random) -> Habits:
    often = random.random() < numbers.OVERDOERS
    return Habits(
        pain_told=_choose(random, {factor: share for share, factor in numbers.PAIN_TOLD}),
        misses=float(random.beta(numbers.MISSES_A, numbers.MISSES_B)),
        adherence=float(random.beta(numbers.ADHERENCE_A, numbers.ADHERENCE_B)),
        overdoes=numbers.OVERDOES_RATE if often else numbers.OTHERS_OVERDO_RATE,
        optimism=numbers.SELF_PREDICTION_BIAS + numbers.SELF_PREDICTION_PERSON_SD * float(random.standard_normal()),
        confidence_shift=numbers.CONFIDENCE_SD * float(random.standard_normal()),
        fearful=bool(random.random() < numbers.FEARFUL),
        visit_days=numbers.VISIT_DAYS.get(story.level, numbers.VISIT_DAYS_OTHERS),
        red_flag=_red_flag(random),
    )


def _red_flag(random: Random) -> RedFlag | None:
    if random.random() >= numbers.RED_FLAG_SHARE:
        return None
    symptoms = numbers.RED_FLAG_SYMPTOMS[int(random.integers(len(numbers.RED_FLAG_SYMPTOMS)))]
    late = int(random.integers(1, 4)) if random.random() < numbers.RED_FLAG_TOLD_LATE else 0
    return RedFlag(symptoms=symptoms, told_on_day=int(random.integers(numbers.RED_FLAG_LATEST_DAY)) + late)
