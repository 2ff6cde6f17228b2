"""What is done and written down when somebody signs in, confirms, or tries to."""

from typing import Any
from uuid import UUID

from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authentication_failed
from allauth.usersessions.models import UserSession
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.logs import security
from herstel_web.practice.models import Membership


@receiver(user_logged_in)
def to_trail(user: User, **_: Any) -> None:
    """A line in the trail of every practice that the user works at, or one of their own."""
    practices: list[UUID | None] = [
        *Membership.objects.filter(user=user, ended_at=None).values_list("practice", flat=True)
    ]
    for practice_id in practices or [None]:
        audit.record(action=Event.Action.SIGN_IN, what="sign_in", by=user, practice_id=practice_id)


@receiver(authentication_step_completed)
def new_session_name(request: HttpRequest, user: User, **about: Any) -> None:
    """Who confirms gets a session with a new name, as who signs in does."""
    if not about.get("reauthenticated") or not request.user.is_authenticated:
        return
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before, user=user).update(session_key=request.session.session_key)


@receiver(user_login_failed)
def wrong_password(**_: Any) -> None:
    security("wrong address or password")


@receiver(authentication_failed)
def wrong_second_step(**_: Any) -> None:
    security("wrong second step")


@receiver(user_locked_out)
def locked_out(**_: Any) -> None:
    security("locked out")
