"""The numbers in the bundle are those of the domain, with their units; nothing is rounded and nothing made up."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from herstel.forecast.model import INTERVAL_LEVELS
from herstel.knowledge.model import Knowledge
from herstel_fhir.bundle import export_bundle
from herstel_fhir.check_ins import NUMBERS, SIGNS
from herstel_fhir.codes import UNITS
from herstel_fhir.record import Record
from tests.fhir.authority import Found, check, code_of, resources
from tests.fhir.records import LATE, WHOLE, changed, example, record_of

UCUM = {
    "deg": "deg", "deg/s": "deg/s", "cm": "cm", "mm": "mm", "s": "s", "reps": "{repetitions}", "N": "N", "N/kg": "N/kg",
    "Nm/kg": "N.m/kg", "ratio": "1", "percent": "%", "kg": "kg", "km/h": "km/h", "mmHg": "mm[Hg]", "points": "{score}",
}  # fmt: skip


def told(found: Found, day: date, code: str) -> list[Found]:
    """The Observations of a code on a day."""
    return [
        one
        for one in resources(found, "Observation")
        if one["effectiveDateTime"] == day.isoformat() and code in {part["code"] for part in one["code"]["coding"]}
    ]


def extension(one: Found, name: str) -> Any:
    """What an extension of ours holds."""
    found = next(part for part in one["extension"] if part["url"].endswith(f"/{name}"))
    if "extension" not in found:
        return next(value for key, value in found.items() if key.startswith("value"))
    return {
        part["url"]: next(value for key, value in part.items() if key.startswith("value"))
        for part in found["extension"]
    }


# --- measured ---------------------------------------------------------------------------------------------------------


def test_every_measurement_is_there_with_its_value_unit_side_method_and_tester(whole: Record, bundle: Found) -> None:
    for one in whole.case.measurements:
        (found,) = [other for other in told(bundle, one.date, one.test) if _side(other) == one.side]
        if one.unit == "yes_no":
            assert found["valueBoolean"] is bool(one.value)
        else:
            assert found["valueQuantity"]["value"] == one.value
            assert found["valueQuantity"]["code"] == UCUM[one.unit]
        assert code_of(found["method"]) == one.method
        assert found["performer"] == [whole.by(one.tester)]
        assert found["status"] == "final"


def _side(one: Found) -> str | None:
    return code_of(one["bodySite"]) if "bodySite" in one else None


def test_every_unit_of_a_test_has_its_ucum_code(knowledge: Knowledge) -> None:
    assert UNITS == UCUM
    assert {test.unit for test in knowledge.chain.tests.values()} <= {*UNITS, "yes_no"}


def test_left_and_right_have_their_snomed_codes_too(bundle: Found) -> None:
    sides = {
        code_of(one["bodySite"]): {part["code"] for part in one["bodySite"]["coding"]}
        for one in resources(bundle, "Observation")
        if "bodySite" in one
    }
    assert sides == {"left": {"left", "7771000"}, "right": {"right", "24028007"}}


def test_the_latest_results_say_what_they_mean_and_older_ones_do_not(whole: Record, bundle: Found) -> None:
    said = {
        (code_of(one["code"]), _side(one), one["effectiveDateTime"]): code_of(one["interpretation"][0])
        for one in resources(bundle, "Observation")
        if "interpretation" in one
    }
    assert said == {
        (one.test, one.side, one.measurement.date.isoformat()): one.verdict for one in whole.recovery.chain.results
    }


def test_the_error_that_a_way_of_measuring_brings_is_kept(knowledge: Knowledge) -> None:
    one = {"date": "2026-08-04", "test": "active_knee_extension", "side": "right", "value": 30,
           "method": "phone_video", "standard_error": 2.5}  # fmt: skip
    found = export_bundle(changed({"measurements": [one]}, knowledge))
    (measured,) = told(found, date(2026, 8, 4), "active_knee_extension")
    assert measured["valueQuantity"]["extension"][0]["valueDecimal"] == 2.5


def test_a_corrected_measurement_is_kept_and_the_correction_names_what_it_replaces(knowledge: Knowledge) -> None:
    first = {"date": "2026-08-04", "test": "isometric_90", "side": "right", "value": 880, "tester": "helper"}
    second = {**first, "value": 88, "correction": "a digit too many", "note": "lying"}
    found = export_bundle(changed({"measurements": [first, second]}, knowledge))
    check(found)
    old, new = told(found, date(2026, 8, 4), "isometric_90")
    assert (old["status"], old["valueQuantity"]["value"]) == ("entered-in-error", 880)
    assert (new["status"], new["valueQuantity"]["value"]) == ("corrected", 88)
    assert [one["text"] for one in new["note"]] == ["lying", "a digit too many"]
    assert _revisions(found) == {f"urn:uuid:{new['id']}": {f"urn:uuid:{old['id']}"}}


def _revisions(found: Found) -> dict[str, set[str]]:
    """What replaced what."""
    return {
        target["reference"]: {entity["what"]["reference"] for entity in one["entity"]}
        for one in resources(found, "Provenance")
        if "entity" in one
        for target in one["target"]
    }


# --- told -------------------------------------------------------------------------------------------------------------


def test_every_number_and_sign_of_a_check_in_is_there_and_what_was_not_told_is_not(
    whole: Record, bundle: Found
) -> None:
    for one in whole.case.check_ins:
        for name, (_, unit) in NUMBERS.items():
            values = [(other["valueQuantity"]["value"], other["valueQuantity"]["code"])
                      for other in told(bundle, one.date, name)]  # fmt: skip
            assert values == ([] if getattr(one, name) is None else [(getattr(one, name), unit)])
        for name in ("walking", "fear_of_movement"):
            chosen = [code_of(other["valueCodeableConcept"]) for other in told(bundle, one.date, name)]
            assert chosen == ([] if getattr(one, name) is None else [getattr(one, name)])
        for name in SIGNS:
            assert len(told(bundle, one.date, name)) == (getattr(one, name) is not None)


def test_only_the_pain_of_now_has_the_code_that_others_know(bundle: Found) -> None:
    known = [one for one in resources(bundle, "Observation") if one["code"]["coding"][0]["code"] == "72514-3"]
    assert known
    assert {code_of(one["code"]) for one in known} == {"pain_now"}


def test_what_was_done_is_there_exercise_by_exercise_and_run_by_run(whole: Record, bundle: Found) -> None:
    for one in whole.case.check_ins:
        for done in one.done:
            parts = _parts(told(bundle, one.date, done.exercise)[0])
            given = {"sets": done.sets, "amount": done.amount, "rpe": done.rpe, "pain": done.pain}
            assert parts == {name: value for name, value in given.items() if value is not None}
        for run, found in zip(one.runs, told(bundle, one.date, "run"), strict=True):
            parts = _parts(found)
            assert parts.get("step") == (None if run.step is None else str(run.step))
            assert {name: parts.get(f"metres_{name}") for name in run.metres} == run.metres
            assert parts.get("limp") == run.limp


def _parts(one: Found) -> dict[str, Any]:
    """The value of each component by its code."""
    return {
        code_of(part["code"]): part["valueQuantity"]["value"] if "valueQuantity" in part
        else code_of(part["valueCodeableConcept"]) if "valueCodeableConcept" in part
        else part["valueBoolean"]
        for part in one["component"]
    }  # fmt: skip


TOLD: dict[str, Any] = {
    "date": "2026-08-20",
    "session_min": 40,
    "session_rpe": 5,
    "fear_of_movement": "some",
    "gave_way": False,
    "could_not": ["glute_bridge"],
    "done": [{"exercise": "sofa_bridge", "amount": 30}, {"exercise": "plank"}],
    "runs": [{"metres": {"80-90": 120, "jog": 300}, "pain": 2, "limp": True, "in_fatigue": True}, {}],
    "symptoms": {"fever_or_unwell": False},
    "note": "Ging goed.",
    "answers": {"bruise": "unknown", "walking": "limping", "nerve": ["none"]},
}
OWN = {
    "kind": "own", "exercise": "sofa_bridge", "reason": "She likes it.", "date": "2026-08-12",
    "own": {"name": "Brug op de bank", "target": "glute_max", "minutes": 4,
            "dose": {"sets": 2, "amount": 30, "unit": "seconds", "hold_s": 5, "tempo": "2-0-2"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def rich(knowledge: Knowledge) -> Found:
    """A bundle of somebody who tells everything."""
    plain = next(one for one in knowledge.exercises.exercises.values() if one.id != "glute_bridge").id
    check_in = {**TOLD, "done": [TOLD["done"][0], {"exercise": plain}]}
    found = export_bundle(changed({"check_ins": [check_in], "edits": [OWN]}, knowledge))
    check(found)
    return found


def test_session_load_is_minutes_times_effort(rich: Found) -> None:
    assert told(rich, date(2026, 8, 20), "session_load")[0]["valueQuantity"]["value"] == 200


def test_everything_a_check_in_can_tell_has_its_place(rich: Found) -> None:
    day = date(2026, 8, 20)
    assert told(rich, day, "gave_way")[0]["valueBoolean"] is False
    assert told(rich, day, "fever_or_unwell")[0]["valueBoolean"] is False
    assert told(rich, day, "note")[0]["valueString"] == "Ging goed."
    assert code_of(told(rich, day, "could_not")[0]["valueCodeableConcept"]) == "glute_bridge"
    assert _parts(told(rich, day, "sofa_bridge")[0]) == {"amount": 30}
    assert told(rich, day, "sofa_bridge")[0]["component"][0]["valueQuantity"]["code"] == "s"
    first, second = told(rich, day, "run")
    assert _parts(first) == {"metres_80-90": 120, "metres_jog": 300, "pain": 2, "limp": True, "in_fatigue": True}
    assert "component" not in second


def test_i_do_not_know_is_said_to_be_asked_and_unknown(rich: Found) -> None:
    (again,) = (one for one in resources(rich, "QuestionnaireResponse") if one["authored"] == "2026-08-20")
    items = {item["linkId"]: item["answer"] for item in again["item"]}
    assert items["bruise"][0]["extension"][0]["valueCode"] == "asked-unknown"
    assert [one["valueCoding"]["code"] for one in items["nerve"]] == ["nerve.none"]
    assert "rf_now" not in items


def test_a_corrected_check_in_is_kept_and_replaced_as_a_whole(knowledge: Knowledge) -> None:
    first = {"date": "2026-08-20", "pain_now": 8, "sleep_h": 7}
    second = {"date": "2026-08-20", "pain_now": 3, "correction": "a slip of the thumb"}
    found = export_bundle(changed({"check_ins": [first, second]}, knowledge))
    check(found)
    old, new = told(found, date(2026, 8, 20), "pain_now")
    (slept,) = told(found, date(2026, 8, 20), "sleep_h")
    assert [one["status"] for one in (old, new, slept)] == ["entered-in-error", "corrected", "entered-in-error"]
    assert _revisions(found) == {f"urn:uuid:{new['id']}": {f"urn:uuid:{one['id']}" for one in (old, slept)}}


def test_the_answers_of_the_intake_are_those_of_the_complaint(whole: Record, bundle: Found) -> None:
    (response,) = resources(bundle, "QuestionnaireResponse")
    answers = {item["linkId"]: item["answer"] for item in response["item"]}
    assert answers.keys() == whole.case.complaint.answers.keys()
    assert answers["age"] == [{"valueDecimal": 27}]
    assert answers["places"][0]["valueCoding"]["code"] == "places.right.thigh_middle"
    assert answers["walking"][0]["valueCoding"]["code"] == "walking.limping"


def test_what_was_told_beside_the_answers_is_an_observation(knowledge: Knowledge) -> None:
    complaint = {
        "findings": {"dark_urine": False, "mech_sprint": True},
        "ladder": {"bruise": 2},
        "examination": {"slump": True, "taking_off_shoe": False},
    }
    found = export_bundle(changed({"complaint": complaint, "judgements": [], "check_ins": []}, knowledge))
    check(found)
    values = {code_of(one["code"]): one for one in resources(found, "Observation") if one.get("performer")}
    assert values["dark_urine"]["valueBoolean"] is False
    assert values["mech_sprint"]["valueBoolean"] is True
    assert code_of(values["bruise"]["valueCodeableConcept"]) == "bruise.2"
    assert code_of(values["slump"]["valueCodeableConcept"]) == "positive"
    assert code_of(values["taking_off_shoe"]["valueCodeableConcept"]) == "negative"
    (response,) = resources(found, "QuestionnaireResponse")
    assert [item["linkId"] for item in response["item"]] == ["days_since_onset"]


def test_a_complaint_that_was_told_without_questions_has_no_response(whole: Record) -> None:
    complaint = replace(whole.case.complaint, answers={})
    found = export_bundle(replace(whole, case=replace(whole.case, complaint=complaint)))
    check(found)
    assert not resources(found, "QuestionnaireResponse")
    values = {code_of(one["code"]): one for one in resources(found, "Observation") if "valueBoolean" in one}
    present = {name for name, one in values.items() if one["valueBoolean"] and name in complaint.findings}
    assert present == {name for name, is_so in complaint.findings.items() if is_so}


def test_a_shared_decision_is_said_by_each_who_agreed(knowledge: Knowledge) -> None:
    said = [{"role": role, "agrees": role != "coach", "date": "2026-09-14", "note": "x"}
            for role in ("person", "therapist", "coach")]  # fmt: skip
    found = export_bundle(changed({"confirmations": said}, knowledge, clinician=None))
    check(found)
    agreed = {code_of(one["code"]): one for one in told(found, date(2026, 9, 14), "person")}
    assert agreed["person"]["valueBoolean"] is True
    (coach,) = told(found, date(2026, 9, 14), "coach")
    assert (coach["valueBoolean"], coach["performer"][0]["display"]) == (False, "de trainer")


# --- concluded --------------------------------------------------------------------------------------------------------


def test_the_likeliest_condition_is_provisional_with_its_estimate_and_its_range(whole: Record, bundle: Found) -> None:
    likely = whole.assessment.likely
    stated = {code_of(one["code"]): one for one in resources(bundle, "Condition")}
    assert stated[likely.condition]["verificationStatus"]["coding"][0]["code"] == "provisional"
    assert extension(stated[likely.condition], "estimated-probability") == {
        "value": likely.probability, "low": likely.low, "high": likely.high,
    }  # fmt: skip
    others = [one for code, one in stated.items() if code != likely.condition]
    assert {one["verificationStatus"]["coding"][0]["code"] for one in others} == {"differential"}
    assert all("geen clinicus" in one["note"][0]["text"].lower() for one in stated.values())


def test_nothing_is_provisional_when_it_cannot_be_told_what_it_is(knowledge: Knowledge) -> None:
    found = export_bundle(changed({"complaint": {}, "check_ins": [], "measurements": []}, knowledge))
    assert {one["verificationStatus"]["coding"][0]["code"] for one in resources(found, "Condition")} == {"differential"}


def test_every_condition_that_was_weighed_and_every_grade_is_in_the_impression(whole: Record, bundle: Found) -> None:
    impression = next(one for one in resources(bundle, "ClinicalImpression") if code_of(one["code"]) == "recognise")
    shares = {
        code_of(one["itemCodeableConcept"]): extension(one, "estimated-probability")["value"]
        for one in impression["finding"]
    }
    grades = whole.assessment.grade.probabilities
    assert shares == {one.condition: one.probability for one in whole.assessment.differential} | grades
    assert code_of(extension(impression, "urgency")) == whole.assessment.urgency.level
    assert code_of(extension(impression, "see")) == whole.assessment.urgency.see
    assert extension(impression, "imaging")["modality"] == whole.assessment.imaging.modality


def test_the_chain_is_told_as_hypotheses_with_what_the_therapist_thought(whole: Record, bundle: Found) -> None:
    analysis = next(one for one in resources(bundle, "ClinicalImpression") if code_of(one["code"]) == "analyse")
    told_of = {code_of(one["itemCodeableConcept"]): one for one in analysis["finding"]}
    assert told_of.keys() == {one.id for one in whole.recovery.chain.contributors}
    assert "Bevestigd door de therapeut" in told_of["ankle_foot"]["basis"]
    assert extension(told_of["ankle_foot"], "ranking-weight") == next(
        one.weight for one in whole.recovery.chain.contributors if one.id == "ankle_foot"
    )


def test_open_warning_signs_are_never_taken_for_absent(knowledge: Knowledge) -> None:
    found = export_bundle(changed({"complaint": {}, "check_ins": [], "measurements": []}, knowledge))
    impression = resources(found, "ClinicalImpression")[0]
    assert any("niet uitgesloten" in one["text"] for one in impression["note"])


def test_when_every_warning_sign_was_answered_nothing_is_said_to_be_open(whole: Record) -> None:
    settled = replace(whole.assessment, open_red_flags=())
    progress = replace(whole.recovery.progress, reassessment=settled)
    found = export_bundle(replace(whole, recovery=replace(whole.recovery, progress=progress)))
    assert "niet uitgesloten" not in str(resources(found, "ClinicalImpression")[0]["note"])


def test_a_red_flag_of_the_complaint_is_a_flag_since_it_was_told(knowledge: Knowledge) -> None:
    complaint = {"age_years": 45, "places": ["left.low_back"], "answers": {"rf_now": ["bladder_bowel"]}}
    record = changed({"complaint": complaint, "check_ins": [], "measurements": [], "edits": []}, knowledge)
    found = export_bundle(record)
    check(found)
    raised = {code_of(one["code"]): one for one in resources(found, "Flag")}
    assert raised.keys() == set(record.assessment.red_flags)
    assert all(one["status"] == "active" for one in raised.values())
    assert {one["period"]["start"] for one in raised.values()} == {"2026-08-03"}


def test_a_red_flag_that_a_re_check_found_is_a_flag_too(knowledge: Knowledge, whole: Record) -> None:
    flagged = replace(whole.assessment, red_flags=("cauda_equina",))
    progress = replace(whole.recovery.progress, reassessment=flagged)
    found = export_bundle(replace(whole, recovery=replace(whole.recovery, progress=progress)))
    (flag,) = resources(found, "Flag")
    assert (code_of(flag["code"]), flag["period"]["start"]) == ("cauda_equina", whole.today.isoformat())


# --- foreseen and planned ---------------------------------------------------------------------------------------------


def test_the_forecast_is_told_with_every_interval_in_days_and_dates(whole: Record, bundle: Found) -> None:
    forecast = whole.recovery.forecast
    risk = next(one for one in resources(bundle, "RiskAssessment") if code_of(one["code"]) == "time-to-return")
    ahead = {name: one for name, one in forecast.milestones.items() if one.reached is None}
    assert len(risk["prediction"]) == len(ahead) * len(INTERVAL_LEVELS)
    assert forecast.injury_date is not None
    for prediction in risk["prediction"]:
        one = ahead[code_of(prediction["outcome"])]  # type: ignore[index]
        span = one.intervals[prediction["probabilityDecimal"]]
        assert extension(prediction, "forecast-days") == {
            "counted-from": "injury", "low": span.low, "median": one.median_days, "high": span.high,
        }  # fmt: skip
        start = forecast.injury_date + timedelta(days=round(span.low))
        assert prediction["whenPeriod"]["start"] == start.isoformat()


def test_without_the_day_of_the_injury_the_forecast_is_told_in_days(knowledge: Knowledge) -> None:
    answers = {"onset": "sudden", "mechanism": "sprint", "moment": "stopped", "heel_pull": "weak_painful"}
    complaint = {"age_years": 27, "places": ["right.thigh_middle"], "answers": answers}
    goal = {"kind": "sport", "sport": "sprint_ball", "start": "2026-08-03", "days": {"monday": 30}}
    parts = {"complaint": complaint, "goal": goal, "check_ins": [], "measurements": [], "judgements": []}
    found = export_bundle(changed(parts, knowledge))
    check(found)
    risk = next(one for one in resources(found, "RiskAssessment") if code_of(one["code"]) == "time-to-return")
    for prediction in risk["prediction"]:
        days = extension(prediction, "forecast-days")
        assert (prediction["whenRange"]["low"]["value"], prediction["whenRange"]["high"]["value"]) == (
            days["low"], days["high"],
        )  # fmt: skip


def test_the_forecast_says_what_the_report_says_and_gives_no_time_while_somebody_must_look(
    whole: Record, bundle: Found
) -> None:
    risk = next(one for one in resources(bundle, "RiskAssessment") if code_of(one["code"]) == "time-to-return")
    assert any("Geen dag daartussen" in one["text"] for one in risk["note"])
    referred = replace(whole.recovery.forecast, no_forecast="referral")
    found = export_bundle(replace(whole, recovery=replace(whole.recovery, forecast=referred)))
    (only,) = resources(found, "RiskAssessment")
    assert "prediction" not in only
    assert "eerst" in only["note"][0]["text"]


def test_the_chance_of_a_next_time_is_a_range_of_percentages(whole: Record, bundle: Found) -> None:
    risk = whole.recovery.forecast.recurrence
    told_of = next(one for one in resources(bundle, "RiskAssessment") if code_of(one["code"]) == "recurrence")
    (prediction,) = told_of["prediction"]
    assert prediction["probabilityRange"]["low"]["value"] == pytest.approx(100 * risk.year.low)
    assert prediction["probabilityRange"]["high"]["value"] == pytest.approx(100 * risk.year.high)
    assert prediction["relativeRisk"] == risk.hazard_ratio


def test_after_the_return_the_chance_of_a_next_time_has_its_dates(whole: Record) -> None:
    forecast = whole.recovery.forecast
    back = replace(forecast.milestones["return"], reached=date(2026, 9, 1))
    returned = replace(forecast, no_forecast="returned", milestones={"return": back})
    found = export_bundle(replace(whole, recovery=replace(whole.recovery, forecast=returned)))
    check(found)
    risk = next(one for one in resources(found, "RiskAssessment") if code_of(one["code"]) == "recurrence")
    assert risk["prediction"][0]["whenPeriod"] == {"start": "2026-09-01", "end": "2027-09-01"}


def test_every_exercise_of_the_plan_is_there_with_its_dose_and_why(whole: Record, bundle: Found) -> None:
    (plan,) = resources(bundle, "CarePlan")
    details = {code_of(one["detail"]["code"]): one["detail"] for one in plan["activity"]}
    assert details.keys() == {one.exercise for one in whole.recovery.plan_now.exercises}
    for one in whole.recovery.plan_now.exercises:
        detail, dose = details[one.exercise], extension(details[one.exercise], "dose")
        assert detail["scheduledTiming"]["repeat"]["frequency"] == one.times_per_week
        assert (dose["sets"]["low"]["value"], dose["sets"]["high"]["value"]) == (one.dose.sets_low, one.dose.sets_high)
        assert dose["amount"]["high"]["value"] == one.dose.amount_high
        assert dose.get("hold", {}).get("value") == one.dose.hold_s
        assert len(detail["reasonCode"]) == len(one.why.findings)
        assert "Waarom" in detail["description"]


def test_the_plan_tells_what_the_therapist_changed_and_what_was_left_out(bundle: Found, knowledge: Knowledge) -> None:
    (plan,) = resources(bundle, "CarePlan")
    by_therapist = [one for one in plan["note"] if "authorReference" in one]
    assert [one["time"] for one in by_therapist] == ["2026-08-12", "2026-08-12"]
    assert "low back" in by_therapist[0]["text"]
    (unknown,) = resources(export_bundle(example(WHOLE, knowledge, clinician=None)), "CarePlan")
    assert unknown["note"][0]["authorString"] == "de therapeut"


def test_a_discharged_person_has_a_finished_plan_and_a_condition_in_remission(whole: Record) -> None:
    position = replace(whole.recovery.progress.position, discharged=True)
    progress = replace(whole.recovery.progress, position=position)
    found = export_bundle(replace(whole, recovery=replace(whole.recovery, progress=progress)))
    check(found)
    assert resources(found, "CarePlan")[0]["status"] == "completed"
    assert resources(found, "Goal")[0]["lifecycleStatus"] == "completed"
    assert {one["clinicalStatus"]["coding"][0]["code"] for one in resources(found, "Condition")} == {"remission"}


def test_a_goal_that_herstel_proposed_is_not_said_to_be_the_persons(knowledge: Knowledge, bundle: Found) -> None:
    whole = resources(bundle, "Goal")[0]
    assert whole["expressedBy"] == resources(bundle, "Observation")[0]["subject"]
    assert whole["target"] == [{"dueDate": "2026-10-03"}]
    record = changed({"goal": None, "complaint": {"age_years": 30}, "edits": []}, knowledge)
    proposed = resources(export_bundle(record), "Goal")[0]
    assert "expressedBy" not in proposed
    assert "voorstel van Herstel" in proposed["note"][0]["text"]
    assert "target" not in proposed


def test_a_moment_without_a_time_zone_is_refused(whole: Record) -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(whole, recorded=whole.recorded.replace(tzinfo=None))
    assert record_of(whole.case, whole.knowledge, LATE).instant == "2026-12-31T14:30:20+00:00"
