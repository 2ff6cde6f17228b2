"""Reads a bundle as a stranger would: fhirclient's R4 models in strict mode, and what the R4 pages ask beyond them.

fhirclient knows every element, its type and whether it is required. It knows neither the allowed codes, nor where a
reference may lead, nor the rules between elements; those are written down here, as the R4 (4.0.1) pages give them.
"""

import re
from collections.abc import Iterator
from typing import Any

from fhirclient.models.bundle import Bundle

Found = dict[str, Any]
OBSERVATION_STATUS = {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"}
CODES: dict[str, set[str]] = {
    "Bundle.type": {"document", "message", "transaction", "batch", "history", "searchset", "collection"},
    "Patient.gender": {"male", "female", "other", "unknown"},
    "Device.status": {"active", "inactive", "entered-in-error", "unknown"},
    "Device.deviceName.type": {"udi-label-name", "user-friendly-name", "manufacturer-name", "model-name", "other"},
    "Questionnaire.status": {"draft", "active", "retired", "unknown"},
    "Questionnaire.item.type": {"group", "display", "decimal", "integer", "choice", "open-choice", "boolean"},
    "QuestionnaireResponse.status": {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    "Observation.status": OBSERVATION_STATUS,
    "RiskAssessment.status": OBSERVATION_STATUS,
    "ClinicalImpression.status": {"in-progress", "completed", "entered-in-error"},
    "Flag.status": {"active", "inactive", "entered-in-error"},
    "Goal.lifecycleStatus": {"proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled"},
    "CarePlan.status": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    "CarePlan.intent": {"proposal", "plan", "order", "option"},
    "CarePlan.activity.detail.status": {
        "not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped",
    },
    "CarePlan.activity.detail.scheduledTiming.repeat.periodUnit": {"s", "min", "h", "d", "wk", "mo", "a"},
    "DocumentReference.status": {"current", "superseded", "entered-in-error"},
    "Provenance.entity.role": {"derivation", "revision", "quotation", "source", "removal"},
}  # fmt: skip
PEOPLE = {"Patient", "Practitioner", "Organization", "RelatedPerson"}
LEADS_TO: dict[str, set[str]] = {
    "Patient.managingOrganization": {"Organization"},
    "QuestionnaireResponse.subject": {"Patient"},
    "QuestionnaireResponse.author": {"Device", "Practitioner", "Patient", "RelatedPerson", "Organization"},
    "QuestionnaireResponse.source": {"Patient", "Practitioner", "RelatedPerson"},
    "Observation.subject": {"Patient"},
    "Observation.performer": PEOPLE,
    "Condition.subject": {"Patient"},
    "ClinicalImpression.subject": {"Patient"},
    "ClinicalImpression.problem": {"Condition", "AllergyIntolerance"},
    "ClinicalImpression.investigation.item": {"Observation", "QuestionnaireResponse", "RiskAssessment"},
    "ClinicalImpression.prognosisReference": {"RiskAssessment"},
    "RiskAssessment.subject": {"Patient"},
    "RiskAssessment.condition": {"Condition"},
    "RiskAssessment.performer": {"Practitioner", "Device"},
    "Flag.subject": {"Patient"},
    "Flag.author": {"Device", "Organization", "Patient", "Practitioner"},
    "Goal.subject": {"Patient"},
    "Goal.expressedBy": {"Patient", "Practitioner", "RelatedPerson"},
    "Goal.addresses": {"Condition", "Observation", "RiskAssessment"},
    "CarePlan.subject": {"Patient"},
    "CarePlan.author": {"Patient", "Practitioner", "Device", "Organization"},
    "CarePlan.contributor": {"Patient", "Practitioner", "Device", "Organization"},
    "CarePlan.addresses": {"Condition"},
    "CarePlan.goal": {"Goal"},
    "CarePlan.activity.detail.goal": {"Goal"},
    "CarePlan.activity.detail.performer": PEOPLE,
    "CarePlan.note.authorReference": PEOPLE,
    "DocumentReference.subject": {"Patient"},
    "DocumentReference.author": {*PEOPLE, "Device"},
    "DocumentReference.custodian": {"Organization"},
    "DocumentReference.content.attachment.url": {"Binary"},
    "Binary.securityContext": {"DocumentReference"},
    "Provenance.target": {
        "Observation", "QuestionnaireResponse", "Condition", "ClinicalImpression", "RiskAssessment", "Flag", "CarePlan",
        "DocumentReference",
    },
    "Provenance.agent.who": {*PEOPLE, "Device"},
    "Provenance.entity.what": {"Observation"},
}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"[^\s]+(\s[^\s]+)*")


def check(bundle: Found) -> None:
    """Raise when a bundle is not valid.

    Raises
    ------
    FHIRValidationError
        By fhirclient: an unknown or missing element, or one of a wrong type.
    AssertionError
        A code, a reference or a rule of R4 is broken.
    """
    Bundle(bundle, strict=True)
    by_url = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    assert len(by_url) == len(bundle["entry"]), "two entries have one address"
    for url, resource in by_url.items():
        assert url == f"urn:uuid:{resource['id']}"
        assert _ID.fullmatch(resource["id"])
    for path, value in [*walked(bundle, "Bundle"), *everything(bundle)]:
        _check_value(path, value, by_url)
    for resource in by_url.values():
        _RULES.get(resource["resourceType"], lambda _: None)(resource)


def everything(bundle: Found) -> Iterator[tuple[str, Any]]:
    """Every value of every resource with its path, lists without their numbers."""
    for entry in bundle["entry"]:
        yield from walked(entry["resource"], entry["resource"]["resourceType"])


def walked(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A value and all that is in it; the resources of a bundle not."""
    yield path, value
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "resource":
                yield from walked(part, f"{path}.{name}")
    elif isinstance(value, list):
        for part in value:
            yield from walked(part, path)


def _check_value(path: str, value: Any, by_url: dict[str, Found]) -> None:
    assert value is not None, f"{path} is null"
    assert value not in ([], {}, ""), f"{path} is empty"
    if path in CODES and not isinstance(value, list):
        assert value in CODES[path], f"{path}: {value} is no code of R4"
    if path.endswith((".code", ".valueCode")) and isinstance(value, str):
        assert _CODE.fullmatch(value), f"{path}: {value!r} is not written as a code"
    if isinstance(value, dict) and "reference" in value:
        _check_reference(path, value["reference"], by_url)
    if path == "DocumentReference.content.attachment.url":
        _check_reference(path, value, by_url)
    if isinstance(value, dict) and ("display" in value or "type" in value) and path in LEADS_TO:
        assert value["type"] in LEADS_TO[path], f"{path} may not lead to {value['type']}"
    if path.endswith("uantity") and isinstance(value, dict):
        assert value["system"] == "http://unitsofmeasure.org"
        assert value["code"], "a quantity without a unit"


def _check_reference(path: str, to: str, by_url: dict[str, Found]) -> None:
    assert to in by_url, f"{path} leads to {to}, which is not in the bundle"
    kind = by_url[to]["resourceType"]
    assert kind in LEADS_TO.get(path, set()), f"{path} may not lead to {kind}"


# --- rules between elements, by the names that R4 gives them ----------------------------------------------------------


def _questionnaire(one: Found) -> None:
    links = [value for path, value in walked(one, "Questionnaire") if path.endswith(".linkId")]
    assert len(links) == len(set(links)), "que-2: a linkId is used twice"
    for item in one["item"]:
        assert ("answerOption" in item) == (item["type"] == "choice"), "que-5: only a choice has answers to choose from"


def _observation(one: Found) -> None:
    assert sum(name.startswith("value") for name in one) <= 1, "more than one value"
    assert "dataAbsentReason" not in one or not any(name.startswith("value") for name in one), "obs-6"


def _condition(one: Found) -> None:
    assert "clinicalStatus" in one, "con-3"
    for stage in one.get("stage", []):
        assert "summary" in stage or "assessment" in stage, "con-1"
    for evidence in one.get("evidence", []):
        assert "code" in evidence or "detail" in evidence, "con-2"


def _risk(one: Found) -> None:
    for prediction in one.get("prediction", []):
        assert 0 <= prediction.get("probabilityDecimal", 0) <= 100, "ras-2"
        for end in prediction.get("probabilityRange", {}).values():
            assert end["code"] == "%", "ras-1"
            assert 0 <= end["value"] <= 100, "ras-1"
        period = prediction.get("whenPeriod")
        assert period is None or period["start"] <= period["end"], "per-1"


def _goal(one: Found) -> None:
    for target in one.get("target", []):
        assert "measure" in target or not any(name.startswith("detail") for name in target), "gol-1"


_RULES = {
    "Questionnaire": _questionnaire,
    "Observation": _observation,
    "Condition": _condition,
    "RiskAssessment": _risk,
    "Goal": _goal,
}


def resources(bundle: Found, kind: str) -> list[Found]:
    """All resources of one kind."""
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def code_of(concept: Found) -> str:
    """The code of Herstel in a concept, whatever others stand beside it."""
    return next(one["code"] for one in concept["coding"] if one["system"].startswith("https://herstel.invalid/"))
