"""The waiting list: who wants a time that is not free, and the offers they get when one becomes free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.booking import actions, tasks
from herstel_web.booking.actions import Comes, NotFreeError, Wanted
from herstel_web.booking.availability import Search, Slot, bookable_practitioners, free_online, rules_of, zone
from herstel_web.booking.models import Appointment, AppointmentKind, OccupiedSlot, SlotOffer, WaitingListEntry
from herstel_web.booking.times import Span, part_of_day
from herstel_web.people.models import Person

Ended = WaitingListEntry.Ended
State = SlotOffer.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody waits for: between which days, on which days of the week and parts of the day, with whom."""

    kind: AppointmentKind
    practitioner: User | None
    from_day: date
    until_day: date
    weekdays: str
    parts: str


@transaction.atomic
def join(*, person: Person, wish: Wish, by: User) -> WaitingListEntry:
    """Put somebody on the waiting list, or change what they wait for; they keep their place."""
    entry, _ = WaitingListEntry.objects.update_or_create(
        person=person,
        kind=wish.kind,
        ended_at=None,
        defaults={
            "practice": wish.kind.practice,
            "practitioner": wish.practitioner,
            "from_day": wish.from_day,
            "until_day": wish.until_day,
            "weekdays": wish.weekdays,
            "parts": wish.parts,
        },
    )
    _to_trail(entry, "waiting_list:joined", by)
    tasks.offer_soon()
    return entry


@transaction.atomic
def leave(*, entry: WaitingListEntry, by: User, now: datetime) -> None:
    """Take somebody off the list; what was held for them is free for the next."""
    for offer in SlotOffer.objects.filter(entry=entry, state=State.OPEN):
        _give_back(offer, State.DECLINED)
    WaitingListEntry.objects.filter(pk=entry.pk, ended_at=None).update(ended_at=now, ended=Ended.LEFT)
    _to_trail(entry, "waiting_list:left", by)


@transaction.atomic
def take(*, offer: SlotOffer, by: User, now: datetime, key: UUID, instead_of: Appointment | None = None) -> Appointment:
    """Book the time that is held, and cancel the appointment it comes in place of.

    Raises
    ------
    NotFreeError
        When it is not held any more.
    TooLateError
        When the other appointment cannot be cancelled online any more.
    """
    held = SlotOffer.objects.select_for_update(of=("self",)).filter(pk=offer.pk).first()
    if held is None or held.state != State.OPEN or held.expires_at <= now:
        raise NotFreeError
    if instead_of is not None:
        actions.cancel(appointment=instead_of, reason="", by=by, now=now, online=True)
    _give_back(held, State.TAKEN)
    entry = held.entry
    WaitingListEntry.objects.filter(pk=entry.pk, ended_at=None).update(ended_at=now, ended=Ended.BOOKED)
    slot = Slot(start=held.start, practitioner_id=held.practitioner_id, location_id=held.location_id)
    comes = Comes(person=entry.person, case=entry.person.cases.filter(practice=entry.practice, closed_on=None).first())
    wanted = Wanted(practice=entry.practice, kind=entry.kind, slot=slot, comes=comes, key=key)
    return actions.book_online(wanted=wanted, by=by, now=now, offer=held)


@transaction.atomic
def decline(*, offer: SlotOffer, by: User) -> None:
    """Say that a time does not suit; it goes to the next, and the place on the list stays."""
    if SlotOffer.objects.filter(pk=offer.pk, state=State.OPEN).exists():
        _give_back(offer, State.DECLINED)
        _to_trail(offer.entry, "waiting_list:declined", by)
        tasks.offer_soon()


def _give_back(offer: SlotOffer, state: State) -> None:
    OccupiedSlot.objects.filter(offer=offer).delete()
    SlotOffer.objects.filter(pk=offer.pk, state=State.OPEN).update(state=state)


# --- when a time becomes free -----------------------------------------------------------------------------------------


def offer_freed_slots(now: datetime) -> int:
    """Hold what is free for the first who wants it, and tell them; how many. Doing it twice offers nothing twice.

    Who let an offer pass comes after those who had none yet, and is not offered the same time again.
    """
    _expire(now)
    today = now.astimezone(zone()).date()
    WaitingListEntry.objects.filter(ended_at=None, until_day__lt=today).update(ended_at=now, ended=Ended.OVER)
    waiting = WaitingListEntry.objects.filter(ended_at=None, person__user__isnull=False)
    waiting = waiting.exclude(offers__state=State.OPEN).select_related("person", "practice", "kind")
    return sum(_offer_first(entry, now) for entry in waiting.order_by("offers_made", "created_at", "pk"))


def _expire(now: datetime) -> None:
    for offer in SlotOffer.objects.filter(state=State.OPEN, expires_at__lte=now):
        with transaction.atomic():
            _give_back(offer, State.EXPIRED)


def _offer_first(entry: WaitingListEntry, now: datetime) -> int:
    for slot in _fitting(entry, now):
        try:
            _hold(entry, slot, now)
        except NotFreeError:
            continue
        return 1
    return 0


def _fitting(entry: WaitingListEntry, now: datetime) -> Iterator[Slot]:
    """The free slots that suit somebody, soonest first, without those they were offered before."""
    today = now.astimezone(zone()).date()
    able = [entry.practitioner_id] if entry.practitioner_id else None
    who = able or [one.pk for one in bookable_practitioners(entry.practice, today)]
    search = Search(
        practice=entry.practice,
        kind=entry.kind,
        practitioners=tuple(who),
        first=max(today, entry.from_day),
        last=entry.until_day,
    )
    offered = set(entry.offers.values_list("start", flat=True))
    for slot in free_online(search, now):
        there = slot.start.astimezone(zone())
        suits = str(there.weekday()) in entry.weekdays and part_of_day(slot.start, zone()) in entry.parts
        if suits and slot.start not in offered:
            yield slot


@transaction.atomic
def _hold(entry: WaitingListEntry, slot: Slot, now: datetime) -> None:
    fresh = WaitingListEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk, ended_at=None).first()
    if fresh is None or SlotOffer.objects.filter(entry=entry, state=State.OPEN).exists():
        raise NotFreeError
    until = now + timedelta(hours=rules_of(entry.practice).hold_hours)
    offer = SlotOffer.objects.create(
        entry=entry,
        practitioner_id=slot.practitioner_id,
        location_id=slot.location_id,
        start=slot.start,
        end=slot.start + entry.kind.lasts,
        made_at=now,
        expires_at=min(until, slot.start),
    )
    span = Span(begin=slot.start, end=slot.start + entry.kind.occupies)
    actions.occupy(slot.practitioner_id, span, offer=offer)
    WaitingListEntry.objects.filter(pk=entry.pk).update(offers_made=F("offers_made") + 1)
    if not entry.practice.simulated:
        tasks.send_offer.enqueue(str(offer.pk))


def _to_trail(entry: WaitingListEntry, what: str, by: User) -> None:
    audit.record(action=Event.Action.WRITE, what=what, by=by, practice_id=entry.practice_id, person_id=entry.person_id)


def offer() -> None:
    """The chore of the worker."""
    offer_freed_slots(timezone.now())
