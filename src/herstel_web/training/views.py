"""Every day: what to do today, the week, one exercise, and the plan in a calendar."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from herstel_web.access import for_own_case, public
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language, language_of
from herstel_web.training import actions, bridge, pages, queries
from herstel_web.training.models import CalendarFeed
from herstel_web.training.offline import kept_for

FEED = signing.Signer(salt="calendar-feed", sep=".")


@for_own_case
@require_safe
def today(request: HttpRequest, case: Case) -> HttpResponse:
    """What to do today, what may go on, and what changed."""
    day = timezone.localdate()
    now = standing(case, day)
    page = pages.today_page(
        now.recovery, queries.sets_of(case, day), queries.check_in_of(case, day), current_language()
    )
    return kept_for(case, render(request, "training/today.html", {"page": page, "pending": now.pending}))


@for_own_case
@require_safe
def act(request: HttpRequest, case: Case) -> HttpResponse:
    """What to do before anything else, full screen; back to today when nothing stands in the way."""
    page = pages.act_page(standing(case, timezone.localdate()).recovery, current_language())
    if page is None:
        return redirect("today")
    return render(request, "training/act.html", {"act": page})


@for_own_case
@require_safe
def week(request: HttpRequest, case: Case) -> HttpResponse:
    """Seven days from today, and the plan in a calendar of one's own."""
    day = timezone.localdate()
    now = standing(case, day)
    feed = CalendarFeed.objects.filter(case=case).first()
    context = {
        "days": pages.week_page(now.recovery, queries.sets_of(case, day), current_language()),
        "act": pages.act_page(now.recovery, current_language()),
        "pending": now.pending,
        "feed": _feed_address(request, feed) if feed else "",
    }
    return kept_for(case, render(request, "training/week.html", context))


@for_own_case
@require_safe
def exercise(request: HttpRequest, case: Case, exercise_id: str) -> HttpResponse:
    """How one exercise is done, when to stop, and what is easier or harder."""
    recovery = standing(case, timezone.localdate()).recovery
    page = pages.exercise_page(exercise_id, recovery, current_language())
    if page is None:
        raise Http404
    return kept_for(case, render(request, "training/exercise.html", {"page": page}))


# --- the plan in a calendar program ----------------------------------------------------------------------------------


@for_own_case
@require_POST
def calendar_feed(request: HttpRequest, case: Case) -> HttpResponse:
    """Make an address for a calendar program, or stop it."""
    by = cast("User", request.user)
    if request.POST.get("what") == "end":
        actions.end_feed(case=case, by=by)
        messages.success(request, gettext("The address shows nothing any more."))
    else:
        actions.begin_feed(case=case, by=by)
        messages.success(request, gettext("There is an address for your calendar. Earlier ones have stopped."))
    return redirect(f"{reverse('week')}#calendar")


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The week for a calendar program, which knows only the address: when there is training, not what or why."""
    try:
        found = UUID(FEED.unsign(token))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    feed = CalendarFeed.objects.select_related("case").filter(pk=found).first()
    if feed is None:
        raise Http404
    plan = bridge.todays_plan(standing(feed.case, timezone.localdate()).recovery)
    content = bridge.calendar(plan, language_of(request.GET.get("language")), whose=str(feed.case_id))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="training.ics"'
    return response


def _feed_address(request: HttpRequest, feed: CalendarFeed) -> str:
    path = reverse("calendar", kwargs={"token": FEED.sign(str(feed.pk))})
    return request.build_absolute_uri(f"{path}?language={current_language()}")
