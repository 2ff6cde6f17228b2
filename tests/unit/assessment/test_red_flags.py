import pytest

from herstel.assessment.assess import assess
from herstel.assessment.red_flags import Screening, rank, red_flag_rules, screen
from herstel.assessment.result import Assessment, Referral
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge, RedFlag, urgency_rank
from tests.criteria import least_complaints

FLAGS = list(load_knowledge().red_flags.values())
SUDDEN = {"onset_sudden": True}


def at(*places: str) -> frozenset[Place]:
    return frozenset(Place("left", place) for place in places)


def fired(complaint: Complaint, knowledge: Knowledge) -> set[str]:
    return {flag.id for flag in screen(complaint.facts(), knowledge).fired}


def assessed(complaint: Complaint, knowledge: Knowledge) -> Assessment:
    result = assess(complaint, knowledge)
    return result.assessment if isinstance(result, Referral) else result


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
def test_every_red_flag_fires_on_its_own(knowledge: Knowledge, flag: RedFlag) -> None:
    """Whatever the probabilities, and in every way in which its criterion can come true."""
    for complaint in least_complaints(flag.when):
        assessment = assessed(complaint, knowledge)
        assert flag.id in assessment.red_flags, complaint
        assert urgency_rank(assessment.urgency.level) >= rank(flag)
        if flag.names_first:
            assert set(flag.suspects) & set(assessment.ranking[:4])


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.id)
def test_a_red_flag_that_was_not_answered_stays_open(knowledge: Knowledge, flag: RedFlag) -> None:
    nothing_known = screen(Complaint().facts(), knowledge)
    assert nothing_known.fired == ()
    assert flag in nothing_known.open


def test_a_question_answered_with_unknown_leaves_its_red_flags_open(knowledge: Knowledge) -> None:
    said_no = assessed(take_complaint({"rf_now": ["none"]}, knowledge), knowledge)
    said_unknown = assessed(take_complaint({"rf_now": "unknown"}, knowledge), knowledge)
    assert "dark_urine" not in said_no.open_red_flags
    assert "dark_urine" in said_unknown.open_red_flags


def test_with_everything_denied_no_red_flag_fires_or_stays_open(knowledge: Knowledge) -> None:
    denied = Complaint(
        age_years=30,
        days_since_onset=1,
        places=at("thigh_middle"),
        findings=dict.fromkeys(knowledge.findings, False),
    )
    assert screen(denied.facts(), knowledge) == Screening(fired=(), open=())


def test_the_most_urgent_rule_comes_first(knowledge: Knowledge) -> None:
    ranks = [rank(flag) for flag in red_flag_rules(knowledge).rules]
    assert ranks == sorted(ranks, reverse=True)
    screening = screen(Complaint(findings={"fever_or_unwell": True, "dark_urine": True}).facts(), knowledge)
    assert screening.fired[0].id == "dark_urine"
    assert screening.highest == urgency_rank("emergency")
    assert {flag.id for flag in screening.at(urgency_rank("same_day"))} >= {"fever"}


def test_a_rule_that_only_raises_has_no_level_of_its_own(knowledge: Knowledge) -> None:
    screening = screen(Complaint(findings={"not_at_ease": True}).facts(), knowledge)
    assert screening.highest == 0
    assert screening.at(0) == ()
    assert screening.raises == ("not_at_ease",)
    assert screen(Complaint().facts(), knowledge).highest == 0


def test_what_must_be_ruled_out_first_is_named_once_and_most_urgent_first(knowledge: Knowledge) -> None:
    findings = {"leg_warm_red": True, "fever_or_unwell": True, "dark_urine": True}
    suspected = screen(Complaint(findings=findings).facts(), knowledge).suspected(
        {"infection": 0.2, "dvt": 0.4, "exertional_rhabdomyolysis": 0.1}
    )
    assert suspected == ("exertional_rhabdomyolysis", "dvt", "infection")


@pytest.mark.parametrize(
    ("signs", "flag", "level"),
    [
        (["bladder_bowel_saddle_change"], "cauda_equina", "emergency"),
        (["both_legs_numb_or_weak"], "cauda_equina", "emergency"),
        (["tense_pain_out_of_proportion"], "compartment_tense", "emergency"),
        (["swelling_thigh", "pain_worse_by_the_hour", "severe_pain"], "compartment_fast", "emergency"),
        (["cold_pale_blue_leg"], "cold_leg", "emergency"),
        (["breathless_chest_pain_fainting"], "lung_clot", "emergency"),
        (["dark_urine"], "dark_urine", "emergency"),
        (["mech_unaccustomed_exercise", "severe_pain", "swelling_thigh"], "severe_after_effort_swollen", "emergency"),
        (["seriously_ill"], "serious_infection", "emergency"),
        (["fever_or_unwell"], "fever", "same_day"),
        (["foot_drop_or_weak_ankle"], "foot_weakness", "same_day"),
        (["calf_swelling"], "swollen_leg", "same_day"),
        (["cannot_weight_bear_4_steps"], "cannot_walk", "same_day"),
        (["visible_deformity"], "cannot_walk", "same_day"),
        (["knee_swollen_hot"], "hot_knee", "same_day"),
        (["growing_lump"], "lump", "gp_week"),
        (["palpable_gap"], "muscle_gap", "gp_week"),
        (["unexplained_weight_loss"], "unexplained_illness", "gp_week"),
        (["cancer_active_or_history", "night_pain_waking"], "cancer_history", "gp_week"),
        (
            ["comes_on_with_set_exercise_gone_in_minutes", "vascular_risk_smoking_diabetes_cvd"],
            "artery_older",
            "gp_week",
        ),
        (["pain_hop_or_impact", "mech_overuse_load_increase"], "bone_stress_hop", "gp_week"),
        (["no_progress_after_treatment"], "no_progress", "gp_week"),
    ],
)
def test_a_danger_sign_asks_for_help_in_time(knowledge: Knowledge, signs: list[str], flag: str, level: Urgency) -> None:
    assessment = assessed(Complaint(findings=dict.fromkeys(signs, True)), knowledge)
    assert flag in assessment.red_flags
    assert urgency_rank(assessment.urgency.level) >= urgency_rank(level)


def test_three_signs_together_suspect_an_avulsion(knowledge: Knowledge) -> None:
    signs = {"pop_heard_felt": True, "forced_to_stop_within_5min": True}
    two = Complaint(age_years=30, places=at("thigh_upper"), findings={**SUDDEN, **signs})
    three = Complaint(age_years=30, places=at("thigh_upper"), findings={**SUDDEN, **signs, "heel_pull_weak": True})
    assert "avulsion_signs" not in fired(two, knowledge)
    assert "avulsion_signs" in fired(three, knowledge)
    assert assessed(three, knowledge).urgency.level == "gp_week"


def test_above_forty_two_signs_suspect_an_avulsion_and_name_it_first(knowledge: Knowledge) -> None:
    findings = {**SUDDEN, "pop_heard_felt": True}
    complaint = Complaint(age_years=48, places=at("sit_bone"), findings=findings)
    assert "avulsion_signs_40" in fired(complaint, knowledge)
    assert assessed(complaint, knowledge).ranking[0] == "proximal_avulsion"


def test_the_same_signs_in_the_middle_of_the_thigh_are_those_of_a_strain(knowledge: Knowledge) -> None:
    signs = {"pop_heard_felt": True, "forced_to_stop_within_5min": True, "heel_pull_weak": True}
    complaint = Complaint(age_years=30, places=at("thigh_middle"), findings={**SUDDEN, **signs})
    assert "avulsion_signs" not in fired(complaint, knowledge)


@pytest.mark.parametrize("age_years", [10, 14, 17])
def test_sudden_sit_bone_pain_in_a_growing_skeleton_asks_for_an_x_ray(knowledge: Knowledge, age_years: int) -> None:
    findings = {**SUDDEN, "mech_sprint": True, "loc_sit_bone": True}
    complaint = Complaint(age_years=age_years, days_since_onset=1, places=at("sit_bone"), findings=findings)
    assessment = assessed(complaint, knowledge)
    assert "growing_skeleton_sudden" in assessment.red_flags
    assert assessment.ranking[0] == "ischial_apophyseal_avulsion"
    assert urgency_rank(assessment.urgency.level) >= urgency_rank("gp_week")
    assert assessment.imaging.modality == "xray"
    assert assessment.imaging.by_days is not None
    assert assessment.imaging.by_days <= 7


def test_a_limping_child_with_hip_pain_is_seen_the_same_day(knowledge: Knowledge) -> None:
    findings = {"onset_gradual": True, "limp": True, "groin_pain": True}
    child = Complaint(age_years=12, days_since_onset=5, places=at("groin_front"), findings=findings)
    grown = Complaint(age_years=30, days_since_onset=5, places=at("groin_front"), findings=findings)
    assert "child_hip" in fired(child, knowledge)
    assert assessed(child, knowledge).urgency.level == "same_day"
    assert "paediatric_hip" in assessed(child, knowledge).ranking[:2]
    assert "child_hip" not in fired(grown, knowledge)


def test_a_swollen_calf_with_a_risk_is_seen_the_same_day(knowledge: Knowledge) -> None:
    findings = {"calf_swelling": True, "immobilised_surgery_longflight": True}
    result = assess(Complaint(age_years=45, places=at("calf"), findings=findings), knowledge)
    assert isinstance(result, Referral)
    assert result.urgency.level == "same_day"
    assert {"swollen_leg", "clot_risk"} <= set(result.red_flags)
    assert result.suspected[0] == "dvt"


def test_an_explanation_by_injury_does_not_cancel_a_swollen_calf(knowledge: Knowledge) -> None:
    findings = {**SUDDEN, "mech_sprint": True, "calf_swelling": True}
    assert "swollen_leg" in fired(Complaint(age_years=30, findings=findings), knowledge)


@pytest.mark.parametrize(("days", "fires"), [(3, False), (10, False), (11, True), (60, True), (None, True)])
def test_a_bruise_of_the_first_days_explains_no_swelling_weeks_later(
    days: int | None, fires: bool, knowledge: Knowledge
) -> None:
    findings = {"calf_swelling": True, "bruise_large_spreading": True, "onset_sudden": True}
    complaint = Complaint(age_years=30, days_since_onset=days, findings=findings)
    assert ("swollen_leg" in fired(complaint, knowledge)) is fires


def test_a_swollen_leg_with_breathlessness_is_an_emergency(knowledge: Knowledge) -> None:
    findings = {"whole_leg_swelling": True, "breathless_chest_pain_fainting": True}
    result = assess(Complaint(age_years=45, findings=findings), knowledge)
    assert isinstance(result, Referral)
    assert (result.urgency.level, result.urgency.see) == ("emergency", "ambulance")
    assert result.suspected[0] == "dvt"


@pytest.mark.parametrize("place", ["thigh_lower", "behind_knee"])
def test_a_torn_tendon_near_the_knee_is_suspected_wherever_near_the_knee_it_hurts(
    knowledge: Knowledge, place: str
) -> None:
    complaint = Complaint(findings={**SUDDEN, "pop_heard_felt": True}, places=at(place))
    assert "distal_tendon_injury" in {
        condition for flag in fired(complaint, knowledge) for condition in knowledge.red_flags[flag].suspects
    }
