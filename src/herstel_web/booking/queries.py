"""Everything that reads appointments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from herstel_web.booking.availability import TREATING_ROLES, Search, Slot, free_online, online_window, zone
from herstel_web.booking.models import Appointment, AppointmentKind, SlotOffer, WaitingListEntry, WorkingHours
from herstel_web.cases.models import Case
from herstel_web.people.models import Person
from herstel_web.practice.models import Location, Membership, Practice

Status = Appointment.Status
AT = "%Y%m%dT%H%MZ"
"""How a moment stands in an address."""
DAYS_SHOWN = 7
PAST_SHOWN = 20
FOUND_AT_MOST = 20


def practices_online() -> "QuerySet[Practice]":
    """The practices at which people book themselves: with a kind that is online and somebody who has hours."""
    kinds = AppointmentKind.objects.filter(practice=OuterRef("pk"), online=True, retired_at=None)
    today = timezone.localdate()
    treats = Membership.objects.filter(
        practice=OuterRef("practice"), user=OuterRef("practitioner"), ended_at=None, role__in=TREATING_ROLES
    )
    hours = WorkingHours.objects.filter(Exists(treats), practice=OuterRef("pk"))
    hours = hours.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    return Practice.objects.filter(Exists(kinds), Exists(hours)).order_by("name")


def kinds(practice: Practice) -> "QuerySet[AppointmentKind]":
    """What can be planned at a practice now."""
    return AppointmentKind.objects.filter(practice=practice, retired_at=None).order_by("name_nl", "pk")


def kinds_online(practice: Practice, person: Person | None) -> "QuerySet[AppointmentKind]":
    """What this person may book; who was not here before by our records may have been before there were any."""
    found = kinds(practice).filter(online=True)
    known = person is not None and is_known(practice, person)
    return found.exclude(open_to=AppointmentKind.OpenTo.NEW) if known else found


def is_known(practice: Practice, person: Person) -> bool:
    """Whether somebody was at this practice before."""
    came = Appointment.objects.filter(practice=practice, person=person, start__lt=timezone.now())
    return (
        came.exclude(status=Status.CANCELLED).exists() or Case.objects.filter(person=person, practice=practice).exists()
    )


def places(practice: Practice) -> list[Location]:
    """The places of a practice that are open."""
    return list(Location.objects.filter(practice=practice, closed_on=None).order_by("name"))


def case_there(person: Person, practice: Practice) -> Case | None:
    """The complaint that this practice may see, and so belongs to an appointment there."""
    return person.cases.filter(practice=practice, closed_on=None).order_by("-opened_at").first()


def case_to_share(person: Person | None) -> Case | None:
    """The open complaint that no practice sees yet."""
    if person is None:
        return None
    return person.cases.filter(practice=None, closed_on=None).order_by("-opened_at").first()


# --- free times, as a page shows them ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """A time that can be chosen, whoever is free then; ``at`` is how it stands in an address."""

    start: datetime
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDay:
    day: date
    times: tuple[FreeTime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWeek:
    """Seven days with their free times; ``first_free`` is the first day with one, when these seven have none."""

    first: date
    last: date
    days: tuple[FreeDay, ...]
    earlier: date | None
    later: date | None
    first_free: date | None


def free_week(search: Search, now: datetime) -> FreeWeek:
    """The free times of the seven days from the first day of the search."""
    today, (_, end) = now.astimezone(zone()).date(), online_window(search.practice, now)
    first = min(max(search.first, today), end)
    last = first + timedelta(days=DAYS_SHOWN - 1)
    days = tuple(by_day(free_online(replace(search, first=first, last=last), now)))
    later = last + timedelta(days=1)
    return FreeWeek(
        first=first,
        last=last,
        days=days,
        earlier=max(today, first - timedelta(days=DAYS_SHOWN)) if first > today else None,
        later=later if later <= end else None,
        first_free=None if days else _first_free(search, later, end, now),
    )


def _first_free(search: Search, first: date, end: date, now: datetime) -> date | None:
    slots = free_online(replace(search, first=first, last=end), now) if first <= end else []
    return slots[0].start.astimezone(zone()).date() if slots else None


def by_day(slots: Iterable[Slot]) -> Iterable[FreeDay]:
    """Free slots as days with times; a time at which several are free stands there once."""
    for day, of_day in groupby(slots, key=lambda one: one.start.astimezone(zone()).date()):
        starts = dict.fromkeys(one.start for one in of_day)
        yield FreeDay(day=day, times=tuple(FreeTime(start=at, at=at.strftime(AT)) for at in starts))


def soonest(search: Search, now: datetime, most: int = 8) -> tuple[FreeTime, ...]:
    """The next free times from the first day of the search, to choose another one."""
    _, end = online_window(search.practice, now)
    days = by_day(free_online(replace(search, last=min(end, search.first + timedelta(days=14))), now))
    return tuple(time for day in days for time in day.times)[:most]


def read_at(text: str) -> datetime | None:
    """A moment as it stands in an address; None when it is none."""
    try:
        return datetime.strptime(text, AT).replace(tzinfo=UTC)
    except ValueError:
        return None


def uuid_of(text: str) -> UUID | None:
    """An id as it stands in an address or a form; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def read_day(text: str, otherwise: date) -> date:
    """A day as it stands in an address."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if otherwise.year - 5 <= day.year <= otherwise.year + 5 else otherwise


# --- what a person has ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A person's appointments and what they wait for."""

    ahead: list[Appointment]
    before: list[Appointment]
    waiting: list[WaitingListEntry]
    offers: list[SlotOffer]


def own(person: Person, now: datetime) -> Own:
    """Everything of a person for one page; of the past the last twenty."""
    all_of = Appointment.objects.filter(person=person).select_related("practice", "kind", "practitioner", "location")
    ahead = all_of.filter(end__gt=now, status=Status.BOOKED).order_by("start")
    before = all_of.exclude(end__gt=now, status=Status.BOOKED).order_by("-start")
    entries = WaitingListEntry.objects.filter(person=person, ended_at=None).select_related("practice", "kind")
    offers = SlotOffer.objects.filter(entry__person=person, state=SlotOffer.State.OPEN, expires_at__gt=now)
    return Own(
        ahead=list(ahead),
        before=list(before[:PAST_SHOWN]),
        waiting=list(entries.select_related("practitioner", "practice", "kind").order_by("created_at")),
        offers=list(offers.select_related("entry__practice", "practitioner").order_by("start")),
    )


# --- what a practice has ----------------------------------------------------------------------------------------------


def find_people(practice: Practice, name: str) -> list[Person]:
    """Who comes or came to this practice, by a part of the name."""
    found = Person.objects.filter(_here(practice), name__icontains=name.strip()).distinct().order_by("name")
    return list(found[:FOUND_AT_MOST]) if name.strip() else []


def person_here(practice: Practice, person_id: str) -> Person | None:
    """Somebody who comes or came to this practice."""
    pk = uuid_of(person_id)
    return Person.objects.filter(_here(practice), pk=pk).distinct().first() if pk else None


def _here(practice: Practice) -> Q:
    return Q(cases__practice=practice) | Q(appointments__practice=practice) | Q(waiting_for__practice=practice)


def waiting_list(practice: Practice) -> list[WaitingListEntry]:
    """Who waits, in the order in which they are offered something."""
    found = WaitingListEntry.objects.filter(practice=practice, ended_at=None)
    return list(found.select_related("person", "kind", "practitioner").order_by("offers_made", "created_at", "pk"))


def open_offers(practice: Practice, now: datetime) -> Mapping[int, SlotOffer]:
    """What is held now, by the entry of the waiting list."""
    found = SlotOffer.objects.filter(
        entry__practice=practice, entry__ended_at=None, state=SlotOffer.State.OPEN, expires_at__gt=now
    )
    return {one.entry_id: one for one in found}
