from dataclasses import replace
from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.quantities import Proportion
from herstel_evaluation.score import CLASS_ALIASES, MEASURES, Outcome, score_case, tally

CAUDA_EQUINA = {
    "id": "made-up-1",
    "age": 45,
    "neuro_symptoms": "numb saddle region, urinary retention",
    "pain_location": ["low back", "calf"],
    "acceptable_classes": ["cauda_equina"],
    "acceptable_urgency": ["emergency"],
    "correct_urgency": "emergency",
    "strain_grade": None,
    "scoreable": {"class": True, "urgency": True, "grade": False},
}
STRAIN = {
    "id": "made-up-2",
    "age": 24,
    "onset": "sudden",
    "mechanism": "sprint",
    "pop": True,
    "forced_to_stop": True,
    "walking_ability": "limping",
    "days_since_onset_at_presentation": 4,
    "bruising": True,
    "strength_loss": "marked",
    "pain_location": ["mid thigh"],
    "acceptable_classes": ["strain_grade2", "strain_grade_1"],
    "acceptable_urgency": ["gp_week", "physio"],
    "correct_urgency": "gp_week",
    "strain_grade": 2,
    "scoreable": {"class": True, "urgency": True, "grade": True},
}


def scored(case: dict[str, Any], knowledge: Knowledge, **changes: Any) -> Outcome:
    return score_case({**case, **changes}, knowledge)


def only(*measures: str) -> dict[str, bool]:
    return {name: name in measures for name in ("class", "urgency", "grade")}


# ------------------------------------------------------------------ one case


def test_an_emergency_is_recognised_and_said_to_be_one(knowledge: Knowledge) -> None:
    outcome = scored(CAUDA_EQUINA, knowledge)
    assert outcome.emergency
    assert outcome.urgency == "emergency"
    assert outcome.ranked[0] == "cauda_equina"
    assert (outcome.top1, outcome.top3, outcome.urgency_exact) == (True, True, True)
    assert (outcome.under_triage, outcome.over_triage, outcome.grade_within_one) == (False, False, None)
    assert outcome.missed == ()


def test_a_strain_is_scored_on_its_grade_too(knowledge: Knowledge) -> None:
    outcome = scored(STRAIN, knowledge)
    assert not outcome.emergency
    assert outcome.expected == ("strain_grade_2", "strain_grade_1"), "other spellings of a class are read"
    assert outcome.top3 is True
    assert outcome.grade_within_one is True


def test_each_class_is_ranked_once(knowledge: Knowledge) -> None:
    ranked = scored(STRAIN, knowledge).ranked
    assert sorted(ranked) == sorted({condition.case_class for condition in knowledge.conditions.values()})


def test_a_class_that_nobody_knows_is_missed_but_breaks_nothing(knowledge: Knowledge) -> None:
    outcome = scored(STRAIN, knowledge, acceptable_classes=["gout", "unheard_of"])
    assert (outcome.top1, outcome.top3) == (False, False)
    assert set(outcome.missed) >= {"top1"}


def test_one_of_the_three_likeliest_is_enough_for_top3(knowledge: Knowledge) -> None:
    third = scored(STRAIN, knowledge).ranked[2]
    outcome = scored(STRAIN, knowledge, acceptable_classes=[third])
    assert (outcome.top1, outcome.top3) == (False, True)
    assert "top1" in outcome.missed


def test_less_urgent_than_every_acceptable_level_is_under_triage(knowledge: Knowledge) -> None:
    outcome = scored(STRAIN, knowledge, acceptable_urgency=["emergency"])
    assert (outcome.urgency_exact, outcome.under_triage, outcome.over_triage) == (False, True, False)
    assert "under_triage" in outcome.missed
    assert "over_triage" not in outcome.missed


def test_more_urgent_than_every_acceptable_level_is_over_triage(knowledge: Knowledge) -> None:
    outcome = scored(CAUDA_EQUINA, knowledge, acceptable_urgency=["self_care", "physio"])
    assert (outcome.urgency_exact, outcome.under_triage, outcome.over_triage) == (False, False, True)
    assert "over_triage" in outcome.missed


def test_between_two_acceptable_levels_is_neither(knowledge: Knowledge) -> None:
    outcome = scored(STRAIN, knowledge, acceptable_urgency=["self_care", "emergency"])
    assert (outcome.urgency_exact, outcome.under_triage, outcome.over_triage) == (False, False, False)


def test_what_cannot_be_scored_is_not_scored(knowledge: Knowledge) -> None:
    outcome = scored(CAUDA_EQUINA, knowledge, scoreable=only())
    assert [getattr(outcome, name) for name in MEASURES] == [None] * len(MEASURES)
    assert not outcome.emergency
    assert outcome.missed == ()
    assert scored(STRAIN, knowledge, strain_grade=None).grade_within_one is None


@pytest.mark.parametrize(("grade", "near"), [(0, False), (3, True)])
def test_a_grade_may_be_one_off(knowledge: Knowledge, grade: int, near: bool) -> None:
    outcome = scored(STRAIN, knowledge, strain_grade=grade)
    assert outcome.expected_grade == grade
    assert outcome.grade_within_one is near
    assert ("grade_within_one" in outcome.missed) is not near


def test_every_other_spelling_is_of_a_class_that_exists(knowledge: Knowledge) -> None:
    classes = {condition.case_class for condition in knowledge.conditions.values()}
    assert set(CLASS_ALIASES.values()) <= classes
    assert not set(CLASS_ALIASES) & classes


def test_every_id_of_a_condition_is_a_spelling_of_its_own_class(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        assert CLASS_ALIASES.get(condition.id, condition.id) == condition.case_class


# ------------------------------------------------------------------ many cases

OUTCOME = Outcome(case="x", expected=(), ranked=(), urgency="physio", acceptable_urgency=(), emergency=False)


def test_a_tally_counts_only_what_can_be_scored() -> None:
    counted = tally([replace(OUTCOME, top1=True), replace(OUTCOME, top1=False, top3=True), OUTCOME])
    assert counted["top1"] == Proportion(k=1, n=2)
    assert counted["top3"] == Proportion(k=1, n=1)
    assert counted["under_triage"] == Proportion(k=0, n=0)
    assert tuple(counted) == MEASURES


def test_a_tally_of_nothing_is_empty_everywhere() -> None:
    assert set(tally([]).values()) == {Proportion(k=0, n=0)}


def test_a_tally_can_be_taken_while_the_cases_are_being_scored() -> None:
    assert tally(replace(OUTCOME, top1=True) for _ in range(3))["top1"] == Proportion(k=3, n=3)
