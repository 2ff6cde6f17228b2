import re

import pytest

from herstel.flow import Recovery
from herstel.text import LANGUAGES, Language
from herstel_letters.compose import compose_letter
from herstel_letters.model import LETTER_KINDS, LetterKind
from tests.unit.letters.letters import (
    CASES,
    COMPLAINTS,
    DAY,
    KINDS,
    KNOWLEDGE,
    draft,
    example,
    recovered,
    section,
    text_of,
)

SADDLE = {"complaint": {"age_years": 45, "places": ["left.low_back"], "answers": {"rf_now": ["bladder_bowel"]}}}
REFERRALS: tuple[LetterKind, ...] = ("gp_referral", "specialist_referral")


def letter(recovery: Recovery, kind: LetterKind, language: Language = "en") -> str:
    return text_of(compose_letter(kind, recovery, KNOWLEDGE, language))


# --- every letter of every example ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LETTER_KINDS)
@pytest.mark.parametrize("name", [*CASES, *COMPLAINTS])
def test_every_example_has_every_letter_with_its_question_first(
    name: str, kind: LetterKind, language: Language
) -> None:
    one = draft(name, kind, language)
    assert one.sections[0].id == ("act" if kind == "result" else "question")
    assert all(part.heading and part.text for part in one.sections)
    assert one.title
    assert one.subject
    assert not re.search(r"\{\w+\}|: None\b", text_of(one))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CASES)
def test_a_letter_to_a_colleague_is_wholly_in_its_language_and_never_says_je(name: str, kind: LetterKind) -> None:
    dutch, english = text_of(draft(name, kind, "nl")), text_of(draft(name, kind, "en"))
    for line in set(dutch.splitlines()) & set(english.splitlines()):
        assert not re.search(r"[a-z]{3,} [a-z]{3,}", line), f"the same in both languages: {line}"
    without_exercises = "\n".join(
        line for line in dutch.splitlines() if "efening" not in line and " keer, " not in line
    )
    assert not re.search(r"\b(je|jouw|jij)\b", without_exercises)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CASES)
def test_no_share_of_a_condition_stands_without_its_range(name: str, kind: LetterKind) -> None:
    for line in text_of(draft(name, kind)).splitlines():
        if line.startswith(("Working hypothesis", "Differential:", "Severity")):
            shares = re.findall(r"(?:about|above) \d+%(?! \(range \d+–\d+%\))", line)
            assert not shares, line


@pytest.mark.parametrize("name", CASES)
def test_every_letter_says_that_it_holds_estimates_that_no_clinician_reviewed(name: str) -> None:
    for kind in KINDS:
        said = text_of(draft(name, kind))
        assert "are estimates computed by Herstel" in said
        assert KNOWLEDGE.version.review_text.en in said


# --- referral -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", REFERRALS)
def test_a_suspected_avulsion_asks_for_an_mri_within_seven_days(kind: LetterKind) -> None:
    one = draft("suspected-avulsion", kind)
    assert one.subject == "Suspected proximal hamstring avulsion right; within a week; MRI within 7 days"
    assert "Imaging requested: MRI within 7 days." in section(one, "question")
    assert "Rule from research: suspected proximal avulsion" in section(one, "imaging")
    assert "van der Made 2019" in section(one, "imaging")
    assert "Red flags: large proximal bruise (avulsion)" in section(one, "urgency")


def test_a_specialist_is_asked_how_to_treat_an_avulsion() -> None:
    assert "surgical or conservative" in section(draft("suspected-avulsion", "specialist_referral"), "question")
    assert "surgical or conservative" not in section(draft("suspected-avulsion", "gp_referral"), "question")
    assert "treatment and loading" in section(draft("whole-person", "specialist_referral"), "question")


def test_an_image_that_may_have_been_made_is_asked_for_unless_already_done() -> None:
    said = section(draft("avulsion-without-surgery", "gp_referral"), "question")
    assert "MRI within 7 days, unless already done" in said


def test_ordinary_soreness_asks_for_no_image_and_no_referral() -> None:
    one = draft("ordinary-soreness", "gp_referral")
    assert section(one, "imaging") == "No imaging requested: no rule asks for it now."
    assert "no referral is needed now" in section(one, "question")
    assert one.subject == "Delayed-onset muscle soreness (DOMS) on both sides"


def test_an_emergency_is_told_in_the_subject_and_does_not_replace_a_phone_call() -> None:
    one = compose_letter("gp_referral", recovered(SADDLE), KNOWLEDGE, "en")
    assert "EMERGENCY" in one.subject
    assert "suspected cauda equina syndrome" in section(one, "urgency").lower()
    assert "does not replace a phone call" in section(one, "question")
    assert "MRI today" in section(one, "question")
    assert "No loading of this leg" in section(one, "policy")


def test_a_warning_sign_of_a_check_in_goes_before_the_calm_intake() -> None:
    raw = {
        "complaint": {"age_years": 30, "places": ["left.thigh_middle"], "answers": {"mechanism": "sprint"}},
        "goal": {"kind": "daily_life", "start": "2026-11-20", "days": {"monday": 20}},
        "check_ins": [{"date": "2026-11-23", "pain_worst": 3, "symptoms": {"bladder_bowel_saddle_change": True}}],
    }
    said = letter(recovered(raw), "gp_referral")
    assert "Urgency: emergency, at once" in said
    assert "suspected cauda equina syndrome" in said
    assert "loading is on hold until examined" in said


@pytest.mark.parametrize("kind", ["progress", "discharge"])
def test_a_report_has_the_working_hypothesis_beside_a_suspicion(kind: LetterKind) -> None:
    one = compose_letter(kind, recovered(SADDLE), KNOWLEDGE, "en")
    assert re.match(r"Suspected cauda equina syndrome left; working hypothesis (?!cauda)\w", one.subject)
    assert "; working hypothesis " in section(one, "question")
    alone = draft("suspected-avulsion", kind)
    assert "working hypothesis" not in alone.subject


def test_what_was_not_asked_and_not_measured_is_told_as_unknown() -> None:
    said = letter(recovered({"complaint": {}}), "gp_referral")
    assert "Sex not told, age not told; sport not told. Start of the complaints not told." in said
    assert "Nothing was measured yet." in said
    assert "Not ruled out, because not asked or not known: " in said
    assert "Not asked or not known: emergency signs" in said
    assert "Posterior thigh pain, cause not established" in said
    assert "No working hypothesis" in said


def test_a_finding_stands_with_both_legs_the_difference_and_the_error() -> None:
    said = section(draft("whole-person", "gp_referral"), "findings")
    assert "Isometric strength 90°/90°: right 196 N, left 238 N; difference 42 N (18%), measurement error" in said
    assert "Not measured, so not known: " in said


def test_a_physical_test_told_with_the_complaint_is_among_the_findings() -> None:
    raw = {"complaint": {"places": ["left.sit_bone"], "examination": {"puranen_orava": True, "slump": False}}}
    said = section(compose_letter("gp_referral", recovered(raw), KNOWLEDGE, "en"), "findings")
    assert "(Puranen-Orava): positive." in said
    assert "Slump test (nerve stretch while sitting): negative." in said


def test_what_the_therapist_rejected_is_not_passed_on_and_what_was_confirmed_says_so() -> None:
    raw = {
        "complaint": {"places": ["left.thigh_middle"], "answers": {"back_pain": "yes", "straighten": "limited"}},
        "judgements": [
            {"contributor": "back_pain_now", "verdict": "rejected", "reason": "Gone.", "date": "2026-11-20"},
            {"contributor": "knee_stays_bent", "verdict": "confirmed", "reason": "Seen.", "date": "2026-11-20"},
        ],
    }
    said = section(compose_letter("gp_referral", recovered(raw), KNOWLEDGE, "en"), "hypothesis")
    assert "limited knee extension (moderate evidence, confirmed by the therapist)" in said
    assert "low back pain (" not in said


# --- progress and discharge -----------------------------------------------------------------------------------------


def test_a_progress_letter_tells_criteria_decisions_trend_and_prognosis() -> None:
    one = draft("whole-person", "progress")
    assert "3 of 6 criteria met." in section(one, "gate")
    assert "Not met: strength at long muscle length ≥ 90% [" in section(one, "gate")
    assert "worst pain of the day (NRS): mean 3.6 (range 2–6, 7 days) → mean 0.2" in section(one, "status")
    assert "3 September 2026: to the next phase (6 of 6 points met, phase 3)." in section(one, "decisions")
    assert "80% interval" in section(one, "prognosis")
    assert "48%, 112 N / 235 N (4 August 2026) → 82%, 196 N / 238 N" in section(one, "side_differences")
    assert one.pictures == ("chain", "progress", "function", "forecast")


def test_a_discharge_before_a_full_return_says_so_and_keeps_the_watch() -> None:
    one = draft("whole-person", "discharge")
    assert "this treatment ends before a full return" in section(one, "return")
    assert "12 months" in section(one, "recurrence")
    assert "Nordic" in section(one, "prevention")
    assert "Milestones reached: " in section(one, "milestones")


def test_nothing_recorded_is_told_as_such_in_a_discharge() -> None:
    one = draft("suspected-avulsion", "discharge")
    assert "No milestone was recorded." in section(one, "milestones")


def test_without_an_injured_side_the_findings_stand_instead_of_a_comparison() -> None:
    ids = [part.id for part in draft("ordinary-soreness", "progress").sections]
    assert "findings" in ids
    assert "side_differences" not in ids


# --- the person's own result ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_own_result_keeps_the_words_of_the_page_and_has_the_picture(language: Language) -> None:
    one = draft("suspected-avulsion", "result", language)
    assert one.pictures == ("differential",)
    assert one.subject == KNOWLEDGE.advice.urgency[2].call[language]
    assert "112" in section(one, "about")
    flags = [KNOWLEDGE.red_flags[name].title[language] for name in example("suspected-avulsion").assessment.red_flags]
    assert all(title in section(one, "act") for title in flags)


def test_a_letter_has_the_day_it_was_asked_for_and_the_notice_it_was_given() -> None:
    one = compose_letter("progress", example("suspected-avulsion"), KNOWLEDGE, "nl", notice="Verzonnen.")
    assert (one.day, one.notice) == (DAY, "Verzonnen.")
