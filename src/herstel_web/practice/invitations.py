"""An invitation by e-mail, and the page that its link opens."""

from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel_web.access import CHOSEN_PRACTICE, public
from herstel_web.accounts.addresses import has_address
from herstel_web.accounts.models import User
from herstel_web.practice import actions, queries
from herstel_web.practice.models import Invitation


def send(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Send the link. The e-mail says which practice asks, and nothing about anybody's health."""
    context = {
        "practice": invitation.practice.name,
        "link": request.build_absolute_uri(reverse("invitation", kwargs={"token": token})),
        "days": actions.GOOD_FOR.days,
    }
    subject, body = (render_to_string(f"practice/email/invitation_{part}.txt", context) for part in ("subject", "body"))
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [invitation.email])


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation; who has no account makes one first, with the address it was sent to."""
    invitation = queries.invitation(token)
    if invitation is None:
        return render(request, "practice/invitation_gone.html", status=404)
    context = {"invitation": invitation, "fits": has_address(request.user, invitation.email)}
    if not request.user.is_authenticated:
        # Who has the link can read this address: it needs no code.
        get_adapter(request).stash_verified_email(request, invitation.email)
    if request.method != "POST":
        return render(request, "practice/invitation.html", context)
    if not context["fits"]:
        raise Http404
    membership = actions.accept(invitation=invitation, by=cast("User", request.user))
    if membership is None:
        return render(request, "practice/invitation_gone.html", status=404)
    request.session[CHOSEN_PRACTICE] = str(invitation.practice_id)
    messages.success(request, gettext("You work at {practice} now.").format(practice=invitation.practice.name))
    return redirect("home")
