"""The check-in: telling how the day is, correcting it, and what it changed."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from herstel.errors import InputError, Problem
from herstel.text import say
from herstel_web.access import for_own_case
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import Standing, standing
from herstel_web.language import current_language
from herstel_web.training import actions, bridge, check_in_pages, queries, told
from herstel_web.training.forms import Form
from herstel_web.training.offline import kept_for
from herstel_web.training.session_views import key_of

A_PAGE = 14
EMPTY = Form(fields={})


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, case: Case) -> HttpResponse:
    """The check-in of today."""
    today = timezone.localdate()
    if request.method != "POST" and queries.check_in_of(case, today) is not None:
        return redirect("check_in_day", day=today.isoformat())
    return _answered(request, case, today)


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_day(request: HttpRequest, case: Case, day: str) -> HttpResponse:
    """The check-in of a day: to correct it, or to fill in a day that was forgotten."""
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    today, earlier = timezone.localdate(), queries.check_in_of(case, asked)
    forgotten = today - queries.CORRECTABLE <= asked <= today and asked >= queries.first_day(case)
    if earlier is None and not forgotten:
        raise Http404
    return _answered(request, case, asked, earlier)


def _answered(request: HttpRequest, case: Case, day: date, earlier: Fact | None = None) -> HttpResponse:
    today, now = timezone.localdate(), standing(case, timezone.localdate())
    form = told.as_form(earlier.entry) if earlier and earlier.entry else EMPTY
    errors: list[str] = []
    if request.method == "POST":
        form = Form(fields={**dict(request.POST.lists()), "date": [day.isoformat()]})
        try:
            _record(request, case, form, earlier, today)
        except InputError as error:
            errors = list(in_words(error.problems))
        else:
            return redirect("check_in_saved")
    asked = check_in_pages.Asked(
        recovery=now.recovery,
        day=day,
        today=today,
        ticks=queries.sets_of(case, day),
        lately=queries.last_week(case, today),
        correcting=earlier,
    )
    page = check_in_pages.check_in_page(asked, form, current_language(), errors)
    context = {"page": page, "local": local_calls(), "owner": case.pk}
    response = render(request, "training/check_in.html", context, status=400 if errors else 200)
    return response if earlier or errors else kept_for(case, response)


def _record(request: HttpRequest, case: Case, form: Form, earlier: Fact | None, today: date) -> None:
    by = cast("User", request.user)
    if earlier is None:
        actions.record_check_in(case=case, form=form, key=key_of(form), by=by, today=today)
        return
    reason = form.one("reason") or (actions.TOLD_AGAIN if earlier.day == today else "")
    if not reason:
        raise InputError([Problem(thing="reason", reason=NO_REASON, remedy=SAY_WHY)])
    actions.correct_check_in(earlier=earlier, form=form, reason=reason[:500], by=by, today=today)


@for_own_case
@require_safe
def check_in_saved(request: HttpRequest, case: Case) -> HttpResponse:
    """What the check-in changed; first of all what to do when it told a warning sign."""
    now = standing(case, timezone.localdate())
    if not bridge.may_train(now.recovery):
        return redirect("act")
    return render(request, "training/saved.html", saved_context(now))


def saved_context(now: Standing) -> dict[str, object]:
    """What today's decisions are, and whom they ask to call."""
    report = bridge.progress_report(now.recovery, current_language())
    shown = {section.id: section for section in report.sections}
    return {
        "headline": report.headline,
        "stop": report.tone == "act",
        "calls": shown["call"].lines if "call" in shown else (),
        "changed": bridge.decisions(now.recovery, now.recovery.progress.today, current_language()),
        "pending": now.pending,
    }


@for_own_case
@require_safe
def check_in_days(request: HttpRequest, case: Case) -> HttpResponse:
    """The days that were filled in, the last ones first."""
    listed = Paginator(queries.check_ins(case), A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    days = [today - n * bridge.A_DAY for n in range(1, queries.CORRECTABLE.days + 1)]
    told_days = set(queries.check_ins(case).filter(day__gte=days[-1]).values_list("day", flat=True))
    first = queries.first_day(case)
    missing = [day for day in days if day >= first and day not in told_days] if listed.number == 1 else []
    return render(request, "training/days.html", {"listed": listed, "missing": missing})


# --- words -----------------------------------------------------------------------------------------------------------

NO_REASON = "this field is missing."
SAY_WHY = "Add it."


def in_words(problems: Iterable[Problem]) -> list[str]:
    """What is wrong, each with the name of its field as the page has it."""
    language = current_language()
    return [
        f"{field_name(one.thing)}: {say(language, one.reason, **one.values)} {say(language, one.remedy, **one.values)}"
        for one in problems
    ]


def field_name(thing: str) -> str:
    """The last part of a path such as ``check_ins.1.pain_now``, in words."""
    field = thing.rpartition(".")[2]
    return {
        "date": gettext("The day"),
        "pain_next_morning": gettext("Pain when you got up"),
        "pain_now": gettext("Pain now"),
        "pain_worst": gettext("Worst pain"),
        "pain_during": gettext("Pain while you did it"),
        "stiffness_min": gettext("Stiffness"),
        "session_min": gettext("Minutes"),
        "session_rpe": gettext("How heavy it was"),
        "sleep_h": gettext("Sleep"),
        "predicted_days": gettext("Days still to go"),
        "exercise": gettext("The exercise"),
        "reason": gettext("Why you change it"),
        "note": gettext("Your note"),
    }.get(field, field)


def local_calls() -> dict[str, object]:
    """What the page itself can say about a sign before anything is sent: the warning signs, and whom to call."""
    language = current_language()
    name, how = bridge.out_of_hours(language)
    return {
        "signs": [*bridge.signs(language), bridge.not_walking(language)],
        "emergency": bridge.urgency_level("emergency").call[language],
        "gp_name": name,
        "gp_how": how,
        "stop": bridge.stop_text(language),
    }
