"""What a practice settles about its agenda: working hours, absences, kinds of appointment, rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.booking.availability import rules_of
from herstel_web.booking.models import Absence, Appointment, AppointmentKind, WorkingHours
from herstel_web.booking.times import Span
from herstel_web.practice.models import Location, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Working hours on some days of the week."""

    weekdays: tuple[int, ...]
    begins: time
    ends: time
    location: Location | None
    valid_from: date
    valid_until: date | None


@transaction.atomic
def add_hours(*, practice: Practice, practitioner: User, hours: Hours, by: User) -> None:
    """Add the same hours on each of these days."""
    for weekday in hours.weekdays:
        WorkingHours.objects.create(
            practice=practice,
            practitioner=practitioner,
            location=hours.location,
            weekday=weekday,
            begins=hours.begins,
            ends=hours.ends,
            valid_from=hours.valid_from,
            valid_until=hours.valid_until,
        )
    _to_trail(practice, "agenda:hours", by)


@transaction.atomic
def end_hours(*, hours: WorkingHours, today: date, by: User) -> None:
    """From today on these hours no longer hold; what was booked in them stays."""
    if hours.valid_from >= today:
        hours.delete()
    else:
        hours.valid_until = today - timedelta(days=1)
        hours.save(update_fields=["valid_until"])
    _to_trail(hours.practice, "agenda:hours", by)


@transaction.atomic
def block(*, practice: Practice, practitioner: User | None, span: Span, label: str, by: User) -> list[Appointment]:
    """Let nobody book a practitioner, or the whole practice, for a while; gives the appointments that fall in it."""
    Absence.objects.create(practice=practice, practitioner=practitioner, begins=span.begin, ends=span.end, label=label)
    _to_trail(practice, "agenda:blocked", by)
    fall_in = Appointment.objects.filter(
        practice=practice, status=Appointment.Status.BOOKED, start__lt=span.end, end__gt=span.begin
    )
    return list(fall_in.filter(practitioner=practitioner) if practitioner else fall_in)


@transaction.atomic
def unblock(*, absence: Absence, by: User) -> None:
    """The time can be booked again."""
    absence.delete()
    _to_trail(absence.practice, "agenda:unblocked", by)


@transaction.atomic
def save_kind(*, practice: Practice, kind: AppointmentKind, by: User) -> None:
    """Add or change a kind; appointments that were made keep the length they had."""
    kind.practice = practice
    kind.save()
    _to_trail(practice, "agenda:kinds", by)


@transaction.atomic
def retire_kind(*, kind: AppointmentKind, now: datetime, by: User) -> None:
    """Nobody books this kind any more; what was made stays."""
    AppointmentKind.objects.filter(pk=kind.pk, retired_at=None).update(retired_at=now)
    _to_trail(kind.practice, "agenda:kinds", by)


USUAL: tuple[Mapping[str, Any], ...] = (
    {"name_nl": "Eerste afspraak", "name_en": "First visit", "minutes": 45, "open_to": "new"},
    {"name_nl": "Behandeling", "name_en": "Treatment", "minutes": 30, "open_to": "known"},
    {"name_nl": "Bellen", "name_en": "Phone call", "minutes": 10, "open_to": "known"},
)
"""What most practices begin with."""


@transaction.atomic
def add_usual_kinds(*, practice: Practice, by: User) -> None:
    """Give a practice without kinds the ones that most have; it changes them as it likes."""
    if not AppointmentKind.objects.filter(practice=practice, retired_at=None).exists():
        AppointmentKind.objects.bulk_create(AppointmentKind(practice=practice, **one) for one in USUAL)
        _to_trail(practice, "agenda:kinds", by)


@transaction.atomic
def save_rules(*, practice: Practice, fields: Mapping[str, int], by: User) -> None:
    """How people book at this practice."""
    rules = rules_of(practice)
    for name, value in fields.items():
        setattr(rules, name, value)
    rules.save()
    _to_trail(practice, "agenda:rules", by)


@transaction.atomic
def add_place(*, practice: Practice, name: str, address: str, by: User) -> Location:
    """Another place where the practice sees people."""
    place = Location.objects.create(practice=practice, name=name, address=address)
    _to_trail(practice, "agenda:places", by)
    return place


@transaction.atomic
def close_place(*, place: Location, today: date, by: User) -> None:
    """Nobody is seen there any more; hours there stay, without a place to choose."""
    place.closed_on = today
    place.save(update_fields=["closed_on"])
    _to_trail(place.practice, "agenda:places", by)


def hours_of(practice: Practice, practitioner: User, today: date) -> "QuerySet[WorkingHours]":
    """The hours that hold, or will."""
    found = WorkingHours.objects.filter(practice=practice, practitioner=practitioner).select_related("location")
    return found.filter(Q(valid_until=None) | Q(valid_until__gte=today)).order_by("weekday", "begins", "valid_from")


def absences_of(practice: Practice, practitioner: User, now: datetime) -> Iterable[Absence]:
    """What is blocked from now on, of this practitioner and of the whole practice."""
    found = Absence.objects.filter(practice=practice, ends__gt=now)
    return found.filter(Q(practitioner=practitioner) | Q(practitioner=None)).order_by("begins")


def _to_trail(practice: Practice, what: str, by: User) -> None:
    audit.record(action=Event.Action.MANAGE, what=what, by=by, practice_id=practice.pk)
