"""Changes of a plan: into the draft, out of it, and saved. Nothing that was saved is ever written over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_practice_case
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.planning import actions, bridge, queries
from herstel_web.planning.actions import OvertakenError
from herstel_web.planning.entry_forms import edit_of
from herstel_web.planning.views import exercise_page, library_page, plan_page
from herstel_web.practice.rights import Right

NEW = ("add", "own")
"""Kinds of changes that come from the library page."""


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def change(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Puts a change into the draft."""
    today = timezone.localdate()
    recovery = standing(case, today).recovery
    it = queries.editor(case, member.user, recovery, today, current_language())
    exercise = request.POST.get("exercise", "")
    edit = edit_of(request.POST, bridge.planned(it.plan, exercise))
    try:
        actions.draft_edit(case=case, edit=edit, recovery=recovery, by=member.user, today=today)
    except InputError as error:
        problems = _said(error)
        if edit["kind"] in NEW or not bridge.is_known(exercise, it.plan):
            return library_page(request, member, case, problems=problems)
        return exercise_page(request, member, case, exercise, problems=problems)
    return _to_changes(case)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def move(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Puts an exercise on another day: ``move`` holds the exercise, the day it is on and the day it goes to."""
    today = timezone.localdate()
    recovery = standing(case, today).recovery
    plan = queries.editor(case, member.user, recovery, today, current_language()).plan
    exercise, start, end = _move(request.POST.get("move", ""))
    if not bridge.may_move(plan, exercise, start, end):
        messages.error(request, gettext("That day is not possible for this exercise: too little time, or rest is due."))
        return _to_changes(case)
    edit = {**bridge.moved(plan, exercise, start, end), "reason": ""}
    actions.draft_edit(case=case, edit=edit, recovery=recovery, by=member.user, today=today)
    return _to_changes(case)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def undo(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Puts into the draft that a saved change is taken back."""
    fact, reason = _whole(request, "fact"), request.POST.get("reason", "").strip()
    if not actions.draft_undo(case=case, fact_id=fact, reason=reason, by=member.user):
        messages.error(request, gettext("Somebody else took this change back already."))
    return _to_changes(case)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def drop(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Takes one change out of the draft, or throws all away."""
    place = None if "all" in request.POST else _whole(request, "place")
    try:
        actions.drop(case=case, by=member.user, place=place, seen_version=_whole(request, "version"))
    except OvertakenError:
        messages.error(request, gettext("Your draft was changed in another window. Look at it again first."))
    return _to_changes(case)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def keep(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """After somebody saved in between: keeps the changes that were ticked, on top of theirs."""
    places = {int(one) for one in request.POST.getlist("keep") if one.isdigit()}
    try:
        actions.keep_on_top(
            case=case,
            by=member.user,
            places=places,
            seen_basis=_whole(request, "basis"),
            seen_version=_whole(request, "version"),
        )
    except OvertakenError:
        messages.error(request, gettext("Something was changed again in the meantime. Look at it first."))
    return _to_changes(case)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def save(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Saves the draft, when the plan is still the one that was looked at."""
    reason = request.POST.get("reason", "").strip()
    try:
        actions.save(
            case=case,
            by=member.user,
            seen_basis=_whole(request, "basis"),
            seen_version=_whole(request, "version"),
            reason=reason,
            today=timezone.localdate(),
        )
    except OvertakenError:
        actions.remember_reason(case=case, by=member.user, reason=reason)
        said = gettext("Not saved: the plan or your draft was changed in the meantime. Look at both, then choose.")
        return plan_page(request, member, case, problems=(said,), status=409)
    except InputError as error:
        return plan_page(request, member, case, problems=_said(error), status=400)
    messages.success(request, gettext("Saved. The plan is made anew with your changes."))
    return redirect("case_plan", case_id=case.pk)


def _move(told: str) -> tuple[str, int, int]:
    """The exercise, the day it is on and the day it goes to; days that are none are no day of the week."""
    exercise, start, end = (*told.split(), "", "", "")[:3]
    return exercise, int(start) if start.isdigit() else -1, int(end) if end.isdigit() else -1


def _to_changes(case: Case) -> HttpResponse:
    return redirect(f"{reverse('case_plan', kwargs={'case_id': case.pk})}#changes")


def _whole(request: HttpRequest, name: str) -> int:
    told = request.POST.get(name, "")
    return int(told) if told.isdigit() else -1


def _said(error: InputError) -> tuple[str, ...]:
    """The problems without the names that only files know."""
    return tuple(say_problem(current_language(), one).partition(": ")[2] for one in error.problems)
