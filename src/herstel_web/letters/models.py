"""A letter and its versions. A version is written once; a signed one holds the PDF as it went out."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.models import Case
from herstel_web.immutable import Immutable


class Letter(models.Model):
    """A letter about one case, in one language; what it says stands in its versions.

    ``pictures`` are drawn once, when the letter is composed, so that every version shows the same.
    """

    class Kind(models.TextChoices):
        GP_REFERRAL = "gp_referral", _("Letter to the GP")
        SPECIALIST_REFERRAL = "specialist_referral", _("Referral to a specialist")
        PROGRESS = "progress", _("Progress report")
        DISCHARGE = "discharge", _("Discharge letter")

    class Way(models.TextChoices):
        PRINTED = "printed", _("printed and given along")
        SECURE_MAIL = "secure_mail", _("secure mail")
        POST = "post", _("post")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))])
    pictures = models.JSONField(default=list)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by_way = models.CharField(max_length=12, choices=Way, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """A draft that was thrown away; it can be brought back."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-begun_at"])]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class LetterVersion(Immutable):
    """What a letter said at one moment. Two therapists who save the same version collide on ``number``."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    draft = models.JSONField()
    """A ``LetterDraft`` (``herstel_letters.model``)."""
    addressee = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.BooleanField(default=False)
    pdf = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "number"], name="one_letter_version")]
        ordering: ClassVar = ["number"]
