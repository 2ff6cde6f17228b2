"""What may be shared, with whom, what is shared now, and who was invited to a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking.models import Appointment, AppointmentKind
from herstel_web.booking.queries import practices_online
from herstel_web.cases.models import Case
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Location, Practice
from herstel_web.practice.queries import hashed
from herstel_web.sharing.models import RecordInvitation

__all__ = ["hashed"]

Invitations: TypeAlias = "QuerySet[RecordInvitation]"


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
    """The practices that take new people online, and those that know this person.

    That is who came there, shared with it before, or was invited by it.
    """
    takes = AppointmentKind.objects.filter(practice=OuterRef("pk"), online=True, retired_at=None)
    takes_new = practices_online().filter(Exists(takes.exclude(open_to=AppointmentKind.OpenTo.KNOWN)))
    was_there = Appointment.objects.filter(practice=OuterRef("pk"), person=person)
    was_there = was_there.exclude(status=Appointment.Status.CANCELLED)
    shared_before = Consent.objects.filter(practice=OuterRef("pk"), person=person, kind=Consent.Kind.SHARE)
    invited = RecordInvitation.objects.filter(practice=OuterRef("pk"), email__in=_addresses(person))
    invited = invited.filter(end__in=("", RecordInvitation.End.OWN_RECORD), good_until__gt=timezone.now())
    found = Practice.objects.filter(
        Q(pk__in=takes_new.values("pk")) | Exists(was_there) | Exists(shared_before) | Exists(invited)
    )
    places = Location.objects.filter(closed_on=None).order_by("name")
    return found.order_by("name").prefetch_related(Prefetch("locations", places, to_attr="places"))


def _addresses(person: Person) -> list[str]:
    """The addresses that this person has shown to be theirs."""
    confirmed = EmailAddress.objects.filter(user=person.user, verified=True)
    return [one.lower() for one in confirmed.values_list("email", flat=True)]


# --- invited to a record ----------------------------------------------------------------------------------------------


def invitation(token: str) -> RecordInvitation | None:
    """The invitation of a link, while the record can be taken with it."""
    waiting = RecordInvitation.objects.filter(end="", good_until__gt=timezone.now(), person__user=None)
    return waiting.select_related("practice").filter(token_sha256=hashed(token)).first()


def invitations(case: Case) -> Invitations:
    """The invitations by which this practice asked the person of a case, the last one first."""
    found = RecordInvitation.objects.filter(person=case.person_id, practice=case.practice_id)
    return found.select_related("invited_by").order_by("-pk")


def own_open_complaint(user: User) -> bool:
    """Whether this account has a record of its own with an open complaint."""
    return Case.objects.filter(person__user=user, closed_on=None).exists()


def ids_of(person: Person) -> list[UUID]:
    """The ids under which the trail knows a person: their own, and that of a record that was put together with it."""
    joined = RecordInvitation.objects.filter(person=person).exclude(joined_person_id=None)
    return [person.pk, *(one for one in joined.values_list("joined_person_id", flat=True) if one is not None)]
