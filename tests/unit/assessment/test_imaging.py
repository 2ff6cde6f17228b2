import pytest

from herstel.assessment.assess import assess
from herstel.assessment.imaging import advise_imaging, imaging_rules
from herstel.assessment.result import ImagingAdvice, Referral
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import Knowledge

SUDDEN = {"onset_sudden": True}
THIGH = frozenset({Place("left", "thigh_middle")})
SIT_BONE = frozenset({Place("left", "sit_bone")})


def image(complaint: Complaint, knowledge: Knowledge) -> ImagingAdvice:
    result = assess(complaint, knowledge)
    return (result.assessment if isinstance(result, Referral) else result).imaging


def test_the_rules_are_tried_soonest_first(knowledge: Knowledge) -> None:
    days = [rule.by_days for rule in imaging_rules(knowledge).rules]
    assert days == sorted(days)
    assert "none" not in {rule.modality for rule in imaging_rules(knowledge).rules}


def test_nothing_known_asks_for_no_image(knowledge: Knowledge) -> None:
    nothing = ImagingAdvice(modality="none", by_days=None, rules=())
    assert advise_imaging(Complaint().facts(), knowledge) == nothing
    assert image(Complaint(), knowledge) == nothing


def test_an_ordinary_strain_needs_no_image(knowledge: Knowledge) -> None:
    findings = {**SUDDEN, "mech_sprint": True, "forced_to_stop_within_5min": True, "pop_heard_felt": False}
    strain = Complaint(age_years=26, days_since_onset=1, places=THIGH, findings=findings, ladder={"walking": 1})
    assert image(strain, knowledge).modality == "none"


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ("founding_pop", Complaint(findings={"pop_heard_felt": True})),
        ("founding_cannot_walk", Complaint(findings={"cannot_weight_bear_4_steps": True})),
        ("founding_cannot_walk", Complaint(ladder={"walking": 3})),
        ("founding_no_progress", Complaint(findings={"no_progress_after_treatment": True})),
    ],
)
def test_each_reason_of_the_founding_document_asks_for_mri(
    knowledge: Knowledge, rule: str, complaint: Complaint
) -> None:
    advice = image(complaint, knowledge)
    assert rule in advice.rules
    origin = {one.id: one for one in knowledge.advice.imaging}[rule]
    assert (origin.origin, origin.modality) == ("founding", "mri")


def test_a_suspected_avulsion_asks_for_mri_within_a_week(knowledge: Knowledge) -> None:
    findings = {
        **SUDDEN,
        "mech_overstretch_slip_waterski": True,
        "pop_heard_felt": True,
        "bruise_large_spreading": True,
        "loc_sit_bone": True,
        "sitting_pain_sit_bone": True,
    }
    advice = image(Complaint(age_years=52, days_since_onset=5, places=SIT_BONE, findings=findings), knowledge)
    assert advice.modality == "mri"
    assert advice.by_days is not None
    assert advice.by_days <= 7
    assert "avulsion_mri" in advice.rules


def test_the_soonest_image_is_named_and_every_rule_with_it(knowledge: Knowledge) -> None:
    findings = {"high_energy_trauma": True, "pop_heard_felt": True, "cannot_weight_bear_4_steps": True}
    advice = image(Complaint(age_years=30, findings=findings), knowledge)
    assert (advice.modality, advice.by_days) == ("xray", 0)
    assert advice.rules[0] == "fracture_xray_now"
    assert {"founding_pop", "founding_cannot_walk"} <= set(advice.rules)


def test_a_swollen_calf_asks_for_ultrasound(knowledge: Knowledge) -> None:
    advice = image(Complaint(age_years=50, findings={"calf_swelling": True, "onset_gradual": True}), knowledge)
    assert advice.modality == "ultrasound"


def test_a_professional_with_a_strain_gets_an_mri_within_days(knowledge: Knowledge) -> None:
    findings = {**SUDDEN, "mech_sprint": True, "forced_to_stop_within_5min": True, "limp": True}
    player = Complaint(age_years=26, days_since_onset=1, places=THIGH, findings=findings)
    paid = Complaint(age_years=26, days_since_onset=1, places=THIGH, findings=findings, level="professional")
    assert "professional_mri" not in image(player, knowledge).rules
    assert "professional_mri" in image(paid, knowledge).rules
