"""Every bundle is one that a stranger can read; and the stranger does refuse what is broken."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fhirclient.models.fhirabstractbase import FHIRValidationError
from hypothesis import HealthCheck, assume, given, settings

from herstel.case_file import Case
from herstel.errors import InputError
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel.text import LANGUAGES, Language
from herstel_fhir.bundle import export_bundle
from herstel_fhir.record import Record, Subject
from tests.case_strategies import TODAY, cases
from tests.fhir.authority import Found, check, code_of, everything, resources
from tests.fhir.records import EXAMPLES, RECORDED, WHOLE, changed, example, record_of

KNOWLEDGE = load_knowledge()
OURS = "https://herstel.invalid/"
OTHERS = ("http://terminology.hl7.org/CodeSystem/", "http://loinc.org", "http://unitsofmeasure.org",
          "http://snomed.info/sct", "http://hl7.org/fhir/", "urn:ietf:bcp:47")  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_valid_r4(file: Path, language: Language, knowledge: Knowledge) -> None:
    check(export_bundle(example(file, knowledge, language=language)))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_it_is_as_valid_when_nothing_is_known_of_who_is_who(file: Path, knowledge: Knowledge) -> None:
    found = export_bundle(example(file, knowledge, clinician=None, practice=None, letters=()))
    check(found)
    assert not resources(found, "Practitioner")
    assert not resources(found, "Organization")


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(case=cases(KNOWLEDGE))
def test_any_case_gives_a_valid_bundle(case: Case) -> None:
    try:
        record = record_of(case, KNOWLEDGE, TODAY)
    except InputError:  # a change by the therapist that is not safe for this person is refused before anything is made
        assume(False)
        raise
    check(export_bundle(record))


def test_a_warning_sign_in_a_check_in_is_valid_too_and_stops_the_plan(knowledge: Knowledge) -> None:
    told = {"date": "2026-09-14", "pain_now": 2, "symptoms": {"bladder_bowel_saddle_change": True}}
    found = export_bundle(changed({"check_ins": [told]}, knowledge))
    check(found)
    assert {code_of(one["code"]) for one in resources(found, "Flag")} >= {"cauda_equina"}
    assert resources(found, "CarePlan")[0]["status"] == "on-hold"
    (impression,) = (one for one in resources(found, "ClinicalImpression") if code_of(one["code"]) == "recognise")
    assert impression["effectiveDateTime"] == "2026-09-14"
    assert "112" in impression["summary"]
    assert not any(one.get("prediction") for one in resources(found, "RiskAssessment"))


def test_the_same_record_always_gives_the_same_bundle(whole: Record, bundle: Found) -> None:
    assert json.dumps(export_bundle(whole)) == json.dumps(bundle)


def test_the_same_fact_has_the_same_id_in_another_language_and_on_another_day(
    knowledge: Knowledge, bundle: Found
) -> None:
    later = export_bundle(example(WHOLE, knowledge, language="en", recorded=RECORDED + timedelta(days=9)))
    assert [one["fullUrl"] for one in later["entry"]] == [one["fullUrl"] for one in bundle["entry"]]
    other = export_bundle(example(WHOLE, knowledge, subject=Subject(id="person-2")))
    shared = {one["fullUrl"] for one in other["entry"]} & {one["fullUrl"] for one in bundle["entry"]}
    kinds = {one["resource"]["resourceType"] for one in bundle["entry"] if one["fullUrl"] in shared}
    assert kinds == {"Practitioner", "Organization", "Questionnaire", "Device"}


def test_every_code_is_of_a_known_system_or_said_to_be_ours(bundle: Found) -> None:
    systems = {value for path, value in everything(bundle) if path.endswith(".system")}
    assert all(one.startswith((OURS, *OTHERS)) for one in systems), systems


def test_every_text_of_a_concept_is_there_in_the_other_language_too(bundle: Found) -> None:
    for path, value in everything(bundle):
        if isinstance(value, dict) and "coding" in value and "text" in value:
            (translation,) = value.get("_text", {"extension": [None]})["extension"]
            assert translation is None or translation["extension"][0] == {"url": "lang", "valueCode": "en"}, path


def test_a_questionnaire_response_answers_questions_of_the_questionnaire_in_the_bundle(bundle: Found) -> None:
    (asked,) = resources(bundle, "Questionnaire")
    items = {item["linkId"]: item for item in asked["item"]}
    for response in resources(bundle, "QuestionnaireResponse"):
        assert response["questionnaire"] == f"{asked['url']}|{asked['version']}"
        for item in response["item"]:
            allowed = [one["valueCoding"] for one in items[item["linkId"]].get("answerOption", [])]
            for answer in item["answer"]:
                assert "valueCoding" not in answer or answer["valueCoding"] in allowed


def test_made_up_facts_are_marked_as_test_data_and_others_are_not(knowledge: Knowledge, bundle: Found) -> None:
    marked = [one["resource"] for one in bundle["entry"] if "meta" in one["resource"]]
    assert {one["resourceType"] for one in marked} >= {"Patient", "Observation", "Condition", "CarePlan"}
    assert all(one["meta"]["security"][0]["code"] == "HTEST" for one in [bundle, *marked])
    real = export_bundle(changed({"simulated": False}, knowledge))
    assert "HTEST" not in json.dumps(real)


# --- the stranger refuses what is broken ------------------------------------------------------------------------------


def drop_status(found: Found) -> None:
    del resources(found, "Observation")[0]["status"]


def number_as_text(found: Found) -> None:
    one = next(one for one in resources(found, "Observation") if "valueQuantity" in one)
    one["valueQuantity"]["value"] = "3"


def unknown_element(found: Found) -> None:
    resources(found, "Goal")[0]["wish"] = "to run"


def wrong_date(found: Found) -> None:
    resources(found, "Observation")[0]["effectiveDateTime"] = "14-09-2026"


def one_where_many_belong(found: Found) -> None:
    one = resources(found, "Condition")[0]
    one["evidence"] = one["evidence"][0]


def leads_nowhere(found: Found) -> None:
    resources(found, "Condition")[0]["subject"]["reference"] = "urn:uuid:00000000-0000-0000-0000-000000000000"


def leads_to_something_else(found: Found) -> None:
    resources(found, "Condition")[0]["subject"] = resources(found, "Goal")[0]["addresses"][0]


def no_code_of_r4(found: Found) -> None:
    resources(found, "CarePlan")[0]["status"] = "going-well"


def more_than_certain(found: Found) -> None:
    one = next(one for one in resources(found, "RiskAssessment") if one.get("prediction"))
    one["prediction"][0]["probabilityDecimal"] = 101


def null(found: Found) -> None:
    resources(found, "Patient")[0]["name"] = None


def two_of_one_address(found: Found) -> None:
    found["entry"].append(found["entry"][0])


@pytest.mark.parametrize("harm", [drop_status, number_as_text, unknown_element, wrong_date, one_where_many_belong])
def test_fhirclient_refuses_a_broken_resource(bundle: Found, harm: Callable[[Found], None]) -> None:
    broken = copy.deepcopy(bundle)
    harm(broken)
    with pytest.raises(FHIRValidationError):
        check(broken)


@pytest.mark.parametrize(
    "harm", [leads_nowhere, leads_to_something_else, no_code_of_r4, more_than_certain, null, two_of_one_address]
)
def test_our_own_reading_of_r4_refuses_a_broken_resource(bundle: Found, harm: Callable[[Found], None]) -> None:
    broken = copy.deepcopy(bundle)
    harm(broken)
    with pytest.raises(AssertionError):
        check(broken)
