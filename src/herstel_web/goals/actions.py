"""Writes a goal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from herstel_web.accounts.models import User
from herstel_web.cases.actions import NewFact, record_fact
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import last_fact


class GoalChangedMeanwhileError(Exception):
    """Somebody else changed the goal; nothing was overwritten."""


@transaction.atomic
def set_goal(*, case: Case, entry: Mapping[str, Any], seen: int, by: User, today: date) -> None:
    """Keep a goal; the plan is made for it at once.

    Raises
    ------
    GoalChangedMeanwhileError
        When the goal that was changed is no longer the last one.
    InputError
        When the goal cannot be read.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    last = last_fact(case, Fact.Part.GOAL)
    if last is not None and last.pk != seen:
        raise GoalChangedMeanwhileError
    record_fact(case=case, fact=NewFact(part=Fact.Part.GOAL, entry=entry, day=today), by=by, today=today)
