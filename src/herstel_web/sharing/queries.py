"""What may be shared, with whom, and what is shared now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from herstel_web.booking.models import Appointment, AppointmentKind
from herstel_web.booking.queries import practices_online
from herstel_web.cases.models import Case
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Location, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a practice sees; ``since`` is the day on which the person agreed, None when the practice has it on paper."""

    practice: Practice
    cases: tuple[Case, ...]
    since: datetime | None


def shared(person: Person) -> list[Shared]:
    """What each practice sees now, in the order in which it was opened."""
    agreed: Mapping[UUID | None, datetime] = {
        one.practice_id: one.given_at
        for one in person.consents.filter(kind=Consent.Kind.SHARE, withdrawn_at=None).order_by("-given_at")
    }
    of_practice: dict[Practice, list[Case]] = {}
    for case in _told(person.cases.exclude(practice=None)).select_related("practice", "conclusion"):
        if case.practice is not None:
            of_practice.setdefault(case.practice, []).append(case)
    return [
        Shared(practice=practice, cases=tuple(cases), since=agreed.get(practice.pk))
        for practice, cases in of_practice.items()
    ]


def may_be_shared(person: Person) -> "QuerySet[Case]":
    """The open complaints that no practice sees, the latest first."""
    return _told(person.cases.filter(practice=None, closed_on=None)).order_by("-opened_at")


def _told(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """With what each is called, without all that was concluded."""
    return cases.select_related("conclusion").defer("conclusion__value").order_by("opened_at")


def practices_for(person: Person) -> "QuerySet[Practice]":
    """The practices that take new people online, and those that this person was at or shared with before."""
    takes = AppointmentKind.objects.filter(practice=OuterRef("pk"), online=True, retired_at=None)
    takes_new = practices_online().filter(Exists(takes.exclude(open_to=AppointmentKind.OpenTo.KNOWN)))
    was_there = Appointment.objects.filter(practice=OuterRef("pk"), person=person)
    was_there = was_there.exclude(status=Appointment.Status.CANCELLED)
    shared_before = Consent.objects.filter(practice=OuterRef("pk"), person=person, kind=Consent.Kind.SHARE)
    found = Practice.objects.filter(Q(pk__in=takes_new.values("pk")) | Exists(was_there) | Exists(shared_before))
    places = Location.objects.filter(closed_on=None).order_by("name")
    return found.order_by("name").prefetch_related(Prefetch("locations", places, to_attr="places"))
