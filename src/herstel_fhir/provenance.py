"""Who recorded what: who told it, who measured it, and what Herstel worked out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from herstel_fhir.check_ins import check_ins, observations_of
from herstel_fhir.codes import HL7
from herstel_fhir.elements import Element, of_hl7
from herstel_fhir.observations import measurement_key, measurements
from herstel_fhir.record import Record, Teller

_AGENTS = f"{HL7}/provenance-participant-type"
_TELLERS: tuple[Teller, ...] = ("person", "helper", "therapist", "clinician", "coach")
_SAID_IN = {"Observation": "performer", "QuestionnaireResponse": "author", "DocumentReference": "author"}
"""The element in which a resource of a fact names who it comes from."""
CONCLUSIONS = ("Condition", "ClinicalImpression", "RiskAssessment", "Flag", "CarePlan")


def provenances(record: Record, resources: Sequence[Element]) -> Iterator[Element]:
    """One for all that came from the same, and one for every correction."""
    for teller in _TELLERS:
        who = record.by(teller)
        yield from _provenance(record, [teller], [_ref(one) for one in resources if _comes_from(one, who)], who)
    concluded = [_ref(one) for one in resources if one["resourceType"] in CONCLUSIONS]
    yield from _provenance(record, ["herstel"], concluded, record.device)
    yield from _corrected_measurements(record)
    yield from _corrected_check_ins(record)


def _comes_from(one: Element, who: Element) -> bool:
    named = one.get(_SAID_IN.get(one["resourceType"], ""))
    return named == who or (isinstance(named, list) and who in named)


def _provenance(
    record: Record, key: list[object], made: list[Element], who: Element, replaced: Sequence[Element] = ()
) -> Iterator[Element]:
    """Who made these resources and which ones they replace; nothing when there are none."""
    if made:
        kind = "assembler" if who == record.device else "author"
        yield record.resource(
            "Provenance",
            key,
            target=made,
            recorded=record.instant,
            agent=[{"type": of_hl7(_AGENTS, kind), "who": who}],
            entity=[{"role": "revision", "what": one} for one in replaced],
        )


def _ref(one: Element) -> Element:
    return {"reference": f"urn:uuid:{one['id']}"}


# --- corrections ------------------------------------------------------------------------------------------------------


def _corrected_measurements(record: Record) -> Iterator[Element]:
    for one, (number, counts) in measurements(record):
        if number > 1:
            key = measurement_key(one, (number, counts))
            old = record.ref("Observation", *measurement_key(one, (number - 1, False)))
            yield from _provenance(record, key, [record.ref("Observation", *key)], record.by(one.tester), [old])


def _corrected_check_ins(record: Record) -> Iterator[Element]:
    """A correction of a day replaces all that was told of it before."""
    by_day = sorted(check_ins(record), key=lambda told: told[0].date)
    for (before, before_nth), (one, nth) in pairwise(by_day):
        if nth[0] > 1:
            old = [_ref(part) for part in observations_of(record, before, before_nth)]
            new = [_ref(part) for part in observations_of(record, one, nth)]
            yield from _provenance(record, ["check-in", one.date, nth[0]], new, record.patient, old)
