"""The pages of the self-check. Each post ends in a redirect, so that reloading a page loses and repeats nothing."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel.complaint.model import UNKNOWN
from herstel.knowledge.model import Question
from herstel_web.access import public
from herstel_web.language import current_language
from herstel_web.reporting import report_page
from herstel_web.self_check import bridge, pages
from herstel_web.self_check.bridge import Interview
from herstel_web.self_check.visit import Visit

FROM_ANSWERS = "answers"
"""Value of ``from`` for a question opened from the list of answers: it leads back there."""


# --- the interview --------------------------------------------------------------------------------


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    context = {
        "stand": stand,
        "number": len(stand.asked) + 1,
        "can_undo": visit.can_undo,
        "notice": notice_text(visit.take_notice()),
    }
    return render(request, "self_check/start.html", context)


@public
@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """To where this visitor has got."""
    visit = Visit(request)
    return redirect(where(bridge.interview(visit.answers, visit.recheck), visit))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question_id: str) -> HttpResponse:
    asked = bridge.question(question_id)
    if asked is None:
        raise Http404
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    if request.method == "POST":
        return _take_answer(request, asked, stand, visit)
    if not stand.shows(asked):
        return redirect(where(stand, visit))
    return _show_question(request, pages.question_page(asked, stand, current_language()), visit)


def _take_answer(request: HttpRequest, asked: Question, stand: Interview, visit: Visit) -> HttpResponse:
    if not stand.takes(asked):
        return redirect(where(stand, visit))
    given = given_values(asked, request.POST)
    raw: object = given if asked.kind in ("several", "places") and given != [UNKNOWN] else given[-1]
    answer = bridge.check(asked, raw)
    answers = visit.answers if answer is None else {**visit.answers, asked.id: answer}
    error = what_is_wrong(asked, given) if answer is None else bridge.contradiction(answers, current_language())
    if not error and not visit.keep(answers):
        error = cookie_full()
    if error:
        page = pages.question_page(asked, stand, current_language(), given=given, error=error)
        return _show_question(request, page, visit)
    return redirect(_after(asked, request, visit))


def cookie_full() -> str:
    return gettext("Your browser cannot keep any more answers. Choose 'I don't know' for what is left.")


def given_values(asked: Question, posted: QueryDict) -> list[str]:
    """What was typed, ticked or pressed; "I don't know" and "none of these" are buttons beside the field."""
    values = posted.getlist("answer")
    if UNKNOWN in posted.getlist("choice"):
        return [UNKNOWN]
    if asked.kind in ("several", "places"):
        return [*values, *posted.getlist("choice")]
    return [values[-1].strip() if values else ""]


def what_is_wrong(asked: Question, given: list[str]) -> str:
    """A refused answer, said to the person who gave it."""
    if asked.kind == "number":
        return gettext("Fill in a number from {low} to {high}, or choose 'I don't know'.").format(
            low=asked.min, high=asked.max
        )
    if asked.kind == "several" and given:
        return gettext("You ticked something and also chose 'None of these'. Untick it, or choose 'Next'.")
    if asked.kind == "several":
        return gettext("Tick what fits you. Does nothing fit? Then choose 'None of these'.")
    if asked.kind == "places":
        return gettext("Choose at least one place on the drawing or in the list, or choose 'I don't know'.")
    return gettext("Choose one of the answers, or choose 'I don't know'.")


def _show_question(request: HttpRequest, page: pages.QuestionPage, visit: Visit) -> HttpResponse:
    came_from = request.POST.get("from") or request.GET.get("from")
    context = {
        "page": page,
        "came_from": FROM_ANSWERS if came_from == FROM_ANSWERS else "",
        "notice": notice_text(visit.take_notice()),
        "can_undo": visit.can_undo,
        "has_answers": bool(visit.answers),
    }
    return render(request, "self_check/question.html", context)


def _after(asked: Question, request: HttpRequest, visit: Visit) -> str:
    """Where to go once an answer is kept: on, or back to where the visitor came from."""
    stand = bridge.interview(visit.answers, visit.recheck)
    visit.keep_seen([flag.id for flag in stand.emergencies if flag.id in visit.seen])
    following = stand.after(asked)
    if unseen(stand, visit):
        return reverse("act_now")
    if request.POST.get("from") == FROM_ANSWERS:
        return reverse("answers") if stand.finished else where(stand, visit)
    if following:
        return reverse("question", args=[following.id])
    return where(stand, visit)


def unseen(stand: Interview, visit: Visit) -> list[str]:
    """Emergencies whose call to act was not shown yet."""
    return [flag.id for flag in stand.emergencies if flag.id not in visit.seen]


def where(stand: Interview, visit: Visit) -> str:
    """The page this visitor has got to."""
    if unseen(stand, visit):
        return reverse("act_now")
    return reverse("question", args=[stand.next.id]) if stand.next else reverse("result")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def act_now(request: HttpRequest) -> HttpResponse:
    """The call to act, before anything else; posting says that the visitor goes on all the same."""
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    if request.method == "POST":
        visit.keep_seen([flag.id for flag in stand.emergencies])
        return redirect(where(stand, visit))
    if not stand.emergencies:
        return redirect(where(stand, visit))
    language = current_language()
    flags = [
        {"title": flag.title[language], "action": flag.action[language], "why": flag.why[language]}
        for flag in stand.emergencies
    ]
    return render(request, "self_check/act_now.html", {"flags": flags, "finished": stand.finished})


@public
@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    language, level, gp = current_language(), bridge.emergency_level(), bridge.out_of_hours_gp()
    context = {
        "call": level.call[language],
        "signs": bridge.emergency_signs(language),
        "gp_name": gp.name[language],
        "gp_how": gp.how[language],
        "has_answers": bool(Visit(request).answers),
    }
    return render(request, "self_check/emergency.html", context)


@public
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    visit = Visit(request)
    if not visit.answers:
        return redirect("start")
    stand, language = bridge.interview(visit.answers, visit.recheck), current_language()
    context = {
        "blocks": pages.given_answers(stand, language),
        "left_out": pages.left_out(stand, language),
        "finished": stand.finished,
        "notice": notice_text(visit.take_notice()),
    }
    return render(request, "self_check/answers.html", context)


@public
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    if not stand.finished or unseen(stand, visit):
        return redirect(where(stand, visit))
    page = report_page(bridge.report(visit.answers, current_language(), visit.recheck))
    return render(request, "self_check/result.html", {"page": page, "notice": notice_text(visit.take_notice())})


@public
@require_safe
def result_pdf(request: HttpRequest) -> HttpResponse:
    """The result on paper, made now and kept nowhere."""
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    if not stand.finished or unseen(stand, visit):
        return redirect(where(stand, visit))
    content = bridge.result_pdf(visit.answers, current_language(), timezone.localdate())
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="herstel.pdf"'
    return response


# --- looking again --------------------------------------------------------------------------------


@public
@require_http_methods(["GET", "HEAD", "POST"])
def look_again(request: HttpRequest) -> HttpResponse:
    """Some days later: takes anew what may have changed, and leaves the rest as it was."""
    visit = Visit(request)
    stand = bridge.interview(visit.answers, visit.recheck)
    if not stand.finished:
        return redirect(where(stand, visit))
    days, typed, error = bridge.days_question(), request.POST.get("answer", "").strip(), ""
    if request.method == "POST":
        day = bridge.check(days, typed)
        error = begin_again(day, visit) if isinstance(day, int) else what_is_wrong(days, [typed])
        if not error:
            return redirect("go_on")
    given = [typed] if request.method == "POST" else None
    page = pages.question_page(days, stand, current_language(), given=given, error=error)
    return render(request, "self_check/look_again.html", {"page": page})


def begin_again(day: int, visit: Visit) -> str:
    """Begin the re-check of this day; what stands in the way, or nothing."""
    planned = bridge.plan_recheck(visit.answers, day)
    if planned is None:
        return gettext("Nothing is planned to look at again. Does something change? Then change your answers.")
    return "" if visit.look_again(*planned) else cookie_full()


# --- starting over --------------------------------------------------------------------------------


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request: HttpRequest) -> HttpResponse:
    """Asks whether it is meant; then begins without answers, or erases everything for good."""
    visit = Visit(request)
    if request.method == "POST":
        if request.POST.get("what") == "erase":
            visit.erase()
            visit.leave_notice("erased")
        elif visit.answers:
            visit.start_over()
        return redirect("start")
    return render(request, "self_check/start_over.html", {"has_answers": bool(visit.answers)})


@public
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    visit = Visit(request)
    if visit.undo():
        visit.leave_notice("restored")
    return redirect("start")


def notice_text(notice: str) -> str:
    """What happened, said to the visitor."""
    return {
        "lost": gettext(
            "Your earlier answers could not be read any more, so you begin again. Nothing was sent anywhere."
        ),
        "changed": gettext("Some questions have changed. The answers that no longer fit were left out."),
        "erased": gettext("All your answers have been erased."),
        "restored": gettext("Your answers are back."),
    }.get(notice, "")
