"""A person books for themselves: the first who is free at the chosen time, all in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking import queries
from herstel_web.booking.actions import Comes, NotFreeError, Wanted, book_online
from herstel_web.booking.availability import Search, free_at
from herstel_web.booking.models import Appointment
from herstel_web.people import actions as people
from herstel_web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Booker:
    """Who books, as they filled it in; ``person`` is None for who has no record yet, ``share`` apart from booking."""

    user: User
    person: Person | None
    name: str
    phone: str
    share: bool


@transaction.atomic
def book_first_free(*, search: Search, at: datetime | None, booker: Booker, key: UUID) -> Appointment:
    """Book with the first who is free at a time; when somebody is quicker, with the next. All of it, or nothing.

    Raises
    ------
    NotFreeError
        When nobody is free then any more.
    TooManyError
        When enough is booked already.
    """
    now = timezone.now()
    known = Appointment.objects.filter(key=key, person__user=booker.user).first()
    if known is not None:
        return known
    slots = free_at(search, at, now) if at else []
    if not slots:
        raise NotFreeError
    comes = _comes(booker, search)
    for slot in slots:
        wanted = Wanted(practice=search.practice, kind=search.kind, slot=slot, comes=comes, key=key)
        try:
            return book_online(wanted=wanted, by=booker.user, now=now)
        except NotFreeError:
            continue
    raise NotFreeError


def _comes(booker: Booker, search: Search) -> Comes:
    person = people.person_who_books(user=booker.user, person=booker.person, name=booker.name, phone=booker.phone)
    case = queries.case_there(person, search.practice)
    alone = queries.case_to_share(person)
    if case is None and booker.share and alone is not None:
        shared = people.share(case=alone, practice=search.practice, by=booker.user)
        case = alone if shared else None
    return Comes(person=person, case=case)
