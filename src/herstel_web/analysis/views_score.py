"""Scoring a test by looking at its points."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel.chain.model import Chain
from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_practice_case
from herstel_web.analysis import actions, bridge
from herstel_web.analysis.score import ScoreForm, own_points, points_of
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.practice.rights import Right


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, member: Member, case: Case, test_id: str) -> HttpResponse:
    """The points of a test, what they add up to, and keeping that; a test without points is entered as a value."""
    test = bridge.test_of(test_id)
    if test is None:
        raise Http404
    if not points_of(test):
        return redirect("case_chain_test", case_id=case.pk, test_id=test_id)
    form = ScoreForm(test, request.POST if request.method == "POST" else None)
    now, language = standing(case, timezone.localdate()), current_language()
    if request.method == "POST" and "check" not in request.POST and _kept(form, case, member):
        messages.success(request, gettext("Kept: %(test)s.") % {"test": test.name[language]})
        return redirect("case_chain_test", case_id=case.pk, test_id=test_id)
    context = {
        "header": case_header(request, member, case, now),
        "test": bridge.how_to(test, now.recovery.chain, language),
        "test_id": test_id,
        "form": form,
        "own_points": own_points(),
        "held": now.recovery.chain.referral is not None or now.recovery.progress.position.on_hold,
        **(_counted(form, now.recovery.chain) if form.is_bound and form.is_valid() else {}),
    }
    return render(request, "analysis/score.html", context)


def _kept(form: ScoreForm, case: Case, member: Member) -> bool:
    """Whether the score is kept; if not, the form says why."""
    if not form.is_valid():
        return False
    points = form.score().points
    if points is None:
        form.add_error(None, gettext("A score needs every point. Look again at what was not seen, or film once more."))
        return False
    try:
        actions.record_test(case=case, entries=[form.entry(points)], by=member.user, today=timezone.localdate())
    except InputError as error:
        for problem in error.problems:
            said = say_problem(current_language(), problem).partition(": ")[2]
            form.add_error("day" if problem.thing.endswith("date") else None, said)
        return False
    return True


def _counted(form: ScoreForm, chain: Chain) -> dict[str, Any]:
    """What the points add up to, and what that says beside everything measured before."""
    score = form.score()
    seen: dict[str, Any] = {"score": score, "open": len(score.not_seen), "of": len(form.points)}
    if score.points is None:
        return seen
    try:
        results = bridge.results_of(chain, [form.entry(score.points)], timezone.localdate(), current_language())
    except InputError as error:
        return {**seen, "wrong": [say_problem(current_language(), one).partition(": ")[2] for one in error.problems]}
    return {**seen, "results": results}
