"""A person's own record as a whole: keeping a self-check, who they are, who looked, taking it along, erasing it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel.errors import InputError
from herstel.text import say_problem
from herstel_web.access import for_person, recently_signed_in, signed_in
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.bridge import complaint_entry
from herstel_web.language import current_language
from herstel_web.limits import limited
from herstel_web.people import actions, export, queries
from herstel_web.people.forms import KeepForm, PersonForm
from herstel_web.people.models import Consent, Person
from herstel_web.self_check import bridge
from herstel_web.self_check.visit import Visit
from herstel_web.sharing.queries import may_be_shared, shared


@signed_in
@limited("keep", "20/h")
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Moves the answers of the self-check into the account of who is signed in."""
    visit, user = Visit(request), cast("User", request.user)
    stand = bridge.interview(visit.answers, visit.recheck)
    if not (visit.answers and stand.finished):
        return render(request, "people/nothing_to_keep.html", {"begun": bool(visit.answers)})
    person = Person.objects.filter(user=user).first()
    known = {"name": person.name, "birth_date": person.birth_date} if person else {"name": user.name}
    form = KeepForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        try:
            actions.keep_self_check(
                user=user,
                name=form.cleaned_data["name"],
                birth_date=form.cleaned_data["birth_date"],
                complaint=complaint_entry(visit.answers, today),
                today=today,
            )
        except InputError as error:
            for problem in error.problems:
                form.add_error(None, say_problem(current_language(), problem))
        else:
            visit.erase()
            messages.success(request, gettext("Your answers are kept in your account. This is your plan for today."))
            return redirect("home")
    return render(request, "people/keep.html", {"form": form})


@for_person
@require_safe
def more(request: HttpRequest, person: Person) -> HttpResponse:
    """What is not used every day."""
    return render(request, "people/more.html", {"person": person})


@for_person
@require_safe
def my_data(request: HttpRequest, person: Person) -> HttpResponse:
    """Who looked, what was agreed to, and how to take everything along or erase it."""
    before = request.GET.get("before", "")
    looks, older = queries.looks(person, int(before) if before.isdigit() else None)
    context = {
        "person": person,
        "looks": looks,
        "older": older,
        "consents": queries.consents(person),
        "shared": shared(person),
        "may_share": may_be_shared(person).exists(),
        "filmed": person.cases.exists() and person.consents.filter(kind=Consent.Kind.FILM).exists(),
    }
    return render(request, "people/my_data.html", context)


@for_person
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, person: Person) -> HttpResponse:
    """Corrects who somebody is."""
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        actions.correct_person(person=person, fields=form.cleaned_data, by=cast("User", request.user))
        messages.success(request, gettext("Your details are changed."))
        return redirect("my_data")
    return render(request, "people/correct.html", {"form": form})


@for_person
@recently_signed_in
@limited("take_along", "20/h", method="GET")
@require_safe
def take_along(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything that is kept, as one file."""
    now = timezone.localtime()
    content = export.export_zip(person, now)
    audit.record(action=Event.Action.EXPORT, what="person", by=cast("User", request.user), person_id=person.pk)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{export.file_name(now.date())}"'
    return response


@for_person
@require_POST
def stop_sharing(request: HttpRequest, person: Person, practice_id: UUID) -> HttpResponse:
    """Ends what a practice may see."""
    actions.stop_sharing(person=person, practice_id=practice_id, by=cast("User", request.user))
    messages.success(request, gettext("The practice no longer sees your record."))
    return redirect("my_data")


@for_person
@recently_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks whether it is meant; then erases the record and the account for good."""
    if request.method == "POST" and request.POST.get("sure") == "yes":
        by = User.objects.get(pk=cast("User", request.user).pk)
        logout(request)
        done = actions.erase(person=person, by=by)
        return render(request, "people/erased.html", {"done": done})
    context = {
        "treated": person.cases.exclude(practice=None).exists(),
        "unsure": request.method == "POST",
    }
    return render(request, "people/erase.html", context)
