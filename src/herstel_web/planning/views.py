"""The plan of a case: the week, the exercises with their reasons, and what a therapist is changing of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from herstel_web.access import Member, for_practice_case
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.planning import bridge, drafts, queries
from herstel_web.planning.entry_forms import UNITS
from herstel_web.practice.rights import Right
from herstel_web.reporting import shown_section

MOST_BLOCKED = 12
"""Exercises that may not be chosen now, shown beside those that may."""


@for_practice_case(Right.READ_RECORDS)
@require_safe
def plan(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The plan, or the one that a draft would give."""
    return plan_page(request, member, case)


def plan_page(
    request: HttpRequest, member: Member, case: Case, *, problems: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """The page; ``problems`` is why a draft was not saved."""
    today, language = timezone.localdate(), current_language()
    now = standing(case, today)
    it = queries.editor(case, member.user, now.recovery, today, language)
    headline, sections = bridge.headline_and_sections(it.plan, language)
    context = {
        "header": case_header(request, member, case, now),
        "editor": it,
        "headline": headline,
        "days": bridge.day_columns(it.plan, language),
        "exercises": bridge.exercise_rows(it.plan, language),
        "drafted": queries.drafted_lines(it, today, language),
        "saved": queries.saved_lines(it, today, language),
        "since": queries.since_lines(case, it, today, language) if it.overtaken else [],
        "needs_reason": drafts.needs_reason(it.entries),
        "reason": request.POST.get("reason", ""),
        "sections": [shown_section(one) for one in sections],
        "problems": (*it.problems, *problems),
    }
    return render(request, "planning/plan.html", context, status=status)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def exercise(request: HttpRequest, member: Member, case: Case, exercise_id: str) -> HttpResponse:
    """One exercise of the plan with everything that can be changed of it."""
    return exercise_page(request, member, case, exercise_id)


def exercise_page(
    request: HttpRequest, member: Member, case: Case, exercise_id: str, *, problems: tuple[str, ...] = ()
) -> HttpResponse:
    """The page; ``problems`` is why a change was refused, and what was typed stands in the forms."""
    today, language = timezone.localdate(), current_language()
    now = standing(case, today)
    it = queries.editor(case, member.user, now.recovery, today, language)
    if not bridge.is_known(exercise_id, it.plan):
        raise Http404
    alike = bridge.equivalent_rows(it.plan, exercise_id, language)
    context = {
        "header": case_header(request, member, case, now),
        "exercise": bridge.exercise_page(it.plan, exercise_id, language),
        "day_choices": bridge.day_choices(it.plan, exercise_id, language),
        "may_be": [one for one in alike if not one.reason],
        "may_not_be": [one for one in alike if one.reason][:MOST_BLOCKED],
        "units": UNITS.items(),
        "typed": typed_of(request),
        "problems": problems,
    }
    return render(request, "planning/exercise.html", context, status=400 if problems else 200)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def library(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The library, and a form for an exercise of the therapist's own."""
    return library_page(request, member, case)


def library_page(request: HttpRequest, member: Member, case: Case, *, problems: tuple[str, ...] = ()) -> HttpResponse:
    """The page; ``problems`` is why an exercise was refused, and what was typed stands in the form."""
    today, language = timezone.localdate(), current_language()
    now, search = standing(case, today), request.GET.get("q", "").strip()
    it = queries.editor(case, member.user, now.recovery, today, language)
    rows = bridge.library_rows(it.plan, language, search)
    context = {
        "header": case_header(request, member, case, now),
        "search": search,
        "may_be": [one for one in rows if not one.reason and not one.planned],
        "planned": [one for one in rows if one.planned],
        "may_not_be": [one for one in rows if one.reason and not one.planned],
        "targets": bridge.targets(language),
        "contraindications": bridge.contraindications(language),
        "units": UNITS.items(),
        "typed": typed_of(request),
        "chosen": request.POST.getlist("contraindications"),
        "problems": problems,
    }
    return render(request, "planning/library.html", context, status=400 if problems else 200)


def typed_of(request: HttpRequest) -> dict[str, Any]:
    """What was typed in a form that was refused."""
    return request.POST.dict() if request.method == "POST" else {}


@for_practice_case(Right.READ_RECORDS)
@require_safe
def sheet(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The plan on paper for the person: the week and every exercise with its figure."""
    del member
    today, language = timezone.localdate(), current_language()
    now = standing(case, today)
    context = {
        "case": case,
        "plan": now.recovery.plan_now,
        "headline": bridge.headline_and_sections(now.recovery.plan_now, language)[0],
        "days": bridge.day_columns(now.recovery.plan_now, language),
        "rows": bridge.sheet_rows(now.recovery.plan_now, language),
        "stop": bridge.stop_text(language),
        "today": today,
    }
    return render(request, "planning/sheet.html", context)
