"""Writes tests and judgements of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from herstel.errors import InputError, Problem, marked
from herstel_web.accounts.models import User
from herstel_web.analysis import bridge, queries
from herstel_web.cases.actions import NewFact, record_fact, record_facts
from herstel_web.cases.models import Case, Fact

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How entries came in that nobody typed: the same ``keys`` twice are the same facts.

    With ``instead_because`` they take the place of what was measured of the same test on the same day.
    """

    keys: Sequence[UUID]
    instead_because: str = ""


@transaction.atomic
def record_test(
    *, case: Case, entries: Sequence[dict[str, Any]], by: User, today: date, sent: Sent | None = None
) -> None:
    """Record what was measured of a test, all sides at once.

    Raises
    ------
    InputError
        When an entry cannot be read, or the same side was measured on that day already: that is a correction.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    sent = sent or Sent(keys=[uuid4() for _ in entries])
    facts = []
    for entry, key in zip(entries, sent.keys, strict=True):
        old = queries.measured_on(case, entry)
        if old is not None and not sent.instead_because:
            reason = marked("this was measured on the same day already.")
            remedy = marked("Correct the value that stands below, and say why.")
            raise InputError([Problem(thing=entry.get("side", bridge.SIDELESS), reason=reason, remedy=remedy)])
        facts.append(
            NewFact(
                part=Fact.Part.MEASUREMENTS, entry=entry, day=date.fromisoformat(entry["date"]), key=key,
                corrects=old, reason=sent.instead_because if old else "",
            )
        )  # fmt: skip
    record_facts(case=case, facts=facts, by=by, today=today)


def correct_test(*, old: Fact, entry: Entry | None, reason: str, by: User, today: date) -> Fact:
    """Put another value in the place of one that was wrong, or take it back.

    Raises
    ------
    InputError
        Without a reason, when the entry cannot be read, or when somebody else corrected it in the meantime.
    """
    _need_reason(reason)
    fact = NewFact(part=Fact.Part.MEASUREMENTS, entry=entry, day=old.day, corrects=old, reason=reason)
    return record_fact(case=old.case, fact=fact, by=by, today=today)


@transaction.atomic
def judge(*, case: Case, entry: Entry, seen: int | None, by: User, today: date) -> Fact:
    """Confirm or reject a contributor; what was said of it before no longer stands.

    Parameters
    ----------
    seen : int or None
        The judgement that stood when the therapist looked.

    Raises
    ------
    InputError
        When it cannot be read, or somebody else judged it in the meantime.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    _need_reason(str(entry.get("reason", "")))
    bridge.check_judgement(entry, today)
    old = queries.judgement(case, entry["contributor"])
    _refuse_unseen(old, seen)
    fact = NewFact(part=Fact.Part.JUDGEMENTS, entry=entry, day=today, corrects=old, reason=entry["reason"])
    return record_fact(case=case, fact=fact, by=by, today=today)


@transaction.atomic
def take_back_judgement(*, case: Case, contributor: str, seen: int | None, by: User, today: date) -> None:
    """Let a contributor be a hypothesis again."""
    Case.objects.select_for_update().get(pk=case.pk)
    old = queries.judgement(case, contributor)
    _refuse_unseen(old, seen)
    if old is not None:
        fact = NewFact(part=Fact.Part.JUDGEMENTS, entry=None, day=today, corrects=old)
        record_fact(case=case, fact=fact, by=by, today=today)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        remedy = marked("Say in a few words why.")
        raise InputError([Problem(thing="reason", reason=marked("the reason is empty."), remedy=remedy)])


def _refuse_unseen(old: Fact | None, seen: int | None) -> None:
    if (old.pk if old else None) != seen:
        reason = marked("somebody else judged this in the meantime.")
        raise InputError([Problem(thing="judgement", reason=reason, remedy=marked("Look at it again first."))])
