"""The founding document's first question: soreness or injury? And of which kind."""

from collections.abc import Mapping
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.matrix import compiled
from herstel.assessment.result import CriterionMet, InjuryType, NatureJudgement
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge, Nature

VERDICT_FROM = 0.5
"""A verdict needs at least half of the probability (elicited), and an answer: a prior alone is no verdict."""
_TYPES: Mapping[str, InjuryType] = {
    "mech_overstretch_slip_waterski": "stretch",
    "mech_sprint": "sprint",
    "mech_kick": "kick",
    "mech_direct_blow": "blow",
    "mech_unaccustomed_exercise": "effort",
    "mech_overuse_load_increase": "overuse",
    "mech_lift_bend_twist": "lifting",
    "mech_none": "none",
}


def judge_nature(probability: NDArray[np.floating], complaint: Complaint, knowledge: Knowledge) -> NatureJudgement:
    """Soreness, injury, overuse, coming from elsewhere or illness, with the criteria that were looked at.

    Parameters
    ----------
    probability : float array (conditions,)
    """
    mass: dict[Nature, float] = dict.fromkeys(get_args(Nature), 0.0)
    for condition, share in zip(knowledge.conditions.values(), probability, strict=True):
        mass[condition.soreness_or_injury] += float(share)
    likeliest = max(mass, key=lambda nature: mass[nature])
    facts = complaint.facts()
    told = mass[likeliest] >= VERDICT_FROM and compiled(knowledge).bears_on(complaint)
    return NatureJudgement(
        verdict=likeliest if told else None,
        probabilities=mass,
        criteria=tuple(
            CriterionMet(criterion=one.id, met=one.criterion.holds(facts)) for one in knowledge.advice.soreness
        ),
    )


def drawn_natures(drawn: NDArray[np.floating], knowledge: Knowledge) -> NDArray[np.floating]:
    """Probability of each nature under every draw, shape (draws, natures).

    Parameters
    ----------
    drawn : float array (draws, conditions)
    """
    natures = np.array([condition.soreness_or_injury for condition in knowledge.conditions.values()])
    return np.asarray(drawn @ (natures[:, None] == np.array(get_args(Nature))).astype(drawn.dtype))


def injury_type(complaint: Complaint) -> InjuryType:
    """How it came about, from the mechanism that was reported."""
    return next((kind for finding, kind in _TYPES.items() if complaint.findings.get(finding)), "unknown")
