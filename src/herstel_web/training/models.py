"""What daily training keeps beside the facts of a case."""

import uuid

from django.db import models

from herstel_web.cases.models import Case


class CalendarFeed(models.Model):
    """A person follows the plan in a calendar program. The address holds the id, signed; it stops with the row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="calendar_feed")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"calendar feed of case {self.case_id}"
