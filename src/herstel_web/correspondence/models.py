"""Notes of the practice, messages with the person, and files."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.models import Case
from herstel_web.immutable import Immutable

LONGEST_TEXT = 5000


class Note(Immutable):
    """What a member of the practice wrote down, signed; a mistake is corrected by a note that names it.

    ``signed`` is the name under which it was written, which stays when the account is gone. The same ``key`` twice is
    one note.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=LONGEST_TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.CharField(max_length=254)
    written_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="a_note_is_written_once")]
        indexes: ClassVar = [models.Index(fields=["case", "written_at"])]


class Draft(models.Model):
    """What somebody is typing and has not signed or sent yet, kept so that nothing is lost."""

    class Kind(models.TextChoices):
        NOTE = "note"
        MESSAGE = "message"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=LONGEST_TEXT)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "author", "kind"], name="one_draft_of_a_kind"),
        ]


class Message(models.Model):
    """A message between the person and the practice. No e-mail holds its text."""

    class Notice(models.TextChoices):
        NOBODY = "nobody", _("no e-mail: no address is known")
        SIMULATED = "simulated", _("no e-mail: made-up people get none")
        EARLIER = "earlier", _("no e-mail: an earlier message is still unread")
        WAITING = "waiting", _("an e-mail about it is on its way")
        SENT = "sent", _("an e-mail about it was sent")
        FAILED = "failed", _("the e-mail about it could not be sent")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    from_person = models.BooleanField()
    text = models.TextField(max_length=LONGEST_TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.CharField(max_length=254)
    sent_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    notice = models.CharField(max_length=10, choices=Notice, default=Notice.NOBODY)
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="a_message_is_sent_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "sent_at"]),
            models.Index(fields=["case", "from_person"], condition=Q(read_at__isnull=True), name="unread_messages"),
        ]


class File(models.Model):
    """A file that belongs to a case. Its bytes stand in the state folder under a name that says nothing.

    ``kind`` is what the bytes are, whatever the name says. One that was removed keeps its line, without its bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    from_person = models.BooleanField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.CharField(max_length=254)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "uploaded_at"])]
