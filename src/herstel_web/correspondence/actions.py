"""Everything that writes notes, messages and files. Each is one transaction and leaves a line in the trail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.correspondence import storage
from herstel_web.correspondence.models import Draft, File, Message, Note
from herstel_web.correspondence.storage import Stored

MOST_FILES = 50
"""So many files a case may hold."""


class CorrectedMeanwhileError(Exception):
    """Somebody else corrected the same note since it was shown; nothing was written."""


class TooManyFilesError(Exception):
    """The case holds as many files as it may; nothing was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text with its author; the same ``key`` twice is the same text, kept once."""

    text: str
    by: User
    key: UUID = field(default_factory=uuid4)


def _to_trail(case: Case, what: str, by: User, action: Event.Action = Event.Action.WRITE) -> None:
    audit.record(
        action=action, what=what, by=by, practice_id=case.practice_id, person_id=case.person_id, case_id=case.pk
    )


# --- notes -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_note(*, case: Case, written: Written, corrects: Note | None = None) -> Note:
    """Sign a note; its draft is gone. With ``corrects`` it takes the place of an earlier one, which is kept.

    Raises
    ------
    CorrectedMeanwhileError
        When the earlier one no longer stands.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    known: Note | None = Note.objects.filter(case=case, key=written.key).first()
    if known is not None:
        return known
    if corrects is not None and Note.objects.filter(corrects=corrects).exists():
        raise CorrectedMeanwhileError
    by = written.by
    note = Note.objects.create(
        case=case, text=written.text, author=by, signed=by.shown_name, key=written.key, corrects=corrects
    )
    drop_draft(case=case, kind=Draft.Kind.NOTE, by=by)
    _to_trail(case, "note:corrected" if corrects else "note:written", by)
    return note


def save_draft(*, case: Case, kind: Draft.Kind, text: str, by: User) -> None:
    """Keep what somebody is typing; nothing is kept of an empty text."""
    if not text.strip():
        drop_draft(case=case, kind=kind, by=by)
        return
    Draft.objects.update_or_create(case=case, author=by, kind=kind, defaults={"text": text})


def drop_draft(*, case: Case, kind: Draft.Kind, by: User) -> None:
    """What was being typed is signed, sent or no longer wanted."""
    Draft.objects.filter(case=case, author=by, kind=kind).delete()


# --- messages --------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_message(*, case: Case, written: Written, from_person: bool, address: str) -> Message:
    """Put a message in the thread and let the other side know by a neutral e-mail that it is there.

    Parameters
    ----------
    address : str
        Where the other side reads it: the e-mail holds nothing but this.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    known: Message | None = Message.objects.filter(case=case, key=written.key).first()
    if known is not None:
        return known
    notice = _notice(case, from_person=from_person)
    message = Message.objects.create(
        case=case,
        from_person=from_person,
        text=written.text,
        author=written.by,
        signed=case.person.name if from_person else written.by.shown_name,
        key=written.key,
        notice=notice,
    )
    drop_draft(case=case, kind=Draft.Kind.MESSAGE, by=written.by)
    _to_trail(case, "message:sent", written.by)
    if notice == Message.Notice.WAITING:
        from herstel_web.correspondence.tasks import let_know

        transaction.on_commit(lambda: let_know.enqueue(message.pk, address))
    return message


def recipient(case: Case, *, from_person: bool) -> tuple[str, str]:
    """The e-mail address of the other side and the language to write in; no address when there is none."""
    if from_person:
        therapist = case.therapist
        return (therapist.email, therapist.language) if therapist else ("", "")
    person = case.person
    return (person.user.email if person.user else person.email), person.language


def _notice(case: Case, *, from_person: bool) -> Message.Notice:
    if case.person.simulated:
        return Message.Notice.SIMULATED
    if not recipient(case, from_person=from_person)[0]:
        return Message.Notice.NOBODY
    told = (Message.Notice.SENT, Message.Notice.WAITING)
    earlier = Message.objects.filter(case=case, from_person=from_person, read_at=None, notice__in=told)
    return Message.Notice.EARLIER if earlier.exists() else Message.Notice.WAITING


def mark_read(*, case: Case, by_person: bool, by: User) -> None:
    """One side has seen what the other wrote."""
    waiting = Message.objects.filter(case=case, from_person=not by_person, read_at=None)
    waiting.update(read_at=timezone.now(), read_by=by)


# --- files -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came in: a harmless name, what its bytes are, and the bytes."""

    name: str
    kind: str
    chunks: Iterable[bytes]


def add_file(*, case: Case, upload: Upload, from_person: bool, by: User) -> File:
    """Keep a file.

    Raises
    ------
    TooManyFilesError
        When the case is full.
    """
    stored = storage.write(upload.chunks)
    try:
        return _keep_file(case, upload, stored, from_person=from_person, by=by)
    except BaseException:
        storage.remove(stored.stored_as)
        raise


@transaction.atomic
def _keep_file(case: Case, upload: Upload, stored: Stored, *, from_person: bool, by: User) -> File:
    Case.objects.select_for_update().get(pk=case.pk)
    if File.objects.filter(case=case, removed_at=None).count() >= MOST_FILES:
        raise TooManyFilesError
    file = File.objects.create(
        case=case,
        name=upload.name,
        kind=upload.kind,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        stored_as=stored.stored_as,
        from_person=from_person,
        uploaded_by=by,
        signed=case.person.name if from_person else by.shown_name,
    )
    _to_trail(case, "file:added", by)
    return file


@transaction.atomic
def remove_file(*, file: File, because: str, by: User) -> None:
    """Take the bytes of a file away, such as one of somebody else; that it was there stays on record."""
    file.removed_at, file.removed_by, file.removed_because = timezone.now(), by, because
    file.save(update_fields=["removed_at", "removed_by", "removed_because"])
    _to_trail(file.case, "file:removed", by, Event.Action.ERASE)
    stored_as = file.stored_as
    transaction.on_commit(lambda: storage.remove(stored_as))
