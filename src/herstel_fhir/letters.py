"""A letter as it was sent: a DocumentReference, and the PDF itself as a Binary."""

from base64 import b64encode
from hashlib import sha1

from herstel_fhir.elements import Element
from herstel_fhir.record import Letter, Record

PDF = "application/pdf"


def letter(record: Record, one: Letter) -> tuple[Element, Element]:
    """The DocumentReference and the Binary of one letter.

    Parameters
    ----------
    record : Record
    one : Letter
        With its title, date, language and the bytes of its PDF.
    """
    document = record.ref("DocumentReference", one.id)
    attachment = {
        "contentType": PDF,
        "language": one.language,
        "url": record.urn("Binary", one.id),
        "size": len(one.pdf),
        "hash": _base64(sha1(one.pdf, usedforsecurity=False).digest()),  # FHIR R4 asks for SHA-1
        "title": one.title,
        "creation": one.date.isoformat(),
    }
    reference = record.resource(
        "DocumentReference",
        [one.id],
        status="current",
        subject=record.patient,
        author=[record.by("therapist")],
        custodian=record.ref("Organization", record.practice.id) if record.practice else None,
        description=one.title,
        content=[{"attachment": attachment}],
    )
    binary = record.resource("Binary", [one.id], contentType=PDF, securityContext=document, data=_base64(one.pdf))
    return reference, binary


def _base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")
