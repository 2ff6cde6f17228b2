"""The agenda of the demonstration: working hours on weekdays, the usual kinds, and some appointments of this week."""

from datetime import date, time, timedelta
from itertools import product

from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking.actions import Comes, NotFreeError, Wanted, book_for
from herstel_web.booking.availability import Slot, zone
from herstel_web.booking.models import AppointmentKind
from herstel_web.booking.planning import Hours, add_hours, add_usual_kinds
from herstel_web.booking.times import moment
from herstel_web.cases.models import Case
from herstel_web.demo.model import Demo
from herstel_web.practice.models import Membership, Role

WEEKDAYS = (0, 1, 2, 3, 4)
TIMES = (time(9), time(10, 30), time(13), time(15, 30))
DAYS_AHEAD = 7


def add_agenda(demo: Demo) -> None:
    """Let the therapists work on weekdays, and give who they treat an appointment each."""
    owner = User.objects.get(memberships__practice=demo.practice, memberships__role=Role.OWNER)
    add_usual_kinds(practice=demo.practice, by=owner)
    place = demo.practice.locations.first()
    for member in Membership.objects.filter(practice=demo.practice, role=Role.THERAPIST).select_related("user"):
        hours = Hours(
            weekdays=WEEKDAYS, begins=time(9), ends=time(17), location=place, valid_from=demo.today, valid_until=None
        )
        add_hours(practice=demo.practice, practitioner=member.user, hours=hours, by=owner)
        _fill_week(demo, member.user)


def _fill_week(demo: Demo, therapist: User) -> None:
    """One appointment for each person, in the order of their e-mail addresses; a time that is taken is passed over."""
    kind = AppointmentKind.objects.filter(practice=demo.practice).order_by("pk").last()
    place = demo.practice.locations.first()
    treated = Case.objects.filter(practice=demo.practice, therapist=therapist).select_related("person")
    if kind is None or place is None:
        return
    for case, (day, at) in zip(treated.order_by("person__email"), product(_workdays(demo.today), TIMES), strict=False):
        slot = Slot(start=moment(day, at, zone()), practitioner_id=therapist.pk, location_id=place.pk)
        wanted = Wanted(practice=demo.practice, kind=kind, slot=slot, comes=Comes(person=case.person, case=case))
        try:
            book_for(wanted=wanted, by=therapist, now=timezone.now())
        except NotFreeError:
            continue


def _workdays(today: date) -> list[date]:
    days = (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
    return [day for day in days if day.weekday() in WEEKDAYS]
