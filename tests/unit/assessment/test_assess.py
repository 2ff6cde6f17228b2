from dataclasses import replace

import pytest

from herstel.assessment.assess import CANNOT_TELL_BELOW, assess, default_draws, facts_of, probabilities
from herstel.assessment.result import Assessment, Referral
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import Knowledge

SPRINTER = Complaint(
    age_years=25,
    days_since_onset=1,
    places=frozenset({Place("right", "thigh_middle")}),
    findings={
        "onset_sudden": True,
        "mech_sprint": True,
        "loc_middle_third": True,
        "forced_to_stop_within_5min": True,
        "pain_walking": True,
        "tender_one_spot": True,
    },
)
DARK_URINE = Complaint(findings={"dark_urine": True, "mech_unaccustomed_exercise": True})


@pytest.mark.parametrize("complaint", [Complaint(), SPRINTER, DARK_URINE])
def test_every_assessment_carries_the_knowledge_version(knowledge: Knowledge, complaint: Complaint) -> None:
    later = replace(knowledge, version=replace(knowledge.version, version="2027.1.1"))
    for known in (knowledge, later):
        result = assess(complaint, known)
        assessment = result.assessment if isinstance(result, Referral) else result
        assert assessment.knowledge_version == known.version.version


def test_an_assessment_ranks_every_condition(knowledge: Knowledge) -> None:
    result = assess(SPRINTER, knowledge)
    assert isinstance(result, Assessment)
    assert result.likely.condition.startswith("strain")
    assert [one.condition for one in result.differential] == list(result.ranking)
    assert sorted(result.ranking) == sorted(knowledge.conditions)
    chances = [one.probability for one in result.differential]
    assert chances == sorted(chances, reverse=True)
    assert result.complaint is SPRINTER
    assert result.injury_type == "sprint"


def test_each_estimate_stands_beside_its_prior(knowledge: Knowledge) -> None:
    estimate, prior = probabilities(SPRINTER, knowledge)
    result = assess(SPRINTER, knowledge)
    assert isinstance(result, Assessment)
    for i, condition in enumerate(knowledge.conditions):
        one = result.likelihood(condition)
        assert (one.probability, one.prior) == (estimate[i], prior[i])


def test_a_red_flag_that_asks_for_help_today_makes_it_a_referral(knowledge: Knowledge) -> None:
    result = assess(DARK_URINE, knowledge)
    assert isinstance(result, Referral)
    assert result.urgency is result.assessment.urgency
    assert result.red_flags == result.assessment.red_flags
    assert result.suspected[0] == "exertional_rhabdomyolysis"
    assert result.assessment.ranking[0] == "exertional_rhabdomyolysis"
    assert not result.assessment.cannot_tell


def test_a_red_flag_that_can_wait_a_week_is_no_referral(knowledge: Knowledge) -> None:
    result = assess(Complaint(findings={"growing_lump": True}), knowledge)
    assert isinstance(result, Assessment)
    assert result.urgency.level == "gp_week"
    assert result.urgency.decided_by == ("lump",)


def test_urgency_by_probability_alone_is_no_referral(knowledge: Knowledge) -> None:
    likely_emergency = replace(
        knowledge,
        red_flags={},
        conditions={name: replace(one, urgency="emergency") for name, one in knowledge.conditions.items()},
    )
    result = assess(SPRINTER, likely_emergency)
    assert isinstance(result, Assessment)
    assert result.urgency.level == "emergency"
    assert result.urgency.decided_by == ()


def test_when_nothing_is_likely_it_says_cannot_tell(knowledge: Knowledge) -> None:
    result = assess(Complaint(findings={"morning_or_start_up_stiffness": True}), knowledge)
    assert isinstance(result, Assessment)
    assert result.likely.probability < CANNOT_TELL_BELOW
    assert result.cannot_tell


def test_a_likely_prior_alone_is_still_cannot_tell(knowledge: Knowledge) -> None:
    at_a_club = Complaint(context="sports_club", age_years=25)
    result = assess(at_a_club, knowledge)
    assert isinstance(result, Assessment)
    assert result.likely.probability >= CANNOT_TELL_BELOW
    assert result.cannot_tell


def test_something_to_rule_out_first_is_more_than_cannot_tell(knowledge: Knowledge) -> None:
    result = assess(Complaint(findings={"fever_or_unwell": True, "low_back_pain_now": True}), knowledge)
    assert isinstance(result, Referral)
    assert not result.assessment.cannot_tell


def test_the_estimate_of_an_examined_complaint_uses_the_examination(knowledge: Knowledge) -> None:
    examined = replace(SPRINTER, examination={"active_hamstring_30_and_90": True})
    before, after = assess(SPRINTER, knowledge), assess(examined, knowledge)
    assert isinstance(before, Assessment)
    assert isinstance(after, Assessment)
    assert after.likelihood("proximal_avulsion").probability > before.likelihood("proximal_avulsion").probability


def test_advice_rules_can_ask_about_a_finished_assessment(knowledge: Knowledge) -> None:
    result = assess(SPRINTER, knowledge)
    assert isinstance(result, Assessment)
    facts = facts_of(result, knowledge)
    assert facts.finding("mech_sprint") is True
    assert facts.number("grade") == float(result.grade.most_likely)
    assert facts.number("urgency") == 1
    assert facts.likelihood_of(list(knowledge.conditions)) == pytest.approx(1)


def test_the_tendon_branch_has_no_number_as_grade(knowledge: Knowledge) -> None:
    findings = {"mech_overstretch_slip_waterski": True, "loc_sit_bone": True, "pop_heard_felt": True}
    result = assess(Complaint(age_years=50, findings=findings), knowledge)
    assert isinstance(result, Assessment)
    assert result.grade.most_likely == "tendon"
    assert facts_of(result, knowledge).number("grade") is None


def test_the_draws_are_made_once_per_knowledge(knowledge: Knowledge) -> None:
    assert default_draws(knowledge) is default_draws(knowledge)
    copy = replace(knowledge)
    assert default_draws(copy) is not default_draws(knowledge)
    assert default_draws(copy).matrix.knowledge is copy
