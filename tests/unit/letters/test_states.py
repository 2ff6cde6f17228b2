"""Letters of states that the examples do not reach, made by changing one conclusion of an example."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from herstel.flow import Recovery
from herstel_letters.compose import compose_letter
from herstel_letters.model import LetterKind
from tests.unit.letters.letters import KNOWLEDGE, example, recovered, section, text_of

WHOLE = "whole-person"


def said(recovery: Recovery, kind: LetterKind, part: str = "") -> str:
    one = compose_letter(kind, recovery, KNOWLEDGE, "en")
    return section(one, part) if part else text_of(one)


def with_progress(name: str = WHOLE, **other: Any) -> Recovery:
    return replace(example(name), progress=replace(example(name).progress, **other))


def with_forecast(name: str = WHOLE, **other: Any) -> Recovery:
    return replace(example(name), forecast=replace(example(name).forecast, **other))


def with_urgency(**other: Any) -> Recovery:
    assessment = example(WHOLE).assessment
    changed = replace(assessment, urgency=replace(assessment.urgency, **other))
    return replace(with_progress(reassessment=None, referral=None), assessment=changed)


# --- whom to call ---------------------------------------------------------------------------------------------------


def test_what_the_gp_is_needed_for_stands_in_the_question_and_what_the_therapist_does_in_the_agreements() -> None:
    recovery = with_progress(contacts=("imaging", "no_improvement"))
    question = said(recovery, "gp_referral", "question")
    assert "No improvement after 3 weeks: re-examine, consider MRI or ultrasound." in question
    assert "No improvement after 2 weeks" not in question
    assert "No improvement after 2 weeks: reconsider" in said(recovery, "gp_referral", "follow_up")
    assert "No improvement after 3 weeks" in said(recovery, "progress", "question")
    assert "nothing is asked" not in said(recovery, "progress", "question")


def test_somebody_on_hold_is_never_told_to_exercise() -> None:
    progress = example(WHOLE).progress
    recovery = with_progress(position=replace(progress.position, on_hold=True))
    recovery = replace(recovery, plan_now=replace(recovery.plan_now, track="see_first"))
    assert "loading is on hold until examined" in said(recovery, "progress", "status")
    assert said(recovery, "progress", "policy").count("Exercises: ") == 0
    assert "No loading of this leg" in said(recovery, "progress", "policy")


# --- certainty ------------------------------------------------------------------------------------------------------


def test_an_urgency_that_leaned_or_is_not_firm_says_so() -> None:
    assert "the safer side was chosen" in said(with_urgency(leaned=True), "gp_referral", "urgency")
    assert "Not firm: 61 of 100" in said(with_urgency(share_same=0.61), "gp_referral", "urgency")


def test_many_open_warning_signs_are_counted_after_the_most_urgent_ones() -> None:
    urgency = said(recovered({"complaint": {}}), "gp_referral", "urgency")
    assert "suspected cauda equina syndrome" in urgency.split(";", maxsplit=1)[0]
    assert " more." in urgency


def test_an_image_of_the_next_day_is_asked_for_today_or_tomorrow() -> None:
    raw = {"complaint": {"places": ["left.calf"], "answers": {"rf_leg": ["calf"], "onset": "gradual"}}}
    assert "ultrasound today or tomorrow" in said(recovered(raw), "gp_referral", "question")


# --- forecast -------------------------------------------------------------------------------------------------------


def test_a_forecast_that_is_too_early_or_too_long_says_so() -> None:
    recovery = with_forecast(too_early=True, longer_than_usual=True)
    prognosis = said(recovery, "progress", "prognosis")
    assert "In the first week this cannot be told reliably." in prognosis
    assert "the diagnosis deserves a second look" in prognosis


def test_without_a_day_of_injury_or_a_familiar_range_neither_is_made_up() -> None:
    prognosis = said(with_forecast(injury_date=None, founding=None), "progress", "prognosis")
    assert "202" not in prognosis
    assert "rule of thumb" not in prognosis


@pytest.mark.parametrize("reason", ["referral", "returned", "elsewhere", "image_first", "too_long"])
def test_where_no_time_can_be_given_the_reason_stands_there(reason: str) -> None:
    prognosis = said(with_forecast(no_forecast=reason), "progress", "prognosis")
    assert prognosis.startswith("Return: ")
    assert "interval" not in prognosis


# --- course ---------------------------------------------------------------------------------------------------------


def test_a_start_some_days_ago_without_a_check_in_is_told() -> None:
    progress = example("suspected-avulsion").progress
    later = with_progress("suspected-avulsion", today=progress.today + timedelta(days=5))
    assert said(later, "gp_referral", "course") == "No check-ins yet since the start on 24 November 2026."


def test_days_without_a_check_in_are_not_known_and_never_zero() -> None:
    today = example(WHOLE).progress.today + timedelta(days=30)
    assert "→ not known" in said(with_progress(today=today), "progress", "status")


def test_somebody_back_gets_the_days_of_the_checks_and_the_end_of_the_watch() -> None:
    recovery = example(WHOLE)
    back_on = date(2026, 9, 10)
    position = replace(recovery.progress.position, discharged=True, phase=4, since=back_on)
    watch = back_on + timedelta(weeks=15)
    progress = replace(recovery.progress, position=position, gate=None, watch_until=watch)
    back = replace(recovery.forecast.milestones["return"], reached=back_on)
    milestones = {**recovery.forecast.milestones, "return": back}
    forecast = replace(recovery.forecast, milestones=milestones, no_forecast="returned")
    recovery = replace(recovery, progress=progress, forecast=forecast)
    assert "discharged, prevention programme since 10 September 2026" in said(recovery, "discharge", "milestones")
    assert "before a full return" not in said(recovery, "discharge", "return")
    assert "checks on 24 September 2026, " in said(recovery, "discharge", "recurrence")
    assert "10 September 2027" in said(recovery, "discharge", "recurrence")
    assert f"Recurrence watch until 24 December {watch.year}." in said(recovery, "discharge", "follow_up")


def test_without_a_test_on_both_legs_there_is_no_difference_to_tell() -> None:
    recovery = example(WHOLE)
    recovery = replace(recovery, chain=replace(recovery.chain, measurements=()))
    assert said(recovery, "progress", "side_differences") == "Not measured on both sides, so not known."


def test_a_difference_whose_error_is_not_known_says_so() -> None:
    chain = example(WHOLE).chain
    results = tuple(
        replace(one, difference=replace(one.difference, error=None)) if one.difference else one for one in chain.results
    )
    recovery = replace(example(WHOLE), chain=replace(chain, results=results))
    assert "measurement error not known" in said(recovery, "gp_referral", "findings")


# --- sides ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["gp_referral", "specialist_referral", "progress", "discharge"])
def test_the_mirror_image_of_a_person_gets_the_mirror_image_of_the_letter(kind: LetterKind) -> None:
    def letter(side: str, other: str) -> str:
        raw = {
            "complaint": {"places": [f"{side}.thigh_upper"], "answers": {"mechanism": "overstretch", "pop": "yes"}},
            "measurements": [
                {"date": "2026-11-20", "test": "isometric_90", "side": leg, "value": value, "unit": "N",
                 "method": "dynamometer", "tester": "therapist"}
                for leg, value in ((side, 120), (other, 240))
            ],
        }  # fmt: skip
        return said(recovered(raw), kind)

    left, right = letter("left", "right"), letter("right", "left")
    assert "left" in left
    assert left != right
    assert left.replace("left", "*").replace("right", "left").replace("*", "right") == right
