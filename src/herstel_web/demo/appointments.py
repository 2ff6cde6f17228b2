"""The agenda of the demonstration: hours, appointments of today and two weeks, somebody away, a waiting list."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking import actions, planning
from herstel_web.booking.actions import Comes, NotFreeError, Wanted
from herstel_web.booking.availability import Search, free_slots, practitioners, zone
from herstel_web.booking.models import Appointment, AppointmentKind
from herstel_web.booking.planning import Hours
from herstel_web.booking.times import Span, moment
from herstel_web.booking.waiting import Wish, join
from herstel_web.cases.models import Case
from herstel_web.demo.model import Demo
from herstel_web.practice.models import Location

MORNING, AFTERNOON = (time(8, 30), time(12, 30)), (time(13), time(17))
WEEKDAYS = tuple(range(5))
SEEN_TODAY = 3
"""One in so many of the people comes today as well."""
NEAR_DAYS = 7
"""So far back and ahead there are appointments."""
STAYED_AWAY = 12
"""One in so many of the past did not come."""


def add_appointments(demo: Demo) -> None:
    """Everybody who is treated was here and comes again; nobody is written to about a practice that is made up."""
    treat = practitioners(demo.practice)
    if not treat:
        return
    owner, rng = treat[0], random.Random(demo.seed)  # noqa: S311 - made-up people, not secrets
    planning.add_usual_kinds(practice=demo.practice, by=owner)
    for who in treat:
        _add_hours(demo, who)
    _add_absence(demo, treat[-1])
    kinds = {one.open_to: one for one in AppointmentKind.objects.filter(practice=demo.practice, minutes__gte=30)}
    treated = list(_treated(demo))
    for case in treated:
        days = timedelta(days=rng.randint(1, NEAR_DAYS))
        _book(demo, case, kinds["known"], _workday(demo.today - days, step=-1), rng)
        _book(demo, case, kinds["known"], _workday(demo.today + days), rng)
    for case in treated[::SEEN_TODAY]:
        _book(demo, case, kinds["known"], demo.today, rng)
    _add_waiting(demo, kinds["known"])


def _add_hours(demo: Demo, who: User) -> None:
    place = Location.objects.filter(practice=demo.practice, closed_on=None).first()
    for begins, ends in (MORNING, AFTERNOON):
        hours = Hours(
            weekdays=tuple(sorted({*WEEKDAYS, demo.today.weekday()})),  # a demonstration on a Sunday is open
            begins=begins,
            ends=ends,
            location=place,
            valid_from=demo.today - timedelta(days=365),
            valid_until=None,
        )
        planning.add_hours(practice=demo.practice, practitioner=who, hours=hours, by=who)


def _add_absence(demo: Demo, who: User) -> None:
    day = _workday(demo.today + timedelta(days=2))
    span = Span(begin=moment(day, AFTERNOON[0], zone()), end=moment(day, AFTERNOON[1], zone()))
    planning.block(practice=demo.practice, practitioner=who, span=span, label="Cursus", by=who)


def _treated(demo: Demo) -> Iterator[Case]:
    cases = Case.objects.filter(practice=demo.practice, therapist__isnull=False, closed_on=None)
    yield from cases.select_related("person", "therapist").order_by("person__email")


def _workday(day: date, step: int = 1) -> date:
    """The day itself; of a weekend the Monday after it, or (``step`` -1) the Friday before it."""
    while day.weekday() not in WEEKDAYS:
        day += timedelta(days=step)
    return day


def _book(demo: Demo, case: Case, kind: AppointmentKind, day: date, rng: random.Random) -> None:
    by, now = case.therapist, timezone.now()
    if by is None:
        return
    search = Search(practice=demo.practice, kind=kind, practitioners=(by.pk,), first=day, last=day)
    slots = free_slots(search, moment(day, time.min, zone()))
    if not slots:
        return
    comes = Comes(person=case.person, case=case)
    wanted = Wanted(practice=demo.practice, kind=kind, slot=rng.choice(slots), comes=comes)
    try:
        made = actions.book_for(wanted=wanted, by=by, now=now)
    except NotFreeError:
        return
    if made.end < now:
        _mark(made, by, now, stayed_away=rng.randrange(STAYED_AWAY) == 0)


def _mark(made: Appointment, by: User, now: datetime, *, stayed_away: bool) -> None:
    status = Appointment.Status.NO_SHOW if stayed_away else Appointment.Status.DONE
    actions.mark(appointment=made, status=status, by=by, now=now)


def _add_waiting(demo: Demo, kind: AppointmentKind) -> None:
    """Somebody whom only an evening suits: nothing is free then, so that the list has something to show."""
    case = next((one for one in _treated(demo) if one.person.user is not None), None)
    if case is None or case.person.user is None:
        return
    wish = Wish(
        kind=kind,
        practitioner=None,
        from_day=demo.today,
        until_day=demo.today + timedelta(days=28),
        weekdays="01234",
        parts="e",
    )
    join(person=case.person, wish=wish, by=case.person.user)
