"""The answers of a visitor without an account: signed, in a cookie apart from the session of an account."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.sessions.backends import signed_cookies
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]
LARGEST_COOKIE_BYTES = 4096
"""What every browser keeps: name, value and attributes together."""
_ATTRIBUTES_BYTES = 128


class VisitStore(signed_cookies.SessionStore):
    """Signed, compressed, in the cookie itself. ``lost`` is true when what came in was altered, too old or cut off."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.lost = bool(session_key) and self.session_key is None  # too short to be one of ours

    def get_session_cookie_age(self) -> int:
        return int(settings.VISIT_COOKIE_AGE)

    def create(self) -> None:
        # Django calls this, and only this, when the signature of a cookie is not right.
        self.lost = True
        super().create()

    def fits(self) -> bool:
        """Whether a browser would keep the cookie as it is now."""
        value = self._get_session_key()
        return len(settings.VISIT_COOKIE_NAME) + len(value or "") + _ATTRIBUTES_BYTES <= LARGEST_COOKIE_BYTES


def visit_cookie(respond: Respond) -> Respond:
    """Give every request its ``visit``, and send it back when it changed."""

    def with_visit(request: HttpRequest) -> HttpResponse:
        visit = VisitStore(request.COOKIES.get(settings.VISIT_COOKIE_NAME))
        request.visit = visit  # type: ignore[attr-defined]
        response = respond(request)
        if settings.VISIT_COOKIE_NAME in request.COOKIES and visit.is_empty():
            response.delete_cookie(settings.VISIT_COOKIE_NAME, samesite="Lax")
        elif visit.modified and not visit.is_empty() and response.status_code < 500:
            visit.save()
            response.set_cookie(
                settings.VISIT_COOKIE_NAME,
                visit.session_key or "",
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response

    return with_visit


def visit_of(request: HttpRequest) -> VisitStore:
    """The visit of a request."""
    return cast("VisitStore", request.visit)  # type: ignore[attr-defined]
