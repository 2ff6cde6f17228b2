"""A practice, its places and its members."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Practice(models.Model):
    """A physiotherapy practice that uses this installation. ``simulated`` marks one made up to show how it works."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"practice {self.pk}"


class Location(models.Model):
    """A place where the practice sees people."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; the rights of each are in ``practice/rights.py``."""

    OWNER = "owner", _("Owner")
    THERAPIST = "therapist", _("Therapist")
    ASSISTANT = "assistant", _("Assistant")
    READ_ONLY = "read_only", _("Read only")


class Membership(models.Model):
    """A user who works at a practice; ended ones stay, so that what they did still has a name."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "user"], condition=Q(ended_at__isnull=True), name="one_role_per_member"
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Invitation(models.Model):
    """Somebody asked by e-mail to work at a practice. Only a hash of the link is kept; it works once, for a week."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    token_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    good_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class TextTemplate(models.Model):
    """A text that a practice uses often, to begin a letter or a message with."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Letter")
        MESSAGE = "message", _("Message")
        NOTE = "note", _("Note")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="text_templates")
    kind = models.CharField(_("used for"), max_length=10, choices=Kind)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        ordering: ClassVar = ["kind", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "kind", "language", "title"], name="one_text_of_a_title")
        ]

    def __str__(self) -> str:
        return self.title
