"""Messages with the practice and files, for the person."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import for_own_case
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.correspondence import actions, queries
from herstel_web.correspondence.actions import Written
from herstel_web.correspondence.forms import FileForm, TextForm
from herstel_web.correspondence.models import LONGEST_TEXT, Draft
from herstel_web.correspondence.serving import handed_out, taken_in


@for_own_case
@require_http_methods(["GET", "HEAD", "POST"])
def messages_page(request: HttpRequest, case: Case) -> HttpResponse:
    """The thread with the practice, and the files."""
    if case.practice is None:
        return render(request, "correspondence/no_practice.html")
    user, label = _user(request), gettext("Your message")
    if request.method == "POST":
        form = TextForm(label, request.POST)
        if "draft" in request.POST:
            actions.save_draft(case=case, kind=Draft.Kind.MESSAGE, text=_typed(request), by=user)
            messages.success(request, gettext("What you typed is kept. Only you see it."))
            return redirect("my_messages")
        if form.is_valid():
            written = Written(text=form.cleaned_data["text"], key=form.cleaned_data["key"], by=user)
            address = request.build_absolute_uri(reverse("case_messages", args=[case.pk]))
            actions.send_message(case=case, written=written, from_person=True, address=address)
            messages.success(request, gettext("Your message is sent."))
            return redirect("my_messages")
    else:
        form = TextForm(label, initial={"text": queries.draft(case, user, Draft.Kind.MESSAGE)})
        actions.mark_read(case=case, by_person=True, by=user)
    return _thread(request, case, form, FileForm())


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("text", "")[:LONGEST_TEXT]


def _thread(request: HttpRequest, case: Case, form: TextForm, file_form: FileForm) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "file_form": file_form,
        "page": queries.messages(case, request.GET.get("page")),
        "files": queries.files(case),
    }
    return render(request, "correspondence/my_messages.html", context)


@for_own_case
@require_POST
def draft(request: HttpRequest, case: Case) -> HttpResponse:
    """Keeps what is being typed, sent by a script every few seconds."""
    actions.save_draft(case=case, kind=Draft.Kind.MESSAGE, text=_typed(request), by=_user(request))
    return HttpResponse(status=204)


@for_own_case
@require_POST
def add_file(request: HttpRequest, case: Case) -> HttpResponse:
    """Keeps a file that was sent, when it is one that is taken."""
    if case.practice is None:
        raise Http404
    user = _user(request)
    form = taken_in(request, case, from_person=True, by=user)
    if form.is_valid():
        messages.success(request, gettext("The file is kept. Your practice sees it."))
        return redirect("my_messages")
    text = queries.draft(case, user, Draft.Kind.MESSAGE)
    return _thread(request, case, TextForm(gettext("Your message"), initial={"text": text}), form)


@for_own_case
@require_safe
def file(request: HttpRequest, case: Case, file_id: UUID) -> HttpResponse:
    """A file, to save."""
    del request
    return handed_out(queries.file(case, file_id))
