"""Everything that changes a practice; each change leaves a line in the trail."""

import secrets
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from herstel.errors import InputError, Problem, marked
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.practice import queries
from herstel_web.practice.models import Invitation, Location, Membership, Practice, TextTemplate

GOOD_FOR = timedelta(days=7)


def _to_trail(practice: Practice, what: str, by: User) -> None:
    audit.record(action=Event.Action.MANAGE, what=what, by=by, practice_id=practice.pk)


@transaction.atomic
def save_details(*, practice: Practice, by: User) -> None:
    """Keep the changed details of a practice."""
    practice.save(update_fields=["name", "phone", "email"])
    _to_trail(practice, "practice:details", by)


@transaction.atomic
def save_location(*, location: Location, by: User) -> None:
    """Keep a new or changed place; an end date closes it."""
    location.save()
    _to_trail(location.practice, "practice:location", by)


@transaction.atomic
def save_text(*, text: TextTemplate, by: User) -> None:
    """Keep a new or changed text."""
    text.save()
    _to_trail(text.practice, "practice:text", by)


@transaction.atomic
def remove_text(*, text: TextTemplate, by: User) -> None:
    """Remove a text; letters that began with it stay as they are."""
    text.delete()
    _to_trail(text.practice, "practice:text_removed", by)


@transaction.atomic
def invite(*, practice: Practice, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """Make an invitation and the token for its link; an earlier one for this address no longer works."""
    address = email.lower()
    if queries.members(practice).filter(user__email=address).exists():
        raise InputError(
            [
                Problem(
                    thing=address,
                    reason=marked("works here already."),
                    remedy=marked("Change the role in the list of members."),
                )
            ]
        )
    queries.open_invitations(practice).filter(email=address).update(withdrawn_at=timezone.now())
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        practice=practice,
        email=address,
        role=role,
        token_sha256=queries.hashed(token),
        good_until=timezone.now() + GOOD_FOR,
        invited_by=by,
    )
    _to_trail(practice, "practice:invited", by)
    return made, token


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Make the link of an invitation useless."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _to_trail(invitation.practice, "practice:invitation_withdrawn", by)


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership | None:
    """Make the invited user a member; None when the invitation was used or withdrawn meanwhile."""
    used = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not used.update(accepted_at=timezone.now()):
        return None
    membership, _ = Membership.objects.get_or_create(
        practice=invitation.practice, user=by, ended_at=None, defaults={"role": invitation.role}
    )
    _to_trail(invitation.practice, "practice:joined", by)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    """Give a member another role; the last owner stays one."""
    _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _to_trail(membership.practice, "practice:role", by)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Let a member go: they see nothing from now on, and their cases have nobody until somebody takes them."""
    _keep_an_owner(membership)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    Case.objects.filter(practice=membership.practice, therapist=membership.user).update(therapist=None)
    _to_trail(membership.practice, "practice:left", by)


@transaction.atomic
def sign_out(*, membership: Membership, by: User) -> None:
    """End every session of a member; they can sign in again."""
    for session in UserSession.objects.filter(user=membership.user):
        session.end()
    _to_trail(membership.practice, "practice:signed_out", by)


def _keep_an_owner(membership: Membership) -> None:
    Practice.objects.select_for_update().get(pk=membership.practice_id)  # two owners at the same moment: one by one
    if queries.is_last_owner(membership):
        raise InputError(
            [
                Problem(
                    thing=membership.user.shown_name,
                    reason=marked("is the last owner."),
                    remedy=marked("Make somebody else owner first."),
                )
            ]
        )
