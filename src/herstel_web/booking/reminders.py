"""Reminds who comes, once, a day before."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from herstel_web.booking.models import Appointment
from herstel_web.booking.tasks import tell

BEFORE = timedelta(hours=24)


def send_due_reminders(now: datetime) -> int:
    """Put the reminders that are due in the queue; how many. Doing it twice sends nothing twice.

    Who booked or moved within the last day before the appointment was told then, and gets no reminder.
    """
    due = Appointment.objects.filter(
        status=Appointment.Status.BOOKED,
        reminded_at=None,
        start__gt=now,
        start__lte=now + BEFORE,
        changed_at__lt=F("start") - BEFORE,
    )
    return sum(_remind(one, now) for one in due.order_by("start").values_list("pk", flat=True))


@transaction.atomic
def _remind(appointment_id: UUID, now: datetime) -> int:
    """Claim the reminder and queue it, or neither; 0 when another worker was first."""
    ours = Appointment.objects.filter(pk=appointment_id, reminded_at=None, status=Appointment.Status.BOOKED)
    if not ours.update(reminded_at=now):
        return 0
    tell(Appointment.objects.select_related("person", "practice").get(pk=appointment_id), "reminder")
    return 1


def remind() -> None:
    """The chore of the worker."""
    send_due_reminders(timezone.now())
