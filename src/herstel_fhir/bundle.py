"""Everything about one person in one Bundle."""

from collections.abc import Iterator

from herstel_fhir.check_ins import told_day_by_day
from herstel_fhir.elements import Element
from herstel_fhir.judgements import conditions, flags, impressions
from herstel_fhir.letters import letter
from herstel_fhir.observations import agreed, measured, told_at_the_start
from herstel_fhir.people import people
from herstel_fhir.plans import care_plan, goal
from herstel_fhir.provenance import provenances
from herstel_fhir.questions import questionnaire, responses
from herstel_fhir.record import Record
from herstel_fhir.risks import risks


def export_bundle(record: Record) -> Element:
    """Everything about one person as a FHIR R4 Bundle of type ``collection``.

    Parameters
    ----------
    record : Record

    Returns
    -------
    dict
        Ready for JSON. Every reference is to an entry of the bundle; the same record always gives the same bundle, and
        the same fact the same id.
    """
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources(record)]
    return record.resource("Bundle", ["everything"], type="collection", timestamp=record.instant, entry=entries)


def resources(record: Record) -> list[Element]:
    """Who it is about, what was told and measured, what follows from it, the plan, letters, and who recorded what."""
    found = list(_resources(record))
    return [*found, *provenances(record, found)]


def _resources(record: Record) -> Iterator[Element]:
    yield from people(record)
    yield questionnaire(record)
    at_the_start = [*responses(record), *told_at_the_start(record)]
    yield from at_the_start
    yield from measured(record)
    yield from told_day_by_day(record)
    yield from agreed(record)
    yield from conditions(record)
    foreseen = list(risks(record))
    yield from impressions(record, at_the_start, foreseen)
    yield from foreseen
    yield from flags(record)
    yield goal(record)
    yield care_plan(record)
    for one in record.letters:
        yield from letter(record, one)
