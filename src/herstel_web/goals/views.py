"""The goal, told by the person or by the therapist."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_own_case, for_practice_case
from herstel_web.accounts.models import User
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import last_fact, standing
from herstel_web.goals import actions
from herstel_web.goals.actions import GoalChangedMeanwhileError
from herstel_web.goals.forms import GoalForm, initial
from herstel_web.language import current_language
from herstel_web.planning.queries import changes_with_goal
from herstel_web.practice.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the form stands: its template, where it leads, and what the template needs beside it."""

    template: str
    after: str
    clinician: bool
    context: dict[str, Any]


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, case: Case) -> HttpResponse:
    """What the person wants and can give."""
    place = Place(template="goals/goal.html", after=reverse("home"), clinician=False, context={})
    return _goal(request, case, place)


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def case_goal(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The same for the therapist, with what only a clinician decides."""
    header = case_header(request, member, case, standing(case, timezone.localdate()))
    after = next((tab.url for tab in header.tabs if tab.url.endswith("/plan/")), reverse("case", args=[case.pk]))
    place = Place(
        template="goals/case_goal.html", after=after, clinician=True, context={"header": header, "look": True}
    )
    return _goal(request, case, place)


def _goal(request: HttpRequest, case: Case, place: Place) -> HttpResponse:
    last, today = last_fact(case, Fact.Part.GOAL), timezone.localdate()
    before, newest = dict(last.entry or {}) if last else {}, last.pk if last else 0
    form = GoalForm(request.POST or None, initial=initial(before), clinician=place.clinician)
    shown: dict[str, object] = {"seen": newest}
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = int(told) if (told := request.POST.get("seen", "")).isdigit() else 0
        entry = form.entry(before, keep_reasons=case.practice is not None and not place.clinician)
        try:
            if place.clinician and "look" in request.POST:
                shown = {"seen": seen, "changes": changes_with_goal(case, entry, today, current_language())}
            else:
                actions.set_goal(case=case, entry=entry, seen=seen, by=cast("User", request.user), today=today)
                messages.success(request, gettext("Kept. The plan is made for it."))
                return redirect(place.after)
        except GoalChangedMeanwhileError:
            form.add_error(
                None, gettext("Somebody changed this in the meantime. Your words still stand here: save again.")
            )
            status = 409
            if place.clinician:  # what saving would change of what somebody else just saved
                shown["changes"] = changes_with_goal(case, entry, today, current_language())
        except InputError as error:
            for problem in error.problems:
                form.add_error(None, say_problem(current_language(), problem))
    return render(request, place.template, {**place.context, "form": form, **shown}, status=status)
