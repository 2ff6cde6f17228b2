"""The practice's side: the work list and the page of a case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from herstel_web.access import Member, for_member, for_practice_case
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.casework import actions
from herstel_web.practice.rights import Right


@for_member(Right.READ_RECORDS)
@require_safe
def work_list(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody the practice treats."""
    found = Case.objects.filter(practice=member.practice, closed_on=None).select_related("person")
    return render(request, "casework/work_list.html", {"cases": found.order_by("-opened_at")[:25]})


@for_member(Right.SEE_AGENDA)
@require_safe
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """Where a member begins whose role reads no records."""
    return render(request, "casework/desk.html", {"member": member})


@for_practice_case(Right.READ_RECORDS)
@require_safe
def case_page(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """A case at a glance."""
    now = standing(case, timezone.localdate())
    return render(request, "casework/case.html", {"header": case_header(request, member, case, now)})


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def assign(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """A member takes a case on, or hands it back."""
    to = member.user if request.POST.get("to") == "me" else None
    if not actions.assign(case=case, to=to, seen=request.POST.get("seen", ""), by=member.user):
        messages.error(request, gettext("Somebody else took this case on in the meantime. Look again first."))
    elif to is None:
        messages.success(request, gettext("Nobody treats this person now. The work list shows it as new."))
    else:
        messages.success(request, gettext("You treat this person now."))
    return redirect("case", case_id=case.pk)
