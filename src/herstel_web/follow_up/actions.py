"""Writes what was decided together, and mends check-ins."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from herstel.errors import InputError, Problem, marked
from herstel_web.accounts.models import User
from herstel_web.cases.actions import NewFact, record_fact
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import standing


@transaction.atomic
def confirm(*, case: Case, entry: Mapping[str, Any], by: User, today: date) -> Fact:
    """Record what a role said about going back to sport.

    Raises
    ------
    InputError
        While somebody must look first: an agreement would then count as the release, which asks for more than that.
    """
    now = Case.objects.select_for_update().get(pk=case.pk)  # a sign that is told at this moment waits, or was told
    if standing(now, today).recovery.progress.position.on_hold:
        reason = marked("somebody has to look first; nothing is decided about going back until then.")
        remedy = marked("Release the person on the overview, after somebody looked.")
        raise InputError([Problem(thing="role", reason=reason, remedy=remedy)])
    fact = NewFact(part=Fact.Part.CONFIRMATIONS, entry={**entry, "date": today.isoformat()}, day=today)
    return record_fact(case=case, fact=fact, by=by, today=today)


def correct_check_in(*, old: Fact, entry: Mapping[str, Any], reason: str, by: User, today: date) -> Fact:
    """Put a mended check-in in the place of the one that was told; both are kept.

    Raises
    ------
    InputError
        When it cannot be read, or somebody else mended it in the meantime.
    """
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=old.day, corrects=old, reason=reason)
    return record_fact(case=old.case, fact=fact, by=by, today=today)
