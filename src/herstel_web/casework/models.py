"""What a practice decides about a case beside the facts: the own judgement, and closing it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.models import Case
from herstel_web.immutable import Immutable


class Override(models.Model):
    """A therapist judges otherwise than Herstel, with the reason. Herstel's own view is never changed by it.

    ``engine`` is what Herstel said at that moment. One that no longer stands keeps the time at which it ended.
    """

    class Subject(models.TextChoices):
        CONDITION = "condition", _("What it is")
        GRADE = "grade", _("How bad")
        URGENCY = "urgency", _("How soon and to whom")
        IMAGING = "imaging", _("X-ray, ultrasound or MRI")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="overrides")
    subject = models.CharField(max_length=10, choices=Subject)
    engine = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    reason = models.CharField(max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "subject"], condition=Q(ended_at__isnull=True), name="one_override_of_a_subject"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["case", "made_at"])]


class LookedAt(Immutable):
    """A member looked at a reason on the work list: it stays away for a while, or until it begins anew.

    ``since`` is the day since which the reason held; a later one is a new reason.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    since = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "reason", "since"])]


class Closure(Immutable):
    """A case was closed or opened again, and why."""

    class Reason(models.TextChoices):
        RECOVERED = "recovered", _("Recovered")
        REFERRED = "referred", _("Referred to somebody else")
        STOPPED = "stopped", _("The person stopped")
        MISTAKE = "mistake", _("Opened by mistake or twice")
        OTHER = "other", _("Another reason")
        REOPENED = "reopened", _("Opened again")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=10, choices=Reason)
    note = models.CharField(max_length=1000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "made_at"])]
