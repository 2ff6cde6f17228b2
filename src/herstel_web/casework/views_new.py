"""Enter somebody who came to the practice: who they are, their consent, and what they tell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel.errors import InputError
from herstel.knowledge.model import Question
from herstel.text import say_problem
from herstel_web.access import Member, for_member
from herstel_web.cases.bridge import complaint_entry
from herstel_web.cases.case_header import age_on
from herstel_web.casework import actions
from herstel_web.casework.forms import PersonForm
from herstel_web.knowledge import knowledge
from herstel_web.language import current_language
from herstel_web.practice.rights import Right
from herstel_web.self_check import bridge
from herstel_web.self_check.pages import QuestionPage, block_name, question_page

BY_A_PHYSIOTHERAPIST = "physio_direct_access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Questions about one thing; ``asked`` are those that everybody is asked, ``more`` the others."""

    name: str
    asked: tuple[QuestionPage, ...]
    more: tuple[QuestionPage, ...]
    open: bool


@for_member(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, member: Member) -> HttpResponse:
    """One page with the person and all questions; what was not asked stays open."""
    if request.method != "POST":
        return _page(request, PersonForm(initial={"language": "nl"}), QueryDict(), {}, [])
    form = PersonForm(request.POST)
    answers, errors = read_answers(request.POST)
    if not form.is_valid() or errors:
        return _page(request, form, request.POST, errors, [])
    today, about = timezone.localdate(), dict(form.cleaned_data)
    del about["agrees"]
    answers["age"] = age_on(today, about["birth_date"], None)
    complaint = complaint_entry(answers, today) | {"context": BY_A_PHYSIOTHERAPIST}
    try:
        case = actions.start(practice=member.practice, about=about, complaint=complaint, by=member.user, today=today)
    except InputError as error:
        return _page(request, form, request.POST, {}, [say_problem(current_language(), one) for one in error.problems])
    messages.success(request, gettext("The person and the complaint are kept. Read first what Herstel says of it."))
    return redirect("case_assessment", case_id=case.pk)


def read_answers(given: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers that were filled in, and what is wrong with which question; empty fields are no answer."""
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for asked in _asked_here():
        values = [value for value in given.getlist(_field(asked.id)) if value.strip()]
        if not values:
            continue
        answer = bridge.check(asked, values if asked.kind in ("several", "places") else values[0])
        if answer is None:
            errors[asked.id] = gettext("This is not an answer to this question. Choose again, or leave it empty.")
        else:
            answers[asked.id] = answer
    return answers, errors


def _asked_here() -> Iterator[Question]:
    """Every question but that of the age, which follows from the date of birth."""
    return (one for one in knowledge().questions.values() if one.fact != "age_years")


def _field(question_id: str) -> str:
    return f"q-{question_id}"


def _page(
    request: HttpRequest, form: PersonForm, given: QueryDict, errors: dict[str, str], problems: list[str]
) -> HttpResponse:
    context = {"form": form, "blocks": tuple(_blocks(given, errors)), "errors": errors, "problems": problems}
    return render(request, "casework/new_case.html", context)


def _blocks(given: QueryDict, errors: dict[str, str]) -> Iterator[Block]:
    stand = bridge.Interview(answers={}, asked=(), open=(), next=None, emergencies=())
    for block, questions in groupby(_asked_here(), key=lambda one: one.block):
        pages = [
            (
                one,
                question_page(
                    one, stand, current_language(), given=given.getlist(_field(one.id)), error=errors.get(one.id, "")
                ),
            )
            for one in questions
        ]
        more = tuple(page for one, page in pages if not one.always)
        yield Block(
            name=block_name(block),
            asked=tuple(page for one, page in pages if one.always),
            more=more,
            open=any(page.error or page.typed or any(choice.chosen for choice in page.choices) for page in more),
        )
