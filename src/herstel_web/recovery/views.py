"""The chain and the progress, read by the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from herstel_web.access import for_own_case
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing, with_whole_history
from herstel_web.language import current_language
from herstel_web.recovery import pages


@for_own_case
@require_safe
def progress(request: HttpRequest, case: Case) -> HttpResponse:
    """How it goes, what changed and why, and how long it may take."""
    today = timezone.localdate()
    now = standing(case, today)
    everything = request.GET.get("period") == pages.EVERYTHING
    recovery = with_whole_history(case, now.recovery, today) if everything else now.recovery
    page = pages.progress_page(recovery, current_language(), everything=everything)
    return render(request, "recovery/progress.html", {"page": page, "pending": now.pending})


@for_own_case
@require_safe
def chain(request: HttpRequest, case: Case) -> HttpResponse:
    """The chain: what was found, what it may mean, which test is next and how to do it."""
    now = standing(case, timezone.localdate())
    page = pages.chain_page(now.recovery, current_language())
    return render(request, "recovery/chain.html", {"page": page, "pending": now.pending})
