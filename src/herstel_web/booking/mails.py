"""What e-mails about appointments say: when, where, and how to change it. Nothing about health."""

from datetime import datetime

from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from herstel_web.booking.models import Appointment, SlotOffer
from herstel_web.booking.tasks import address_of
from herstel_web.mail import link

DEFAULT_LANGUAGE = "nl"
FIRST_LINES: dict[str, str | Promise] = {
    "booked": gettext_lazy("You have an appointment at {practice}."),
    "moved": gettext_lazy("Your appointment at {practice} has another time now."),
    "cancelled": gettext_lazy("Your appointment at {practice} is cancelled."),
    "reminder": gettext_lazy("We remind you of your appointment at {practice}."),
}
SUBJECTS: dict[str, str | Promise] = {
    "booked": gettext_lazy("Your appointment on {when}"),
    "moved": gettext_lazy("Your appointment was moved to {when}"),
    "cancelled": gettext_lazy("Your appointment on {when} is cancelled"),
    "reminder": gettext_lazy("Reminder: your appointment on {when}"),
}


def send_about(appointment: Appointment, what: str) -> None:
    """Tell who comes what became of an appointment."""
    person = appointment.person
    with override(person.language if person else DEFAULT_LANGUAGE):
        when = in_words(appointment.start)
        lines = [str(FIRST_LINES[what]).format(practice=appointment.practice.name), when]
        lines += [line for line in (_place(appointment), _how_to_change(appointment, what)) if line]
        _send(str(SUBJECTS[what]).format(when=when), lines, address_of(appointment))


def send_offer(offer: SlotOffer) -> None:
    """Tell somebody of the waiting list that a time is held for them, and until when."""
    entry = offer.entry
    with override(entry.person.language):
        when, until = in_words(offer.start), in_words(offer.expires_at)
        lines = [
            gettext("A time became free at {practice}: {when}.").format(practice=entry.practice.name, when=when),
            gettext("It is held for you until {until}.").format(until=until),
            gettext("Book it, or say that it does not suit you: {address}").format(
                address=link(reverse("appointment_offer", args=[offer.pk]))
            ),
        ]
        _send(gettext("A time became free: {when}").format(when=when), lines, entry.person.email)


def send_freed(to: str, language: str, start: datetime) -> None:
    """Tell a practitioner that an appointment is gone with the record of the person: a time and nothing else."""
    with override(language):
        when = in_words(start)
        line = gettext("The appointment on {when} is gone: the person erased their record. The time is free again.")
        _send(gettext("Gone: the appointment on {when}").format(when=when), [line.format(when=when)], to)


def in_words(at: datetime) -> str:
    """A day and a time on the clock, in the language that is set."""
    there = timezone.localtime(at, timezone.get_default_timezone())
    day, clock = date_format(there, "l j F"), date_format(there, "H:i")
    return gettext("{day} at {time}").format(day=day, time=clock)


def _place(appointment: Appointment) -> str:
    place = appointment.location
    return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def _how_to_change(appointment: Appointment, what: str) -> str:
    phone = appointment.practice.phone
    if what == "cancelled":
        return gettext("Do you want another appointment? Call {phone}.").format(phone=phone) if phone else ""
    if appointment.person is not None and appointment.person.user_id is not None:
        address = link(reverse("appointment", args=[appointment.pk]))
        return gettext("See, move or cancel it: {address}").format(address=address)
    return gettext("Can you not come? Call {phone}.").format(phone=phone) if phone else ""


def _send(subject: str, lines: list[str], to: str) -> None:
    if to:
        send_mail(subject, "\n\n".join(lines) + "\n", None, [to])
