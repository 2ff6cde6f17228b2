"""Everything that writes a person's record as a whole: keeping it, consent, sharing, erasing."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases import actions as cases
from herstel_web.cases.models import Case
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice

CONSENT_TEXT = "2026-11"
"""Version of the texts a person agrees to; raise it when they change, so that it stays known what was agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What became of a record that its person wanted erased: how many cases went, and how many a practice must keep."""

    erased: int
    kept_by_practice: int


@transaction.atomic
def keep_self_check(*, user: User, name: str, birth_date: date | None, complaint: dict[str, Any], today: date) -> Case:
    """Move the answers of a self-check into an account, with consent; a person with an account gets another case.

    Raises
    ------
    InputError
        When the answers cannot be read; nothing is kept then.
    """
    person, new = Person.objects.get_or_create(
        user=user, defaults={"name": name, "birth_date": birth_date, "email": user.email, "language": user.language}
    )
    if not person.consents.filter(kind=Consent.Kind.RECORD, withdrawn_at=None).exists():
        Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version=CONSENT_TEXT)
    if new and not user.name:
        user.name = name
        user.save(update_fields=["name"])
    return cases.open_case(person=person, complaint=complaint, goal=None, by=user, today=today)


@transaction.atomic
def person_who_books(*, user: User, person: Person | None, name: str, phone: str) -> Person:
    """The record of somebody who makes an appointment: a new one holds a name and a number, and no complaint."""
    if person is None:
        first = {"name": name, "phone": phone, "email": user.email, "language": user.language}
        person, _ = Person.objects.get_or_create(user=user, defaults=first)
        if not user.name:
            user.name = name
            user.save(update_fields=["name"])
    elif phone and phone != person.phone:
        correct_person(person=person, fields={"phone": phone}, by=user)
    return person


@transaction.atomic
def correct_person(*, person: Person, fields: dict[str, Any], by: User) -> None:
    """Correct who somebody is."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
    audit.record(action=Event.Action.WRITE, what="person", by=by, person_id=person.pk)


@transaction.atomic
def share(*, case: Case, practice: Practice, by: User) -> bool:
    """Let a practice read and complete a case, with the person's consent on record.

    False, and nothing is changed, when it was closed or shared with another practice in the meantime: one practice at a
    time treats a complaint.
    """
    now = Case.objects.select_for_update().get(pk=case.pk)
    if now.closed_on is not None or now.practice_id not in (None, practice.pk):
        return False
    if now.practice_id is None:
        Consent.objects.create(
            person=case.person, kind=Consent.Kind.SHARE, practice=practice, text_version=CONSENT_TEXT
        )
        cases.share_with(case=case, practice=practice, by=by)
    return True


@transaction.atomic
def stop_sharing(*, person: Person, practice_id: UUID, by: User) -> None:
    """The practice no longer sees the cases of this person; the consent stays on record with its end."""
    person.consents.filter(kind=Consent.Kind.SHARE, practice=practice_id, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    for case in person.cases.filter(practice=practice_id):
        audit.record(
            action=Event.Action.MANAGE, what="case:consent_withdrawn", by=by, practice_id=practice_id,
            person_id=person.pk, case_id=case.pk,
        )  # fmt: skip
        cases.share_with(case=case, practice=None, by=by)


@transaction.atomic
def erase(*, person: Person, by: User) -> Erased:
    """Erase a record for good. Cases that a practice treats stay with that practice, without the account.

    A practice must keep the record of a treatment for twenty years (WGBO, article 7:454 of the Dutch civil code); the
    person asks the practice itself to erase that earlier.
    """
    treated = person.cases.exclude(practice=None).count()
    own = person.cases.filter(practice=None)
    erased = own.count()
    audit.record(action=Event.Action.ERASE, what="person", by=by, person_id=person.pk)
    own.delete()
    if treated:
        person.user = None
        person.save(update_fields=["user"])
    else:
        person.delete()
    by.delete()
    return Erased(erased=erased, kept_by_practice=treated)
