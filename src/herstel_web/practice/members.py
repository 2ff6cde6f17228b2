"""The pages about who works at the practice."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_member, recently_signed_in
from herstel_web.language import current_language
from herstel_web.limits import limited
from herstel_web.practice import actions, invitations, queries
from herstel_web.practice.forms import InvitationForm, RoleForm
from herstel_web.practice.models import Membership, Role
from herstel_web.practice.rights import Right


@for_member(Right.MANAGE_PRACTICE)
@require_safe
def members(request: HttpRequest, member: Member) -> HttpResponse:
    """Who works here, who was invited, and who left."""
    return _page(request, member, InvitationForm(initial={"role": Role.THERAPIST}))


def _page(request: HttpRequest, member: Member, form: InvitationForm) -> HttpResponse:
    context = {
        "form": form,
        "members": queries.members(member.practice),
        "former": queries.former_members(member.practice),
        "invitations": queries.open_invitations(member.practice),
        "roles": Role.choices,
        "now": timezone.now(),
        "here": "members",
    }
    return render(request, "practice/members.html", context)


@for_member(Right.MANAGE_PRACTICE)
@require_POST
@recently_signed_in
@limited("invite", "50/h")
def invite(request: HttpRequest, member: Member) -> HttpResponse:
    """Sends somebody a link."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form)
    try:
        invitation, token = actions.invite(practice=member.practice, by=member.user, **form.cleaned_data)
    except InputError as error:
        for problem in error.problems:
            form.add_error("email", say_problem(current_language(), problem))
        return _page(request, member, form)
    invitations.send(request, invitation, token)
    messages.success(request, gettext("The invitation is on its way to {address}.").format(address=invitation.email))
    return redirect("members")


@for_member(Right.MANAGE_PRACTICE)
@require_POST
def withdraw_invitation(request: HttpRequest, member: Member, invitation_id: int) -> HttpResponse:
    """Makes a link useless."""
    invitation = queries.open_invitations(member.practice).filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404
    actions.withdraw(invitation=invitation, by=member.user)
    messages.success(request, gettext("The invitation is withdrawn."))
    return redirect("members")


@for_member(Right.MANAGE_PRACTICE)
@require_POST
@recently_signed_in
def change_role(request: HttpRequest, member: Member, membership_id: int) -> HttpResponse:
    """Gives a member another role."""
    form = RoleForm(request.POST)
    membership = _membership(member, membership_id)
    if not form.is_valid():
        raise Http404
    if form.cleaned_data["role"] == membership.role:
        return redirect("members")
    return _done_or_said(
        request,
        lambda: actions.change_role(membership=membership, role=form.cleaned_data["role"], by=member.user),
        gettext("The role is changed."),
    )


@for_member(Right.MANAGE_PRACTICE)
@require_safe
def leave_page(request: HttpRequest, member: Member, membership_id: int) -> HttpResponse:
    """Asks whether a member must go."""
    context = {"membership": _membership(member, membership_id), "here": "members"}
    return render(request, "practice/end_membership.html", context)


@for_member(Right.MANAGE_PRACTICE)
@require_POST
@recently_signed_in
def end_membership(request: HttpRequest, member: Member, membership_id: int) -> HttpResponse:
    """Lets a member go."""
    membership = _membership(member, membership_id)
    return _done_or_said(
        request,
        lambda: actions.end_membership(membership=membership, by=member.user),
        gettext("{name} no longer works here.").format(name=membership.user.shown_name),
    )


@for_member(Right.MANAGE_PRACTICE)
@require_POST
@recently_signed_in
def sign_out_member(request: HttpRequest, member: Member, membership_id: int) -> HttpResponse:
    """Ends all sessions of a member, for a telephone or computer that was lost."""
    membership = _membership(member, membership_id)
    actions.sign_out(membership=membership, by=member.user)
    messages.success(request, gettext("{name} is signed out everywhere.").format(name=membership.user.shown_name))
    return redirect("members")


def _membership(member: Member, membership_id: int) -> Membership:
    found = queries.members(member.practice).filter(pk=membership_id).first()
    if found is None:
        raise Http404
    return found


def _done_or_said(request: HttpRequest, do: Callable[[], None], done: str) -> HttpResponse:
    try:
        do()
    except InputError as error:
        for problem in error.problems:
            messages.error(request, say_problem(current_language(), problem))
    else:
        messages.success(request, done)
    return redirect("members")
