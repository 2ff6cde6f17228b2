"""How soon, and whom: the highest of what the red flags, the probabilities and their uncertainty ask for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.matrix import Codes, compiled
from herstel.assessment.red_flags import Screening, rank, warning_signs
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
    see: tuple[Destination, ...]
    """Who sees each condition at its own urgency: whom the level names, when the condition is seen by them too."""


@once_per_knowledge
def condition_ranks(knowledge: Knowledge) -> ConditionRanks:
    """The conditions' ranks, made once."""
    conditions = tuple(knowledge.conditions.values())
    usual = {level.id: level.see for level in knowledge.advice.urgency}
    see = tuple(usual[one.urgency] if usual[one.urgency] in one.see else one.see[0] for one in conditions)
    return ConditionRanks(np.array([urgency_rank(one.urgency) for one in conditions]), see)


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


def evidence_for_urgency(codes: Codes, knowledge: Knowledge) -> Codes:
    """The codes by which the probabilities may ask for urgency: without the warning signs, present or absent.

    Warning signs are judged by the rules. A sign that makes one serious condition likelier makes another less
    likely, and must not take its urgency away.

    Parameters
    ----------
    codes : int8 array (..., findings)
    """
    without = codes.copy()
    without[..., warning_rows(knowledge).rows] = 0
    return without


def combinations_of_signs(codes: Codes, knowledge: Knowledge) -> Codes:
    """The codes of one complaint without warning signs, and with every combination of those that are there.

    Parameters
    ----------
    codes : int8 array (findings,)

    Returns
    -------
    int8 array (combinations, findings)
        The first row has none of the signs, the last row all.
    """
    signs = warning_rows(knowledge).rows
    there = signs[codes[signs] > 0]
    rows = np.repeat(evidence_for_urgency(codes, knowledge)[None, :], 2 ** len(there), axis=0)
    rows[:, there] = (np.arange(len(rows))[:, None] >> np.arange(len(there))) & 1
    return np.asarray(rows)


@dataclass(frozen=True, eq=False)
class WarningRows:
    """The rows of the matrix that are warning signs."""

    rows: NDArray[np.intp]


@once_per_knowledge
def warning_rows(knowledge: Knowledge) -> WarningRows:
    """Where in the matrix the warning signs stand."""
    row = compiled(knowledge).row
    return WarningRows(
        np.array([row[sign] for sign in warning_signs(knowledge).findings if sign in row], dtype=np.intp)
    )


def level_after(by_probability: int, screening: Screening) -> int:
    """One rank of :func:`final_rank`."""
    level = max(by_probability, screening.highest)
    return level + 1 if screening.raises and level < HIGHEST_RAISED_RANK else level


def final_rank(by_probability: NDArray[np.intp], screening: Screening) -> NDArray[np.intp]:
    """The highest of what the probabilities and the red flags ask for, raised where a rule raises.

    Parameters
    ----------
    by_probability : int array (...)
        Ranks.
    """
    by_rank = np.array([level_after(rank, screening) for rank in range(len(URGENCY_LEVELS))])
    return np.asarray(by_rank[by_probability])


def decide_urgency(
    probability: NDArray[np.floating],
    drawn: NDArray[np.floating],
    screening: Screening,
    knowledge: Knowledge,
) -> UrgencyDecision:
    """Decide how soon and whom to see.

    Parameters
    ----------
    probability : float array (combinations, conditions)
        By the rows of :func:`combinations_of_signs`; the most urgent row counts.
    drawn : float array (draws, conditions)
        The first row under every draw; leans the advice to the safer side when it is not robust.
    screening : Screening
    """
    centre = int(rank_by_probability(probability, knowledge).max())
    draws = np.maximum(rank_by_probability(drawn, knowledge), centre if len(probability) > 1 else 0)
    safer = int(np.quantile(draws, 1 - LEAN_SHARE, method="higher"))
    level = level_after(max(centre, safer), screening)
    return UrgencyDecision(
        level=URGENCY_LEVELS[level],
        see=see_at(level, screening, likeliest_by_rank(probability[-1:], knowledge)[0], knowledge),
        by_probability=URGENCY_LEVELS[centre],
        leaned=level > level_after(centre, screening),
        decided_by=tuple(flag.id for flag in screening.at(level)),
        raised_by=screening.raises if level > max(centre, safer, screening.highest) else (),
        share_same=float(np.mean(final_rank(draws, screening) == level)),
    )


def likeliest_by_rank(probability: NDArray[np.floating], knowledge: Knowledge) -> list[list[int]]:
    """For every row of probabilities and every rank of urgency the number of the likeliest condition of that rank."""
    ranks = condition_ranks(knowledge).ranks
    by_rank = [np.where(ranks == rank, probability, -1.0).argmax(axis=1) for rank in range(len(URGENCY_LEVELS))]
    return [list(map(int, row)) for row in np.stack(by_rank, axis=1)]


def see_at(level: int, screening: Screening, likeliest: Sequence[int], knowledge: Knowledge) -> Destination:
    """Whom to see: what a deciding red flag says, else whom the likeliest condition of this urgency is seen by.

    Parameters
    ----------
    level : int
        Rank of the urgency.
    likeliest : sequence of int
        Per rank the number of the likeliest condition, of :func:`likeliest_by_rank`.
    """
    deciding = next((flag for flag in screening.fired if flag.level and rank(flag) == level), None)
    if deciding is not None:
        return deciding.see
    by_condition = condition_ranks(knowledge).see[likeliest[level]]
    of_this_rank = condition_ranks(knowledge).ranks[likeliest[level]] == level
    if level and of_this_rank and by_condition != "niemand":
        return by_condition
    return next(one.see for one in knowledge.advice.urgency if one.id == URGENCY_LEVELS[level])
