"""Everything that reads a person's record as a whole."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice
from herstel_web.sharing.queries import ids_of

LOOKS_A_PAGE = 200
"""So many lines of the trail are read for one page; looks of one day by one member are told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """On one day somebody looked at, or wrote in, a record."""

    day: date
    who: str
    practice: str
    action: str
    times: int


def looks(person: Person, before: int | None = None) -> tuple[list[Look], int | None]:
    """Who looked or wrote, newest first, and where the older ones begin; the person's own looks are left out."""
    lines = (
        Event.objects.filter(person_id__in=ids_of(person)).exclude(by=person.user).select_related("by").order_by("-pk")
    )
    if before is not None:
        lines = lines.filter(pk__lt=before)
    found = list(lines[:LOOKS_A_PAGE])
    names = dict(Practice.objects.filter(pk__in={one.practice_id for one in found}).values_list("pk", "name"))
    told = [
        Look(
            day=day,
            who=who,
            practice=names.get(practice, "") if practice else "",
            action=action,
            times=len(list(group)),
        )
        for (day, who, practice, action), group in groupby(found, key=_same_look)
    ]
    return told, found[-1].pk if len(found) == LOOKS_A_PAGE else None


def _same_look(event: Event) -> tuple[date, str, UUID | None, str]:
    by: User | None = event.by
    return timezone.localdate(event.at), by.shown_name if by else "", event.practice_id, event.action


def consents(person: Person) -> "QuerySet[Consent]":
    """What the person agreed to, standing or withdrawn, newest first."""
    return person.consents.select_related("practice").order_by("-given_at")
