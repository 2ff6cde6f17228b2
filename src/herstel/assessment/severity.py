"""How bad: grade probabilities from the differential, pooled with the self-report ladder of recognition.md section 4."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.result import GRADES, GradeJudgement, GradeName
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge

LADDER_ITEMS = ("walking", "moment", "heel_pull", "straighten", "bruise", "pain")
LADDER_FULL_WEIGHT = 0.5
"""Weight of a fully answered ladder against the differential (elicited: they see the same facts)."""
ON_GRADE, BESIDE_GRADE = 0.7, 0.15
"""How sharply a ladder grade is believed (elicited: strength loss of half is ordinary in grade 1-2)."""
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


def judge_grade(
    probability: NDArray[np.floating], complaint: Complaint, knowledge: Knowledge
) -> GradeJudgement:
    """Grade probabilities of a complaint.

    Parameters
    ----------
    probability : float array (conditions,)
        Posterior in the order of the knowledge's conditions.
    """
    mass: dict[GradeName, float] = dict.fromkeys(GRADES, 0.0)
    for condition, share in zip(knowledge.conditions.values(), probability, strict=True):
        if condition.severity != "none":
            mass[condition.severity] += float(share)
    applies = sum(mass.values())
    by_differential = {grade: mass[grade] / applies for grade in GRADES}
    levels, grade = ladder_levels(complaint), ladder_grade(complaint)
    total = sum(levels.values())
    return GradeJudgement(
        probabilities=_pool(by_differential, grade, len(levels)),
        applies=applies,
        ladder_grade=grade,
        ladder_sum=total,
        uncertain_1_2=grade in (1, 2) and 5 <= total <= 7,
    )


def _pool(by_differential: dict[GradeName, float], grade: int | None, items: int) -> dict[GradeName, float]:
    """Linear pool on the ladder; the tendon branch lies outside it and keeps its share."""
    if grade is None:
        return by_differential
    weight = LADDER_FULL_WEIGHT * max(items, 2) / len(LADDER_ITEMS)
    on_ladder = 1 - by_differential["tendon"]
    belief = np.array([ON_GRADE if i == grade else BESIDE_GRADE if abs(i - grade) == 1 else 0.0 for i in range(4)])
    belief = belief / belief.sum() * on_ladder
    pooled = {g: (1 - weight) * by_differential[g] + weight * float(belief[i]) for i, g in enumerate(GRADES[:4])}
    return {**pooled, "tendon": by_differential["tendon"]}
