"""What a person takes along of how the record became theirs."""

from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person
from herstel_web.sharing.models import RecordInvitation

MODELS = (RecordInvitation,)


def invitations(person: Person) -> Files:
    """The invitations to this record, without what their links were made of."""
    found = RecordInvitation.objects.filter(person=person).order_by("pk")
    return {"invitations.json": as_json(rows(found, without=("token_sha256",)))}
