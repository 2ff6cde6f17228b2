"""Who it is about, who treats, where, and the software that drew the conclusions."""

from collections.abc import Iterator

from herstel import __version__
from herstel.complaint.model import Sex
from herstel_fhir.codes import BASE, BCP_47
from herstel_fhir.elements import Element, note
from herstel_fhir.record import Record

_GENDERS: dict[Sex, str] = {"female": "female", "male": "male", "other": "other"}


def people(record: Record) -> Iterator[Element]:
    """Patient, and if known Practitioner and Organization; Herstel itself as a Device."""
    yield _patient(record)
    if record.clinician is not None:
        yield record.resource(
            "Practitioner",
            [record.clinician.id],
            identifier=[_identifier("clinician", record.clinician.id)],
            name=_name(record.clinician.name),
        )
    if record.practice is not None:
        yield record.resource(
            "Organization",
            [record.practice.id],
            identifier=[_identifier("practice", record.practice.id)],
            name=record.practice.name,
        )
    yield _herstel(record)


def _patient(record: Record) -> Element:
    subject, practice = record.subject, record.practice
    sex = subject.sex or record.assessment.complaint.sex
    return record.resource(
        "Patient",
        [subject.id],
        identifier=[_identifier("subject", subject.id)],
        name=_name(subject.name),
        gender=_GENDERS[sex] if sex else None,
        birthDate=subject.birth_date.isoformat() if subject.birth_date else None,
        communication=[
            {"language": {"coding": [{"system": BCP_47, "code": subject.language}]}, "preferred": True},
        ],
        managingOrganization=record.ref("Organization", practice.id) if practice else None,
    )


def _name(name: str) -> list[Element]:
    return [{"text": name}] if name else []


def _identifier(kind: str, value: str) -> Element:
    return {"system": f"{BASE}/NamingSystem/{kind}", "value": value}


def _herstel(record: Record) -> Element:
    """The software with its version and that of its knowledge, so that every conclusion can be made again."""
    version = record.knowledge.version
    return record.resource(
        "Device",
        [version.version],
        status="active",
        deviceName=[{"name": "Herstel", "type": "user-friendly-name"}],
        version=[
            {"type": {"text": "software"}, "value": __version__},
            {"type": {"text": "knowledge"}, "value": version.version},
        ],
        note=[note(version.review_text[record.language])],
    )
