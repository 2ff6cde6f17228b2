"""Working without a connection: what a browser may keep, and taking in what waited there."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from herstel.errors import InputError, Problem, marked
from herstel.text import say_problem
from herstel_web.access import for_own_case, public
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.training import actions, bridge
from herstel_web.training.actions import Outcome, Waiting
from herstel_web.training.forms import Form

OWNER = "X-Herstel-Owner"
"""Marks a page that a browser may keep for use without a connection, and for whom. Other pages are never kept."""
SHELL = (
    "herstel/herstel.css",
    "herstel/training.css",
    "herstel/icon.svg",
    "herstel/training/waiting.js",
    "herstel/training/today.js",
    "herstel/training/check_in.js",
    "herstel/training/player.js",
)
"""What every page that works without a connection needs."""
MOST_ITEMS = 40
INK, PAPER = "#1d5c57", "#faf7f1"


def kept_for(case: Case, response: HttpResponse) -> HttpResponse:
    """Let the browser of this person keep a page; signing out, or somebody else signing in, throws it away."""
    response.headers[OWNER] = str(case.pk)
    return response


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages. It changes when a file of the shell does, and browsers then take the new one."""
    shell = [static(name) for name in SHELL]
    version = sha256("".join(shell).encode()).hexdigest()[:10]
    context = {"shell": json.dumps(shell), "version": version, "offline": reverse("offline")}
    response = render(request, "training/service_worker.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to know to put Herstel on its home screen."""
    icons = [
        {"src": static(f"herstel/icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("icon-192", 192, "any"),
            ("icon-512", 512, "any"),
            ("maskable-512", 512, "maskable"),
        )
    ]
    told = {
        "id": "/",
        "name": "Herstel",
        "short_name": "Herstel",
        "description": gettext("Your plan of today and your check-in"),
        "lang": current_language(),
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "theme_color": INK,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a connection when the page itself was not kept."""
    return render(request, "training/offline.html")


# --- taking in what waited -------------------------------------------------------------------------------------------


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def sync(request: HttpRequest, case: Case) -> HttpResponse:
    """Asked: whose page this is, with a token for the form. Sent: what waited, with what became of each."""
    if request.method != "POST":
        return JsonResponse({"owner": str(case.pk), "token": get_token(request)})
    try:
        waiting = read_waiting(request.body)
    except InputError as error:
        return JsonResponse({"problems": _said(error.problems)}, status=400)
    by, today = cast("User", request.user), timezone.localdate()
    outcomes = [actions.take_in(case=case, waiting=one, by=by, today=today) for one in waiting]
    case.refresh_from_db(fields=["facts_version"])
    held = not bridge.may_train(standing(case, today).recovery)
    return JsonResponse(
        {"results": [_result(one) for one in outcomes], "next": reverse("act" if held else "check_in_saved")}
    )


def _result(outcome: Outcome) -> dict[str, object]:
    return {"key": str(outcome.key), "state": outcome.state, "problems": _said(outcome.problems)}


def _said(problems: tuple[Problem, ...]) -> list[str]:
    return [say_problem(current_language(), problem) for problem in problems]


def read_waiting(body: bytes) -> list[Waiting]:
    """What a browser sent: ``{"items": [{"key", "kind", "form": {field: [values]}}]}``.

    Raises
    ------
    InputError
        When it is something else; one strange item refuses all, for no page of ours sends that.
    """
    try:
        raw = json.loads(body)
        items = raw["items"]
        if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
            raise ValueError("items")
        return [_waiting(one) for one in items]
    except (ValueError, KeyError, TypeError, AttributeError):
        reason = marked("this is not something that a page of Herstel sends.")
        problem = Problem(thing="items", reason=reason, remedy=marked("Open the page anew and send it again."))
        raise InputError([problem]) from None


def _waiting(raw: Mapping[str, Any]) -> Waiting:
    kind, fields = raw["kind"], raw["form"]
    if kind not in ("check_in", "set", "undo"):
        raise ValueError("kind")
    form = {str(name): [str(value) for value in values] for name, values in fields.items() if isinstance(values, list)}
    return Waiting(key=UUID(str(raw["key"])), kind=kind, form=Form(fields=form))
