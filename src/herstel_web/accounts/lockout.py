"""Who guesses passwords is kept out for a while, and told why and until when."""

from collections.abc import Mapping
from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def address_of(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The address that somebody tries to sign in with."""
    given = (credentials or {}).get("email") or (request.POST.get("login") if request else None) or ""
    return str(given).strip().lower()


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """The page in place of the sign-in page."""
    minutes = round(get_cool_off(request).total_seconds() / 60)
    response = render(request, "account/locked_out.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response
