"""The hidden model in numbers: whom it draws, how they heal, what they say and do.

"Published" numbers carry their study, as gathered in the prognosis, recurrence and rehabilitation dossiers; "elicited"
ones are estimates nobody measured. *Healed fraction* is the share of T that lies behind a person, 1 when truly fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

TrueGrade = Literal["soreness", "0", "1", "2", "3", "tendon", "tendinopathy"]
GateName = Literal["1", "2", "3", "return"]
GATES: tuple[GateName, ...] = get_args(GateName)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What can truly be the matter.

    Attributes
    ----------
    share : float
        Share of the people. Grades 0-3 stand to each other as in Ekstrand 2012 (13/57/27/3 %); soreness, tendon and
        tendinopathy are elicited.
    mean_days, sd_days : float
        Of T in professional sport; a gamma distribution is made from them, not the log-normal of the forecast.
    setting_share : float
        How much of the slower healing outside professional sport counts (grade 3 and tendon: half, prognosis dossier).
    pain_nrs : float
        Worst pain at the moment itself, on average (elicited).
    ladder : float
        Where it stands on the ladder 0-3 of what people cannot do (elicited).
    stiff_deg : float
        How much less the injured knee straightens at first (elicited; 10-15 degrees in acute cohorts).
    """

    condition: str
    share: float
    mean_days: float
    sd_days: float
    setting_share: float
    pain_nrs: float
    ladder: float
    stiff_deg: float


KINDS: Mapping[TrueGrade, Kind] = {
    # T elicited: soreness is gone within a week
    "soreness": Kind(
        condition="doms",
        share=0.06,
        mean_days=4.5,
        sd_days=1.5,
        setting_share=0.0,
        pain_nrs=4.5,
        ladder=0.5,
        stiff_deg=5,
    ),
    # published: Ekstrand 2012, 8 +- 3 days; spread widened a little, for it rests on 27 people
    "0": Kind(
        condition="functional_tightness",
        share=0.11,
        mean_days=8,
        sd_days=4,
        setting_share=1.0,
        pain_nrs=4.0,
        ladder=0.5,
        stiff_deg=7,
    ),
    # published: Ekstrand 2012, 17 +- 10, and 2016, 18 +- 15 days
    "1": Kind(
        condition="strain_grade1",
        share=0.49,
        mean_days=17.5,
        sd_days=13,
        setting_share=1.0,
        pain_nrs=5.5,
        ladder=1.0,
        stiff_deg=10,
    ),
    # published: Ekstrand 2012, 22 +- 11, and 2016, 24 +- 13 days
    "2": Kind(
        condition="strain_grade2",
        share=0.23,
        mean_days=23,
        sd_days=12,
        setting_share=1.0,
        pain_nrs=7.0,
        ladder=1.8,
        stiff_deg=16,
    ),
    # published: Ekstrand 2012, 73 +- 60 days (6 people)
    "3": Kind(
        condition="strain_grade3",
        share=0.03,
        mean_days=73,
        sd_days=60,
        setting_share=0.5,
        pain_nrs=8.5,
        ladder=2.6,
        stiff_deg=25,
    ),
    # published: Pollock 2021, 34 +- 7 (2c) and 48 +- 17 (3c) days
    "tendon": Kind(
        condition="intramuscular_tendon_c",
        share=0.04,
        mean_days=40,
        sd_days=16,
        setting_share=0.5,
        pain_nrs=7.0,
        ladder=2.0,
        stiff_deg=16,
    ),
    # elicited from a programme of 3 to 6 months (Goom 2016); counted from the start of the programme
    "tendinopathy": Kind(
        condition="proximal_tendinopathy",
        share=0.04,
        mean_days=130,
        sd_days=60,
        setting_share=0.0,
        pain_nrs=5.0,
        ladder=0.8,
        stiff_deg=5,
    ),
}

# --- who they are (elicited; no figures of who would use this were found) ---------------------------------------------

AGES_YEARS: Mapping[int, float] = {
    15: 0.02,
    17: 0.03,
    21: 0.20,
    26: 0.25,
    31: 0.20,
    38: 0.14,
    46: 0.09,
    55: 0.05,
    66: 0.02,
}
LEVELS: Mapping[str, float] = {
    "none": 0.05,
    "recreational": 0.45,
    "competitive": 0.28,
    "semi_professional": 0.12,
    "professional": 0.10,
}
SPORTS: Mapping[str, float] = {
    "sprint_ball": 0.60,
    "endurance_running": 0.20,
    "gym_strength": 0.06,
    "dance_gymnastics_martial": 0.08,
    "other": 0.06,
}
WOMEN = 0.35
FIRST_TOLD_DAYS: Mapping[int, float] = {0: 0.30, 1: 0.25, 2: 0.15, 3: 0.10, 5: 0.12, 10: 0.08}
"""Days between the injury and the first answers."""
TENDON_PAIN_FIRST_TOLD_DAYS = (30, 45, 60, 90)
DANGER_SIGN_RATE = 0.0003
"""Chance of each warning sign in the first answers that the matrix does not hold (elicited: rare in a strain)."""
CIRCUMSTANCE_RATE = 0.03
"""Chance of each other circumstance that the matrix does not hold, such as a knee problem before (elicited)."""
OTHER_WORLD = 0.5
"""How far P(finding | condition) may lie from the engine's own matrix: so many standard deviations of its ranges."""

# --- how long it takes ------------------------------------------------------------------------------------------------

SETTING: Mapping[str, float] = {
    "professional": 1.0,
    "semi_professional": 1.35,
    "competitive": 1.55,
    "recreational": 1.8,
    "none": 1.8,
}
"""Factor on T (prognosis dossier section 3: 0.30 and 0.60 on the log scale; competitive in between)."""
PLACE_SD, PLACE_DF, PLACE_MOST = 0.25, 5.0, 1.0
"""Clubs and practices differ by 0.25 on the log scale (prognosis dossier); here with the heavy tails of a Student t,
cut off at 1."""
EXPLAINED = 0.35
"""Share of the spread of T that shows in the first answers (published: clinical models explain 29-50 %)."""
STRETCH_FACTOR = 1.5
"""Askling 2013 found 1.8 in two arms of one group; taken lower, as such figures shrink when they are repeated."""
RECURRENT_FACTOR = 1.2
"""STRAFL 2024: 36 against 30 days."""
AGE_FACTOR_PER_DECADE = 1.03
"""Prognosis dossier, elicited; from 25 years."""
LONGEST_DAYS, SHORTEST_DAYS = 400.0, 2.0
UNTREATED_PACE = 0.9
"""Healing before the first answers (elicited; Bayer 2017 found 4 % longer for every day later)."""
PACE_LOW, PACE_BY_ADHERENCE = 0.85, 0.2
"""Healing a day: from 0.85 for who does nothing to 1.05 for who does everything (elicited)."""

# --- how it shows -----------------------------------------------------------------------------------------------------

READY: Mapping[GateName, float] = {"1": 0.15, "2": 0.55, "3": 0.78, "return": 1.0}
"""Healed fraction from which a person is truly ready to leave a phase. Prognosis dossier section 7: walking without
pain at 0.15, running at 70 % at 0.55, at 90 % at 0.78; return is T itself."""
TOLERANCE = 0.05
"""Not called unready when this close below: no test can tell one twentieth of a recovery."""
WARP_SD, DOMAIN_WARP_SD = 0.12, 0.15
"""Everybody shows healing in another order: strength, range, pain and running run ahead of or behind the healed
fraction, as its power with a log-normal exponent (elicited; near the dossier's noise of reaching running speeds)."""
STRENGTH_FIRST, STRENGTH_FIRST_SD = 0.50, 0.22
"""Outer-range strength over the other side in the first days (Jacobsen 2016: 0.50, SD 0.27 with the test's error)."""
STRENGTH_AT_RETURN, STRENGTH_AT_RETURN_SD = 0.94, 0.04
"""Published: 0.93 at return (Jacobsen 2016), 9.6 % less torque; what is missing comes back in the months after."""
STRENGTH_POWER, ISOMETRIC_POWER = 1.5, 2.5
"""1 - (1 - fraction)^power: isometric strength is back sooner (Maniar 2016: gone after the first week)."""
ISOMETRIC_HEAD_START = 0.15
STIFF_POWER, PAIN_POWER = 2.0, 3.0
"""What is left of the deficit and of the pain is (1 - fraction)^power (elicited)."""
PAIN_AFTER_FIRST_DAY = 0.7
"""Worst pain of the first days as a share of the pain at the moment itself (elicited)."""
WALKS_LIMPING_BELOW, WALKS_WITH_PAIN_BELOW = 0.05, 0.15
SIGNS_GONE: Mapping[str, tuple[float, float]] = {
    "single_leg_squat_pain": (0.12, 0.04),
    "bridge_pain": (0.30, 0.08),
    "knee_extension_discomfort": (0.60, 0.12),
    "palpation_pain": (0.75, 0.08),
    "h_test_insecurity": (0.85, 0.08),
}
"""Healed fraction at which a sign goes away: mean and standard deviation over people (elicited; insecurity is the last
to go, Askling 2010)."""

# --- what a load asks, and what too much does -------------------------------------------------------------------------

RUNNING_ASKS: Mapping[int, float] = {
    1: 0.10,
    2: 0.30,
    3: 0.35,
    4: 0.46,
    5: 0.55,
    6: 0.66,
    7: 0.78,
    8: 0.80,
    9: 0.86,
    10: 0.88,
    11: 0.90,
    12: 0.95,
}
"""Healed fraction that each step of the running ladder asks (prognosis dossier section 7 at jog 0.35, 70 % 0.55, 90 %
0.78, full training 0.88; the steps between are interpolated)."""
PHASE_ASKS: Mapping[int, float] = {1: 0.0, 2: 0.15, 3: 0.50, 4: 0.70}
"""Healed fraction that an exercise asks, by the earliest phase it may be done in (elicited)."""
STEP_ASKS = 0.02
"""More for every step an exercise was made heavier (elicited)."""
FLARE_UP_ANYHOW = 0.004
"""Chance of a flare-up on a day with training, without a cause to be seen (elicited)."""
FLARE_UP_PER_EXCESS = 2.0
RELAPSE_FROM_EXCESS, RELAPSE_PER_EXCESS = 0.05, 0.25
"""Asked more than the leg can: chance of a flare-up, and from 0.05 on of tearing again, per unit of healed fraction
(elicited)."""
FLARE_UP_PAIN, FLARE_UP_FADES, FLARE_UP_COSTS_DAYS = 2.5, 0.5, 2.0
RELAPSE_KEEPS = (0.2, 0.6)
"""Share of the healed fraction that is left after tearing again (elicited)."""
PAIN_PER_EXCESS = 12.0
"""Points of pain during a load for every unit of healed fraction that it asks too much (elicited)."""

# --- after return (published: Zein 2024, 9 % at 2 and 17 % at 12 months; Weibull through both) ------------------------

RECURRENCE_SCALE_DAYS, RECURRENCE_SHAPE = 44_900.0, 0.351
UNREADY_RETURN_RATIO = 1.5
"""Hazard ratio for every tenth of T that somebody returned too early (elicited)."""

# --- what people say and do (elicited) --------------------------------------------------------------------------------

NRS_SD = 0.6
PAIN_TOLD: tuple[tuple[float, float], ...] = ((0.15, 0.6), (0.10, 1.3), (0.75, 1.0))
"""Share of the people, and the factor by which they tell pain: some tell less than they feel, some more."""
MISSES_A, MISSES_B = 1.2, 6.0
"""Beta distribution of the share of days without a check-in."""
GAP_RATE, GAP_DAYS = 0.01, (3, 10)
"""Chance a day of not answering at all for some days."""
ADHERENCE_A, ADHERENCE_B = 6.0, 2.0
OVERDOERS, OVERDOES_RATE, OTHERS_OVERDO_RATE, OVERDOING_ASKS = 0.15, 0.15, 0.01, 0.12
"""Share of people who often do more than was planned; how often they, and the others, do; how much more it asks."""
SELF_PREDICTION_BIAS, SELF_PREDICTION_PERSON_SD, SELF_PREDICTION_SD = -0.15, 0.45, 0.35
"""On the log scale. The noise of the dossier, 0.6, split over person and occasion; people hope for sooner."""
FEARFUL = 0.2
CONFIDENCE_SD = 1.0

# --- warning signs that come later ------------------------------------------------------------------------------------

RED_FLAG_SHARE = 0.03
"""Share of people in whom a warning sign comes up (elicited, and more often than in life, so that there is enough to
count)."""
RED_FLAG_LATEST_DAY = 90
RED_FLAG_TOLD_LATE = 0.3
"""Share of them who tell it one to three days after it came."""
RED_FLAG_SYMPTOMS: tuple[tuple[str, ...], ...] = (
    ("calf_swelling",),
    ("whole_leg_swelling",),
    ("breathless_chest_pain_fainting",),
    ("bladder_bowel_saddle_change",),
    ("fever_or_unwell",),
    ("leg_warm_red",),
    ("foot_drop_or_weak_ankle",),
    ("cold_pale_blue_leg",),
    ("both_legs_numb_or_weak",),
    ("dark_urine",),
)
RED_FLAG_DAYS = 7
"""Days the sign is told, before it has been seen to."""

# --- the therapist ----------------------------------------------------------------------------------------------------

VISIT_DAYS: Mapping[str, int] = {"professional": 3, "semi_professional": 4}
VISIT_DAYS_OTHERS = 7
VISIT_MISSED = 0.1
SEEN_AFTER_DAYS = (3, 10)
"""Whom the engine sends to be seen is seen within so many days."""
RED_FLAG_HARMLESS = 0.7
"""Share of warning signs on the road after which the clinician lets the person go on (elicited)."""
