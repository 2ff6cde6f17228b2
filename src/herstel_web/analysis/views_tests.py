"""Entering tests: choosing one, doing it, seeing what it says, and mending an earlier value."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel.chain.model import Chain
from herstel.errors import InputError
from herstel.knowledge.chain_entries import ChainTest
from herstel.text import say_problem
from herstel_web.access import Member, for_practice_case
from herstel_web.analysis import actions, bridge, queries
from herstel_web.analysis.forms import LABELS, TestForm
from herstel_web.analysis.score import points_of
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import Standing, standing
from herstel_web.language import current_language
from herstel_web.practice.rights import Right
from herstel_web.reporting import picture


@for_practice_case(Right.READ_RECORDS)
@require_safe
def choose(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Every test by link, the ones worth doing next first."""
    now, language = standing(case, timezone.localdate()), current_language()
    chain, search = now.recovery.chain, request.GET.get("q", "").strip()
    context = {
        "header": case_header(request, member, case, now),
        "next_tests": () if search else bridge.next_rows(chain, language),
        "groups": bridge.link_groups(chain, language, search),
        "search": search,
        "held": chain.referral is not None,
    }
    return render(request, "analysis/tests.html", context)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def one_test(request: HttpRequest, member: Member, case: Case, test_id: str) -> HttpResponse:
    """How a test is done, a form for its values, and what was measured before."""
    test = _test(test_id)
    return _show(request, member, case, test, TestForm(test))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def look(request: HttpRequest, _member: Member, case: Case, test_id: str) -> HttpResponse:
    """What the values that are being typed would say; nothing is kept."""
    test = _test(test_id)
    chain = standing(case, timezone.localdate()).recovery.chain
    return render(request, "analysis/looked.html", _looked(chain, test, TestForm(test, request.POST)))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def save(request: HttpRequest, member: Member, case: Case, test_id: str) -> HttpResponse:
    """Keeps the values of a test, or without scripts first shows what they would say."""
    test, today = _test(test_id), timezone.localdate()
    form = TestForm(test, request.POST)
    if "check" in request.POST:
        return _show(request, member, case, test, form, looked=True)
    if form.is_valid():
        try:
            entries = bridge.entries_of(test, form.typed(), today)
            actions.record_test(case=case, entries=entries, by=member.user, today=today)
        except InputError as error:
            _add_problems(form, error)
        else:
            messages.success(request, gettext("Kept: %(test)s.") % {"test": test.name[current_language()]})
            if "again" in request.POST:
                return redirect("case_chain_test", case_id=case.pk, test_id=test.id)
            return redirect("case_chain_tests", case_id=case.pk)
    return _show(request, member, case, test, form, status=400)


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, member: Member, case: Case, test_id: str, fact_id: int) -> HttpResponse:
    """Another value in the place of one that was wrong, with the reason."""
    test, today = _test(test_id), timezone.localdate()
    old = queries.measurement(case, test_id, fact_id)
    if old is None:
        raise Http404
    problems: list[str] = []
    if request.method == "POST":
        value = bridge.number_of(request.POST.get("value", ""))
        entry = {**(old.entry or {}), "value": int(value) if test.unit == "yes_no" and value in (0, 1) else value}
        kept = None if "remove" in request.POST else entry
        try:
            actions.correct_test(
                old=old, entry=kept, reason=request.POST.get("reason", "").strip(), by=member.user, today=today
            )
        except InputError as error:
            problems = [_said(one) for one in error.problems]
        else:
            messages.success(request, gettext("Corrected. What stood there before is kept with the reason."))
            return redirect("case_chain_test", case_id=case.pk, test_id=test_id)
    return _show_correction(request, member, case, old, problems)


def _show_correction(request: HttpRequest, member: Member, case: Case, old: Fact, problems: list[str]) -> HttpResponse:
    now, language = standing(case, timezone.localdate()), current_language()
    entry = old.entry or {}
    test = _test(entry["test"])
    context = {
        "header": case_header(request, member, case, now),
        "test": bridge.how_to(test, now.recovery.chain, language),
        "test_id": test.id,
        "old": old,
        "side": LABELS.get(entry.get("side", ""), ""),
        "was": bridge.amount(test.id, entry["value"], now.recovery.chain, language),
        "yes_no": test.unit == "yes_no",
        "problems": problems,
        "value": request.POST.get("value", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "analysis/correct.html", context, status=400 if problems else 200)


# --- the page of a test -----------------------------------------------------------------------------------------------


def _test(test_id: str) -> ChainTest:
    test = bridge.test_of(test_id)
    if test is None:
        raise Http404
    return test


def _show(  # noqa: PLR0913 - a page and what was typed on it
    request: HttpRequest,
    member: Member,
    case: Case,
    test: ChainTest,
    form: TestForm,
    *,
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    now, language = standing(case, timezone.localdate()), current_language()
    chain = now.recovery.chain
    drawing = bridge.history(test, chain, language)
    context = {
        "header": case_header(request, member, case, now),
        "test": bridge.how_to(test, chain, language),
        "test_id": test.id,
        "form": form,
        "history": picture(drawing) if drawing else "",
        "past": queries.past(case, test.id, chain, language),
        "next_tests": [one for one in bridge.next_rows(chain, language) if one.id != test.id][:3],
        "held": _held(now),
        "points": len(points_of(test)),
        **(_looked(chain, test, form) if looked else {}),
    }
    return render(request, "analysis/test.html", context, status=status)


def _held(now: Standing) -> bool:
    return now.recovery.chain.referral is not None or now.recovery.progress.position.on_hold


def _looked(chain: Chain, test: ChainTest, form: TestForm) -> dict[str, Any]:
    """What the values say, or what is wrong with them."""
    today, language = timezone.localdate(), current_language()
    if not form.is_valid():
        return {"looked": True, "wrong": [error for errors in form.errors.values() for error in errors]}
    try:
        entries = bridge.entries_of(test, form.typed(), today)
    except InputError as error:
        return {"looked": True, "wrong": [_said(one) for one in error.problems]}
    return {"looked": True, "results": bridge.results_of(chain, entries, today, language)}


def _add_problems(form: TestForm, error: InputError) -> None:
    for problem in error.problems:
        name = next((one for one in (f"{problem.thing}_1", problem.thing) if one in form.fields), None)
        form.add_error(name, _said(problem))


def _said(problem: Any) -> str:
    """A problem in words, without the name that only files know."""
    said = say_problem(current_language(), problem).partition(": ")[2]
    label = LABELS.get(problem.thing)
    return f"{label}: {said}" if label else said
