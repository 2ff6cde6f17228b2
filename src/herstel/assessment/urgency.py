"""How soon, and whom: the highest of what the red flags, the probabilities and their uncertainty ask for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.red_flags import Screening
from herstel.assessment.result import UrgencyDecision
from herstel.assessment.rules import once_per_knowledge
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Destination, Knowledge, urgency_rank

LEAN_SHARE = 0.25
"""When at least this share of the draws asks for more urgency, the advice leans to it (elicited)."""
HIGHEST_RAISED_RANK = urgency_rank("gp_week")


@dataclass(frozen=True, eq=False)
class ConditionRanks:
    """Urgency rank of every condition, in the order of the knowledge."""

    ranks: NDArray[np.intp]


@once_per_knowledge
def condition_ranks(knowledge: Knowledge) -> ConditionRanks:
    """The conditions' ranks, made once."""
    return ConditionRanks(np.array([urgency_rank(condition.urgency) for condition in knowledge.conditions.values()]))


def rank_by_probability(probability: NDArray[np.floating], knowledge: Knowledge) -> NDArray[np.intp]:
    """The urgency that the probabilities ask for.

    A level is asked for when the conditions at or above it together reach its risk threshold: a small chance of an
    emergency weighs as much as a large chance of something that can wait.

    Parameters
    ----------
    probability : float array (..., conditions)

    Returns
    -------
    int array (...)
        Ranks, 0 self-care to 4 emergency.
    """
    ranks = condition_ranks(knowledge).ranks
    result = np.zeros(probability.shape[:-1], dtype=np.intp)
    for level in knowledge.advice.urgency:
        number = urgency_rank(level.id)
        if level.risk_threshold is not None:
            at_least = probability @ (ranks >= number).astype(probability.dtype) >= level.risk_threshold
            result = np.where(at_least, np.maximum(result, number), result)
    return np.asarray(result)


def final_rank(by_probability: NDArray[np.intp] | int, screening: Screening) -> NDArray[np.intp]:
    """Raise what the probabilities ask for to what the red flags ask for; nothing ever lowers it."""
    ranks = np.asarray(by_probability)
    if screening.raises:
        ranks = np.where(ranks < HIGHEST_RAISED_RANK, ranks + 1, ranks)
    return np.asarray(np.maximum(ranks, screening.highest))


def decide_urgency(
    probability: NDArray[np.floating],
    drawn: NDArray[np.floating],
    screening: Screening,
    knowledge: Knowledge,
) -> UrgencyDecision:
    """Decide how soon and whom to see.

    Parameters
    ----------
    probability : float array (conditions,)
    drawn : float array (draws, conditions)
        The same under every draw; leans the advice to the safer side when it is not robust.
    screening : Screening
    """
    centre = int(rank_by_probability(probability, knowledge))
    draws = rank_by_probability(drawn, knowledge)
    safer = int(np.quantile(draws, 1 - LEAN_SHARE, method="higher"))
    level = int(final_rank(max(centre, safer), screening))
    return UrgencyDecision(
        level=URGENCY_LEVELS[level],
        see=see_at(level, screening, probability, knowledge),
        by_probability=URGENCY_LEVELS[centre],
        leaned=level > int(final_rank(centre, screening)),
        decided_by=tuple(flag.id for flag in screening.at(level)),
        raised_by=screening.raises if level > max(centre, safer, screening.highest) else (),
        share_same=float(np.mean(final_rank(draws, screening) == level)),
    )


def see_at(level: int, screening: Screening, probability: NDArray[np.floating], knowledge: Knowledge) -> Destination:
    """Whom to see: what a deciding red flag says, else whom the likeliest condition of this urgency is seen by."""
    deciding = screening.at(level)
    if deciding:
        return deciding[0].see
    ranks = condition_ranks(knowledge).ranks
    likeliest = int(np.argmax(np.where(ranks == level, probability, -1.0)))
    condition = tuple(knowledge.conditions.values())[likeliest]
    if level and ranks[likeliest] == level and condition.see[0] != "niemand":
        return condition.see[0]
    return next(one.see for one in knowledge.advice.urgency if one.id == URGENCY_LEVELS[level])
