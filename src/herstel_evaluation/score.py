"""Scores assessments of published cases: right class, right urgency, right grade, each with a Wilson interval."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, assessment_of
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge
from herstel.quantities import Proportion
from herstel_evaluation.case_fields import Case, complaint_from_case

MEASURES = ("top1", "top3", "urgency_exact", "under_triage", "over_triage", "grade_within_one")
CLASS_ALIASES: Mapping[str, str] = {
    "strain_grade1": "strain_grade_1",
    "strain_grade2": "strain_grade_2",
    "strain_grade3": "strain_grade_3",
    "intramuscular_tendon": "tendon_injury",
    "intramuscular_tendon_c": "tendon_injury",
    "ischial_apophyseal_avulsion": "apophyseal_avulsion",
    "lumbar_radiculopathy": "radiculopathy",
    "sij_referred": "sacroiliac",
    "sacroiliac_referred": "sacroiliac",
    "deep_gluteal_syndrome": "deep_gluteal",
    "ischiofemoral_impingement": "ischiofemoral",
    "hip_joint_referred": "hip_joint",
    "hip": "hip_joint",
    "hip_referred": "hip_joint",
    "adductor": "adductor_groin",
    "adductor_groin_referred": "adductor_groin",
    "bone_stress_injury": "stress_fracture",
    "bone_stress": "stress_fracture",
    "ruptured_baker_cyst": "bakers_cyst",
    "baker_cyst": "bakers_cyst",
    "acute_compartment_syndrome": "compartment_syndrome",
    "exertional_compartment": "chronic_exertional_compartment",
    "chronic_compartment": "chronic_exertional_compartment",
    "vascular_claudication": "vascular",
    "exertional_rhabdomyolysis": "rhabdomyolysis",
    "scfe": "paediatric_hip",
    "pediatric_hip": "paediatric_hip",
    "statin_myalgia": "drug_myalgia",
    "other_nonspecific": "other",
    "muscle_soreness": "doms",
    "soreness": "doms",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the engine said of one case, and how that scores; None where the case cannot be scored so."""

    case: str
    expected: tuple[str, ...]
    ranked: tuple[str, ...]
    """Classes in the order the engine thinks of them."""
    urgency: str
    acceptable_urgency: tuple[str, ...]
    emergency: bool
    top1: bool | None = None
    top3: bool | None = None
    urgency_exact: bool | None = None
    under_triage: bool | None = None
    over_triage: bool | None = None
    grade_within_one: bool | None = None
    grade: str = ""
    expected_grade: int | None = None

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the measures this case fails."""
        wrong = [name for name in ("top1", "top3", "urgency_exact", "grade_within_one") if getattr(self, name) is False]
        return tuple(wrong + [name for name in ("under_triage", "over_triage") if getattr(self, name)])


def score_case(case: Case, knowledge: Knowledge) -> Outcome:
    """Assess one published case and compare with what a reasonable clinician could have said."""
    result = assess(complaint_from_case(case, knowledge), knowledge)
    assessment = assessment_of(result)
    scoreable: Mapping[str, bool] = case["scoreable"]
    ranked = tuple(dict.fromkeys(knowledge.conditions[one].case_class for one in assessment.ranking))
    expected = tuple(CLASS_ALIASES.get(label, label) for label in case["acceptable_classes"])
    measures: dict[str, Any] = {}
    if scoreable["class"]:
        measures["top1"] = ranked[0] in expected
        measures["top3"] = bool(set(ranked[:3]) & set(expected))
    if scoreable["urgency"]:
        measures |= _triage(assessment, case["acceptable_urgency"])
    if scoreable["grade"] and case.get("strain_grade") is not None:
        measures["grade_within_one"] = _grade_within_one(assessment, int(case["strain_grade"]))
    return Outcome(
        case=case["id"],
        expected=expected,
        ranked=ranked,
        urgency=assessment.urgency.level,
        acceptable_urgency=tuple(case["acceptable_urgency"]),
        emergency=bool(scoreable["urgency"]) and case.get("correct_urgency") == "emergency",
        grade=assessment.grade.most_likely,
        expected_grade=case.get("strain_grade"),
        **measures,
    )


def _triage(assessment: Assessment, acceptable: Iterable[str]) -> dict[str, bool]:
    given = URGENCY_LEVELS.index(assessment.urgency.level)
    levels = [URGENCY_LEVELS.index(level) for level in acceptable]
    return {
        "urgency_exact": given in levels,
        "under_triage": given < min(levels),
        "over_triage": given > max(levels),
    }


def _grade_within_one(assessment: Assessment, grade: int) -> bool:
    """The tendon branch stands beside the ladder: the likeliest grade on the ladder is compared."""
    on_ladder = {int(g): p for g, p in assessment.grade.probabilities.items() if g != "tendon"}
    return abs(max(on_ladder, key=lambda g: on_ladder[g]) - grade) <= 1


def tally(outcomes: Iterable[Outcome]) -> dict[str, Proportion]:
    """Each measure over the cases that can be scored so."""
    listed = list(outcomes)
    return {name: _proportion([getattr(one, name) for one in listed]) for name in MEASURES}


def _proportion(values: Iterable[bool | None]) -> Proportion:
    known = [value for value in values if value is not None]
    return Proportion(k=sum(known), n=len(known))
