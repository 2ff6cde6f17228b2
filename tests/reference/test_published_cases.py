"""The engine against cases that clinicians published. The bars are low: these cases are few and unusual."""

from typing import Any

import pytest

from herstel.assessment.assess import assess
from herstel.assessment.matrix import compiled
from herstel.assessment.result import Assessment, Referral
from herstel.assessment.uncertainty import Draws
from herstel.knowledge.model import Knowledge
from herstel_evaluation.case_fields import complaint_from_case
from herstel_evaluation.score import Outcome, score_case, tally

Cases = list[dict[str, Any]]
NOT_INPUT = {"id", "citation", "scoreable", "acceptable_classes", "acceptable_urgency", "split"}


@pytest.fixture(scope="module")
def outcomes(published_cases: Cases, knowledge: Knowledge) -> list[Outcome]:
    return [score_case(case, knowledge) for case in published_cases]


def share(outcomes: list[Outcome], measure: str) -> float:
    value = tally(outcomes)[measure].value
    assert value is not None, f"no case could be scored on {measure}"
    return value


def missing(outcomes: list[Outcome], measure: str) -> str:
    return ", ".join(f"{one.case} ({one.urgency}, {one.ranked[0]})" for one in outcomes if measure in one.missed)


def test_no_emergency_is_judged_less_urgent_than_it_is(outcomes: list[Outcome]) -> None:
    emergencies = [one for one in outcomes if one.emergency]
    assert emergencies, "there is no emergency among the cases"
    assert [one.case for one in emergencies if one.under_triage] == []


def test_hardly_any_case_is_judged_less_urgent_than_it_is(outcomes: list[Outcome]) -> None:
    assert share(outcomes, "under_triage") <= 0.02, missing(outcomes, "under_triage")


def test_few_cases_are_judged_more_urgent_than_needed(outcomes: list[Outcome]) -> None:
    assert share(outcomes, "over_triage") <= 0.20, missing(outcomes, "over_triage")


def test_the_right_class_is_mostly_among_the_three_likeliest(outcomes: list[Outcome]) -> None:
    assert share(outcomes, "top3") >= 0.80, missing(outcomes, "top3")


def test_the_right_class_is_usually_the_likeliest(outcomes: list[Outcome]) -> None:
    assert share(outcomes, "top1") >= 0.60, missing(outcomes, "top1")


def test_leaving_out_any_one_field_still_gives_an_assessment(published_cases: Cases, knowledge: Knowledge) -> None:
    """A field left out is unknown: the same case, told less completely."""
    few = Draws(compiled(knowledge), count=20)  # the width of the intervals does not matter here
    complaints = {}
    for case in published_cases:
        for name in case.keys() - NOT_INPUT:
            complaint = complaint_from_case({**case, name: None}, knowledge)
            complaints[repr(complaint)] = complaint
    for complaint in complaints.values():
        assert isinstance(assess(complaint, knowledge, draws=few), Assessment | Referral)


def test_a_case_without_its_score_fields_of_one_kind_is_still_scored(
    published_cases: Cases, knowledge: Knowledge
) -> None:
    for case in published_cases:
        outcome = score_case({**case, "strain_grade": None, "correct_urgency": None}, knowledge)
        assert outcome.grade_within_one is None
        assert not outcome.emergency


def test_nothing_but_the_complaint_itself_is_read(published_cases: Cases, knowledge: Knowledge) -> None:
    """The diagnosis, the images, the treatment, the summary and the notes may say anything."""
    hidden = [
        "final_diagnosis",
        "diagnosis_class",
        "imaging",
        "treatment",
        "initially_misdiagnosed_as",
        "notes",
        "citation",
        "urgency_reason",
        "quote_free_summary",
        "exam_findings",
    ]
    for case in published_cases:
        other = {**case, **dict.fromkeys(hidden, "fever, saddle numbness, sprint, deep vein thrombosis")}
        assert complaint_from_case(other, knowledge) == complaint_from_case(case, knowledge)
