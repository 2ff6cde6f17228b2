"""How bad: grade probabilities from the differential, pooled with the self-report ladder of the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.result import GRADES, GradeJudgement, GradeName
from herstel.assessment.rules import once_per_knowledge
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge

LADDER_ITEMS = ("walking", "moment", "heel_pull", "straighten", "bruise", "pain")
LADDER_FULL_WEIGHT = 0.5
"""Weight of a fully answered ladder against the differential (elicited: they see the same facts)."""
ON_GRADE, BESIDE_GRADE = 0.7, 0.15
"""How sharply a ladder grade is believed (elicited: strength loss of half is ordinary in grade 1-2)."""
LEAST_TRUST, MOST_TRUST = 0.0, 2.0
"""How far the weight of the ladder is varied for the ranges: from not at all to double (elicited)."""
GRADE_TOLD_FROM = 0.3
"""A grade is told when the muscle or its tendon is at least this likely to be the matter (elicited)."""
PAIN_STEPS_NRS = (4, 7, 9)


def ladder_levels(complaint: Complaint) -> dict[str, int]:
    """The answered ladder items, 0 (best) to 3 (worst), the pain score included."""
    levels = {item: level for item, level in complaint.ladder.items() if item in LADDER_ITEMS}
    if complaint.pain_nrs is not None:
        pain = complaint.pain_nrs
        levels["pain"] = sum(pain >= step for step in PAIN_STEPS_NRS)
    return levels


def ladder_grade(complaint: Complaint) -> int | None:
    """Grade by the ladder alone; None when fewer than two items are answered and no gap is felt."""
    levels = ladder_levels(complaint)
    gap = complaint.findings.get("palpable_gap") is True
    if len(levels) < 2 and not gap:
        return None
    threes = sum(level == 3 for level in levels.values())
    twos = sum(level == 2 for level in levels.values())
    walks_on_crutches_and_weak = levels.get("walking") == 3 and levels.get("heel_pull", 0) >= 2
    if gap or threes >= 2 or walks_on_crutches_and_weak:
        return 3
    if threes or twos >= 2:
        return 2
    return _grade_0_or_1(complaint, levels)


def _grade_0_or_1(complaint: Complaint, levels: Mapping[str, int]) -> int:
    sudden = complaint.findings.get("onset_sudden") is True
    focal = complaint.findings.get("tender_one_spot") is True
    return 1 if any(levels.values()) and (sudden or focal or max(levels.values()) >= 2) else 0


def judge_grade(probability: NDArray[np.floating], complaint: Complaint, knowledge: Knowledge) -> GradeJudgement:
    """Grade probabilities of a complaint.

    Parameters
    ----------
    probability : float array (conditions,)
        Posterior in the order of the knowledge's conditions.
    """
    levels, grade = ladder_levels(complaint), ladder_grade(complaint)
    mass = grade_mass(probability, knowledge)
    total = sum(levels.values())
    pooled = _pool(mass / mass.sum(), grade, len(levels))
    return GradeJudgement(
        probabilities=dict(zip(GRADES, map(float, pooled), strict=True)),
        applies=float(mass.sum()),
        ladder_grade=grade,
        ladder_sum=total,
        uncertain_1_2=grade in (1, 2) and 5 <= total <= 7,
    )


LADDER_ASKS = frozenset({"ladder", "pain", "palpable_gap", "onset_sudden", "tender_one_spot"})
"""What the ladder looks at; when none of it changes, the ladder says the same."""


def grades_by_row(probability: NDArray[np.floating], complaint: Complaint, knowledge: Knowledge) -> list[GradeName]:
    """The likeliest grade for every row of probabilities (rows, conditions) of one complaint."""
    return [GRADES[i] for i in drawn_grades(probability, complaint, knowledge).argmax(axis=-1)]


def drawn_grades(
    drawn: NDArray[np.floating],
    complaint: Complaint,
    knowledge: Knowledge,
    trust: NDArray[np.floating] | float = 1.0,
) -> NDArray[np.floating]:
    """Grade probabilities under every draw, shape (draws, grades).

    Parameters
    ----------
    drawn : float array (draws, conditions)
    trust : float or float array (draws,)
        Factor on the weight of the ladder.
    """
    mass = grade_mass(drawn, knowledge)
    shares = mass / mass.sum(axis=-1, keepdims=True)
    return _pool(shares, ladder_grade(complaint), len(ladder_levels(complaint)), trust)


def varied_trust(draws: int) -> NDArray[np.floating]:
    """A factor on the weight of the ladder for every draw, shape (draws,), spread evenly."""
    return np.linspace(LEAST_TRUST, MOST_TRUST, draws)


def grade_mass(probability: NDArray[np.floating], knowledge: Knowledge) -> NDArray[np.floating]:
    """Summed probability of the conditions of each grade, shape (..., grades); what is off the ladder is left out."""
    return np.asarray(probability @ grade_columns(knowledge).table)


@dataclass(frozen=True, eq=False)
class GradeColumns:
    """Which condition counts for which grade: ones and zeros, shape (conditions, grades)."""

    table: NDArray[np.float32]


@once_per_knowledge
def grade_columns(knowledge: Knowledge) -> GradeColumns:
    """The grade of every condition, in the order of the knowledge."""
    severities = np.array([condition.severity for condition in knowledge.conditions.values()])
    return GradeColumns((severities[:, None] == np.array(GRADES)).astype(np.float32))


_DISTANCE = np.abs(np.arange(4)[:, None] - np.arange(4))
_BELIEF = np.select([_DISTANCE == 0, _DISTANCE == 1], [ON_GRADE, BESIDE_GRADE])
_BELIEF /= _BELIEF.sum(axis=1, keepdims=True)
"""What a grade on the ladder makes one believe of each grade, rows summing to one."""


def _pool(
    by_differential: NDArray[np.floating], grade: int | None, items: int, trust: NDArray[np.floating] | float = 1.0
) -> NDArray[np.floating]:
    """Linear pool on the ladder; the tendon branch lies outside it and keeps its share."""
    if grade is None:
        return by_differential
    weight = np.asarray(trust)[..., None] * LADDER_FULL_WEIGHT * max(items, 2) / len(LADDER_ITEMS)
    on_ladder, tendon = by_differential[..., :4], by_differential[..., 4:]
    pooled = (1 - weight) * on_ladder + weight * (1 - tendon) * _BELIEF[grade]
    return np.concatenate([pooled, tendon], axis=-1)
