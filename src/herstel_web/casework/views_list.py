"""The work list of a practice, and where somebody begins whose role reads no records."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from herstel_web.access import Member, for_member
from herstel_web.cases.bridge import phase_name
from herstel_web.casework import queries
from herstel_web.casework.queries import Chosen
from herstel_web.casework.reasons import BY_ID, REASONS
from herstel_web.language import current_language
from herstel_web.practice.rights import Right

SOUGHT = "sought_name"
"""Where the session keeps the name that was typed: a name stands in no address."""
LONGEST_NAME = 120
MOST_DIGITS = 6
PHASES = (1, 2, 3, 4)


@for_member(Right.READ_RECORDS)
@require_safe
def work_list(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody the practice treats, who needs somebody first."""
    chosen = _chosen(request)
    found = queries.work_list(member, chosen, timezone.localdate())
    reasons = [(one, found.counts[one.id], _query(chosen, reason=one.id)) for one in REASONS]
    context = {
        "chosen": chosen,
        "list": found,
        "page": found.page,
        "query": f"{query}&" if (query := _query(chosen)) else "",
        "reasons": reasons,
        "everybody": _query(chosen, reason=""),
        "phases": [(number, phase_name(number, current_language())) for number in PHASES],
        "may_write": member.may(Right.WRITE_RECORDS),
    }
    return render(request, "casework/work_list.html", context)


def _chosen(request: HttpRequest) -> Chosen:
    asked = request.GET
    phase, page = asked.get("phase", ""), asked.get("page", "")
    return Chosen(
        mine=asked.get("whose") == "mine",
        closed=asked.get("state") == "closed",
        reason=asked.get("reason", "") if asked.get("reason") in BY_ID else "",
        phase=int(phase) if phase in map(str, PHASES) else None,
        name=request.session.get(SOUGHT, ""),
        page=int(page) if page.isdecimal() and len(page) <= MOST_DIGITS else 1,
    )


def _query(chosen: Chosen, *, reason: str | None = None) -> str:
    """What was chosen, as the address keeps it; never the name."""
    kept = {
        "whose": "mine" if chosen.mine else "",
        "state": "closed" if chosen.closed else "",
        "phase": chosen.phase or "",
        "reason": chosen.reason if reason is None else reason,
    }
    return urlencode({name: value for name, value in kept.items() if value})


@for_member(Right.READ_RECORDS)
@require_POST
def search(request: HttpRequest, member: Member) -> HttpResponse:
    """Remembers the name to look for, or forgets it."""
    del member
    name = " ".join(request.POST.get("name", "").split())[:LONGEST_NAME]
    if name and "forget" not in request.POST:
        request.session[SOUGHT] = name
    else:
        request.session.pop(SOUGHT, None)
    return redirect("work_list")


@for_member(Right.SEE_AGENDA)
@require_safe
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """Where a member begins whose role reads no records."""
    return render(request, "casework/desk.html", {"member": member})
