"""What was told at the start beside the answers, and what was measured, as Observations."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from herstel.case_writing import case_as_mapping, told_on
from herstel.chain.model import Measurement, Method, TestResult, TestVerdict
from herstel.chain.report_words import VERDICTS
from herstel.errors import marked
from herstel.progress.model import Role
from herstel_fhir.codes import AGE_LOINC, HL7, LOINC, SCORE, STRUCTURE, UNITS, YEARS
from herstel_fhir.elements import Element, both, coding, concept, note, of_hl7, side_concept
from herstel_fhir.record import Record

CATEGORY, INTERPRETATION = f"{HL7}/observation-category", f"{HL7}/v3-ObservationInterpretation"
_METHODS: Mapping[Method, str] = {
    "observation": marked("by looking and feeling"),
    "count": marked("by counting"),
    "stopwatch": marked("with a stopwatch"),
    "tape": marked("with a tape measure"),
    "goniometer": marked("with a goniometer"),
    "inclinometer": marked("with an inclinometer or a phone as one"),
    "dynamometer": marked("with a dynamometer"),
    "device": marked("with another device"),
    "phone_video": marked("from a video made with a phone"),
    "motion_capture": marked("with motion capture"),
    "story": marked("by asking"),
}
_OF_HL7: Mapping[TestVerdict, str] = {"normal": "N", "deviating": "A"}
"""What HL7 has a word for; within the error of a test, and not judged, it has none that means the same."""
_AGREES: Mapping[Role, str] = {
    "person": marked("The person agrees at a shared decision"),
    "therapist": marked("The therapist agrees at a shared decision"),
    "coach": marked("The coach agrees at a shared decision"),
}
Occurring = tuple[int, bool]
"""The how manieth record of its kind and day this is, and whether it is the one that counts."""


def observation(record: Record, key: Iterable[object], code: Element, day: date, **more: Any) -> Element:
    """An Observation of the person."""
    elements = {"category": [of_hl7(CATEGORY, "survey")], "status": "final", **more}
    return record.resource(
        "Observation", key, **elements, code=code, subject=record.patient, effectiveDateTime=day.isoformat()
    )


def occurring(keys: Iterable[object]) -> list[Occurring]:
    """Of records in the order in which they were made: a later one of the same key replaces the earlier."""
    listed = list(keys)
    most, seen = Counter(listed), Counter[object]()
    found = []
    for key in listed:
        seen[key] += 1
        found.append((seen[key], seen[key] == most[key]))
    return found


def status_of(occurrence: Occurring) -> str:
    """The status of a record: as it was, corrected, or replaced by a correction."""
    number, counts = occurrence
    if not counts:
        return "entered-in-error"
    return "corrected" if number > 1 else "final"


# --- the complaint ----------------------------------------------------------------------------------------------------


def told_at_the_start(record: Record) -> Iterator[Element]:
    """Age and pain, and findings, graded answers and an examination that were told beside the answers."""
    complaint, day, by = record.case.complaint, told_on(record.case), {"performer": [record.patient]}
    if complaint.age_years is not None:
        age = concept(both(marked("Age")), record.language, coding(LOINC, *AGE_LOINC))
        value = record.quantity(complaint.age_years, YEARS)
        yield observation(record, ["complaint", "age_years"], age, day, valueQuantity=value, **by)
    if complaint.pain_nrs is not None:
        pain = record.ours("complaint", "pain_nrs", both(marked("Pain at the moment itself, or at its worst")))
        value = record.quantity(complaint.pain_nrs, SCORE)
        yield observation(record, ["complaint", "pain_nrs"], pain, day, valueQuantity=value, **by)
    yield from _findings(record, day)
    yield from _examination(record, day)


def _findings(record: Record, day: date) -> Iterator[Element]:
    beside: Any = case_as_mapping(record.case, record.knowledge)["complaint"]
    ladder = {item.id: item for item in record.knowledge.advice.ladder}
    for finding, present in beside.get("findings", {}).items():
        code = record.ours("finding", finding, record.knowledge.findings[finding].name)
        yield observation(record, ["finding", finding], code, day, valueBoolean=present, performer=[record.patient])
    for item, level in beside.get("ladder", {}).items():
        code, words = record.ours("ladder", item, ladder[item].name), ladder[item].levels[level]
        value = record.ours("ladder-level", f"{item}.{level}", words)
        yield observation(record, ["ladder", item], code, day, valueCodeableConcept=value, performer=[record.patient])


def _examination(record: Record, day: date) -> Iterator[Element]:
    """Physical tests of a clinician; which one is not in the case."""
    outcomes = {True: both(marked("positive")), False: both(marked("negative"))}
    for test, positive in record.case.complaint.examination.items():
        yield observation(
            record,
            ["examination", test],
            record.ours("clinician-test", test, record.knowledge.tests[test].name),
            day,
            category=[of_hl7(CATEGORY, "exam")],
            performer=[record.by("clinician")],
            valueCodeableConcept=record.ours("outcome", outcomes[positive].en, outcomes[positive]),
        )


def agreed(record: Record) -> Iterator[Element]:
    """What everybody said at a shared decision."""
    for number, one in enumerate(record.case.confirmations):
        said = record.ours("agreement", one.role, both(_AGREES[one.role]))
        yield observation(
            record,
            ["agreement", number],
            said,
            one.date,
            performer=[record.by(one.role)],
            valueBoolean=one.agrees,
            note=[note(one.note)] if one.note else [],
        )


# --- the chain --------------------------------------------------------------------------------------------------------


def measured(record: Record) -> Iterator[Element]:
    """Every test of the chain that was done, also those that were corrected later."""
    current = {one.measurement: one for one in record.recovery.chain.results}
    for one, occurrence in measurements(record):
        yield _measurement(record, one, occurrence, current.get(one))


def measurements(record: Record) -> list[tuple[Measurement, Occurring]]:
    """The measurements, each with whether it counts."""
    told = record.case.measurements
    return list(zip(told, occurring((one.test, one.side, one.date) for one in told), strict=True))


def measurement_key(one: Measurement, occurrence: Occurring) -> list[object]:
    """What makes a measurement the one it is."""
    return ["measurement", one.test, one.side, one.date, occurrence[0]]


def _measurement(record: Record, one: Measurement, occurrence: Occurring, result: TestResult | None) -> Element:
    return observation(
        record,
        measurement_key(one, occurrence),
        record.ours("chain-test", one.test, record.knowledge.chain.tests[one.test].name),
        one.date,
        category=[of_hl7(CATEGORY, "exam")],
        status=status_of(occurrence),
        bodySite=side_concept(one.side, record.language) if one.side else None,
        method=record.ours("method", one.method, both(_METHODS[one.method])),
        performer=[record.by(one.tester)],
        interpretation=[_interpretation(record, result.verdict)] if result else [],
        note=[note(text) for text in (one.note, one.correction) if text],
        **_value(record, one),
    )


def _value(record: Record, one: Measurement) -> Element:
    """The value as it was measured, with the error that the way of measuring brought along."""
    if one.unit == "yes_no":
        return {"valueBoolean": bool(one.value)}
    value = record.quantity(one.value, UNITS[one.unit])
    if one.standard_error is not None:
        uncertainty = {"url": f"{STRUCTURE}/iso21090-uncertainty", "valueDecimal": one.standard_error}
        value = {"extension": [uncertainty], **value}
    return {"valueQuantity": value}


def _interpretation(record: Record, verdict: TestVerdict) -> Element:
    more = [coding(INTERPRETATION, _OF_HL7[verdict])] if verdict in _OF_HL7 else []
    return record.ours("verdict", verdict, both(VERDICTS[verdict]), *more)
