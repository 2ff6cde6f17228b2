"""Everything that changes an appointment. Each action is one transaction; two people never get one time.

The row of a practitioner is locked first, so that actions wait for each other instead of failing; what makes a double
booking impossible is the unique row for each five minutes (``OccupiedSlot``), lock or no lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.booking import tasks
from herstel_web.booking.availability import Search, Slot, free_at, rules_of, zone
from herstel_web.booking.models import Appointment, AppointmentChange, AppointmentKind, OccupiedSlot, SlotOffer
from herstel_web.booking.times import Span
from herstel_web.cases.models import Case
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice

MOST_UPCOMING = 5
"""So many appointments somebody may have ahead at one practice by booking online."""
What = AppointmentChange.What
Status = Appointment.Status


class NotFreeError(Exception):
    """Somebody else was first, or the time is no longer offered."""


class TooManyError(Exception):
    """This person has as many appointments ahead as can be booked online."""


class TooLateError(Exception):
    """So shortly before, the practice wants to be called; or it has begun already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comes:
    """Who comes: somebody with a record here, or a name that the practice typed."""

    person: Person | None = None
    case: Case | None = None
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The appointment that is wanted; ``key`` makes sending it twice the same as sending it once."""

    practice: Practice
    kind: AppointmentKind
    slot: Slot
    comes: Comes
    key: UUID = field(default_factory=uuid4)

    @property
    def occupies(self) -> Span:
        return Span(begin=self.slot.start, end=self.slot.start + self.kind.occupies)


@transaction.atomic
def book_online(*, wanted: Wanted, by: User, now: datetime, offer: SlotOffer | None = None) -> Appointment:
    """Book for oneself a time that is offered online, or (``offer``) that is held for oneself.

    Raises
    ------
    NotFreeError
        When the time is not free, or not offered; nothing is booked then.
    TooManyError
        When enough is booked already.
    """
    _lock([wanted.slot.practitioner_id])
    known = already_booked(wanted)
    if known is not None:
        return known
    _refuse_many(wanted, now)
    if offer is None and wanted.slot not in free_at(_search_for(wanted), wanted.slot.start, now):
        raise NotFreeError
    return _book(wanted, by, now)


@transaction.atomic
def book_for(*, wanted: Wanted, by: User, now: datetime) -> Appointment:
    """A member books for somebody, also outside the working hours; the time must be free.

    Raises
    ------
    NotFreeError
        When somebody has this time already.
    """
    _lock([wanted.slot.practitioner_id])
    return already_booked(wanted) or _book(wanted, by, now)


def already_booked(wanted: Wanted) -> Appointment | None:
    """The appointment of this key, when the same form came before."""
    known = Appointment.objects.filter(key=wanted.key).first()
    if known is not None and (known.person_id, known.practice_id) != (
        wanted.comes.person.pk if wanted.comes.person else None,
        wanted.practice.pk,
    ):
        raise NotFreeError
    return known


def _search_for(wanted: Wanted) -> Search:
    day = wanted.slot.start.astimezone(zone()).date()
    who = (wanted.slot.practitioner_id,)
    return Search(practice=wanted.practice, kind=wanted.kind, practitioners=who, first=day, last=day)


def _refuse_many(wanted: Wanted, now: datetime) -> None:
    ahead = Appointment.objects.filter(
        person=wanted.comes.person, practice=wanted.practice, status=Status.BOOKED, start__gt=now
    )
    if ahead.count() >= MOST_UPCOMING:
        raise TooManyError


def _book(wanted: Wanted, by: User, now: datetime) -> Appointment:
    made = Appointment.objects.create(
        practice=wanted.practice,
        practitioner_id=wanted.slot.practitioner_id,
        location_id=wanted.slot.location_id,
        kind=wanted.kind,
        person=wanted.comes.person,
        case=wanted.comes.case,
        name="" if wanted.comes.person else wanted.comes.name,
        phone=wanted.comes.phone,
        email=wanted.comes.email,
        start=wanted.slot.start,
        end=wanted.slot.start + wanted.kind.lasts,
        booked_by=by,
        changed_at=now,
        key=wanted.key,
    )
    occupy(wanted.slot.practitioner_id, wanted.occupies, appointment=made)
    _note(made, What.BOOKED, by=by, now=now)
    tasks.tell(made, "booked")
    return made


@transaction.atomic
def move(*, appointment: Appointment, to: Slot, by: User, now: datetime, online: bool = False) -> Appointment:
    """Move an appointment to another time or practitioner; its old time becomes free in the same moment.

    Raises
    ------
    NotFreeError
        When the new time is not free, or the appointment no longer stands; it stays where it is then.
    TooLateError
        ``online``, when the practice wants to be called.
    """
    _lock([to.practitioner_id, appointment.practitioner_id])
    fresh = _standing(appointment)
    if online:
        refuse_late(fresh, now)
        if to not in free_at(search_to_move(fresh, to), to.start, now):
            raise NotFreeError
    occupied = _occupied_span(fresh)
    lasts, taken = fresh.end - fresh.start, occupied.end - occupied.begin
    OccupiedSlot.objects.filter(appointment=fresh).delete()
    occupy(to.practitioner_id, Span(begin=to.start, end=to.start + taken), appointment=fresh)
    fresh.practitioner_id, fresh.location_id = to.practitioner_id, to.location_id
    fresh.start, fresh.end, fresh.reminded_at = to.start, to.start + lasts, None
    _save(fresh, now, "practitioner", "location", "start", "end", "reminded_at")
    _note(fresh, What.MOVED, by=by, now=now)
    tasks.tell(fresh, "moved")
    return fresh


def search_to_move(appointment: Appointment, to: Slot) -> Search:
    """Whether an appointment may move to a slot, its own time counting as free."""
    day = to.start.astimezone(zone()).date()
    return Search(
        practice=appointment.practice,
        kind=appointment.kind,
        practitioners=(to.practitioner_id,),
        first=day,
        last=day,
        ignoring=appointment,
    )


def _occupied_span(appointment: Appointment) -> Span:
    """What the appointment occupies now, its buffer included."""
    count = OccupiedSlot.objects.filter(appointment=appointment).count()
    return Span(begin=appointment.start, end=appointment.start + count * timedelta(minutes=5))


@transaction.atomic
def cancel(*, appointment: Appointment, reason: str, by: User, now: datetime, online: bool = False) -> Appointment:
    """Cancel an appointment; its time is free at once.

    Raises
    ------
    NotFreeError
        When it no longer stands.
    TooLateError
        ``online``, when the practice wants to be called.
    """
    _lock([appointment.practitioner_id])
    fresh = _standing(appointment)
    if online:
        refuse_late(fresh, now)
    OccupiedSlot.objects.filter(appointment=fresh).delete()
    fresh.status, fresh.reason = Status.CANCELLED, reason
    _save(fresh, now, "status", "reason")
    _note(fresh, What.CANCELLED, by=by, now=now, reason=reason)
    tasks.tell(fresh, "cancelled")
    tasks.offer_soon()
    return fresh


@transaction.atomic
def mark(*, appointment: Appointment, status: Appointment.Status, by: User, now: datetime) -> Appointment:
    """Say that somebody came, did not come, or (booked) that this was a mistake.

    Raises
    ------
    TooLateError
        When it was cancelled, or has not begun yet.
    """
    fresh = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if fresh.status == Status.CANCELLED or fresh.start > now:
        raise TooLateError
    fresh.status = status
    _save(fresh, now, "status")
    _note(fresh, What.BACK if status == Status.BOOKED else What(str(status)), by=by, now=now)
    return fresh


def refuse_late(appointment: Appointment, now: datetime) -> None:
    """Whether the person may still move or cancel it online."""
    if now > may_change_until(appointment):
        raise TooLateError


def may_change_until(appointment: Appointment) -> datetime:
    """Up to when the person may move or cancel it online."""
    return appointment.start - timedelta(hours=rules_of(appointment.practice).cancel_hours)


# --- what they are made of --------------------------------------------------------------------------------------------


def _lock(practitioner_ids: Iterable[int | None]) -> None:
    """Let actions on the same practitioners wait for each other, always in the same order."""
    wanted = sorted({one for one in practitioner_ids if one is not None})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def occupy(
    practitioner_id: int, span: Span, *, appointment: Appointment | None = None, offer: SlotOffer | None = None
) -> None:
    """Take time of a practitioner.

    Raises
    ------
    NotFreeError
        When a part of it is taken.
    """
    rows = [
        OccupiedSlot(practitioner_id=practitioner_id, at=at, appointment=appointment, offer=offer)
        for at in span.steps()
    ]
    try:
        with transaction.atomic():
            OccupiedSlot.objects.bulk_create(rows)
    except IntegrityError as error:
        raise NotFreeError from error


def _standing(appointment: Appointment) -> Appointment:
    """The appointment as it is kept now; refused when it was cancelled or is over meanwhile."""
    fresh = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("practice", "kind", "person")
        .filter(pk=appointment.pk)
        .first()
    )
    if fresh is None or fresh.status != Status.BOOKED or fresh.practitioner_id != appointment.practitioner_id:
        raise NotFreeError
    return fresh


def _save(appointment: Appointment, now: datetime, *fields: str) -> None:
    appointment.changed_at = now
    appointment.sequence += 1
    appointment.save(update_fields=[*fields, "changed_at", "sequence"])


def _note(appointment: Appointment, what: What, *, by: User | None, now: datetime, reason: str = "") -> None:
    AppointmentChange.objects.create(
        appointment=appointment,
        what=what,
        at=now,
        by=by,
        practitioner_id=appointment.practitioner_id,
        start=appointment.start,
        end=appointment.end,
        reason=reason,
    )
    audit.record(
        action=Event.Action.WRITE,
        what=f"appointment:{what}",
        by=by,
        practice_id=appointment.practice_id,
        person_id=appointment.person_id,
        case_id=appointment.case_id,
    )
