"""The trail of a practice: who looked at or changed what, to be read and never changed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from herstel_web.access import Member, for_member
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.practice import queries
from herstel_web.practice.forms import ACTIONS, TrailForm
from herstel_web.practice.rights import Right

WHAT: Mapping[str, str | Promise] = {
    "case": _("the case"),
    "case:shared": _("shared the record with the practice"),
    "case:consent_withdrawn": _("stopped sharing the record"),
    "case:assigned": _("who treats"),
    "fact:complaint": _("answers about the complaint"),
    "fact:measurements": _("a measurement"),
    "fact:judgements": _("a judgement"),
    "fact:goal": _("the goal"),
    "fact:edits": _("the plan"),
    "fact:check_ins": _("a check-in"),
    "fact:confirmations": _("a confirmation"),
    "fact:sets": _("sets that were done"),
    "letter": _("a letter"),
    "person": _("the details of a person"),
    "trail": _("this trail"),
    "person:invited": _("invited a person to their record"),
    "person:invitation_withdrawn": _("withdrew the invitation of a person"),
    "person:invitation_declined": _("said that an invitation to a record was not for them"),
    "person:invitation_own": _("goes on with a record of their own"),
    "person:taken": _("made the record their own"),
    "person:wrong_date": _("a wrong date of birth for a record"),
    "person:own_complaint": _("a record while they have an open complaint of their own"),
    "person:own_date_differs": _("a record with another date of birth than their own"),
    "practice:first_run": _("made the practice"),
    "practice:details": _("the details of the practice"),
    "practice:location": _("a place"),
    "practice:text": _("a text"),
    "practice:text_removed": _("removed a text"),
    "practice:invited": _("invited somebody"),
    "practice:invitation_withdrawn": _("withdrew an invitation"),
    "practice:joined": _("came to work here"),
    "practice:role": _("the role of a member"),
    "practice:left": _("let a member go"),
    "practice:signed_out": _("signed a member out everywhere"),
    "sign_in": _("with a passkey or password"),
    # what begins like this, such as the page of a case, when it has no words of its own
    "act": _("the plan"),
    "agenda": _("the agenda"),
    "appointment": _("an appointment"),
    "calendar": _("an address for a calendar"),
    "case_assessment": _("the assessment"),
    "case_chain": _("the chain"),
    "case_chain_film": _("a video of a test"),
    "case_chain_test": _("the tests"),
    "case_draft": _("a draft"),
    "case_examination": _("the examination"),
    "case_file": _("a file"),
    "case_invite": _("the invitation of a person"),
    "case_letters": _("a letter"),
    "case_messages": _("the messages"),
    "case_note": _("the notes"),
    "case_override": _("the assessment"),
    "case_plan": _("the plan"),
    "case_plan_goal": _("the goal"),
    "case_progress": _("the progress"),
    "chain": _("the chain"),
    "chain_film": _("a video of a test"),
    "check_in": _("a check-in"),
    "exercise": _("the plan"),
    "file": _("a file"),
    "film": _("a video of a test"),
    "goal": _("the goal"),
    "message": _("the messages"),
    "my_draft": _("a draft"),
    "my_file": _("a file"),
    "my_letter": _("a letter"),
    "my_messages": _("the messages"),
    "note": _("the notes"),
    "outcomes": _("the outcomes"),
    "progress": _("the progress"),
    "session": _("the plan"),
    "sync": _("the plan"),
    "today": _("the plan"),
    "waiting_list": _("the waiting list"),
    "week": _("the plan"),
}


@for_member(Right.MANAGE_PRACTICE)
@require_safe
def trail(request: HttpRequest, member: Member) -> HttpResponse:
    """One page of the trail, of what was asked for."""
    asked = request.GET.copy()
    before = str(asked.pop("before", [""])[-1])
    form = TrailForm(asked or None, practice=member.practice)
    wanted = form.cleaned_data if form.is_valid() else {}
    events, last = queries.trail(member.practice, wanted, int(before) if before.isdecimal() else None)
    names = queries.names_of(events)
    lines = [
        {"event": one, "person": names.get(one.person_id) if one.person_id else None, **_said(one)} for one in events
    ]
    if last is not None:
        asked["before"] = str(last.pk)
    audit.record(action=Event.Action.READ, what="trail", by=member.user, practice_id=member.practice.pk)
    context = {"form": form, "lines": lines, "older": asked.urlencode() if last else "", "here": "trail"}
    return render(request, "practice/trail.html", context)


def _said(event: Event) -> Mapping[str, object]:
    return {"did": ACTIONS.get(event.action, event.action), "what": in_words(event.what)}


def in_words(what: str) -> str:
    """What it was about, as the longest beginning that has words; as it is kept when none has."""
    known = max((one for one in WHAT if what.startswith(one)), key=len, default=None)
    return what if known is None else str(WHAT[known])
