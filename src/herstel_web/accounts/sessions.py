"""How long somebody stays signed in.

Who works at a practice confirms who they are after half an hour of doing nothing, and signs in anew every twelve hours.
A person with a complaint stays signed in on their own phone: two weeks of doing nothing, three months at most.
"""

import time
from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from herstel_web.access import access_of
from herstel_web.accounts.models import User
from herstel_web.practice.models import Membership

Respond = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN, ASLEEP = "began_at", "seen_at", "asleep"
ENOUGH_S = 60
"""A session is written no more often than this to say that it is in use."""
TO_CONFIRM = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}
"""What a session that slept may open besides the public pages."""


class session_ends:  # noqa: N801 - a middleware, named as the others
    """Ends sessions that lasted long enough, and asks to confirm in those that slept."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look_at(request, time.time())
        return self._respond(request)

    def process_view(self, request: HttpRequest, view: Any, _args: object, _kwargs: object) -> HttpResponse | None:
        """A session that slept opens nothing but public pages and the pages to confirm or sign out."""
        if not request.user.is_authenticated or not request.session.get(ASLEEP):
            return None
        if did_recently_reauthenticate(request):
            del request.session[ASLEEP]
            return None
        access = access_of(view)
        public = access is not None and access.kind == "public"
        if public or (request.resolver_match is not None and request.resolver_match.url_name in TO_CONFIRM):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        return cast("HttpResponse", suspend_request(request, ways[0]["url"])) if ways else _sign_out(request)

    def _look_at(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
        idle_s, lasted_s = now - seen, now - began
        if lasted_s > settings.SESSION_PERSON_LONGEST_S or (
            lasted_s > settings.SESSION_MEMBER_LONGEST_S and _is_member(request)
        ):
            _sign_out(request)
            return
        if idle_s > settings.SESSION_MEMBER_IDLE_S and _is_member(request):
            session[ASLEEP] = True
        if idle_s > ENOUGH_S:
            session[SEEN] = now


def _sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, gettext("You were signed in for a long time. To be safe, sign in again."))
    return redirect("account_login")


def _is_member(request: HttpRequest) -> bool:
    return Membership.objects.filter(user=cast("User", request.user), ended_at=None).exists()
