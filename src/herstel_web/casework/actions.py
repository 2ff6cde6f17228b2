"""What a practice decides about a case: who treats it, the own judgement, an examination, a release, closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.actions import NewFact, open_case, record_fact, share_with
from herstel_web.cases.models import Case, Conclusion, Fact
from herstel_web.cases.queries import last_fact
from herstel_web.casework.models import Closure, LookedAt, Override
from herstel_web.people.actions import CONSENT_TEXT
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice


class ChangedMeanwhileError(Exception):
    """Somebody else changed the same thing since it was shown; nothing was changed now."""


class StillOnHoldError(Exception):
    """A release did not lift the hold; nothing was kept."""


def to_trail(case: Case, what: str, by: User) -> None:
    """A line in the trail of something a member did with a case."""
    audit.record(
        action=Event.Action.WRITE,
        what=what,
        by=by,
        practice_id=case.practice_id,
        person_id=case.person_id,
        case_id=case.pk,
    )


def _locked(case: Case) -> Case:
    """The case as it is now, with everybody else who changes it waiting."""
    return Case.objects.select_for_update().get(pk=case.pk)


@transaction.atomic
def assign(*, case: Case, to: User | None, seen: str, by: User) -> None:
    """Say who treats a person.

    Raises
    ------
    ChangedMeanwhileError
        When ``seen``, the id of who treated the person when it was shown, is outdated.
    """
    fresh = _locked(case)
    if str(fresh.therapist_id or "") != seen:
        raise ChangedMeanwhileError
    fresh.therapist = to
    fresh.save(update_fields=["therapist"])
    to_trail(case, "case:assigned", by)


@transaction.atomic
def look_at(*, case: Case, reason: str, since: date, by: User) -> None:
    """Say that a reason on the work list was looked at."""
    LookedAt.objects.create(case=case, reason=reason, since=since, made_by=by)
    to_trail(case, f"looked_at:{reason}", by)


# --- judging otherwise -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a therapist judges of a subject, and what Herstel says; ``value`` "" takes the own judgement back.

    ``seen`` is the id of the judgement that stood when it was shown, "" for none.
    """

    subject: str
    value: str
    engine: str
    reason: str
    seen: str


@transaction.atomic
def override(*, case: Case, judged: Judged, by: User) -> None:
    """Keep what a therapist judges otherwise beside what Herstel says.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else judged the same subject since it was shown.
    """
    _locked(case)
    standing = Override.objects.filter(case=case, subject=judged.subject, ended_at=None)
    if str(standing.values_list("pk", flat=True).first() or "") != judged.seen:
        raise ChangedMeanwhileError
    standing.update(ended_at=timezone.now(), ended_by=by)
    if judged.value:
        Override.objects.create(
            case=case,
            subject=judged.subject,
            engine=judged.engine,
            value=judged.value,
            reason=judged.reason,
            made_by=by,
        )
    to_trail(case, f"override:{judged.subject}", by)


@transaction.atomic
def release(*, case: Case, looked_at: str, seen: str, by: User, today: date) -> None:
    """Lift a hold: a therapist looked, and says what was looked at.

    Raises
    ------
    ChangedMeanwhileError
        When something was recorded after ``seen``, the version of the facts that was shown: it may be a new sign, and
        a release says that somebody looked at every sign that was told before it.
    StillOnHoldError
        When the plan begins later, so that nothing is judged yet. Nothing is kept then.
    """
    if str(_locked(case).facts_version) != seen:
        raise ChangedMeanwhileError
    entry = {"role": "therapist", "agrees": True, "date": today.isoformat(), "note": looked_at}
    fact = NewFact(part=Fact.Part.CONFIRMATIONS, entry=entry, day=today)
    record_fact(case=case, fact=fact, by=by, today=today)
    if Conclusion.objects.filter(case=case, on_hold=True).exists():
        raise StillOnHoldError
    to_trail(case, "case:released", by)


@transaction.atomic
def examine(*, case: Case, found: Mapping[str, bool], seen: str, by: User, today: date) -> None:
    """Record what an examination found, as a new version of the complaint; tests that are not named stay unknown.

    Raises
    ------
    ChangedMeanwhileError
        When ``seen``, the id of the complaint that was shown, is no longer the last.
    InputError
        When the complaint cannot be read with it.
    """
    _locked(case)
    last = last_fact(case, Fact.Part.COMPLAINT)
    if last is None or str(last.pk) != seen:
        raise ChangedMeanwhileError
    entry = {name: value for name, value in (last.entry or {}).items() if name != "examination"}
    if found:
        entry["examination"] = dict(found)
    fact = NewFact(part=Fact.Part.COMPLAINT, entry=entry, day=today, reason="examination")
    record_fact(case=case, fact=fact, by=by, today=today)


# --- beginning and ending --------------------------------------------------------------------------------------------


@transaction.atomic
def start(*, practice: Practice, about: Mapping[str, Any], complaint: Mapping[str, Any], by: User, today: date) -> Case:
    """Enter a person and what they told, with their consent on record; who enters it treats the person.

    Raises
    ------
    InputError
        When the complaint cannot be read; nothing is kept then.
    """
    person = Person.objects.create(**about, simulated=practice.simulated)
    Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version=CONSENT_TEXT)
    Consent.objects.create(person=person, kind=Consent.Kind.SHARE, practice=practice, text_version=CONSENT_TEXT)
    case = open_case(person=person, complaint=complaint, goal=None, by=by, today=today)
    share_with(case=case, practice=practice, by=by)
    assign(case=case, to=by, seen="", by=by)
    return case


@transaction.atomic
def close(*, case: Case, reason: str, note: str, by: User, today: date) -> None:
    """Close a case, or with the reason ``reopened`` open it again.

    Raises
    ------
    ChangedMeanwhileError
        When somebody else did so already.
    """
    fresh, opening = _locked(case), reason == Closure.Reason.REOPENED
    if opening != (fresh.closed_on is not None):
        raise ChangedMeanwhileError
    fresh.closed_on = None if opening else today
    fresh.save(update_fields=["closed_on"])
    Closure.objects.create(case=case, reason=reason, note=note, made_by=by)
    to_trail(case, "case:reopened" if opening else "case:closed", by)
