"""What is kept of a person's appointments, to take along."""

from django.db.models import Model

from herstel_web.booking.models import Appointment, AppointmentChange, SlotOffer, WaitingListEntry
from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person

MODELS: tuple[type[Model], ...] = (Appointment, WaitingListEntry)


def appointments(person: Person) -> Files:
    """The appointments with what was changed about them, and what the person waits or waited for."""
    changes = AppointmentChange.objects.filter(appointment__person=person)
    offers = SlotOffer.objects.filter(entry__person=person)
    return {
        "appointments.json": as_json(
            rows(Appointment.objects.filter(person=person).order_by("start"), without=("key",))
        ),
        "appointment-changes.json": as_json(rows(changes.order_by("at"))),
        "waiting-list.json": as_json(
            rows(WaitingListEntry.objects.filter(person=person).order_by("pk")) + rows(offers.order_by("made_at"))
        ),
    }
