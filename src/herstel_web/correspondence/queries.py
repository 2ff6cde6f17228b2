"""Everything that reads notes, messages and files."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.correspondence.models import Draft, File, Message, Note

NOTES_A_PAGE, MESSAGES_A_PAGE = 20, 30


def notes(case: Case, page: object = 1) -> "Page[Note]":
    """The notes that stand, newest first, each with the one it corrects."""
    found = Note.objects.filter(case=case, corrected_by=None).select_related("corrects").order_by("-written_at", "-pk")
    return Paginator(found, NOTES_A_PAGE).get_page(page)  # type: ignore[arg-type]


def note(case: Case, pk: int) -> Note | None:
    """A note that stands."""
    return Note.objects.filter(case=case, corrected_by=None, pk=pk).first()


def draft(case: Case, author: User, kind: Draft.Kind) -> str:
    """What this author was typing; "" for nothing."""
    kept = Draft.objects.filter(case=case, author=author, kind=kind).values_list("text", flat=True).first()
    return kept or ""


def messages(case: Case, page: object = 1) -> "Page[Message]":
    """Messages, newest first."""
    return Paginator(Message.objects.filter(case=case).order_by("-sent_at", "-pk"), MESSAGES_A_PAGE).get_page(page)  # type: ignore[arg-type]


def unread_by_user(user: User) -> int:
    """How many messages wait for somebody, in all their cases; 0 for a visitor."""
    if not user.is_authenticated:
        return 0
    return Message.objects.filter(case__person__user=user, from_person=False, read_at=None).count()


def unread_by_practice(case: Case) -> int:
    """How many messages of the person nobody of the practice has read."""
    return Message.objects.filter(case=case, from_person=True, read_at=None).count()


def files(case: Case) -> "QuerySet[File]":
    """Files, newest first; removed ones as well, without their bytes."""
    return File.objects.filter(case=case).order_by("-uploaded_at", "pk")


def file(case: Case, pk: UUID) -> File | None:
    """A file of this case that is still there."""
    return File.objects.filter(case=case, pk=pk, removed_at=None).first()
