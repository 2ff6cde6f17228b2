"""Everything that reads a practice."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.people.models import Person
from herstel_web.practice.models import Invitation, Location, Membership, Practice, Role, TextTemplate

LINES_A_PAGE = 50
MOST_NAMES = 200
"""So many persons whose name fits are looked for in the trail."""


def members(practice: Practice) -> "QuerySet[Membership]":
    """Who works at the practice now."""
    return practice.memberships.filter(ended_at=None).select_related("user").order_by("user__name", "user__email")


def former_members(practice: Practice) -> "QuerySet[Membership]":
    """Who worked there before."""
    return practice.memberships.exclude(ended_at=None).select_related("user").order_by("-ended_at")


def practices_of(user: User) -> "QuerySet[Membership]":
    """The practices a user works at."""
    return Membership.objects.filter(user=user, ended_at=None).select_related("practice").order_by("practice__name")


def is_last_owner(membership: Membership) -> bool:
    """Whether nobody would manage the practice without this member."""
    owners = members(membership.practice).filter(role=Role.OWNER)
    return membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists()


def open_invitations(practice: Practice) -> "QuerySet[Invitation]":
    """What was sent and not answered, the newest first; too old ones are told as such on the page."""
    return practice.invitations.filter(accepted_at=None, withdrawn_at=None).order_by("-sent_at")


def invitation(token: str) -> Invitation | None:
    """The invitation of a link, while it can be accepted."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, good_until__gt=timezone.now())
    return waiting.select_related("practice").filter(token_sha256=hashed(token)).first()


def hashed(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def locations(practice: Practice) -> "QuerySet[Location]":
    """The places of a practice, those in use first."""
    return practice.locations.order_by(F("closed_on").asc(nulls_first=True), "name")


def text_templates(practice: Practice, kind: str, language: str) -> "QuerySet[TextTemplate]":
    """The texts to begin a letter, message or note with."""
    return practice.text_templates.filter(kind=kind, language=language)


def with_own_text(practice: Practice, kind: str, chosen: str, typed: str) -> str:
    """What was typed with a text of the practice below it; unchanged when that text is no longer there."""
    found = practice.text_templates.filter(kind=kind, pk=chosen).first() if chosen.isdigit() else None
    return "\n\n".join(part for part in (typed.rstrip(), found.text) if part) if found else typed


def trail(
    practice: Practice, asked: Mapping[str, object], before: int | None = None
) -> tuple[list[Event], Event | None]:
    """One page of the trail of a practice, newest first, and the line after which the next page begins.

    ``asked`` may hold ``member`` (a Membership), ``person`` (part of a name), ``action``, ``since`` and ``until``.
    """
    lines = Event.objects.filter(practice_id=practice.pk).select_related("by").order_by("-at", "-pk")
    member, name, action = asked.get("member"), str(asked.get("person") or ""), asked.get("action")
    if isinstance(member, Membership):
        lines = lines.filter(by=member.user)
    if name:
        named = Person.objects.filter(name__icontains=name, pk__in=_persons_of(practice)).values_list("pk", flat=True)
        lines = lines.filter(person_id__in=list(named[:MOST_NAMES]))
    if action:
        lines = lines.filter(action=action)
    if isinstance(since := asked.get("since"), date):
        lines = lines.filter(at__gte=_midnight(since))
    if isinstance(until := asked.get("until"), date):
        lines = lines.filter(at__lt=_midnight(until + timedelta(days=1)))
    last = Event.objects.filter(practice_id=practice.pk, pk=before).first() if before else None
    if last is not None:
        lines = lines.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(lines[: LINES_A_PAGE + 1])
    page = found[:LINES_A_PAGE]
    return page, page[-1] if len(found) > LINES_A_PAGE else None


def _persons_of(practice: Practice) -> "QuerySet[Event, UUID | None]":
    """Everybody the practice ever had to do with, so that a name tells nothing about persons of other practices."""
    known = Event.objects.filter(practice_id=practice.pk, person_id__isnull=False)
    return known.order_by().values_list("person_id", flat=True).distinct()


def names_of(events: list[Event]) -> dict[UUID, str]:
    """The names of the persons in a part of the trail; who was erased has none."""
    persons = Person.objects.filter(pk__in={one.person_id for one in events if one.person_id})
    return dict(persons.values_list("pk", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
