"""A practice that takes appointments: somebody who works on weekdays from nine to five, and two kinds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking import actions, waiting
from herstel_web.booking.actions import Comes, Wanted
from herstel_web.booking.availability import Search, Slot, free_online, zone
from herstel_web.booking.models import Appointment, AppointmentKind, SlotOffer, WaitingListEntry, WorkingHours
from herstel_web.booking.times import moment
from herstel_web.people.models import Person
from herstel_web.practice.models import Location, Practice
from tests.web.actors import Actors

LONG_AGO = date(2020, 1, 1)
WEEKDAYS = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The practice of the actors, with what is needed to book there."""

    practice: Practice
    place: Location
    kind: AppointmentKind
    intake: AppointmentKind
    therapist: User


def open_desk(actors: Actors) -> Desk:
    """Let the practice of the actors take appointments with the one who treats."""
    practice = actors.practice
    practice.phone = "010-1234567"
    practice.save(update_fields=["phone"])
    place = Location.objects.create(practice=practice, name="Main street", address="Main street 1, Testtown")
    works(practice, actors.treats, place)
    return Desk(
        practice=practice,
        place=place,
        kind=AppointmentKind.objects.create(practice=practice, name_nl="Behandeling", name_en="Treatment", minutes=30),
        intake=AppointmentKind.objects.create(
            practice=practice, name_nl="Eerste afspraak", name_en="First visit", minutes=45, buffer_minutes=15
        ),
        therapist=actors.treats,
    )


def works(practice: Practice, who: User, place: Location | None = None, **hours: time) -> None:
    """Somebody works on weekdays, from nine to five unless said otherwise."""
    for weekday in WEEKDAYS:
        WorkingHours.objects.create(
            practice=practice,
            practitioner=who,
            location=place,
            weekday=weekday,
            begins=hours.get("begins", time(9)),
            ends=hours.get("ends", time(17)),
            valid_from=LONG_AGO,
        )


def workday(days_ahead: int = 7) -> date:
    """A Monday to Friday, at least so many days from now."""
    day = timezone.localdate() + timedelta(days=days_ahead)
    while day.weekday() not in WEEKDAYS:
        day += timedelta(days=1)
    return day


def at(hour: int, minute: int = 0, day: date | None = None) -> datetime:
    """A time on the clock of a working day next week."""
    return moment(day or workday(), time(hour, minute), zone())


def slot(desk: Desk, start: datetime) -> Slot:
    return Slot(start=start, practitioner_id=desk.therapist.pk, location_id=desk.place.pk)


def wanted(desk: Desk, person: Person, start: datetime, kind: AppointmentKind | None = None) -> Wanted:
    return Wanted(
        practice=desk.practice, kind=kind or desk.kind, slot=slot(desk, start), comes=Comes(person=person), key=uuid4()
    )


def booked(desk: Desk, person: Person, start: datetime, kind: AppointmentKind | None = None) -> Appointment:
    """An appointment as the person books it."""
    assert person.user
    return actions.book_online(wanted=wanted(desk, person, start, kind), by=person.user, now=timezone.now())


def free(desk: Desk, first: date, last: date | None = None, kind: AppointmentKind | None = None) -> list[datetime]:
    """What can be booked online."""
    search = Search(
        practice=desk.practice,
        kind=kind or desk.kind,
        practitioners=(desk.therapist.pk,),
        first=first,
        last=last or first,
    )
    return [one.start for one in free_online(search, timezone.now())]


def some_appointment(actors: Actors) -> Appointment:
    """An appointment of the person of the actors, the same one each time."""
    known = Appointment.objects.filter(person=actors.case.person).first()
    return known or booked(open_desk(actors), actors.case.person, at(9))


def some_entry(actors: Actors) -> WaitingListEntry:
    """The person of the actors waits for something, the same each time."""
    kind = some_appointment(actors).kind
    entry: WaitingListEntry = WaitingListEntry.objects.get_or_create(
        person=actors.case.person,
        kind=kind,
        defaults={
            "practice": kind.practice,
            "from_day": workday(),
            "until_day": workday(21),
            "weekdays": "01234",
            "parts": "mae",
        },
    )[0]
    return entry


def some_offer(actors: Actors) -> SlotOffer:
    """A time that is held for that person, the same each time."""
    entry = some_entry(actors)
    if not SlotOffer.objects.exists():
        waiting.offer_freed_slots(timezone.now())
    return SlotOffer.objects.get(entry=entry)
