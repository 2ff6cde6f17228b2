"""What every answer of the server passes through: headers, language, and errors said in one place."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from herstel.errors import HerstelError, InputError
from herstel.text import say_problem
from herstel_web.language import language_of
from herstel_web.logs import REQUEST_ID

Respond = Callable[[HttpRequest], HttpResponse]
NOT_A_PAGE = 405

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",  # a page may hold answers; static files say their own
}


def numbered(respond: Respond) -> Respond:
    """Gives every request a number, so that the log lines of one request can be found together."""

    def with_number(request: HttpRequest) -> HttpResponse:
        token = REQUEST_ID.set(secrets.token_hex(8))
        try:
            response = respond(request)
            response.headers["X-Request-ID"] = REQUEST_ID.get()
            return response
        finally:
            REQUEST_ID.reset(token)

    return with_number


def private_headers(respond: Respond) -> Respond:
    """Scripts from our own files only, nothing from or to other sites, nothing kept by browsers or proxies."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return with_headers


def chosen_language(respond: Respond) -> Respond:
    """Dutch, unless this visitor chose English; the language the browser was installed in does not count."""

    def in_language(request: HttpRequest) -> HttpResponse:
        language = language_of(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = respond(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return in_language


class PlainErrors:
    """What is wrong with what came in, said on a page with every problem and its remedy; and what is no page at all."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._respond(request)
        if response.status_code != NOT_A_PAGE or request.method != "GET":
            return response
        page = render(request, "405.html", status=NOT_A_PAGE)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, HerstelError):
            return None
        language = language_of(translation.get_language())
        problems = [say_problem(language, problem) for problem in error.problems]
        status = 400 if isinstance(error, InputError) else 500
        return render(request, "problems.html", {"problems": problems}, status=status)
