from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.complaint.model import Complaint, Place
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel_evaluation.case_fields import complaint_from_case, context_of, mechanisms

FIELDS = [
    "age",
    "sex",
    "sport_or_activity",
    "level",
    "days_since_onset_at_presentation",
    "onset",
    "mechanism",
    "pop",
    "forced_to_stop",
    "bilateral",
    "pain_location",
    "pain_0_10",
    "pain_quality",
    "pain_at_rest",
    "night_pain",
    "sitting_pain",
    "walking_ability",
    "cannot_straighten",
    "strength_loss",
    "bruising",
    "swelling",
    "palpable_gap",
    "neuro_symptoms",
    "back_pain",
    "radiates_below_knee",
    "cough_sneeze_worse",
    "calf_swelling",
    "systemic",
    "risk_factors",
    "previous_hamstring_injury",
    "trend",
]


def reported(**fields: Any) -> Complaint:
    """A case of which only these fields were reported."""
    return complaint_from_case({**dict.fromkeys(FIELDS), **fields}, load_knowledge())


def findings(**fields: Any) -> dict[str, bool]:
    return dict(reported(**fields).findings)


# ------------------------------------------------------------------ nothing reported


def test_null_is_unknown_in_every_field() -> None:
    assert reported() == Complaint(context="gp_practice")


def test_a_field_that_is_not_there_is_unknown_too(knowledge: Knowledge) -> None:
    assert complaint_from_case({}, knowledge) == reported()


@pytest.mark.parametrize(
    "field",
    ["final_diagnosis", "diagnosis_class", "imaging", "treatment", "notes", "quote_free_summary", "exam_findings"],
)
def test_what_only_somebody_who_knew_the_answer_could_write_is_never_read(field: str) -> None:
    assert reported(**{field: "fever, numbness, sprint, pop, deep vein thrombosis"}) == reported()


def test_a_finding_that_the_knowledge_does_not_know_is_dropped(knowledge: Knowledge) -> None:
    fewer = {name: finding for name, finding in knowledge.findings.items() if name != "pop_heard_felt"}
    complaint = complaint_from_case({"pop": True, "night_pain": True}, replace(knowledge, findings=fewer))
    assert complaint.findings == {"night_pain_waking": True}


# ------------------------------------------------------------------ yes and no


@pytest.mark.parametrize(
    ("field", "finding"),
    [
        ("pop", "pop_heard_felt"),
        ("forced_to_stop", "forced_to_stop_within_5min"),
        ("pain_at_rest", "rest_pain"),
        ("night_pain", "night_pain_waking"),
        ("sitting_pain", "sitting_pain_sit_bone"),
        ("cannot_straighten", "cannot_straighten_leg"),
        ("bruising", "bruise_visible_by_day5"),
        ("swelling", "swelling_thigh"),
        ("palpable_gap", "palpable_gap"),
        ("back_pain", "low_back_pain_now"),
        ("radiates_below_knee", "radiates_below_knee"),
        ("cough_sneeze_worse", "worse_cough_sneeze_strain"),
        ("calf_swelling", "calf_swelling"),
        ("previous_hamstring_injury", "previous_hamstring_injury"),
    ],
)
def test_yes_is_present_and_no_is_absent(field: str, finding: str) -> None:
    assert findings(**{field: True})[finding] is True
    assert findings(**{field: False})[finding] is False


@pytest.mark.parametrize(("pain", "severe"), [(0, False), (7, False), (8, True), (10, True)])
def test_pain_from_eight_is_severe(pain: int, severe: bool) -> None:
    complaint = reported(pain_0_10=pain)
    assert complaint.findings["severe_pain"] is severe
    assert complaint.pain_nrs == pain


@pytest.mark.parametrize(
    ("strength", "weak"), [("none", False), ("mild", False), ("marked", True), ("severe", True), ("complete", True)]
)
def test_only_marked_loss_of_strength_is_marked_weakness(strength: str, weak: bool) -> None:
    assert findings(strength_loss=strength)["marked_weakness"] is weak


def test_swelling_of_nothing_but_the_calf_is_a_swollen_calf() -> None:
    assert findings(swelling=True, pain_location=["calf"])["calf_swelling"] is True
    assert "calf_swelling" not in findings(swelling=True, pain_location=["calf", "posterior thigh"])
    assert findings(swelling=True, pain_location=["calf"], calf_swelling=False)["calf_swelling"] is False


# ------------------------------------------------------------------ walking


@pytest.mark.parametrize(
    ("walking", "expected", "level"),
    [
        ("normal", {"pain_walking": False, "limp": False, "cannot_weight_bear_4_steps": False}, 0),
        ("painful", {"pain_walking": True, "cannot_weight_bear_4_steps": False}, 1),
        ("limping", {"pain_walking": True, "limp": True, "cannot_weight_bear_4_steps": False}, 2),
        ("unable", {"pain_walking": True, "limp": True, "cannot_weight_bear_4_steps": True}, 3),
    ],
)
def test_each_step_of_walking_implies_the_milder_ones(walking: str, expected: dict[str, bool], level: int) -> None:
    complaint = reported(walking_ability=walking)
    assert complaint.findings == expected
    assert complaint.ladder == {"walking": level}


def test_walking_in_other_words_stays_unknown() -> None:
    assert reported(walking_ability="with a stick") == reported()


def test_what_can_be_graded_is_graded() -> None:
    assert reported(forced_to_stop=True, bruising=False).ladder == {"moment": 1, "bruise": 0}
    assert reported(forced_to_stop=False, bruising=True).ladder == {"moment": 0}, "how large the bruise is, is unknown"


# ------------------------------------------------------------------ texts


def test_none_denies_what_its_field_is_about_and_only_that() -> None:
    found = findings(systemic="none (no fever)")
    assert found["fever_or_unwell"] is False
    assert "tingling_numbness_leg" not in found
    assert "cancer_active_or_history" not in found


def test_a_disease_with_fever_in_its_name_is_no_fever_when_the_field_of_its_own_says_none() -> None:
    risk = "familial Mediterranean fever, colchicine"
    assert findings(risk_factors=risk, systemic="none")["fever_or_unwell"] is False


def test_what_one_field_affirms_counts_where_the_field_of_its_own_is_silent() -> None:
    assert findings(risk_factors="fever since a week")["fever_or_unwell"] is True
    assert findings(mechanism="nine-hour flight")["immobilised_surgery_longflight"] is True


def test_denials_and_affirmations_are_kept_apart() -> None:
    found = findings(neuro_symptoms="no numbness or weakness; one episode of urinary incontinence")
    assert found["bladder_bowel_saddle_change"] is True
    assert found["tingling_numbness_leg"] is False
    risks = findings(risk_factors="earlier pregnancy; no recent surgery, immobility or contraceptive")
    assert risks["pregnancy_pill_hormones"] is False
    assert risks["immobilised_surgery_longflight"] is False


def test_the_quality_of_the_pain_is_read() -> None:
    found = findings(pain_quality="severe burning, with stiffness")
    assert {name for name, there in found.items() if there} == {
        "quality_burning",
        "quality_tight",
        "quality_sharp",
        "severe_pain",
        "morning_or_start_up_stiffness",
    }


@pytest.mark.parametrize(
    ("sport", "endurance"),
    [("marathon running", True), ("cycling", True), ("stationary cycling class", False), ("soccer", False)],
)
def test_endurance_sport_is_read_from_the_sport(sport: str, endurance: bool) -> None:
    assert findings(sport_or_activity=sport) == {"endurance_sport": endurance}


# ------------------------------------------------------------------ start


def test_sudden_is_sudden_and_gradual_leaves_open_that_it_came_later() -> None:
    assert findings(onset="sudden") == {"onset_sudden": True}
    assert findings(onset="gradual") == {"onset_sudden": False}
    assert findings(onset="delayed") == {"onset_sudden": False}
    assert findings(onset="unknown") == {}


def test_both_sides_after_a_sudden_start_is_not_both_legs_similar() -> None:
    assert "both_legs_similar" not in findings(bilateral=True, onset="sudden")
    assert findings(bilateral=True, onset="gradual")["both_legs_similar"] is True
    assert findings(bilateral=True)["both_legs_similar"] is True
    assert findings(bilateral=False)["both_legs_similar"] is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sprint to first base", ["mech_sprint"]),
        ("slipped with the knee straight", ["mech_overstretch_slip_waterski"]),
        ("kicking a ball", ["mech_kick"]),
        ("knee to the thigh", ["mech_direct_blow"]),
        ("first spinning class", ["mech_unaccustomed_exercise"]),
        ("rise in mileage", ["mech_overuse_load_increase"]),
        ("lifting a heavy object", ["mech_lift_bend_twist"]),
        ("none", ["mech_none"]),
        ("no known trauma", ["mech_none"]),
        ("insidious, training load unchanged", ["mech_none"]),
        ("while asleep", []),
    ],
)
def test_mechanism_words_are_mechanisms(text: str, expected: list[str]) -> None:
    assert mechanisms(text, sudden=False) == expected
    assert {name for name in findings(mechanism=text) if name.startswith("mech_")} == set(expected)


def test_suddenly_in_a_match_may_be_any_of_the_fast_movements() -> None:
    assert mechanisms("during a match", sudden=True) == ["mech_sprint", "mech_kick", "mech_overstretch_slip_waterski"]
    assert mechanisms("during a match", sudden=False) == []
    assert mechanisms("sprint in a match", sudden=True) == ["mech_sprint"]


def test_a_heavy_accident_and_a_light_effort_are_told_apart() -> None:
    assert findings(mechanism="thrown off a motorcycle")["high_energy_trauma"] is True
    assert findings(mechanism="fell off a horse")["high_energy_trauma"] is True
    assert findings(mechanism="stretch on a vaulting horse")["high_energy_trauma"] is False
    assert findings(mechanism="light cycling session")["effort_was_light"] is True
    assert "effort_was_light" not in findings(mechanism="heavy squats")


def test_pain_bound_to_an_effort_is_gone_at_rest() -> None:
    bound = "comes_on_with_set_exercise_gone_in_minutes"
    assert findings(mechanism="on walking", pain_at_rest=False)[bound] is True
    assert bound not in findings(mechanism="on walking", pain_at_rest=True)
    assert bound not in findings(mechanism="on walking")


# ------------------------------------------------------------------ course


def test_the_trend_says_better_or_worse() -> None:
    assert findings(trend="improving") == {"worsening_after_day3": False, "clear_improvement_by_72h": True}
    assert findings(trend="same") == {"worsening_after_day3": False, "clear_improvement_by_72h": False}
    assert findings(trend="worse") == {"worsening_after_day3": True, "clear_improvement_by_72h": False}


def test_worse_in_the_first_days_is_worse_by_the_hour() -> None:
    assert findings(trend="worse", days_since_onset_at_presentation=1)["pain_worse_by_the_hour"] is True
    assert "pain_worse_by_the_hour" not in findings(trend="worse", days_since_onset_at_presentation=3)


def test_more_than_six_weeks_follows_from_the_days() -> None:
    complaint = reported(days_since_onset_at_presentation=60)
    assert complaint.days_since_onset == 60
    assert complaint.findings == {"duration_over_6_weeks": True}


# ------------------------------------------------------------------ places


def test_places_are_marked_without_a_side_and_each_may_be_the_worst() -> None:
    complaint = reported(pain_location=["right buttock", "ischial tuberosity", "sit bone", "shoulder"])
    assert complaint.places == {Place("middle", "buttock"), Place("middle", "sit_bone")}
    assert complaint.findings == {"loc_buttock": True, "loc_sit_bone": True}


def test_pain_marked_in_the_low_back_is_back_pain_unless_the_field_says_otherwise() -> None:
    assert findings(pain_location=["low back"])["low_back_pain_now"] is True
    assert findings(pain_location=["low back"], back_pain=False)["low_back_pain_now"] is False


def test_pain_in_the_calf_and_elsewhere_has_travelled() -> None:
    assert findings(pain_location=["posterior thigh", "calf"])["radiates_below_knee"] is True
    assert "radiates_below_knee" not in findings(pain_location=["calf"])
    assert findings(pain_location=["thigh", "calf"], radiates_below_knee=False)["radiates_below_knee"] is False


# ------------------------------------------------------------------ person


@pytest.mark.parametrize(
    ("fields", "age"),
    [
        ({"age": 34}, 34),
        ({"age": 8}, 10),
        ({"age": 120}, 110),
        ({"level": "high school, state final"}, 16),
        ({"level": "semi-professional youth"}, 16),
        ({"level": "under-17"}, 16),
        ({"level": "collegiate"}, 20),
        ({"level": "recreational"}, None),
        ({"age": 30, "level": "high school"}, 30),
    ],
    ids=str,
)
def test_an_age_that_was_not_reported_is_read_from_the_school_level(fields: dict[str, Any], age: float | None) -> None:
    assert reported(**fields).age_years == age


@pytest.mark.parametrize(("sex", "expected"), [("F", "female"), ("M", "male"), ("X", None), (None, None)])
def test_sex_is_read_only_when_it_is_plain(sex: str | None, expected: str | None) -> None:
    assert reported(sex=sex).sex == expected


@pytest.mark.parametrize(
    ("level", "context"),
    [
        ("professional club", "sports_club"),
        ("team player", "sports_club"),
        ("recreational", "gp_practice"),
        (None, "gp_practice"),
    ],
)
def test_an_organised_athlete_has_the_base_rates_of_a_club(level: str | None, context: str) -> None:
    assert context_of({"level": level}) == context
    assert reported(level=level).context == context


def test_only_a_professional_is_a_professional() -> None:
    assert reported(level="elite professional").level == "professional"
    assert reported(level="competitive").level is None


# ------------------------------------------------------------------ anything

TEXTS = st.none() | st.text(max_size=40)
YES_NO = st.none() | st.booleans()


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "age": st.none() | st.integers(0, 130),
            "onset": st.sampled_from([None, "sudden", "gradual", "unknown"]),
            "mechanism": TEXTS,
            "bilateral": YES_NO,
            "pain_location": st.none() | st.lists(st.text(max_size=10), max_size=3),
            "pain_0_10": st.none() | st.integers(0, 10),
            "swelling": YES_NO,
            "walking_ability": TEXTS,
            "strength_loss": TEXTS,
            "neuro_symptoms": TEXTS,
            "systemic": TEXTS,
            "risk_factors": TEXTS,
            "trend": TEXTS,
            "level": TEXTS,
        },
    )
)
def test_any_case_gives_a_complaint_of_known_findings(case: dict[str, Any]) -> None:
    knowledge = load_knowledge()
    complaint = complaint_from_case(case, knowledge)
    assert set(complaint.findings) <= set(knowledge.findings)
    assert complaint.age_years is None or 10 <= complaint.age_years <= 110


def test_heat_named_with_the_mechanism_counts_whatever_the_other_fields_deny(knowledge: Knowledge) -> None:
    case = {"mechanism": "long march in great heat", "systemic": "none", "risk_factors": None}
    assert complaint_from_case(case, knowledge).findings["extreme_effort_heat_drugs"] is True


@pytest.mark.parametrize(
    ("mechanism", "sport", "expected"),
    [
        ("fall during a water-ski start", None, ["mech_overstretch_slip_waterski"]),
        ("fall", "water skiing", ["mech_overstretch_slip_waterski"]),
        ("fall from a bicycle", "cycling", ["mech_direct_blow"]),
        ("fall with a blow to the thigh", None, ["mech_direct_blow"]),
    ],
)
def test_a_fall_is_a_blow_unless_it_stretched_the_leg(
    knowledge: Knowledge, mechanism: str, sport: str | None, expected: list[str]
) -> None:
    findings = complaint_from_case({"mechanism": mechanism, "sport_or_activity": sport}, knowledge).findings
    assert [one for one, present in findings.items() if present and one.startswith("mech_")] == expected
