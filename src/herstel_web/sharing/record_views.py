"""What the link of an invitation opens. Nothing of the record is shown before its person has confirmed who they are."""

from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from herstel_web.access import public
from herstel_web.accounts.addresses import has_address
from herstel_web.accounts.models import User
from herstel_web.limits import limited
from herstel_web.people.models import Person
from herstel_web.sharing import invitations, queries
from herstel_web.sharing.forms import TakeForm
from herstel_web.sharing.invitations import End, Outcome
from herstel_web.sharing.models import RecordInvitation


@public
@limited("record_invitation", "30/h")
@require_http_methods(["GET", "HEAD", "POST"])
def record_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Sign up or in with the address it was sent to; then confirm, or say that it is not for them."""
    invitation = queries.invitation(token)
    if invitation is None:
        return _gone(request)
    if not request.user.is_authenticated:
        # Who has the link can read this address: it needs no code.
        get_adapter(request).stash_verified_email(request, invitation.email)
    if not has_address(cast("User", request.user), invitation.email):
        return render(request, "sharing/sign_in_first.html", status=403 if request.method == "POST" else 200)
    return _confirm(request, invitation, cast("User", request.user))


def _confirm(request: HttpRequest, invitation: RecordInvitation, by: User) -> HttpResponse:
    said = request.POST.get("said", "")
    if said in (End.DECLINED, End.OWN_RECORD):
        return _declined(request, invitation, End(said), by)
    if queries.own_open_complaint(by):
        return render(request, "sharing/own_record.html", {"invitation": invitation})
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = invitations.take(invitation=invitation, born=form.cleaned_data["born"], by=by)
        if answer.outcome == Outcome.TAKEN:
            messages.success(request, gettext("This record is yours now. You see who looks at it under 'My data'."))
            return redirect("home")
        if answer.outcome == Outcome.GONE:
            return _gone(request)
        form.add_error("born", _why_not(answer))
    context = {"form": form, "invitation": invitation, "joins": Person.objects.filter(user=by).exists()}
    return render(request, "sharing/take.html", context)


def _why_not(answer: invitations.Answer) -> str:
    if answer.outcome == Outcome.WRONG_DATE:
        said = ngettext(
            "The practice knows another date of birth. You can try {n} more time.",
            "The practice knows another date of birth. You can try {n} more times.",
            answer.left,
        )
        return said.format(n=answer.left)
    return gettext(
        "Your own record here has another date of birth. Is that one wrong? Correct it under 'My data' and open this "
        "link again. Is this record of somebody else? Then it needs an account and an e-mail address of their own."
    )


def _declined(request: HttpRequest, invitation: RecordInvitation, end: End, by: User) -> HttpResponse:
    invitations.decline(invitation=invitation, end=end, by=by)
    if end == End.OWN_RECORD:
        said = gettext("The practice is told that you go on with your own record. Share it here when you want to.")
        messages.success(request, said)
        return redirect("share")
    messages.success(request, gettext("Thank you. The practice is told that this was not for you."))
    return redirect("start")


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "sharing/gone.html", status=404)
