from dataclasses import replace
from typing import Any

import pytest

from herstel.assessment.assess import assess
from herstel.assessment.report import Line, Report, Section, write_report
from herstel.assessment.report_sections.telling import in_100
from herstel.assessment.result import Assessment, Referral
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint
from herstel.flow import recognise
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel.text import LANGUAGES, Language

NOTHING_WRONG: dict[str, object] = dict.fromkeys(("rf_now", "rf_ill", "rf_leg", "rf_history", "medicines"), "none")
SORENESS: dict[str, object] = {
    **NOTHING_WRONG,
    "age": 28,
    "places": ["left.thigh_middle", "right.thigh_middle"],
    "days_since_onset": 2,
    "walking": "painful",
    "onset": "delayed",
    "mechanism": "unaccustomed",
    "effort": "ordinary",
    "both_legs": "both_same",
    "quality": ["dull"],
    "stiffness": "yes",
    "straighten": "tight",
    "heel_pull": "strong_painful",
    "nerve": "none",
}
SPRINT: dict[str, object] = {
    **NOTHING_WRONG,
    "age": 34,
    "places": ["left.thigh_middle"],
    "days_since_onset": 3,
    "walking": "limping",
    "onset": "sudden",
    "mechanism": "sprint",
    "moment": "stopped",
    "pop": "no",
    "heel_pull": "weak_painful",
    "straighten": "limited",
    "bruise": "small",
    "pain_at_worst": 7,
    "course_72h": "same",
    "both_legs": "unknown",
}
AVULSION: dict[str, object] = {
    **NOTHING_WRONG,
    "age": 52,
    "places": ["right.sit_bone"],
    "days_since_onset": 2,
    "walking": "limping",
    "onset": "sudden",
    "mechanism": "overstretch",
    "moment": "fell",
    "pop": "yes",
    "heel_pull": "impossible",
}
SADDLE: dict[str, object] = {"age": 45, "places": ["left.low_back"], "onset": "gradual", "rf_now": ["bladder_bowel"]}


def assessed(answers: dict[str, object]) -> Assessment:
    result = recognise(answers, load_knowledge())
    return result.assessment if isinstance(result, Referral) else result


def report_of(result: Assessment | dict[str, object], language: Language = "en") -> Report:
    knowledge = load_knowledge()
    return write_report(recognise(result, knowledge) if isinstance(result, dict) else result, knowledge, language)


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


def marked_lines(report: Report, name: str, mark: str) -> list[Line]:
    return [line for line in section(report, name).lines if line.mark == mark]


def words(report: Report, name: str) -> str:
    return "\n".join(f"{line.mark} {line.text} {line.detail}" for line in section(report, name).lines)


def with_urgency(assessment: Assessment, **changes: Any) -> Assessment:
    return replace(assessment, urgency=replace(assessment.urgency, **changes))


def with_advice(**changes: Any) -> Knowledge:
    knowledge = load_knowledge()
    return replace(knowledge, advice=replace(knowledge.advice, **changes))


# ------------------------------------------------------------------ the whole


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answers", [SORENESS, SPRINT, AVULSION, SADDLE, {}])
def test_every_section_says_something_in_both_languages(answers: dict[str, object], language: Language) -> None:
    report = report_of(answers, language)
    assert report.language == language
    assert report.headline
    for one in report.sections:
        assert one.title
        assert one.lines or one.bars
        for line in one.lines:
            assert line.text.strip()
            assert "{" not in line.text + line.detail


def test_dutch_and_english_have_the_same_sections_and_lines() -> None:
    dutch, english = report_of(SPRINT, "nl"), report_of(SPRINT, "en")
    assert [(one.id, len(one.lines), len(one.bars)) for one in dutch.sections] == [
        (one.id, len(one.lines), len(one.bars)) for one in english.sections
    ]
    assert all(nl.title != en.title for nl, en in zip(dutch.sections, english.sections, strict=True))


def test_the_act_comes_first_and_the_small_print_last() -> None:
    ids = [one.id for one in report_of(SPRINT).sections]
    assert ids[:2] == ["act", "what"]
    assert ids[-1] == "about"


def test_an_emergency_leaves_out_what_would_drown_the_act() -> None:
    report = report_of(SADDLE)
    assert report.tone == "act"
    assert report.headline.startswith("Phone 112")
    assert not {"soreness_or_injury", "grade", "routines", "recovery", "recheck"} & {one.id for one in report.sections}


def test_a_firm_self_care_reassures_and_an_unsure_one_does_not() -> None:
    assessment = assessed(SORENESS)
    assert report_of(with_urgency(assessment, share_same=0.99)).tone == "reassure"
    assert report_of(with_urgency(assessment, share_same=0.5)).tone == "plain"


# ------------------------------------------------------------------ what to do and when


def test_the_act_names_the_level_the_person_to_see_and_how() -> None:
    first, second, *_ = section(report_of(SPRINT), "act").lines
    assert (first.mark, second.mark) == ("See a physiotherapist", "Whom to see")
    assert second.text.startswith("Physiotherapist")
    assert "without a referral" in second.detail


def test_self_care_may_still_name_somebody_for_who_would_like_help() -> None:
    helped = with_urgency(assessed(SORENESS), see="fysiotherapeut")
    assert marked_lines(report_of(helped), "act", "If you would like help")
    assert marked_lines(report_of(SORENESS), "act", "Whom to see")[0].text.startswith("Nobody")


def test_a_fired_flag_says_its_title_its_action_its_reason_and_its_sources() -> None:
    flag = load_knowledge().red_flags["cauda_equina"]
    (line,) = marked_lines(report_of(SADDLE), "act", "Warning sign")
    assert line.text == f"{flag.title.en}. {flag.action.en}"
    assert line.detail == flag.why.en
    assert any("Dionne" in source for source in line.sources)


def test_two_flags_with_the_same_action_say_it_once() -> None:
    flags = load_knowledge().red_flags
    same = [flag for flag in flags.values() if flag.action == flags["swollen_leg"].action]
    twice = replace(assessed(SPRINT), red_flags=(same[0].id, same[0].id))
    first, second = marked_lines(report_of(twice), "act", "Warning sign")
    assert same[0].action.en in first.text
    assert second.text == f"{same[0].title.en}."


def test_without_a_flag_it_says_so_unless_most_could_not_be_checked() -> None:
    assert "None of the warning signs" in words(report_of(SPRINT), "act")
    assert "None of the warning signs" not in words(report_of({}), "act")


def test_an_urgency_of_the_probabilities_alone_says_which_possibilities_did_it() -> None:
    serious = with_urgency(assessed(SPRINT), level="same_day", by_probability="gp_week")
    (line,) = marked_lines(report_of(serious), "act", "Why this soon")
    assert "in 100 (range" in line.text


def test_a_raised_urgency_says_by_what() -> None:
    raised = with_urgency(assessed(SPRINT), raised_by=("not_at_ease", "severe_pain"))
    (line,) = marked_lines(report_of(raised), "act", "Sooner")
    flags = load_knowledge().red_flags
    assert f"'{flags['not_at_ease'].title.en}' and '{flags['severe_pain'].title.en}'" in line.text


def test_leaning_to_the_safer_side_is_said_with_what_the_estimates_alone_would_say() -> None:
    leaned = with_urgency(assessed(SPRINT), leaned=True, by_probability="self_care")
    (line,) = marked_lines(report_of(leaned), "act", "Safer side")
    assert "Look after it yourself" in line.text
    assert "leans to the safer side" in words(report_of(leaned), "certainty")


def test_advice_that_is_not_robust_is_called_so() -> None:
    shaky = with_urgency(assessed(SPRINT), share_same=0.61)
    (line,) = marked_lines(report_of(shaky), "act", "Not firm")
    assert "in 39 of 100 calculations" in line.text
    assert "not firm" in words(report_of(shaky), "certainty")


def test_open_emergencies_are_named_with_what_to_do_if_they_fit() -> None:
    (line,) = marked_lines(report_of({}), "act", "Also check")
    assert "Possible pressure on the nerves low in your back" in line.text
    assert "more: see" in line.text
    assert "112" in line.detail


def test_an_open_sign_for_today_is_named_only_when_its_condition_is_not_improbable() -> None:
    knowledge = load_knowledge()
    assessment = replace(assessed(SPRINT), open_red_flags=("swollen_leg",))
    assert not marked_lines(write_report(assessment, knowledge, "en"), "act", "Also check")
    clot = replace(assessment.likelihood("dvt"), probability=0.1, high=0.2)
    others = tuple(one for one in assessment.differential if one.condition != "dvt")
    likelier = replace(assessment, differential=(*others, clot))
    (line,) = marked_lines(write_report(likelier, knowledge, "en"), "act", "Also check")
    assert "phone your GP today" in line.detail


# ------------------------------------------------------------------ what it is


def test_the_most_probable_condition_is_said_with_its_chance_and_range() -> None:
    assessment = assessed(SPRINT)
    (line,) = marked_lines(report_of(SPRINT), "what", "Most probable")
    likely = assessment.likely
    assert line.text.startswith(load_knowledge().conditions[likely.condition].name.en)
    assert in_100("en", likely.probability, likely.low, likely.high) in line.text


def test_what_must_be_ruled_out_is_told_apart_from_what_is_most_probable() -> None:
    report = report_of(SADDLE)
    (suspicion,) = marked_lines(report, "what", "Must be ruled out first")
    (probable,) = marked_lines(report, "what", "Most probable")
    assert "does not mean that you have it" in suspicion.text
    assert suspicion.text.split(".")[0] not in probable.text
    assert "First what must be ruled out" in words(report, "differential")


def test_a_suspicion_that_is_also_the_most_probable_is_said_once() -> None:
    report = report_of(AVULSION)
    (suspicion,) = marked_lines(report, "what", "Must be ruled out first")
    assert "also the most probable" in suspicion.text
    assert not marked_lines(report, "what", "Most probable")


def test_cannot_tell_says_so_and_what_to_do() -> None:
    unknown = assessed({})
    (line,) = marked_lines(report_of(unknown), "what", "Cannot tell")
    assert "advise you to have it examined" in line.detail
    (alone,) = marked_lines(report_of(with_urgency(unknown, level="self_care")), "what", "Cannot tell")
    assert "not better within a week" in alone.detail
    assert marked_lines(report_of(unknown), "what", "Possible")


def test_how_it_came_about_and_where_are_said_when_known() -> None:
    report = report_of(SPRINT)
    assert marked_lines(report, "what", "How it came about")[0].text == "While sprinting or running fast."
    assert marked_lines(report, "what", "Where")[0].text == "Back of thigh, middle (left)."
    assert not marked_lines(report_of({}), "what", "How it came about")
    assert not marked_lines(report_of({}), "what", "Where")


# ------------------------------------------------------------------ soreness or injury, and how bad


def test_soreness_or_injury_gives_a_verdict_its_signs_and_where_research_differs() -> None:
    report = report_of(SPRINT)
    assert "looks like an injury" in section(report, "soreness_or_injury").lines[0].text
    fits, not_fits = (marked_lines(report, "soreness_or_injury", mark) for mark in ("Fits", "Does not fit"))
    assert any("came suddenly" in line.text and "points to an injury" in line.text for line in fits)
    assert any("points to soreness" in line.text for line in not_fits)
    assert any(line.detail.startswith("Where research differs") for line in fits)
    assert len(marked_lines(report, "soreness_or_injury", "Not known")) == 1


def test_without_a_verdict_it_is_said_that_it_cannot_be_told() -> None:
    assert "cannot be told" in section(report_of({}), "soreness_or_injury").lines[0].text


def test_when_every_sign_is_known_nothing_is_called_unknown() -> None:
    assessment = assessed(SPRINT)
    known = tuple(replace(one, met=True) for one in assessment.nature.criteria)
    complete = replace(assessment, nature=replace(assessment.nature, criteria=known))
    assert not marked_lines(report_of(complete), "soreness_or_injury", "Not known")


def test_every_grade_comes_with_a_range_and_the_likeliest_with_practice_and_research() -> None:
    report = report_of(SPRINT)
    (likeliest,) = marked_lines(report, "grade", "Most probable")
    assert likeliest.text.startswith("Grade 2: partial tear: about")
    assert all(
        "in 100 (range" in line.text for line in section(report, "grade").lines if line.text.startswith("Grade ")
    )
    assert marked_lines(report, "grade", "From practice")
    assert marked_lines(report, "grade", "From research")
    assert "points to grade 2" in marked_lines(report, "grade", "By what you can do")[0].text


def test_the_ladder_says_when_it_cannot_tell_one_from_two() -> None:
    assessment = assessed(SPRINT)
    unsure = replace(assessment, grade=replace(assessment.grade, uncertain_1_2=True))
    sure = replace(assessment, grade=replace(assessment.grade, uncertain_1_2=False))
    assert "this is uncertain" in words(report_of(unsure), "grade")
    assert "this is uncertain" not in words(report_of(sure), "grade")


def test_pain_on_the_sit_bone_or_overstretching_gets_no_time_by_grade() -> None:
    report = report_of(AVULSION)
    assert "we give no time by grade" in words(report, "grade")
    assert not marked_lines(report, "grade", "From practice")


def test_the_tendon_branch_has_no_wording_of_the_founding_document() -> None:
    torn = {**AVULSION, "places": ["right.thigh_upper"], "mechanism": "sprint"}
    assessment = assessed(torn)
    probabilities = {"0": 0.0, "1": 0.0, "2": 0.1, "3": 0.1, "tendon": 0.8}
    tendon = replace(assessment, grade=replace(assessment.grade, probabilities=probabilities, ladder_grade=None))
    report = report_of(tendon)
    assert marked_lines(report, "grade", "From research")
    assert not marked_lines(report, "grade", "From practice")
    assert not marked_lines(report, "grade", "By what you can do")


def test_no_grade_when_muscle_and_tendon_are_probably_not_the_matter() -> None:
    back = {"age": 60, "places": ["left.low_back", "left.calf"], "nerve": ["tingling", "below_knee", "cough"]}
    assert "grade" not in {one.id for one in report_of(back).sections}


# ------------------------------------------------------------------ what to do


def test_what_to_do_comes_before_what_to_avoid() -> None:
    marks = [line.mark for line in section(report_of(SPRINT), "today").lines]
    assert marks == sorted(marks, reverse=True)
    assert set(marks) == {"Do", "Avoid"}


def test_the_first_sport_advice_that_holds_is_the_answer() -> None:
    (line,) = section(report_of(SORENESS), "sport").lines
    assert line.text.startswith("Yes")
    assert line.mark == ""
    (vague,) = section(report_of({}), "sport").lines
    assert vague.mark == "Adapted"


def test_routines_have_numbered_steps_minutes_and_caveats() -> None:
    report = report_of(SORENESS)
    titles = [line.mark for line in section(report, "routines").lines if line.heading]
    assert "Loosening up in the morning (5 to 10 minutes)" in titles
    assert marked_lines(report, "routines", "1.")
    assert marked_lines(report, "routines", "Good to know")
    plain = with_advice(routines=tuple(replace(r, caveat=None) for r in load_knowledge().advice.routines))
    assert not marked_lines(write_report(assessed(SORENESS), plain, "en"), "routines", "Good to know")


def test_imaging_names_the_image_its_date_and_every_rule_with_its_origin() -> None:
    report = report_of(AVULSION)
    assert "MRI, within 7 days" in section(report, "imaging").lines[0].text
    assert marked_lines(report, "imaging", "Rule from practice")
    assert "within 2 weeks" in marked_lines(report, "imaging", "Rule from practice")[0].text
    assert marked_lines(report, "imaging", "Rule from research")
    assert "MRI, today" in section(report_of(SADDLE), "imaging").lines[0].text


def test_no_image_comes_with_the_reason() -> None:
    lines = section(report_of(SPRINT), "imaging").lines
    assert "not needed now" in lines[0].text
    assert lines[1].detail


def test_the_founding_ranges_stand_before_and_apart_from_those_of_research() -> None:
    marks = [line.mark for line in section(report_of(SPRINT), "recovery").lines]
    assert marks[0] == "From practice"
    assert set(marks[1:-1]) == {"From research"}


def test_looking_again_names_the_days_and_the_questions() -> None:
    lines = section(report_of(SPRINT), "recheck").lines
    assert [line.mark for line in lines[1:3]] == ["Day 4", "Day 7"]
    assert "Answer again then: " in lines[1].detail


def test_advice_that_does_not_hold_leaves_its_section_out() -> None:
    nothing = with_advice(first_days=(), sport=(), routines=(), recovery=(), rechecks=())
    ids = {one.id for one in write_report(assessed(SPRINT), nothing, "en").sections}
    assert not {"today", "sport", "routines", "recovery", "recheck"} & ids


# ------------------------------------------------------------------ what it rests on


def test_the_picture_shows_the_ranking_and_every_flagged_condition_with_its_range() -> None:
    bars = section(report_of(SADDLE), "differential").bars
    assert bars[0].label.startswith("Pressure on the nerves")
    assert len(bars) >= 6
    for bar in bars:
        assert 0 <= bar.low <= bar.probability <= bar.high <= 1
        assert "in 100 (range" in bar.text


def test_the_reasons_say_for_and_against_how_strongly_and_from_where() -> None:
    report = report_of(SPRINT)
    for_it = marked_lines(report, "why", "For")
    assert any("a sprint as the trigger" in line.text and "times more likely" in line.text for line in for_it)
    assert any("a published figure" in line.detail and line.sources for line in for_it)
    against = marked_lines(report, "why", "Against")
    assert any("not present: a pop" in line.text and "times less likely" in line.text for line in against)
    assert len(marked_lines(report, "why", "Starting point")) == 3


def test_numbers_in_the_reasons_are_written_as_the_language_does() -> None:
    dutch = [line.text for line in marked_lines(report_of(SPRINT, "nl"), "why", "Voor")]
    assert any("," in text for text in dutch)
    assert all("." not in text.removesuffix(".") for text in dutch)
    saddle = [line.text for line in marked_lines(report_of(SADDLE), "why", "For")]
    assert any(text.split(": ")[-1].split(" ")[0].isdigit() for text in saddle)


def test_an_answer_that_can_be_several_things_gives_a_number_for_each() -> None:
    two_places = {"age": 45, "places": ["left.low_back", "left.buttock"], "onset": "gradual"}
    details = [line.detail for line in marked_lines(report_of(two_places), "why", "For") if " or " in line.text]
    assert details
    assert details[0].startswith("1. Seen in")
    assert "2. Seen in" in details[0]


def test_without_a_telling_answer_the_reasons_say_so() -> None:
    assert "None of your answers spoke clearly" in words(report_of({}), "why")


def test_an_examination_is_among_the_reasons_with_why_it_counts_as_it_does() -> None:
    knowledge = load_knowledge()
    tests = [test for test in knowledge.tests.values() if test.targets and test.use_positive]
    unused = [test for test in knowledge.tests.values() if test.targets and test.use_negative is None]
    for test, positive in ((tests[0], True), (unused[0], False)):
        complaint = Complaint(examination={test.id: positive, tests[-1].id: True})
        assessment = assess(complaint, knowledge)
        assert isinstance(assessment, Assessment)
        first = replace(assessment, ranking=(test.targets[0], *assessment.ranking))
        lines = marked_lines(write_report(first, knowledge, "en"), "why", "Examination")
        assert any(test.use_reason.en == line.detail for line in lines)
        assert any(("Counts" in line.text) is positive for line in lines if test.name.en in line.text)


def test_certainty_names_the_draws_the_share_and_the_open_flags() -> None:
    text = words(report_of(SPRINT), "certainty")
    assert "1000 times" in text
    assert "is firm" in text
    assert "could not be ruled out" in words(report_of({}), "certainty")
    closed = replace(assessed(SPRINT), open_red_flags=())
    assert "No warning sign" in words(report_of(closed), "certainty")


def test_unanswered_questions_are_told_apart_from_unknown_ones() -> None:
    report = report_of(SPRINT)
    assert marked_lines(report, "not_asked", "You don't know")[0].text == "one leg or both."
    assert "your level of sport" in marked_lines(report, "not_asked", "Not asked or not answered")[0].text


def test_a_question_whose_finding_is_known_from_elsewhere_is_not_called_open() -> None:
    knowledge = load_knowledge()
    complaint = Complaint(findings={"pop_heard_felt": True}, age_years=30, sex="female")
    result = assess(complaint, knowledge)
    report = write_report(result, knowledge, "en")
    open_questions = marked_lines(report, "not_asked", "Not asked or not answered")[0].text
    for known in ("a pop or not", "your age", "male or female"):
        assert known not in open_questions
    assert "pain at its worst" in open_questions


def test_with_every_question_answered_nothing_is_left_open() -> None:
    knowledge = replace(with_advice(rechecks=()), questions={})
    assert "not_asked" not in {one.id for one in write_report(assessed({}), knowledge, "en").sections}


def test_every_report_names_its_version_and_that_no_clinician_reviewed_it() -> None:
    report = report_of(SORENESS)
    text = words(report, "about")
    assert "not yet been reviewed by a clinician" in text
    assert load_knowledge().version.version in text
    assert not section(report, "about").folded


def test_the_report_is_about_the_assessment_it_was_given() -> None:
    knowledge = load_knowledge()
    result = assess(take_complaint(SPRINT, knowledge), knowledge)
    assert write_report(result, knowledge, "nl") == write_report(result, knowledge, "nl")


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (0.45, 0.2, 0.7, "about 45 in 100 (range 20 to 70)"),
        (0.001, 0.0, 0.002, "fewer than 1 in 100 (range 0 to 1)"),
        (0.004, 0.0, 0.03, "fewer than 1 in 100 (range 0 to 3)"),
        (0.999, 0.94, 1.0, "more than 95 in 100 (range 94 to 100)"),
        (0.999, 0.998, 1.0, "more than 95 in 100 (range 95 to 100)"),
    ],
)
def test_a_probability_is_said_as_a_frequency_with_its_range(value: float, low: float, high: float, said: str) -> None:
    assert in_100("en", value, low, high) == said
