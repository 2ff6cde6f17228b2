"""The one place where booking reaches the domain: whether somebody must call before they book."""

from collections.abc import Iterable
from typing import Literal

from django.http import HttpRequest

from herstel.assessment.red_flags import screen
from herstel.flow import take_complaint
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel_web.cases.models import Conclusion
from herstel_web.knowledge import knowledge
from herstel_web.self_check.visit import Visit

CallFirst = Literal["", "same_day", "emergency"]


def call_first(request: HttpRequest) -> CallFirst:
    """What the answers say that must happen before any appointment: of this visit, and of the own open complaints."""
    levels = set(_levels_of_visit(request))
    if request.user.is_authenticated:
        own = Conclusion.objects.filter(case__person__user=request.user, case__closed_on=None)
        levels.update(own.values_list("urgency", flat=True))
    return "emergency" if "emergency" in levels else "same_day" if "same_day" in levels else ""


def knows_answers(request: HttpRequest) -> bool:
    """Whether the red-flag questions were answered: in this visit, or in a complaint that is kept."""
    if Visit(request).answers:
        return True
    return request.user.is_authenticated and Conclusion.objects.filter(case__person__user=request.user).exists()


def _levels_of_visit(request: HttpRequest) -> Iterable[str]:
    answers = Visit(request).answers
    if not answers:
        return
    for flag in screen(take_complaint(answers, knowledge()).facts(), knowledge()).fired:
        if flag.level in URGENCY_LEVELS:
            yield flag.level
