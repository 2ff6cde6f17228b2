"""A session: doing it one exercise at a time, ticking off sets, and taking a tick back."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import for_own_case
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.training import actions, bridge, player_pages, queries
from herstel_web.training.forms import Form
from herstel_web.training.offline import kept_for

KINDS = ("morning", "warm_up", "running", "main", "conditioning", "cool_down")


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, case: Case, kind: str) -> HttpResponse:
    """The player; posting ticks a set off or (``undo``) takes it back, for who has no script."""
    if kind not in KINDS:
        raise Http404
    if request.method == "POST":
        return _tick(request, case, kind)
    day = timezone.localdate()
    recovery = standing(case, day).recovery
    page = player_pages.session_page(kind, recovery, queries.sets_of(case, day), current_language())
    if page is None:
        messages.info(request, gettext("Your plan of today has changed. This is what stands in it now."))
        return redirect("today")
    return kept_for(case, render(request, "training/session.html", {"page": page, "owner": case.pk, "tens": range(11)}))


def _tick(request: HttpRequest, case: Case, kind: str) -> HttpResponse:
    form = Form(fields=dict(request.POST.lists()))
    by, today = cast("User", request.user), timezone.localdate()
    try:
        if request.POST.get("undo"):
            actions.untick_set(case=case, form=form, key=uuid4(), by=by, today=today)
        else:
            fact = actions.tick_set(case=case, form=form, key=key_of(form), by=by, today=today)
            _warn_of_pain(request, case, dict(fact.entry or {}))
    except InputError as error:
        for problem in error.problems:
            messages.error(request, say_problem(current_language(), problem))
    return redirect(f"{reverse('session', args=[kind])}#exercise-{form.one('exercise')}")


def key_of(form: Form) -> UUID:
    """The key of a form; a new one when it has none that can be read."""
    try:
        return UUID(form.one("key"))
    except ValueError:
        return uuid4()


def _warn_of_pain(request: HttpRequest, case: Case, entry: dict[str, object]) -> None:
    """Say at once that a set hurt more than it may."""
    pain, exercise = entry.get("pain"), str(entry.get("exercise"))
    if not isinstance(pain, int | float):
        return
    limit = bridge.pain_limit(exercise, standing(case, timezone.localdate()).recovery)
    if pain > limit:
        said = gettext("Stop this exercise for today. Pain {pain} is more than {limit}.")
        messages.warning(request, said.format(pain=f"{pain:g}", limit=f"{limit:g}"))
