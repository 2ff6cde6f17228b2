"""One row for everything that was looked at or changed; nothing of what it said."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from herstel_web.immutable import Immutable


class Event(Immutable):
    """Somebody did something to a record.

    Persons and cases are named by their id only, so that the trail outlives the erasing of a record without keeping
    anything of it.
    """

    class Action(models.TextChoices):
        READ = "read"
        WRITE = "write"
        EXPORT = "export"
        ERASE = "erase"
        SIGN_IN = "sign_in"
        REFUSED = "refused"
        MANAGE = "manage"

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=10, choices=Action)
    what = models.CharField(max_length=60)
    """Name of the page or of what was written, such as "cases:case" or "fact:check_ins"."""
    practice_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person_id", "-at"]),
            models.Index(fields=["practice_id", "-at"]),
        ]
