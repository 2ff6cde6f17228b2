"""Who it is about, who said what, and the letters."""

import base64
import hashlib
import json

from herstel.knowledge.model import Knowledge
from herstel_fhir.bundle import export_bundle
from herstel_fhir.record import Record, Subject
from tests.fhir.authority import Found, check, resources
from tests.fhir.records import LETTER, SUBJECT, changed


def test_the_person_is_as_given(bundle: Found) -> None:
    (patient,) = resources(bundle, "Patient")
    assert patient["name"] == [{"text": SUBJECT.name}]
    assert patient["birthDate"] == "1999-04-01"
    assert patient["gender"] == "female"
    assert patient["communication"][0]["language"]["coding"][0]["code"] == "nl"


def test_of_a_person_without_a_name_nothing_is_made_up(knowledge: Knowledge) -> None:
    complaint = {"answers": {"onset": "sudden"}}
    found = export_bundle(changed({"complaint": complaint}, knowledge, subject=Subject(id="person-3")))
    (patient,) = resources(found, "Patient")
    assert patient.keys().isdisjoint({"name", "birthDate", "gender"})
    assert "Voorbeeld" not in json.dumps(patient)


def test_every_fact_and_every_conclusion_has_one_origin(whole: Record, bundle: Found) -> None:
    origins = {
        target["reference"]: one["agent"][0]["who"]
        for one in resources(bundle, "Provenance")
        for target in one["target"]
    }
    assert sum(len(one["target"]) for one in resources(bundle, "Provenance")) == len(origins)
    for kind in (
        "Observation",
        "QuestionnaireResponse",
        "Condition",
        "ClinicalImpression",
        "CarePlan",
        "DocumentReference",
    ):
        for one in resources(bundle, kind):
            assert f"urn:uuid:{one['id']}" in origins, kind
    assert all(one["recorded"] == whole.instant for one in resources(bundle, "Provenance"))
    (device,) = resources(bundle, "Device")
    for one in resources(bundle, "Condition"):
        assert origins[f"urn:uuid:{one['id']}"]["reference"] == f"urn:uuid:{device['id']}"


def test_herstel_names_its_version_and_that_nobody_reviewed_it(bundle: Found, knowledge: Knowledge) -> None:
    (device,) = resources(bundle, "Device")
    assert knowledge.version.version in {one["value"] for one in device["version"]}
    assert "nog niet beoordeeld" in device["note"][0]["text"]


def test_a_letter_is_a_document_and_its_pdf(bundle: Found) -> None:
    check(bundle)
    (document,), (binary,) = resources(bundle, "DocumentReference"), resources(bundle, "Binary")
    attachment = document["content"][0]["attachment"]
    assert (attachment["title"], attachment["creation"], attachment["language"]) == (LETTER.title, "2026-09-14", "nl")
    assert attachment["url"] == f"urn:uuid:{binary['id']}"
    assert base64.b64decode(binary["data"]) == LETTER.pdf
    assert attachment["size"] == len(LETTER.pdf)
    assert base64.b64decode(attachment["hash"]) == hashlib.sha1(LETTER.pdf).digest()
