"""When somebody erases their record, their appointments go with it; the practitioner is told the time is free."""

from django.db.models.signals import pre_delete
from django.utils import timezone

from herstel_web.booking import tasks
from herstel_web.booking.models import Appointment
from herstel_web.people.models import Person


def connect() -> None:
    pre_delete.connect(_tell_practitioners, sender=Person, dispatch_uid="booking.on_erase")


def _tell_practitioners(instance: Person, **_: object) -> None:
    ahead = Appointment.objects.filter(
        person=instance,
        status=Appointment.Status.BOOKED,
        start__gt=timezone.now(),
        practitioner__isnull=False,
        practice__simulated=False,
    )
    for one in ahead.select_related("practitioner"):
        if one.practitioner is not None:
            tasks.send_freed.enqueue(one.practitioner.email, one.practitioner.language, one.start.isoformat())
    tasks.offer_soon()
