"""When practitioners can be booked, worked out from working hours, absences and what is occupied."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking.models import Absence, Appointment, AppointmentKind, BookingRules, OccupiedSlot, WorkingHours
from herstel_web.booking.times import DAY, Span, begins_in, joined, whole_step, without
from herstel_web.practice.models import Membership, Practice
from herstel_web.practice.rights import RIGHTS, Right

TREATING_ROLES = tuple(role for role, rights in RIGHTS.items() if Right.WRITE_RECORDS in rights)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """Somebody can be booked from this moment; the location is that of their working hours."""

    start: datetime
    practitioner_id: int
    location_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: a kind of appointment with one of some practitioners, on one of some days.

    ``ignoring`` is the appointment that is being moved: its own time counts as free.
    """

    practice: Practice
    kind: AppointmentKind
    practitioners: tuple[int, ...]
    first: date
    last: date
    location_id: int | None = None
    ignoring: Appointment | None = None


def zone() -> ZoneInfo:
    """Where the clock of this installation hangs."""
    return timezone.get_default_timezone()


def rules_of(practice: Practice) -> BookingRules:
    """How a practice lets people book, by default or as it chose."""
    return BookingRules.objects.filter(practice=practice).first() or BookingRules(practice=practice)


def practitioners(practice: Practice) -> list[User]:
    """Who treats people at a practice now, by name."""
    at = Membership.objects.filter(practice=practice, ended_at=None, role__in=TREATING_ROLES)
    return sorted(User.objects.filter(pk__in=at.values("user")), key=lambda one: one.shown_name.casefold())


def bookable_practitioners(practice: Practice, today: date) -> list[User]:
    """Who of them has working hours, now or from a later day."""
    hours = WorkingHours.objects.filter(practice=practice).filter(Q(valid_until=None) | Q(valid_until__gte=today))
    ids = set(hours.values_list("practitioner_id", flat=True))
    return [one for one in practitioners(practice) if one.pk in ids]


def online_window(practice: Practice, now: datetime) -> tuple[datetime, date]:
    """From which moment and up to which day people book online."""
    rules = rules_of(practice)
    last = now.astimezone(zone()).date() + timedelta(weeks=rules.weeks_ahead)
    return now + timedelta(hours=rules.notice_hours), last


def free_slots(search: Search, not_before: datetime) -> list[Slot]:
    """The free slots by time; of one time first who has least to do in these days."""
    return _found(search, lambda free: begins_in(free, search.kind.occupies, not_before))


def free_online(search: Search, now: datetime) -> list[Slot]:
    """The free slots that people are offered online."""
    not_before, last = online_window(search.practice, now)
    if search.first > last:
        return []
    return free_slots(replace(search, last=min(search.last, last)), not_before)


def free_at(search: Search, at: datetime, now: datetime) -> list[Slot]:
    """Who can be booked online at a moment: also one that was offered before something next to it was booked."""
    not_before, last = online_window(search.practice, now)
    day = at.astimezone(zone()).date()
    if at < not_before or day > last or whole_step(at) != at:
        return []
    end = at + search.kind.occupies
    return _found(
        replace(search, first=day, last=day), lambda free: [at] if free.begin <= at and end <= free.end else []
    )


def _found(search: Search, begins: Callable[[Span], Iterable[datetime]]) -> list[Slot]:
    span = Span.of_days(search.first, search.last, zone())
    busy = _occupied(search, span)
    away = _absences(search, span)
    found = {
        Slot(start=start, practitioner_id=who, location_id=place)
        for who, place, spans in _working(search)
        for free in without(spans, [*away[None], *away[who], *joined(busy[who])])
        for start in begins(free)
    }
    return sorted(found, key=lambda one: (one.start, len(busy[one.practitioner_id]), one.practitioner_id))


def _working(search: Search) -> Iterator[tuple[int, int | None, list[Span]]]:
    hours = WorkingHours.objects.filter(practice=search.practice, practitioner__in=search.practitioners)
    hours = hours.filter(valid_from__lte=search.last).filter(Q(valid_until=None) | Q(valid_until__gte=search.first))
    if search.location_id is not None:
        hours = hours.filter(location=search.location_id)
    for (who, place), of_one in _grouped(hours).items():
        yield who, place, [span for one in of_one for span in spans_of(one, search.first, search.last)]


def _grouped(hours: Iterable[WorkingHours]) -> Mapping[tuple[int, int | None], list[WorkingHours]]:
    found: dict[tuple[int, int | None], list[WorkingHours]] = defaultdict(list)
    for one in hours:
        found[one.practitioner_id, one.location_id].append(one)
    return found


def spans_of(hours: WorkingHours, first: date, last: date) -> Iterator[Span]:
    """The working hours as spans on the days they fall on."""
    begin = max(first, hours.valid_from)
    end = min(last, hours.valid_until) if hours.valid_until else last
    day = begin + timedelta(days=(hours.weekday - begin.weekday()) % 7)
    while day <= end:
        yield Span.on(day, hours.begins, hours.ends, zone())
        day += 7 * DAY


def _absences(search: Search, span: Span) -> Mapping[int | None, list[Span]]:
    """Of each practitioner, and under None of the whole practice. Who is away, is away from every practice."""
    found: dict[int | None, list[Span]] = defaultdict(list)
    who = Q(practice=search.practice, practitioner=None) | Q(practitioner__in=search.practitioners)
    for one in Absence.objects.filter(who, begins__lt=span.end, ends__gt=span.begin):
        found[one.practitioner_id].append(Span(begin=one.begins, end=one.ends))
    return found


def _occupied(search: Search, span: Span) -> Mapping[int, list[datetime]]:
    found: dict[int, list[datetime]] = defaultdict(list)
    slots = OccupiedSlot.objects.filter(practitioner__in=search.practitioners, at__gte=span.begin, at__lt=span.end)
    if search.ignoring is not None:
        slots = slots.filter(Q(appointment=None) | ~Q(appointment=search.ignoring))
    for who, at in slots.values_list("practitioner_id", "at"):
        found[who].append(at)
    return found
