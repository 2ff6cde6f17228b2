"""Notes, messages and files of a case, for the practice."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import Member, for_practice_case
from herstel_web.cases.case_header import case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.correspondence import actions, queries
from herstel_web.correspondence.actions import Written
from herstel_web.correspondence.forms import FileForm, RemoveForm, TextForm
from herstel_web.correspondence.models import LONGEST_TEXT, Draft
from herstel_web.correspondence.serving import handed_out, taken_in
from herstel_web.language import current_language
from herstel_web.practice.models import TextTemplate
from herstel_web.practice.queries import text_templates, with_own_text
from herstel_web.practice.rights import Right

PAGE = ["GET", "HEAD", "POST"]


def _page(request: HttpRequest, member: Member, case: Case, template: str, context: dict[str, Any]) -> HttpResponse:
    header = case_header(request, member, case, standing(case, timezone.localdate()))
    return render(request, f"correspondence/{template}", {"header": header, "case": case, **context})


def _writes(request: HttpRequest, member: Member) -> bool:
    """Whether something is written; who may only read finds nothing here to write to."""
    if request.method == "POST" and not member.may(Right.WRITE_RECORDS):
        raise Http404
    return request.method == "POST"


def _written(form: TextForm, member: Member) -> Written:
    return Written(text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=member.user)


def _keeps_draft(request: HttpRequest, case: Case, kind: Draft.Kind, member: Member) -> bool:
    """Whether only the draft was to be kept, as without a script."""
    if "draft" not in request.POST:
        return False
    actions.save_draft(case=case, kind=kind, text=request.POST.get("text", "")[:LONGEST_TEXT], by=member.user)
    messages.success(request, gettext("The draft is kept. Only you see it."))
    return True


def _with_own_text(request: HttpRequest, member: Member, kind: TextTemplate.Kind, label: str) -> TextForm:
    """What was typed with the chosen text of the practice below it; nothing is sent."""
    typed, chosen = request.POST.get("text", ""), request.POST.get("own_text", "")
    kept = {"text": with_own_text(member.practice, kind, chosen, typed), "key": request.POST.get("key")}
    return TextForm(label, initial=kept)


# --- notes -----------------------------------------------------------------------------------------------------------


@for_practice_case(Right.READ_RECORDS)
@require_http_methods(PAGE)
def notes(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The notes, and a new one."""
    label = gettext("New note")
    if _writes(request, member):
        form = TextForm(label, request.POST)
        if _keeps_draft(request, case, Draft.Kind.NOTE, member):
            return redirect("case_notes", case_id=case.pk)
        if "insert" in request.POST:
            form = _with_own_text(request, member, TextTemplate.Kind.NOTE, label)
        elif form.is_valid():
            actions.write_note(case=case, written=_written(form, member))
            messages.success(request, gettext("The note is signed."))
            return redirect("case_notes", case_id=case.pk)
    else:
        form = TextForm(label, initial={"text": queries.draft(case, member.user, Draft.Kind.NOTE)})
    page = queries.notes(case, request.GET.get("page"))
    own_texts = text_templates(member.practice, TextTemplate.Kind.NOTE, current_language())
    return _page(request, member, case, "notes.html", {"form": form, "page": page, "own_texts": own_texts})


@for_practice_case(Right.WRITE_RECORDS)
@require_http_methods(PAGE)
def correct_note(request: HttpRequest, member: Member, case: Case, note_id: int) -> HttpResponse:
    """A note that takes the place of another, which stays readable below it."""
    wrong = queries.note(case, note_id)
    if wrong is None:
        messages.error(request, gettext("This note was corrected in the meantime. Look at it again first."))
        return redirect("case_notes", case_id=case.pk)
    form = TextForm(gettext("The note as it should be"), request.POST or None, initial={"text": wrong.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(case=case, written=_written(form, member), corrects=wrong)
        except actions.CorrectedMeanwhileError:
            form.add_error(None, gettext("Somebody else corrected this note in the meantime. Look at it again first."))
        else:
            messages.success(request, gettext("The note is corrected. The earlier one stays readable below it."))
            return redirect("case_notes", case_id=case.pk)
    return _page(request, member, case, "correct_note.html", {"form": form, "wrong": wrong})


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def draft(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Keeps what is being typed, sent by a script every few seconds."""
    kind = Draft.Kind.MESSAGE if request.POST.get("kind") == Draft.Kind.MESSAGE else Draft.Kind.NOTE
    actions.save_draft(case=case, kind=kind, text=request.POST.get("text", "")[:LONGEST_TEXT], by=member.user)
    return HttpResponse(status=204)


# --- messages and files ----------------------------------------------------------------------------------------------


@for_practice_case(Right.READ_RECORDS)
@require_http_methods(PAGE)
def messages_page(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """The thread with the person, and the files."""
    label = gettext("Message to {name}").format(name=case.person.name)
    if _writes(request, member):
        form = TextForm(label, request.POST)
        if _keeps_draft(request, case, Draft.Kind.MESSAGE, member):
            return redirect("case_messages", case_id=case.pk)
        if "insert" in request.POST:
            form = _with_own_text(request, member, TextTemplate.Kind.MESSAGE, label)
        elif form.is_valid():
            address = request.build_absolute_uri(reverse("my_messages"))
            actions.send_message(case=case, written=_written(form, member), from_person=False, address=address)
            messages.success(request, gettext("The message is sent."))
            return redirect("case_messages", case_id=case.pk)
    else:
        form = TextForm(label, initial={"text": queries.draft(case, member.user, Draft.Kind.MESSAGE)})
        if member.may(Right.WRITE_RECORDS):
            actions.mark_read(case=case, by_person=False, by=member.user)
    return _thread(request, member, case, form, FileForm())


def _thread(request: HttpRequest, member: Member, case: Case, form: TextForm, file_form: FileForm) -> HttpResponse:
    context = {
        "form": form,
        "file_form": file_form,
        "page": queries.messages(case, request.GET.get("page")),
        "files": queries.files(case),
        "remove_form": RemoveForm(),
        "own_texts": text_templates(member.practice, TextTemplate.Kind.MESSAGE, case.person.language),
    }
    return _page(request, member, case, "case_messages.html", context)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def add_file(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Keeps a file that was sent, when it is one that is taken."""
    form = taken_in(request, case, from_person=False, by=member.user)
    if form.is_valid():
        messages.success(request, gettext("The file is kept."))
        return redirect("case_messages", case_id=case.pk)
    text = queries.draft(case, member.user, Draft.Kind.MESSAGE)
    label = gettext("Message to {name}").format(name=case.person.name)
    return _thread(request, member, case, TextForm(label, initial={"text": text}), form)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def file(request: HttpRequest, member: Member, case: Case, file_id: UUID) -> HttpResponse:
    """A file, to save."""
    del request, member
    return handed_out(queries.file(case, file_id))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def remove_file(request: HttpRequest, member: Member, case: Case, file_id: UUID) -> HttpResponse:
    """Takes a file away that should not be here."""
    found, form = queries.file(case, file_id), RemoveForm(request.POST)
    if found is None:
        raise Http404
    if form.is_valid():
        actions.remove_file(file=found, because=form.cleaned_data["because"], by=member.user)
        messages.success(request, gettext("The file is gone. That it was here stays on record."))
    else:
        messages.error(request, gettext("Nothing was removed. {why}").format(why=form.errors["because"][0]))
    return redirect("case_messages", case_id=case.pk)
