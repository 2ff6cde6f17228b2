"""The pages that belong to the whole site: what went wrong, and what machines ask for."""

from collections.abc import Iterable, Mapping
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from herstel_web.access import public, signed_in
from herstel_web.accounts.models import User
from herstel_web.correspondence.queries import unread_by_user
from herstel_web.knowledge import knowledge
from herstel_web.language import current_language
from herstel_web.navigation import MORE, PERSON, PRACTICE, Entry
from herstel_web.practice.models import Membership
from herstel_web.practice.rights import RIGHTS, Right


def everywhere(request: HttpRequest) -> Mapping[str, object]:
    """What every template may use."""
    version = knowledge().version
    return {
        "person_menu": SimpleLazyObject(lambda: menu(PERSON, request)),
        "more_menu": SimpleLazyObject(lambda: menu(MORE, request)),
        "practice_menu": SimpleLazyObject(lambda: menu(PRACTICE, request)),
        "unread_messages": SimpleLazyObject(lambda: unread_by_user(cast("User", request.user))),
        "knowledge_version": version.version,
        "review_text": version.review_text[current_language()],
        "other_language": "nl" if current_language() == "en" else "en",
    }


def menu(entries: Iterable[Entry], request: HttpRequest) -> list[Mapping[str, object]]:
    """The lines of a menu that this visitor may use, with the one that is marked as where they are."""
    member = getattr(request, "member", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {"label": one.label, "url_name": one.url_name, "icon": one.icon, "here": here.startswith(one.section)}
        for one in entries
        if one.right is None or (member is not None and member.may(one.right))
    ]


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To where somebody who signs in has work to do: a member to the work list or the desk, a person to today."""
    roles = Membership.objects.filter(user=cast("User", request.user), ended_at=None).order_by("since")
    role = roles.values_list("role", flat=True).first()
    if role is None:
        return redirect("today")
    return redirect("work_list" if Right.READ_RECORDS in RIGHTS[role] else "desk")


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, for whoever makes one."""
    return render(request, "components.html")


@public
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception  # it may hold what was typed
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "403.html", status=403)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something was asked more often than the limit allows (``herstel_web.limits``)."""
    del exception
    return render(request, "429.html", status=429)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Made without anything that may be the cause itself."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=500)


@requires_csrf_token
def form_refused(request: HttpRequest, **_details: object) -> HttpResponse:
    """A form without its token: mostly a browser that keeps no cookies, or a page left open for too long."""
    return render(request, "form_refused.html", status=403)
