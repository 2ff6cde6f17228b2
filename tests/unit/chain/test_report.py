from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.assessment.report_parts import Report, Section
from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Chain, Judgement, Measurement
from herstel.chain.report import write_chain
from herstel.text import LANGUAGES, Language
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, measured

CLOT = {"calf_swelling": True, "leg_warm_red": True, "previous_dvt_pe": True, "immobilised_surgery_longflight": True}


def told(
    *measurements: Measurement,
    language: Language = "en",
    judgements: tuple[Judgement, ...] = (),
    phase: int = 1,
    **said: Any,
) -> Report:
    chain = analyse_chain(assessed(**said), measurements, KNOWLEDGE, judgements=judgements, phase=phase)
    return write_chain(chain, KNOWLEDGE, language)


def told_of(chain: Chain) -> Report:
    return write_chain(chain, KNOWLEDGE, "en")


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


def words(section: Section) -> str:
    return "\n".join(f"{line.mark}: {line.text} {line.detail}" for line in section.lines)


def test_an_empty_chain_says_so_and_what_to_begin_with() -> None:
    report = told()
    assert report.headline.startswith("Nothing of your movement chain has been measured yet. Begin with: ")
    assert "Not measured is not the same as normal" in words(section(report, "not_measured"))
    for link in CHAIN.links.values():
        assert link.name.en in words(section(report, "not_measured"))
    assert "Nothing in your story or in the tests" in words(section(report, "contributors"))
    assert not {"results", "indices", "corrected", "second_opinion"} & {one.id for one in report.sections}


def test_every_report_has_the_picture_and_says_what_was_not_reviewed() -> None:
    for language in LANGUAGES:
        report = told(language=language)
        assert report.language == language
        assert len(section(report, "chain").drawings) == 1
        assert KNOWLEDGE.version.review_text[language] in words(section(report, "about"))


def test_the_headline_names_a_weak_hamstring_before_anything_else() -> None:
    report = told(*both("side_plank", 20, 90), measured("outer_range_ratio", 0.7))
    assert report.headline == "What stands out: hamstring (left) and trunk (left)."
    assert told(*both("side_plank", 90, 90)).headline.startswith("Nothing that was measured deviates.")


def test_a_referral_comes_before_the_chain() -> None:
    report = told(*both("side_plank", 20, 90), findings=CLOT)
    assert report.tone == "act"
    assert report.headline.endswith("Measuring the chain can wait until then.")
    assert "Do not test yourself now" in words(section(report, "next_tests"))


def test_a_hypothesis_is_told_with_its_evidence_and_its_sources() -> None:
    contributors = section(told(*both("side_plank", 20, 90)), "contributors")
    assert "These are hypotheses" in words(contributors)
    assert "Weak evidence: small or few studies." in words(contributors)
    assert any("Schuermans 2017" in source for line in contributors.lines for source in line.sources)
    history = words(section(told(findings={"previous_hamstring_injury": True}), "contributors"))
    assert "an earlier hamstring injury: Strong evidence" in history
    assert "This cannot be changed." in history


def test_a_hypothesis_tells_what_to_train_when_something_can_be_trained() -> None:
    chain = analyse_chain(assessed(findings={"mech_sprint": True}), (), KNOWLEDGE)
    (sprint,) = chain.contributors
    without = replace(chain, contributors=(replace(sprint, targets=()),))
    assert "To train: walking and running; running technique" in words(section(told_of(chain), "contributors"))
    assert "To train: " not in words(section(told_of(without), "contributors"))


def test_what_the_therapist_said_of_a_hypothesis_is_told_with_the_reason() -> None:
    verdicts = (
        Judgement(contributor="core", verdict="rejected", reason="held it for two minutes", date=DAY),
        Judgement(contributor="glute_max", verdict="confirmed", reason="clearly weak by hand", date=DAY),
    )
    said = words(section(told(*both("side_plank", 20, 90), judgements=verdicts), "contributors"))
    assert "Rejected by the therapist: held it for two minutes (2026-03-02)" in said
    assert "Confirmed by the therapist: clearly weak by hand (2026-03-02)" in said


def test_the_next_test_is_told_so_that_it_can_be_done() -> None:
    report = told(findings={"cannot_straighten_leg": True})
    said = words(section(report, "next_tests"))
    for part in ("You need: ", "1.: ", "Common mistake: ", "When to stop: ", "Because of: "):
        assert part in said
    assert "It tells more about: " in words(section(told(), "next_tests"))
    assert "The next phase opens only when this is known." in words(section(told(phase=3), "next_tests"))


def test_when_nothing_is_left_to_measure_nothing_is_asked() -> None:
    chain = replace(analyse_chain(assessed(), (), KNOWLEDGE), next_tests=())
    report = told_of(chain)
    assert "next_tests" not in [one.id for one in report.sections]
    assert report.headline == "Nothing of your movement chain has been measured yet."


def test_a_result_is_told_with_value_norm_difference_and_error() -> None:
    said = words(section(told(*both("active_knee_extension", 42, 20)), "results"))
    for part in (
        "hamstring: left: deviates; right: normal.",
        "left: 42 degrees on 2026-03-02.",
        "Compared with: men of 18 to 24 (students).",
        "Mean there: 18 degrees.",
        "The limit is 33 degrees.",
        "That is more than the error of the test (8 degrees).",
        "Worse than the other side by 22 degrees. It counts from 8 degrees.",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("measurements", "part"),
    [
        (both("single_leg_squat_fppa", 16, 3), "But the error of the test is 11 degrees, so it may be chance."),
        (both("h_test_speed", 300, 500), "The error of this test is not known, so it is no finding."),
        (both("straight_leg_raise", 90, 70), "Better than the other side by 20 degrees."),
        (both("straight_leg_raise", 72, 76), "Worse than the other side by 4 degrees. It counts from 7 degrees."),
        (both("straight_leg_raise", 70, 70), "No difference with the other side."),
        (both("hip_abduction_strength", 100, 180), "No limit is known for this difference."),
        (both("hip_abduction_strength", 100, 180), "No norm was found that fits."),
        ((measured("knee_to_wall", 4, "left"), measured("triple_hop", 400, "left")), "4 cm"),
        ((measured("palpation_pain", 1, "left"),), "left: yes on"),
        ((measured("palpation_pain", 0, "left"),), "left: no on"),
        ((measured("front_plank", 20),), "both sides: deviates."),
    ],
)  # fmt: skip
def test_every_kind_of_result_is_told_plainly(measurements: tuple[Measurement, ...], part: str) -> None:
    assert part in words(section(told(*measurements), "results"))


def test_who_fits_no_norm_or_several_is_told_so() -> None:
    nobody = told(measured("knee_to_wall", 4, "left"), age_years=80)
    assert "There is no norm for someone like you." in words(section(nobody, "results"))
    assert "there is nothing to compare it with" in words(section(nobody, "not_measured"))
    several = told(measured("active_knee_extension", 42, "left"), sex=None)
    assert "it counts only when it deviates for all of them" in words(section(several, "results"))


def test_dutch_numbers_have_a_comma() -> None:
    report = told(measured("outer_range_ratio", 0.62), language="nl")
    assert "0,62" in words(section(report, "results"))
    assert "0.62" not in words(section(report, "results"))


def test_the_two_indices_are_told_apart_and_the_hamstring_first() -> None:
    report = told(measured("outer_range_ratio", 0.6), *both("side_plank", 150, 150))
    hamstring, chain = section(report, "indices").lines
    assert hamstring.mark == "Capacity of the hamstring"
    assert hamstring.text == "clearly less than usual."
    assert "this is -3." in hamstring.detail
    assert chain.text == "more than usual."
    assert "this is 1.6." in chain.detail
    assert "Still missing: " in hamstring.detail


def test_a_complete_index_misses_nothing() -> None:
    whole = (
        measured("outer_range_ratio", 1),
        *both("nordic_force", 4.4, 4.4),
        *both("single_leg_bridge", 25, 25),
        *both("active_knee_extension", 18, 18),
    )
    assert "Still missing" not in section(told(*whole), "indices").lines[0].detail


@pytest.mark.parametrize(("ratio", "level"), [(0.85, "less than usual"), (0.97, "about as usual")])
def test_an_index_is_told_in_words(ratio: float, level: str) -> None:
    hamstring, chain = section(told(measured("outer_range_ratio", ratio)), "indices").lines
    assert hamstring.text.startswith(level)
    assert chain.text == "cannot be told: nothing of it could be compared with a norm."


def test_with_an_unknown_side_it_is_said_which_side_is_compared() -> None:
    report = told(*both("side_plank", 20, 90), places=frozenset())
    assert "the worse side is compared with the other" in words(section(report, "chain"))


def test_a_correction_is_told_with_its_reason() -> None:
    wrong = measured("active_knee_extension", 54, "left")
    right = measured("active_knee_extension", 24, "left", correction="digits swapped")
    other = measured("active_knee_extension", 30, "left", date=DAY - timedelta(days=3))
    said = words(section(told(other, wrong, right), "corrected"))
    assert "was 54 degrees, is now 24 degrees. digits swapped" in said


def test_a_second_opinion_about_the_grade_is_told_beside_the_own_story() -> None:
    by_hand = (
        *both("active_knee_extension", 40, 18, tester="therapist"),
        *both("isometric_90", 90, 200, tester="therapist"),
    )
    report = told(*by_hand, days_since_onset=3, findings={"limp": True}, ladder={"walking": 2, "heel_pull": 2})
    said = words(section(report, "second_opinion"))
    for part in (
        "fit grade 2",
        "Your own story fits grade",
        "It never makes the advice less urgent",
        "22 degrees: fits",
        "55%: fits",
        "how you walk: fits grade 2",
    ):
        assert part in said
    assert "Your own story" not in words(section(told(*by_hand, days_since_onset=3), "second_opinion"))


def test_the_claims_of_the_founding_document_stand_beside_the_evidence() -> None:
    claims = section(told(), "claims")
    for link in CHAIN.links.values():
        assert link.claim.en in words(claims)
        assert link.evidence.en in words(claims)


def test_what_the_story_settles_is_not_called_unknown() -> None:
    denied = dict.fromkeys(
        ("mech_overuse_load_increase", "mech_unaccustomed_exercise", "recurrent_same_leg", "previous_hamstring_injury"),
        False,
    )
    said = words(section(told(findings=denied), "not_measured"))
    assert "load: " not in said
    assert "history: " not in said
    assert "way of sprinting: " in said
    complete = {test.link: test for test in CHAIN.tests.values()}
    assert set(complete) | {"history", "load"} == set(CHAIN.links)


def test_when_every_link_is_known_nothing_is_listed_as_unknown() -> None:
    all_links = (
        *both("straight_leg_raise", 75, 75), *both("glute_bridge_hold", 50, 50), *both("side_plank", 95, 95),
        *both("single_leg_squat_pelvic_drop", 2, 2), *both("knee_to_wall", 12, 12),
        *both("prone_hip_extension", 15, 15),
        measured("back_extension_hold", 150), measured("pelvic_tilt_standing", 11), measured("sprint_30m", 4.4),
        *both("single_leg_squat_fppa", 8, 8),
    )  # fmt: skip
    denied = dict.fromkeys(
        ("mech_overuse_load_increase", "mech_unaccustomed_exercise", "recurrent_same_leg", "previous_hamstring_injury"),
        False,
    )
    report = told(*all_links, findings=denied)
    assert "not_measured" not in [one.id for one in report.sections]
