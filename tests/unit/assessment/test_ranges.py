"""No probability without its range: grades and natures get one over the draws, as conditions do."""

import numpy as np
import pytest

from herstel.assessment.assess import assess, facts_of, suspected_of
from herstel.assessment.result import GRADES, Assessment, Referral
from herstel.assessment.severity import LEAST_TRUST, MOST_TRUST, drawn_grades, varied_trust
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint
from herstel.knowledge.load import load_knowledge

ANSWERS: dict[str, object] = {
    "age": 34,
    "places": ["left.thigh_middle"],
    "walking": "limping",
    "onset": "sudden",
    "mechanism": "sprint",
    "heel_pull": "weak_painful",
    "straighten": "limited",
    "days_since_onset": 3,
}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    knowledge = load_knowledge()
    result = assess(take_complaint(ANSWERS, knowledge), knowledge)
    assert isinstance(result, Assessment)
    return result


def test_every_grade_has_a_range_that_holds_its_estimate(assessment: Assessment) -> None:
    assert assessment.grade.ranges.keys() == set(GRADES)
    for grade, span in assessment.grade.ranges.items():
        assert 0 <= span.low <= assessment.grade.probabilities[grade] <= span.high <= 1


def test_every_nature_has_a_range_that_holds_its_estimate(assessment: Assessment) -> None:
    for nature, span in assessment.nature.ranges.items():
        assert 0 <= span.low <= assessment.nature.probabilities[nature] <= span.high <= 1 + 1e-6


def test_the_range_of_a_grade_covers_how_much_the_ladder_is_trusted(assessment: Assessment) -> None:
    knowledge = load_knowledge()
    certain = np.array([[float(condition.severity == "1") for condition in knowledge.conditions.values()]] * 3)
    trust = varied_trust(3)
    assert list(trust) == [LEAST_TRUST, 1.0, MOST_TRUST]
    grades = drawn_grades(certain, assessment.complaint, knowledge, trust)
    assert grades.sum(axis=1) == pytest.approx(np.ones(3))
    assert grades[0, 1] == pytest.approx(1)
    assert grades[0, 2] < grades[1, 2] < grades[2, 2]


def test_without_a_ladder_the_trust_in_it_changes_nothing() -> None:
    knowledge = load_knowledge()
    drawn = np.full((2, len(knowledge.conditions)), 1 / len(knowledge.conditions))
    assert np.ptp(drawn_grades(drawn, Complaint(), knowledge, varied_trust(2)), axis=0) == pytest.approx(np.zeros(5))


def test_what_is_suspected_is_what_the_ranking_puts_ahead_of_the_probabilities(assessment: Assessment) -> None:
    knowledge = load_knowledge()
    assert suspected_of(assessment, knowledge) == ()
    saddle = {"age": 45, "places": ["left.low_back"], "rf_now": ["bladder_bowel"]}
    referral = assess(take_complaint(saddle, knowledge), knowledge)
    assert isinstance(referral, Referral)
    assert suspected_of(referral.assessment, knowledge) == referral.suspected == ("cauda_equina",)


def test_the_facts_of_an_assessment_are_what_it_concluded(assessment: Assessment) -> None:
    facts = facts_of(assessment, load_knowledge())
    likely = assessment.likely
    assert facts.likelihood_of([likely.condition]) == pytest.approx(likely.probability)
    assert facts.number("grade") == float(assessment.grade.most_likely)
    assert facts.finding("limp") is True
