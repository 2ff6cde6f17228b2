import pytest

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, GradeJudgement
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge


@pytest.fixture
def assessment(knowledge: Knowledge) -> Assessment:
    result = assess(Complaint(findings={"onset_sudden": True, "mech_sprint": True}), knowledge)
    assert isinstance(result, Assessment)
    return result


def test_the_likely_condition_is_the_most_probable(assessment: Assessment) -> None:
    assert assessment.likely.probability == max(one.probability for one in assessment.differential)
    assert assessment.likelihood(assessment.likely.condition) == assessment.likely


def test_a_condition_that_does_not_exist_has_no_likelihood(assessment: Assessment) -> None:
    with pytest.raises(KeyError, match="tennis_elbow"):
        assessment.likelihood("tennis_elbow")


def test_the_most_likely_grade_is_the_most_probable() -> None:
    grade = GradeJudgement(
        probabilities={"0": 0.1, "1": 0.2, "2": 0.5, "3": 0.1, "tendon": 0.1},
        applies=0.9,
        ladder_grade=None,
        ladder_sum=0,
        uncertain_1_2=False,
    )
    assert grade.most_likely == "2"
