"""Appointments as a calendar that phones and mail programs read (RFC 5545).

Such a calendar is copied to machines of others, so an event says "appointment", when, and where; never who, what for or
at which practice.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from icalendar import Calendar, Event

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event as Trail
from herstel_web.booking.availability import zone
from herstel_web.booking.models import Appointment, CalendarFeed
from herstel_web.mail import link

PRODUCT = "-//Herstel//appointments//"
PAST = timedelta(days=31)
"""How long past and cancelled appointments stay in the feed: calendars must be told that one is cancelled."""
MOST_EVENTS = 500
Whose = CalendarFeed.Whose


@transaction.atomic
def new_address(*, user: User, whose: CalendarFeed.Whose, now: datetime) -> str:
    """A new secret address; the one before stops working. It can be shown only now, for only a hash is kept."""
    end_address(user=user, whose=whose, now=now)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, whose=whose, token_sha256=_hash(token))
    audit.record(action=Trail.Action.MANAGE, what="calendar:address_made", by=user)
    return link(reverse("calendar_feed", args=[token]))


@transaction.atomic
def end_address(*, user: User, whose: CalendarFeed.Whose, now: datetime) -> None:
    """Let the address stop working."""
    if CalendarFeed.objects.filter(user=user, whose=whose, ended_at=None).update(ended_at=now):
        audit.record(action=Trail.Action.MANAGE, what="calendar:address_ended", by=user)


def feed_of(token: str) -> CalendarFeed | None:
    """The feed of a secret address that still works."""
    feeds = CalendarFeed.objects.filter(token_sha256=_hash(token), ended_at=None, user__is_active=True)
    return feeds.select_related("user").first()


def appointments_of(feed: CalendarFeed, now: datetime) -> "QuerySet[Appointment]":
    """What a feed shows: from a month ago on. A practitioner's only of practices where they work now."""
    found = Appointment.objects.filter(start__gte=now - PAST).select_related("location").order_by("start")
    if feed.whose == Whose.PERSON:
        return found.filter(person__user=feed.user)[:MOST_EVENTS]
    at = feed.user.memberships.filter(ended_at=None).values("practice")
    return found.filter(practitioner=feed.user, practice__in=at)[:MOST_EVENTS]


def as_calendar(appointments: Iterable[Appointment], language: str, *, own: bool = True) -> bytes:
    """Appointments as an iCalendar file; ``own`` leads to the person's page, else to that of the practice."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    with override(language):
        calendar.add("x-wr-calname", gettext("Appointments"))
        for one in appointments:
            calendar.add_component(_event(one, own=own))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, *, own: bool) -> Event:
    event = Event()
    event.add("uid", f"{appointment.pk}@herstel")
    event.add("summary", gettext("Appointment"))
    event.add("dtstart", appointment.start.astimezone(zone()))
    event.add("dtend", appointment.end.astimezone(zone()))
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("sequence", appointment.sequence)
    event.add("status", "CONFIRMED" if appointment.stands else "CANCELLED")
    event.add("transp", "OPAQUE" if appointment.stands else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("url", link(reverse("appointment" if own else "agenda_appointment", args=[appointment.pk])))
    if appointment.location is not None and appointment.location.address:
        event.add("location", appointment.location.address)
    return event


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
