"""What the timeline of a case tells of notes, messages and files."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from herstel_web.casework.timeline import Entry, Stretch, tells
from herstel_web.correspondence.models import File, Message, Note

LONGEST = 280


def shortened(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


@tells("notes", gettext_lazy("Notes"))
def notes(stretch: Stretch) -> Iterator[Entry]:
    """The notes that stand."""
    url = reverse("case_notes", args=[stretch.case.pk])
    for one in Note.objects.filter(case=stretch.case, written_at__range=stretch.between, corrected_by=None):
        title = gettext("Note, corrected") if one.corrects_id else gettext("Note")
        yield Entry(
            day=timezone.localdate(one.written_at),
            at=one.written_at,
            title=title,
            lines=(shortened(one.text),),
            who=one.signed,
            url=url,
        )


@tells("messages", gettext_lazy("Messages"))
def messages(stretch: Stretch) -> Iterator[Entry]:
    """What was written to and fro."""
    url = reverse("case_messages", args=[stretch.case.pk])
    for one in Message.objects.filter(case=stretch.case, sent_at__range=stretch.between):
        title = gettext("Message from the person") if one.from_person else gettext("Message to the person")
        yield Entry(
            day=timezone.localdate(one.sent_at),
            at=one.sent_at,
            title=title,
            lines=(shortened(one.text),),
            who=one.signed,
            url=url,
        )


@tells("files", gettext_lazy("Files"))
def files(stretch: Stretch) -> Iterator[Entry]:
    """Files that came in."""
    url = reverse("case_messages", args=[stretch.case.pk])
    for one in File.objects.filter(case=stretch.case, uploaded_at__range=stretch.between):
        lines = (one.name,) if one.removed_at is None else (gettext("removed: {why}").format(why=one.removed_because),)
        yield Entry(
            day=timezone.localdate(one.uploaded_at),
            at=one.uploaded_at,
            title=gettext("File"),
            lines=lines,
            who=one.signed,
            url=url,
        )
