"""The pages that belong to the whole site: what went wrong, and what machines ask for."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from herstel_web.language import current_language
from herstel_web.self_check import bridge


def everywhere(_request: HttpRequest) -> Mapping[str, object]:
    """What every template may use."""
    version = bridge.knowledge().version
    return {
        "knowledge_version": version.version,
        "review_text": version.review_text[current_language()],
        "other_language": "nl" if current_language() == "en" else "en",
    }


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """For those who keep watch: alive, and with which knowledge."""
    return HttpResponse(f"ok {bridge.knowledge().version.version}\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, **_details: object) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, **_details: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Made without anything that may be the cause itself."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("500.html"), status=500)


@requires_csrf_token
def form_refused(request: HttpRequest, **_details: object) -> HttpResponse:
    """A form without its token: mostly a browser that keeps no cookies, or a page left open for too long."""
    return render(request, "form_refused.html", status=403)
