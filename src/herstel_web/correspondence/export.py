"""What a person takes along of what was written around their cases. Drafts are nobody's yet and stay out of it."""

from collections.abc import Mapping

from django.db.models import Model

from herstel_web.correspondence import storage
from herstel_web.correspondence.models import Draft, File, Message, Note
from herstel_web.people.export import as_json, rows
from herstel_web.people.models import Person

MODELS: list[type[Model]] = [Note, Message, File, Draft]


def correspondence(person: Person) -> Mapping[str, bytes]:
    """Notes, messages, and files with their bytes; of drafts only the person's own."""
    files = File.objects.filter(case__person=person).order_by("uploaded_at")
    own_drafts = Draft.objects.filter(case__person=person, author=person.user) if person.user else Draft.objects.none()
    told = {
        "notes.json": as_json(rows(Note.objects.filter(case__person=person).order_by("pk"))),
        "messages.json": as_json(rows(Message.objects.filter(case__person=person).order_by("pk"))),
        "drafts.json": as_json(rows(own_drafts)),
        "files.json": as_json(rows(files, without=("stored_as",))),
    }
    for file in files.filter(removed_at=None):
        kept = storage.read(file.stored_as)
        if kept is not None:
            told[f"files/{str(file.pk)[:8]}-{file.name}"] = kept
    return told
