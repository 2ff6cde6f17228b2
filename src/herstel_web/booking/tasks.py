"""E-mails about appointments, sent by the worker. None is sent about how it stood before the last change."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from herstel_web.booking.models import Appointment, SlotOffer


@task()
def send_about_appointment(appointment_id: str, what: str, sequence: int) -> None:
    """Tell who comes what became of an appointment, unless it changed again meanwhile: that has its own e-mail."""
    from herstel_web.booking import mails

    found = Appointment.objects.select_related("practice", "location", "person").filter(pk=appointment_id).first()
    if found is not None and found.sequence == sequence:
        mails.send_about(found, what)


@task()
def send_offer(offer_id: str) -> None:
    """Tell somebody of the waiting list that a time is held for them."""
    from herstel_web.booking import mails

    offer = SlotOffer.objects.select_related("entry__person", "entry__practice").filter(pk=offer_id).first()
    if offer is not None and offer.state == SlotOffer.State.OPEN:
        mails.send_offer(offer)


@task()
def send_freed(to: str, language: str, start: str) -> None:
    """Tell a practitioner that a person who erased their record does not come."""
    from herstel_web.booking import mails

    mails.send_freed(to, language, datetime.fromisoformat(start))


@task()
def offer_freed() -> None:
    """Offer what became free to the waiting list."""
    from herstel_web.booking.waiting import offer_freed_slots

    offer_freed_slots(timezone.now())


def tell(appointment: Appointment, what: str) -> None:
    """Put an e-mail in the queue, within the transaction that changed the appointment: both are kept or neither."""
    if address_of(appointment):
        send_about_appointment.enqueue(str(appointment.pk), what, appointment.sequence)


def address_of(appointment: Appointment) -> str:
    """Where e-mail about an appointment goes: nowhere when the practice is made up."""
    if appointment.practice.simulated:
        return ""
    return appointment.person.email if appointment.person else appointment.email


def offer_soon() -> None:
    """Look at the waiting list as soon as this change is kept."""
    transaction.on_commit(offer_freed.enqueue)
