import numpy as np
import pytest

from herstel.assessment.assess import assess, facts_of, probabilities
from herstel.assessment.result import GRADES, Assessment, GradeJudgement, Referral
from herstel.assessment.severity import (
    drawn_grades,
    grade_mass,
    grades_by_row,
    judge_grade,
    ladder_grade,
    ladder_levels,
    varied_trust,
)
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import Knowledge

SUDDEN_SPRINT = {"onset_sudden": True, "mech_sprint": True}


def judged(complaint: Complaint, knowledge: Knowledge) -> GradeJudgement:
    return judge_grade(probabilities(complaint, knowledge)[0], complaint, knowledge)


@pytest.mark.parametrize(
    ("ladder", "findings", "expected"),
    [
        ({}, {}, None),
        ({"walking": 3}, {}, None),
        ({"walking": 0, "straighten": 0}, {"onset_sudden": True}, 0),
        ({"walking": 1, "straighten": 1}, {}, 0),
        ({"walking": 1, "straighten": 0}, {"onset_sudden": True}, 1),
        ({"walking": 1, "straighten": 1}, {"tender_one_spot": True}, 1),
        ({"walking": 2, "straighten": 0}, {}, 1),
        ({"walking": 2, "straighten": 2}, {}, 2),
        ({"walking": 0, "heel_pull": 3}, {}, 2),
        ({"walking": 3, "straighten": 0}, {}, 2),
        ({"walking": 3, "heel_pull": 2}, {}, 3),
        ({"walking": 1, "heel_pull": 3, "straighten": 3}, {}, 3),
        ({}, {"palpable_gap": True}, 3),
        ({"walking": 1, "straighten": 1, "sleep": 3}, {}, 0),
    ],
)
def test_the_ladder_gives_a_grade_by_itself(
    ladder: dict[str, int], findings: dict[str, bool], expected: int | None
) -> None:
    assert ladder_grade(Complaint(ladder=ladder, findings=findings)) == expected


@pytest.mark.parametrize(("pain_nrs", "level"), [(0, 0), (3, 0), (4, 1), (6, 1), (7, 2), (8, 2), (9, 3), (10, 3)])
def test_the_pain_score_is_a_step_of_the_ladder(pain_nrs: float, level: int) -> None:
    assert ladder_levels(Complaint(pain_nrs=pain_nrs)) == {"pain": level}


def test_weakness_alone_is_not_grade_three(knowledge: Knowledge) -> None:
    weak = Complaint(
        age_years=24,
        days_since_onset=1,
        places=frozenset({Place("left", "thigh_middle")}),
        findings={**SUDDEN_SPRINT, "heel_pull_weak": True, "marked_weakness": True, "loc_middle_third": True},
        ladder={"walking": 1, "straighten": 1, "heel_pull": 2},
    )
    assert ladder_grade(weak) == 1
    assert judged(weak, knowledge).most_likely != "3"
    assert judged(weak, knowledge).probabilities["3"] < 0.2


def test_pain_on_the_sit_bone_gets_no_recovery_time_by_grade(knowledge: Knowledge) -> None:
    assert {"founding_grade1", "evidence_grade1"} <= recovery_times("thigh_middle", "loc_middle_third", knowledge)
    for origin in ("founding", "evidence"):
        by_grade = {f"{origin}_grade{grade}" for grade in range(4)}
        assert not by_grade & recovery_times("sit_bone", "loc_sit_bone", knowledge)


def recovery_times(place: str, finding: str, knowledge: Knowledge) -> set[str]:
    """The recovery times that hold for a fresh grade 1 sprint injury at this place."""
    complaint = Complaint(
        age_years=30,
        days_since_onset=3,
        places=frozenset({Place("left", place)}),
        findings={**SUDDEN_SPRINT, finding: True, "pop_heard_felt": False, "tender_one_spot": True},
        ladder={"walking": 1, "straighten": 1, "heel_pull": 1, "bruise": 0, "moment": 0},
    )
    facts = facts_of(assessment_of(complaint, knowledge), knowledge)
    return {one.id for one in knowledge.advice.recovery if one.when.holds(facts)}


def assessment_of(complaint: Complaint, knowledge: Knowledge) -> Assessment:
    result = assess(complaint, knowledge)
    return result.assessment if isinstance(result, Referral) else result


def test_without_a_ladder_the_grade_follows_the_differential(knowledge: Knowledge) -> None:
    complaint = Complaint(findings=SUDDEN_SPRINT)
    probability = probabilities(complaint, knowledge)[0]
    mass = grade_mass(probability, knowledge)
    judgement = judge_grade(probability, complaint, knowledge)
    assert judgement.ladder_grade is None
    assert list(judgement.probabilities.values()) == pytest.approx(list(mass / mass.sum()))
    assert judgement.applies == pytest.approx(mass.sum())


def test_the_ladder_moves_the_grade_and_leaves_the_tendon_branch_alone(knowledge: Knowledge) -> None:
    ladder = {"walking": 3, "heel_pull": 3, "straighten": 3, "moment": 3, "bruise": 3}
    by_story = judged(Complaint(findings=SUDDEN_SPRINT), knowledge)
    by_both = judged(Complaint(findings=SUDDEN_SPRINT, ladder=ladder, pain_nrs=10), knowledge)
    assert by_both.ladder_grade == 3
    assert by_both.probabilities["3"] > by_story.probabilities["3"]
    assert by_both.probabilities["tendon"] == pytest.approx(by_story.probabilities["tendon"])
    assert sum(by_both.probabilities.values()) == pytest.approx(1)


def test_more_answers_on_the_ladder_give_it_more_weight(knowledge: Knowledge) -> None:
    few = judged(Complaint(findings=SUDDEN_SPRINT, ladder={"walking": 2, "straighten": 2}), knowledge)
    many = dict.fromkeys(("walking", "straighten", "heel_pull", "bruise"), 2)
    more = judged(Complaint(findings=SUDDEN_SPRINT, ladder=many), knowledge)
    assert few.ladder_grade == more.ladder_grade == 2
    assert more.probabilities["2"] > few.probabilities["2"]


@pytest.mark.parametrize(
    ("ladder", "uncertain"),
    [
        ({"walking": 2, "straighten": 2, "heel_pull": 1}, True),
        ({"walking": 1, "straighten": 1}, False),
        ({"walking": 3, "heel_pull": 3}, False),
    ],
)
def test_grade_one_and_two_cannot_always_be_told_apart(
    knowledge: Knowledge, ladder: dict[str, int], uncertain: bool
) -> None:
    assert judged(Complaint(findings=SUDDEN_SPRINT, ladder=ladder), knowledge).uncertain_1_2 is uncertain


def test_every_draw_gives_a_distribution_over_the_grades(knowledge: Knowledge) -> None:
    complaint = Complaint(findings=SUDDEN_SPRINT, ladder={"walking": 2, "straighten": 2})
    probability = np.stack([probabilities(complaint, knowledge)[0]] * 3)
    grades = drawn_grades(probability, complaint, knowledge)
    assert grades.shape == (3, len(GRADES))
    assert grades.sum(axis=1) == pytest.approx(np.ones(3))
    assert grades[0] == pytest.approx(list(judged(complaint, knowledge).probabilities.values()))


def test_the_trust_in_the_ladder_is_varied_over_the_draws(knowledge: Knowledge) -> None:
    complaint = Complaint(findings=SUDDEN_SPRINT, ladder={"walking": 3, "heel_pull": 3})
    probability = np.stack([probabilities(complaint, knowledge)[0]] * 5)
    grades = drawn_grades(probability, complaint, knowledge, varied_trust(5))
    assert (np.diff(grades[:, GRADES.index("3")]) > 0).all()
    assert grades.sum(axis=1) == pytest.approx(np.ones(5))
    assert grades[2] == pytest.approx(list(judged(complaint, knowledge).probabilities.values()))


def test_the_likeliest_grade_of_many_rows_is_that_of_each_row(knowledge: Knowledge) -> None:
    complaint = Complaint(ladder={"walking": 1, "straighten": 1})
    stories: list[dict[str, bool]] = [
        {"both_legs_similar": True},
        SUDDEN_SPRINT,
        {"mech_overstretch_slip_waterski": True},
    ]
    rows = np.stack([probabilities(Complaint(findings=story), knowledge)[0] for story in stories])
    assert grades_by_row(rows, complaint, knowledge) == [
        judge_grade(row, complaint, knowledge).most_likely for row in rows
    ]
