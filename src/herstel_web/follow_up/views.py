"""How a case goes, for the therapist: what was decided and why, what is still asked, and how long it may take."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_practice_case
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.follow_up import actions, bridge, queries
from herstel_web.follow_up.forms import CheckInForm, DecisionForm
from herstel_web.follow_up.values import CheckInRow, DecisionRow
from herstel_web.language import current_language
from herstel_web.practice.rights import Right
from herstel_web.reporting import picture, shown_section

PERIODS = {6: _("6 weeks"), 13: _("3 months")}
"""Weeks that can be looked back; never the whole history at once."""
OPEN = timedelta(weeks=4)
Row = TypeVar("Row", CheckInRow, DecisionRow)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def progress(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The progress of the last weeks."""
    return _page(request, member, case, DecisionForm())


def _page(request: HttpRequest, member: Member, case: Case, form: DecisionForm, status: int = 200) -> HttpResponse:
    today, language = timezone.localdate(), current_language()
    weeks = next((one for one in PERIODS if str(one) == request.GET.get("weeks")), min(PERIODS))
    since = today - timedelta(weeks=weeks) + timedelta(days=1)
    now = standing(case, today)
    recovery = now.recovery
    headline, sections = bridge.headline_and_sections(recovery, since, language)
    forecast, forecast_sections = bridge.forecast_sections(recovery, language)
    changed = bridge.what_changed(recovery, language)
    context = {
        "header": case_header(request, member, case, now),
        "headline": headline,
        "weeks": weeks,
        "periods": PERIODS.items(),
        "pictures": [picture(one) for one in bridge.pictures_since(recovery, since, language)],
        "latest": bridge.latest(recovery, language),
        "earlier": _in_two(bridge.earlier(recovery, since, language), today),
        "gate": bridge.gate_table(recovery, language),
        "return_table": None if bridge.in_last_phase(recovery) else bridge.return_table(recovery, language),
        "roles": queries.said_by_role(case),
        "form": form,
        "on_hold": recovery.progress.position.on_hold,
        "recheck": bridge.recheck(recovery),
        "changed": shown_section(changed) if changed else None,
        "sections": [shown_section(one) for one in sections],
        "forecast": forecast,
        "forecast_sections": [shown_section(one) for one in forecast_sections],
        "check_ins": _in_two(queries.check_ins(case, since, language), today),
    }
    return render(request, "follow_up/progress.html", context, status=status)


def _in_two(rows: Iterable[Row], today: date) -> dict[str, list[Row]]:
    """What stands open on the page, and what is older and unfolds."""
    parts: dict[str, list[Row]] = {"new": [], "old": []}
    for one in rows:
        parts["new" if one.day > today - OPEN else "old"].append(one)
    return parts


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def decide(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Records what a role said about going back to sport."""
    form, today = DecisionForm(request.POST), timezone.localdate()
    if form.is_valid():
        told = form.cleaned_data
        entry = {"role": told["role"], "agrees": told["agrees"] == "yes", "note": told["note"]}
        try:
            actions.confirm(case=case, entry=entry, by=member.user, today=today)
        except InputError as error:
            _add(form, error)
        else:
            messages.success(request, gettext("Kept."))
            return redirect("case_progress", case_id=case.pk)
    return _page(request, member, case, form, status=400)


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, member: Member, case: Case, check_in_id: int) -> HttpResponse:
    """Mends a check-in on behalf of the person."""
    old = queries.check_in(case, check_in_id)
    if old is None:
        raise Http404
    form = CheckInForm(old.entry or {}, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.correct_check_in(
                old=old, entry=form.entry(), reason=reason, by=member.user, today=timezone.localdate()
            )
        except InputError as error:
            _add(form, error)
        else:
            messages.success(request, gettext("Corrected. What the person told is kept beside it."))
            return redirect("case_progress", case_id=case.pk)
    now = standing(case, timezone.localdate())
    context = {"header": case_header(request, member, case, now), "form": form, "old": old}
    return render(request, "follow_up/check_in.html", context, status=400 if form.errors else 200)


def _add(form: DecisionForm | CheckInForm, error: InputError) -> None:
    """Each problem at its field, without the name that only files know."""
    for problem in error.problems:
        name = problem.thing.rpartition(".")[2]
        said = say_problem(current_language(), problem).partition(": ")[2]
        form.add_error(name if name in form.fields else None, said)
