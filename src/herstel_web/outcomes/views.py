"""The outcomes of a practice, to read and to take along."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from herstel_web.access import Member, for_member
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.language import current_language
from herstel_web.outcomes import bridge, pages, queries, sheet
from herstel_web.practice.rights import Right


@for_member(Right.SEE_OUTCOMES)
@require_safe
def outcomes(request: HttpRequest, member: Member) -> HttpResponse:
    """How the cases of the practice went, each figure with how many persons it rests on."""
    chosen, today, language = queries.Chosen.of(request.GET.dict()), timezone.localdate(), current_language()
    found = queries.found(member, chosen, today)
    figures = bridge.figures_of(found.cases, today)
    context = {
        "page": pages.outcomes_page(figures, language),
        "persons": figures.persons,
        "found": found,
        "chosen": chosen,
        "months": queries.MONTHS,
        "kinds": bridge.kinds(language),
        "tracks": bridge.tracks(language),
        "query": urlencode({name: request.GET[name] for name in ("months", "whose", "of") if name in request.GET}),
    }
    return render(request, "outcomes/outcomes.html", context)


@for_member(Right.SEE_OUTCOMES)
@require_safe
def outcomes_csv(request: HttpRequest, member: Member) -> HttpResponse:
    """The same figures as a file for a spreadsheet: counts and shares, nobody by themselves."""
    chosen, today = queries.Chosen.of(request.GET.dict()), timezone.localdate()
    figures = bridge.figures_of(queries.found(member, chosen, today).cases, today)
    audit.record(action=Event.Action.EXPORT, what="outcomes", by=member.user, practice_id=member.practice.pk)
    response = HttpResponse(sheet.as_csv(figures, current_language()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="herstel-outcomes-{today}.csv"'
    return response
