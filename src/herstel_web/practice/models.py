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
