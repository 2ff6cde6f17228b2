"""Inviting a person to a record that a practice entered, and that person making it their own."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.booking.models import WaitingListEntry
from herstel_web.cases.models import Case
from herstel_web.people.actions import CONSENT_TEXT, correct_person
from herstel_web.people.models import Consent, Person
from herstel_web.sharing import queries
from herstel_web.sharing.models import RecordInvitation

GOOD_FOR = timedelta(days=14)
MOST_WRONG_DATES = 5
"""After so many dates of birth that are not right the link works no longer."""
End = RecordInvitation.End


class HasAccountError(Exception):
    """The person made this record their own already; nobody is invited to it."""


class Outcome(StrEnum):
    """What came of somebody who wants to make a record their own."""

    TAKEN = "taken"
    GONE = "gone"
    WRONG_DATE = "wrong_date"
    OWN_COMPLAINT = "own_complaint"
    OWN_DATE_DIFFERS = "own_date_differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``left`` is how many more wrong dates of birth the link bears."""

    outcome: Outcome
    left: int = 0


def _to_trail(invitation: RecordInvitation, what: str, by: User, action: Event.Action = Event.Action.MANAGE) -> None:
    """A line in the trail of the practice and in that of the person."""
    audit.record(
        action=action, what=what, by=by, practice_id=invitation.practice_id, person_id=invitation.person_id
    )  # fmt: skip


# --- the practice -----------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, case: Case, email: str, birth_date: date, by: User) -> tuple[RecordInvitation, str]:
    """Make an invitation and the token of its link; an earlier link works no longer.

    Raises
    ------
    HasAccountError
        When the person has made the record their own.
    """
    person = Person.objects.select_for_update().get(pk=case.person_id)
    if person.user_id is not None or case.practice is None:
        raise HasAccountError
    new = {"email": email, "birth_date": birth_date}
    if new != {name: getattr(person, name) for name in new}:
        correct_person(person=person, fields=new, by=by)
    _end(RecordInvitation.objects.filter(person=person, end=""), End.WITHDRAWN)
    token = secrets.token_urlsafe(32)
    made = RecordInvitation.objects.create(
        practice=case.practice,
        person=person,
        email=email,
        token_sha256=queries.hashed(token),
        good_until=timezone.now() + GOOD_FOR,
        invited_by=by,
    )
    _to_trail(made, "person:invited", by)
    return made, token


@transaction.atomic
def withdraw(*, invitation: RecordInvitation, by: User) -> None:
    """Make a link useless."""
    if _end(RecordInvitation.objects.filter(pk=invitation.pk, end=""), End.WITHDRAWN):
        _to_trail(invitation, "person:invitation_withdrawn", by)


def _end(found: "queries.Invitations", end: End) -> int:
    return found.update(end=end, ended_at=timezone.now())


# --- the person -------------------------------------------------------------------------------------------------------


@transaction.atomic
def decline(*, invitation: RecordInvitation, end: End, by: User) -> None:
    """Say that an invitation is not for this account, or that its person goes on with a record of their own."""
    if _end(RecordInvitation.objects.filter(pk=invitation.pk, end=""), end):
        _to_trail(invitation, f"person:invitation_{end.value}", by)


@transaction.atomic
def take(*, invitation: RecordInvitation, born: date, by: User) -> Answer:
    """Make a record one's own, with the date of birth that the practice knows.

    A record of one's own that holds no open complaint is put together with it. With an open complaint nothing changes:
    of two open complaints only one would be seen, and a check-in could go to the wrong one.
    """
    fresh = RecordInvitation.objects.select_for_update().get(pk=invitation.pk)
    person = Person.objects.select_for_update().get(pk=fresh.person_id)
    if fresh.end or fresh.good_until <= timezone.now() or person.user_id is not None:
        return Answer(outcome=Outcome.GONE)
    if born != person.birth_date:
        return _refuse_date(fresh, by)
    own = Person.objects.select_for_update().filter(user=by).first()
    if own is not None and own.cases.filter(closed_on=None).exists():
        _to_trail(fresh, "person:own_complaint", by, Event.Action.REFUSED)
        return Answer(outcome=Outcome.OWN_COMPLAINT)
    if own is not None and own.birth_date not in (None, born):
        _to_trail(fresh, "person:own_date_differs", by, Event.Action.REFUSED)
        return Answer(outcome=Outcome.OWN_DATE_DIFFERS)
    fresh.joined_person_id = _put_together(own, person) if own is not None else None
    _give(person, by)
    fresh.end, fresh.ended_at = End.USED, timezone.now()
    fresh.save(update_fields=["end", "ended_at", "joined_person_id"])
    _to_trail(fresh, "person:taken", by)
    return Answer(outcome=Outcome.TAKEN)


def _refuse_date(invitation: RecordInvitation, by: User) -> Answer:
    invitation.wrong_dates += 1
    left = MOST_WRONG_DATES - invitation.wrong_dates
    if left <= 0:
        invitation.end, invitation.ended_at = End.BLOCKED, timezone.now()
    invitation.save(update_fields=["wrong_dates", "end", "ended_at"])
    _to_trail(invitation, "person:wrong_date", by, Event.Action.REFUSED)
    return Answer(outcome=Outcome.WRONG_DATE if left > 0 else Outcome.GONE, left=left)


def _give(person: Person, by: User) -> None:
    """The record belongs to this account from now on, with the consent that was just given."""
    person.user, person.email = by, by.email
    person.save(update_fields=["user", "email"])
    if not person.consents.filter(kind=Consent.Kind.RECORD, withdrawn_at=None).exists():
        Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version=CONSENT_TEXT)
    if not by.name:
        by.name = person.name
        by.save(update_fields=["name"])


def _put_together(own: Person, entered: Person) -> UUID:
    """Everything that refers to the own record refers to the entered one; the own one, then empty, goes."""
    before = own.pk
    waits_for = WaitingListEntry.objects.filter(person=entered, ended_at=None).values("kind")
    WaitingListEntry.objects.filter(person=own, ended_at=None, kind__in=waits_for).update(ended_at=timezone.now())
    for relation in Person._meta.related_objects:  # noqa: SLF001 - what Django calls the part that is documented
        name, model = relation.field.name, relation.field.model
        model._default_manager.filter(**{name: own}).update(**{name: entered})  # noqa: SLF001
    if not entered.phone:
        entered.phone = own.phone
    entered.language = own.language
    entered.save(update_fields=["phone", "language"])
    own.user = None
    own.save(update_fields=["user"])
    own.delete()
    return before
