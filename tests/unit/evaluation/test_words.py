import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel_evaluation import words
from herstel_evaluation.words import NEUROLOGICAL, RISKS, SYSTEMIC, affirmed, clauses, first_match, read, says

EVERYTHING = {**NEUROLOGICAL, **SYSTEMIC, **RISKS}


def present(text: str) -> set[str]:
    return {finding for finding, there in read(text, EVERYTHING).items() if there}


def absent(text: str) -> set[str]:
    return {finding for finding, there in read(text, EVERYTHING).items() if not there}


# ------------------------------------------------------------------ nothing said, nothing there


@pytest.mark.parametrize("text", [None, "", "fine", "lives in a flat"])
def test_what_is_not_spoken_of_stays_unknown(text: str | None) -> None:
    assert read(text, EVERYTHING) == {}


@pytest.mark.parametrize("text", ["none", "None", " none (no fever)", "none (healthy athlete)", "none; slept well"])
def test_a_text_that_begins_with_none_denies_all_its_field_is_about(text: str) -> None:
    assert read(text, SYSTEMIC) == dict.fromkeys(SYSTEMIC, False)


def test_after_none_a_later_clause_can_still_say_that_something_is_there() -> None:
    found = read("none; but weight loss", SYSTEMIC)
    assert found["unexplained_weight_loss"] is True
    assert found["fever_or_unwell"] is False


def test_a_word_that_begins_with_none_is_not_none() -> None:
    assert read("nonetheless fever", SYSTEMIC) == {"fever_or_unwell": True}


# ------------------------------------------------------------------ denials


@pytest.mark.parametrize(
    "text",
    [
        "no fever",
        "denies fever",
        "without fever",
        "never fever",
        "free of fever",
        "not feverish",
        "fever absent",
        "fever denied",
        "patient had no fever",
        "she reports no fever",
        "there was no fever",
        "pain, and no fever",
        "No Fever",
    ],
)
def test_a_denial_is_read_as_absent(text: str) -> None:
    assert absent(text) == {"fever_or_unwell"}
    assert present(text) == set()


def test_a_denied_list_that_ends_in_or_is_denied_as_a_whole() -> None:
    assert absent("no fever, weight loss or dyspnoea") == {
        "fever_or_unwell",
        "unexplained_weight_loss",
        "breathless_chest_pain_fainting",
    }
    assert absent("no recent surgery, immobility or contraceptive") == {
        "immobilised_surgery_longflight",
        "pregnancy_pill_hormones",
    }


def test_a_denial_reaches_no_further_than_its_own_part_of_a_list() -> None:
    assert absent("no fever, weight loss") == {"fever_or_unwell"}
    assert present("no fever, weight loss") == {"unexplained_weight_loss"}


@pytest.mark.parametrize(
    "text",
    [
        "no numbness or weakness; one episode of urinary incontinence",
        "no numbness or weakness, one episode of urinary incontinence",
        "no numbness or weakness but urinary incontinence",
        "no numbness or weakness and one episode of urinary incontinence",
        "no numbness or weakness. Urinary incontinence",
        "no numbness or weakness (urinary incontinence once)",
    ],
)
def test_what_is_affirmed_after_a_denial_is_there(text: str) -> None:
    found = read(text, NEUROLOGICAL)
    assert found["bladder_bowel_saddle_change"] is True
    assert found["tingling_numbness_leg"] is False
    assert found["foot_drop_or_weak_ankle"] is False


def test_what_is_both_denied_and_affirmed_is_there() -> None:
    assert read("numbness in the morning; no numbness now", NEUROLOGICAL)["tingling_numbness_leg"] is True
    assert read("no numbness at first; numbness now", NEUROLOGICAL)["tingling_numbness_leg"] is True


def test_only_clauses_that_are_not_denied_say_something() -> None:
    assert says("no fever; weight loss", "weight loss")
    assert not says("no fever; weight loss", "fever")
    assert not says(None, "fever")
    assert affirmed("no fever; weight loss", SYSTEMIC) == ["unexplained_weight_loss"]


def test_clauses_carry_whether_they_are_denied() -> None:
    assert list(clauses("No fever, well; Cough (never before)")) == [
        ("no fever", True),
        ("well", False),
        ("cough", False),
        ("never before", True),
    ]


# ------------------------------------------------------------------ words and their look-alikes


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("fever and chills", "fever_or_unwell"),
        ("fever and chills", "seriously_ill"),
        ("rigors", "seriously_ill"),
        ("febrile", "fever_or_unwell"),
        ("septic shock", "seriously_ill"),
        ("numb outer foot", "tingling_numbness_leg"),
        ("right foot drop", "foot_drop_or_weak_ankle"),
        ("saddle anaesthesia", "bladder_bowel_saddle_change"),
        ("numbness in the saddle region", "bladder_bowel_saddle_change"),
        ("numb around the saddle", "bladder_bowel_saddle_change"),
        ("urinary retention", "bladder_bowel_saddle_change"),
        ("loss of urine", "bladder_bowel_saddle_change"),
        ("cannot urinate", "bladder_bowel_saddle_change"),
        ("loss of bowel control", "bladder_bowel_saddle_change"),
        ("bilateral weakness", "both_legs_numb_or_weak"),
        ("the leg is red and warm", "leg_warm_red"),
        ("hot, swollen: red thigh", "leg_warm_red"),
        ("a growing mass", "growing_lump"),
        ("cola-coloured urine", "dark_urine"),
        ("history of thrombosis", "previous_dvt_pe"),
        ("nine-hour flight", "immobilised_surgery_longflight"),
        ("simvastatin", "statin_use"),
        ("ciprofloxacin", "fluoroquinolone_last_60_days"),
        ("methylprednisolone", "corticosteroids"),
        ("steroid injection", "corticosteroids"),
        ("previous stroke", "vascular_risk_smoking_diabetes_cvd"),
        ("low energy availability", "low_energy_or_missed_periods"),
        ("RED-S", "low_energy_or_missed_periods"),
        ("inflammatory bowel disease", "inflammatory_back_pattern"),
        ("knee effusion", "knee_problem_or_effusion_history"),
    ],
)
def test_the_words_of_a_finding_are_recognised(text: str, finding: str) -> None:
    assert finding in present(text)


@pytest.mark.parametrize(
    "text",
    [
        "previous Achilles tendinopathy",  # chill
        "rigorous training",  # rigor
        "afebrile",
        "hay fever",
        "shockwave therapy",
        "shock wave therapy",
        "ill-fitting shoes",
        "hours in the saddle",
        "a large number of squats",  # numb
        "urinary tract infection",
        "shot with the left leg",  # hot
        "tired legs",  # red
        "injured thigh",  # red
        "low body mass index",
        "little muscle mass",
        "theatre dancer",  # heat
        "earlier pregnancy",
        "non-steroidal anti-inflammatory tablets",
        "nonsteroidal tablets",
        "breaststroke kick",
        "low energy fall",
        "a flight of stairs",
    ],
)
def test_a_word_inside_another_word_is_not_that_word(text: str) -> None:
    assert present(text) == set()


def test_dark_urine_is_not_a_bladder_that_fails() -> None:
    assert present("dark urine") == {"dark_urine"}


def test_a_bowel_disease_is_not_a_bowel_that_fails() -> None:
    assert present("inflammatory bowel disease") == {"inflammatory_back_pattern"}
    assert present("irritable bowel syndrome") == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("low back", "low_back"),
        ("lumbar spine", "low_back"),
        ("sacroiliac joint", "low_back"),
        ("right buttock", "buttock"),
        ("gluteal region", "buttock"),
        ("ischial tuberosity", "sit_bone"),
        ("sit bone", "sit_bone"),
        ("sitting bone", "sit_bone"),
        ("gluteal fold", "sit_bone"),
        ("proximal posterior thigh", "thigh_upper"),
        ("upper hamstring", "thigh_upper"),
        ("distal thigh", "thigh_lower"),
        ("behind the knee", "thigh_lower"),
        ("popliteal fossa", "thigh_lower"),
        ("calf", "calf"),
        ("lower leg", "calf"),
        ("groin", "groin_front"),
        ("anterior thigh", "groin_front"),
        ("hip", "groin_front"),
        ("mid thigh", "thigh_middle"),
        ("posterior thigh", "thigh_middle"),
        ("Hamstring", "thigh_middle"),
        ("shoulder", None),
    ],
)
def test_place_words_are_places_of_the_body_map(text: str, place: str | None) -> None:
    assert first_match(text, words.PLACES) == place


def test_every_pattern_is_a_pattern_in_lower_case() -> None:
    for meanings in (EVERYTHING, words.MECHANISMS, words.QUALITIES, words.PLACES):
        for finding, pattern in meanings.items():
            assert re.compile(pattern)
            assert pattern == pattern.lower(), f"clauses are in lower case, so {finding} would never be found"


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert set(read(text, EVERYTHING)) <= set(EVERYTHING)
    assert set(affirmed(text, EVERYTHING)) <= set(EVERYTHING)


@given(st.sampled_from(list(EVERYTHING)), st.sampled_from(["fever", "numb", "smoker", "weight loss", "dark urine"]))
def test_a_denied_word_is_never_present(finding: str, word: str) -> None:
    assert read(f"no {word}", EVERYTHING).get(finding) is not True
