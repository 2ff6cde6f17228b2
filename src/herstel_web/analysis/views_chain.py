"""The chain of a case: what was found, what it may mean, and what the therapist thinks of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import Member, for_practice_case
from herstel_web.analysis import actions, bridge, queries
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.language import current_language
from herstel_web.practice.rights import Right
from herstel_web.reporting import picture, shown_section


@for_practice_case(Right.READ_RECORDS)
@require_safe
def chain(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The chain with its hypotheses."""
    return _page(request, member, case)


def _page(
    request: HttpRequest, member: Member, case: Case, *, refused: dict[str, object] | None = None
) -> HttpResponse:
    """The page; ``refused`` is a judgement that could not be kept, with what was typed."""
    now, language = standing(case, timezone.localdate()), current_language()
    chain = now.recovery.chain
    headline, sections = bridge.headline_and_sections(chain, language)
    context = {
        "header": case_header(request, member, case, now),
        "headline": headline,
        "picture": picture(bridge.picture_of(chain, language)),
        "contributors": queries.contributors(case, chain, language),
        "others": bridge.not_listed(chain, language),
        "next_tests": bridge.next_rows(chain, language),
        "sections": [shown_section(one) for one in sections],
        "held": chain.referral is not None,
        "refused": refused,
    }
    return render(request, "analysis/chain.html", context, status=400 if refused else 200)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def judge(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Confirms or rejects a hypothesis, or takes that back."""
    told = {name: request.POST.get(name, "").strip() for name in ("contributor", "verdict", "reason", "seen")}
    seen = int(told["seen"]) if told["seen"].isdigit() else None
    today = timezone.localdate()
    try:
        if told["verdict"] == "back":
            actions.take_back_judgement(
                case=case, contributor=told["contributor"], seen=seen, by=member.user, today=today
            )
        else:
            entry = {name: told[name] for name in ("contributor", "verdict", "reason")} | {"date": today.isoformat()}
            actions.judge(case=case, entry=entry, seen=seen, by=member.user, today=today)
    except InputError as error:
        problems = [say_problem(current_language(), one) for one in error.problems]
        return _page(request, member, case, refused={**told, "problems": problems})
    messages.success(request, gettext("Kept. The chain and the plan take it into account."))
    return redirect("case_chain", case_id=case.pk)
