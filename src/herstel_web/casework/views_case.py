"""The page of a case: at a glance with its timeline, the assessment with the own judgement, release, closing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import Member, for_practice_case
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import last_fact, standing
from herstel_web.casework import actions, bridge, queries
from herstel_web.casework.actions import ChangedMeanwhileError, Judged, StillOnHoldError
from herstel_web.casework.follow_up import follow_up
from herstel_web.casework.forms import CloseForm, OverrideForm, ReleaseForm, ReopenForm
from herstel_web.casework.models import Closure, Override
from herstel_web.casework.timeline import kinds, timeline
from herstel_web.language import current_language
from herstel_web.practice.rights import Right
from herstel_web.reporting import report_page

MOST_DIGITS = 3


def _meanwhile(request: HttpRequest) -> None:
    messages.error(request, gettext("Somebody else changed this in the meantime. Look at it again first."))


# --- at a glance -----------------------------------------------------------------------------------------------------


@for_practice_case(Right.READ_RECORDS)
@require_safe
def case_page(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Why it asks for somebody, what it is, what is planned, and everything that happened."""
    return _overview(request, member, case, ReleaseForm(initial={"seen": case.facts_version}))


def _overview(request: HttpRequest, member: Member, case: Case, release_form: ReleaseForm) -> HttpResponse:
    today = timezone.localdate()
    now = standing(case, today)
    only = request.GET.get("kind", "") if request.GET.get("kind") in kinds() else ""
    back = request.GET.get("back", "")
    context = {
        "header": case_header(request, member, case, now),
        "case": case,
        "because": () if case.closed_on else queries.because(case, today),
        "lines": bridge.assessment_lines(now.recovery, current_language()),
        "overrides": [
            (one, bridge.value_name(one.subject, one.value, current_language())) for one in _overrides(case).values()
        ],
        "timeline": timeline(
            case, now.recovery, int(back) if back.isdecimal() and len(back) <= MOST_DIGITS else 0, only
        ),
        "kinds": kinds().values(),
        "only": only,
        "follow_up": follow_up(case, now.recovery),
        "release_form": release_form,
        "warnings": bridge.warnings(now.recovery, current_language()),
    }
    return render(request, "casework/case.html", context)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def assign(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """A member takes a case on, or hands it back."""
    to = member.user if request.POST.get("to") == "me" else None
    try:
        actions.assign(case=case, to=to, seen=request.POST.get("seen", ""), by=member.user)
    except ChangedMeanwhileError:
        messages.error(request, gettext("Somebody else took this case on in the meantime. Look again first."))
    else:
        back = gettext("Nobody treats this person now. The work list shows it as new.")
        messages.success(request, gettext("You treat this person now.") if to else back)
    return redirect("case", case_id=case.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def look_at(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Puts a reason away that a member looked at; one that is no longer so is left alone."""
    asked = request.POST.get("reason", "")
    for one in queries.because(case, timezone.localdate()):
        if one.id == asked and not one.stays:
            actions.look_at(case=case, reason=one.id, since=one.since, by=member.user)
            said = gettext("Put away. It comes back in two weeks when it is still so, or at once when it begins anew.")
            messages.success(request, said)
    return redirect("case", case_id=case.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def release(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Lifts a hold, with what was looked at."""
    form = ReleaseForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.release(
                case=case, looked_at=given["looked_at"], seen=given["seen"], by=member.user, today=timezone.localdate()
            )
        except ChangedMeanwhileError:
            form = _release_again(request, case)
        except StillOnHoldError:
            form.add_error(None, gettext("The plan of this person begins later. Record this on its first day."))
        else:
            messages.success(request, gettext("Released. This person goes on from where they were."))
            return redirect("case", case_id=case.pk)
    return _overview(request, member, case, form)


def _release_again(request: HttpRequest, case: Case) -> ReleaseForm:
    """The form with what was typed, to be confirmed once more beside what came in meanwhile."""
    case.refresh_from_db(fields=["facts_version"])
    form = ReleaseForm({"looked_at": request.POST["looked_at"], "seen": case.facts_version})
    form.add_error(None, gettext("Something was recorded after you opened this page. Look at it first."))
    return form


# --- the assessment and the own judgement ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What Herstel says of a subject, and what a therapist judges beside it, with the form to change that."""

    name: str
    engine: str
    own: str
    row: Override | None
    engine_then: str
    lower: bool
    form: OverrideForm

    @property
    def changed(self) -> bool:
        """Whether Herstel says something else since the therapist judged."""
        return self.row is not None and self.engine_then != self.engine


def _overrides(case: Case) -> dict[str, Override]:
    found = Override.objects.filter(case=case, ended_at=None).select_related("made_by")
    return {one.subject: one for one in found}


def _beside(subject: str, engine: str, row: Override | None, form: OverrideForm | None) -> Beside:
    language = current_language()
    return Beside(
        name=str(Override.Subject(subject).label),
        engine=bridge.value_name(subject, engine, language),
        own=bridge.value_name(subject, row.value, language) if row else "",
        row=row,
        engine_then=bridge.value_name(subject, row.engine, language) if row else "",
        lower=bool(row and subject == Override.Subject.URGENCY and bridge.is_lower(engine, row.value)),
        form=form or OverrideForm(subject, initial={"seen": row.pk if row else ""}),
    )


@for_practice_case(Right.READ_RECORDS)
@require_safe
def assessment(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The assessment with its reasons, and beside it what a therapist judges."""
    return _assessment(request, member, case, None)


def _assessment(request: HttpRequest, member: Member, case: Case, refused: OverrideForm | None) -> HttpResponse:
    now = standing(case, timezone.localdate())
    overrides, engine = _overrides(case), bridge.engine_view(now.recovery)
    beside = [
        _beside(subject, value, overrides.get(subject), refused if refused and refused.subject == subject else None)
        for subject, value in engine.items()
    ]
    context = {
        "header": case_header(request, member, case, now),
        "case": case,
        "beside": beside,
        "report": report_page(bridge.assessment_report(now.recovery, current_language())),
        "refused": refused.subject if refused else "",
    }
    return render(request, "casework/assessment.html", context)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def override(request: HttpRequest, member: Member, case: Case, subject: str) -> HttpResponse:
    """Keeps what a therapist judges otherwise, or takes that back."""
    if subject not in Override.Subject.values:
        raise Http404
    form = OverrideForm(subject, request.POST)
    back = "back" in request.POST
    if not back and not form.is_valid():
        return _assessment(request, member, case, form)
    judged = Judged(
        subject=subject,
        value="" if back else form.cleaned_data["value"],
        engine=bridge.engine_view(standing(case, timezone.localdate()).recovery)[subject],
        reason="" if back else form.cleaned_data["reason"],
        seen=request.POST.get("seen", ""),
    )
    try:
        actions.override(case=case, judged=judged, by=member.user)
    except ChangedMeanwhileError:
        _meanwhile(request)
    else:
        messages.success(request, gettext("Kept beside what Herstel says."))
    return redirect("case_assessment", case_id=case.pk)


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def examination(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """What an examination found: each test positive, negative or not done."""
    last = last_fact(case, Fact.Part.COMPLAINT)
    entry: dict[str, Any] = (last.entry or {}) if last else {}
    if request.method == "POST":
        found = {one.id: said == "positive" for one in bridge.clinician_tests()
                 if (said := request.POST.get(one.id)) in ("positive", "negative")}  # fmt: skip
        return _examined(request, member, case, found)
    now = standing(case, timezone.localdate())
    known = {name: bridge.is_positive(value) for name, value in entry.get("examination", {}).items()}
    language = current_language()
    tests = [
        (one, one.name[language], one.how[language], known.get(one.id), bridge.counts(one))
        for one in bridge.clinician_tests()
    ]
    header = case_header(request, member, case, now)
    context = {"header": header, "case": case, "tests": tests, "seen": last.pk if last else ""}
    return render(request, "casework/examination.html", context)


def _examined(request: HttpRequest, member: Member, case: Case, found: dict[str, bool]) -> HttpResponse:
    today: date = timezone.localdate()
    try:
        actions.examine(case=case, found=found, seen=request.POST.get("seen", ""), by=member.user, today=today)
    except ChangedMeanwhileError:
        _meanwhile(request)
        return redirect("case_examination", case_id=case.pk)
    messages.success(request, gettext("The examination counts in the assessment now."))
    return redirect("case_assessment", case_id=case.pk)


# --- closing ---------------------------------------------------------------------------------------------------------


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Closes a case, or opens a closed one again, with the reason."""
    opening = case.closed_on is not None
    form = (ReopenForm if opening else CloseForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reason = Closure.Reason.REOPENED if opening else given["reason"]
        try:
            actions.close(case=case, reason=reason, note=given["note"], by=member.user, today=timezone.localdate())
        except ChangedMeanwhileError:
            _meanwhile(request)
        else:
            messages.success(request, gettext("The case is open again.") if opening else gettext("The case is closed."))
        return redirect("case", case_id=case.pk)
    header = case_header(request, member, case, standing(case, timezone.localdate()))
    return render(request, "casework/close.html", {"header": header, "case": case, "form": form, "opening": opening})
