"""The page of one's own account; signing in and the like are pages of allauth."""

from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods

from herstel_web.access import signed_in
from herstel_web.accounts.forms import Settings
from herstel_web.accounts.models import User
from herstel_web.people.models import Person
from herstel_web.practice.models import Membership


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Name, language, and the ways to sign in."""
    user = cast("User", request.user)
    form = Settings(request.POST or None, instance=user)
    if form.is_valid():
        form.save()
        with override(user.language):
            messages.success(request, gettext("Saved."))
        response = redirect("account")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        return response
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "second_step": bool(kinds),
        "practices": Membership.objects.filter(user=user, ended_at=None).count(),
        "person": Person.objects.filter(user=user).exists(),
    }
    return render(request, "account/settings.html", context)
