"""The practice's page to invite a person to the record that it entered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from herstel_web.access import Member, for_practice_case, recently_signed_in
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.limits import limited
from herstel_web.practice.rights import Right
from herstel_web.sharing import invitations, mails, queries
from herstel_web.sharing.forms import InviteForm
from herstel_web.sharing.invitations import HasAccountError

SHOWN = 10


@for_practice_case(Right.WRITE_RECORDS)
@require_safe
def invite(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Where a link is sent from, and what became of earlier ones."""
    return _page(request, member, case, _form(case))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
@recently_signed_in
@limited("invite_person", "30/h")
def send(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Sends the person a link, or a new one."""
    form = _form(case, request.POST)
    if not _may_invite(case) or not form.is_valid():
        return _page(request, member, case, form)
    _send(request, member, case, form)
    return redirect("case_invite", case_id=case.pk)


def _form(case: Case, given: QueryDict | None = None) -> InviteForm:
    return InviteForm(given, born=case.person.birth_date, initial={"email": case.person.email})


def _may_invite(case: Case) -> bool:
    """Nobody is invited to what is theirs already; made-up people get no e-mail."""
    return case.person.user_id is None and not case.person.simulated


def _page(request: HttpRequest, member: Member, case: Case, form: InviteForm) -> HttpResponse:
    sent = queries.invitations(case)[:SHOWN]
    context = {
        "header": case_header(request, member, case, standing(case, timezone.localdate())),
        "case": case,
        "form": form,
        "may_invite": _may_invite(case),
        "invitations": sent,
        "open": any(one.is_open for one in sent),
        "days": invitations.GOOD_FOR.days,
    }
    return render(request, "sharing/invite.html", context, status=400 if form.errors else 200)


def _send(request: HttpRequest, member: Member, case: Case, form: InviteForm) -> None:
    address = form.cleaned_data["email"]
    try:
        made, token = invitations.invite(case=case, email=address, birth_date=form.born, by=member.user)
    except HasAccountError:
        messages.info(request, gettext("This person has made the record their own in the meantime."))
        return
    if mails.send(made, token):
        messages.success(request, gettext("The invitation is on its way to {address}.").format(address=address))
    else:
        invitations.withdraw(invitation=made, by=member.user)
        messages.error(request, gettext("The e-mail could not be sent. Try again later; the link does not work."))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def withdraw(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Makes the link that is open useless."""
    for one in queries.invitations(case).filter(end=""):
        invitations.withdraw(invitation=one, by=member.user)
        messages.success(request, gettext("The invitation is withdrawn."))
    return redirect("case_invite", case_id=case.pk)
