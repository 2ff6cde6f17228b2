"""The pages of the practice itself: its first start, details, places and texts, and which one somebody works for."""

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from herstel_web.access import CHOSEN_PRACTICE, SECOND_STEP_FOR, Member, for_member, public, signed_in
from herstel_web.accounts.models import User
from herstel_web.practice import actions, first_run, queries
from herstel_web.practice.forms import DetailsForm, FirstRunForm, LocationForm, TextForm
from herstel_web.practice.models import Location, Practice, TextTemplate
from herstel_web.practice.rights import Right

SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@public
@sensitive_post_parameters("password")
@form_page
def first_run_page(request: HttpRequest, token: str) -> HttpResponse:
    """Makes the owner of the first practice; gone as soon as there is a user."""
    if not first_run.is_good(token):
        raise Http404
    form = FirstRunForm(request.POST or None)
    if not form.is_valid():
        return render(request, "practice/first_run.html", {"form": form})
    owner = first_run.make_owner(token=token, **form.cleaned_data)
    if owner is None:
        raise Http404
    login(request, owner, backend=SIGNED_IN_BY)
    record_authentication(request, owner, method="password", reauthenticated=True)  # the second step can follow at once
    request.session[SECOND_STEP_FOR] = reverse("home")
    return redirect("mfa_index")


@for_member(Right.MANAGE_PRACTICE)
@form_page
def details(request: HttpRequest, member: Member) -> HttpResponse:
    """Name, telephone and address of the practice."""
    practice = Practice.objects.get(pk=member.practice.pk)
    form = DetailsForm(request.POST or None, instance=practice)
    if form.is_valid():
        actions.save_details(practice=practice, by=member.user)
        return _saved(request, "practice")
    return render(request, "practice/details.html", {"form": form, "here": "practice"})


@for_member(Right.MANAGE_PRACTICE)
@form_page
def locations(request: HttpRequest, member: Member) -> HttpResponse:
    """The places of the practice, and a new one."""
    location = Location(practice=member.practice)
    form = LocationForm(request.POST or None, instance=location)
    del form.fields["closed_on"]
    if form.is_valid():
        actions.save_location(location=location, by=member.user)
        return _saved(request, "locations")
    context = {"form": form, "locations": queries.locations(member.practice), "here": "locations"}
    return render(request, "practice/locations.html", context)


@for_member(Right.MANAGE_PRACTICE)
@form_page
def location_page(request: HttpRequest, member: Member, location_id: int) -> HttpResponse:
    """One place: other name or address, or closed."""
    location = member.practice.locations.filter(pk=location_id).first()
    if location is None:
        raise Http404
    form = LocationForm(request.POST or None, instance=location)
    if form.is_valid():
        actions.save_location(location=location, by=member.user)
        return _saved(request, "locations")
    return _one(request, form, here="locations", heading=gettext("Change a place"))


@for_member(Right.MANAGE_PRACTICE)
@form_page
def texts(request: HttpRequest, member: Member) -> HttpResponse:
    """The texts that are used often, and a new one."""
    text = TextTemplate(practice=member.practice)
    form = TextForm(request.POST or None, instance=text)
    if form.is_valid():
        actions.save_text(text=text, by=member.user)
        return _saved(request, "text_templates")
    context = {"form": form, "texts": member.practice.text_templates.all(), "here": "text_templates"}
    return render(request, "practice/texts.html", context)


@for_member(Right.MANAGE_PRACTICE)
@form_page
def text_page(request: HttpRequest, member: Member, text_id: int) -> HttpResponse:
    """One text: change or remove it."""
    text = _text(member, text_id)
    form = TextForm(request.POST or None, instance=text)
    if form.is_valid():
        actions.save_text(text=text, by=member.user)
        return _saved(request, "text_templates")
    remove = reverse("remove_text_template", kwargs={"text_id": text_id})
    return _one(request, form, here="text_templates", heading=gettext("Change a text"), remove=remove)


@for_member(Right.MANAGE_PRACTICE)
@require_POST
def remove_text(request: HttpRequest, member: Member, text_id: int) -> HttpResponse:
    """Removes a text."""
    actions.remove_text(text=_text(member, text_id), by=member.user)
    messages.success(request, gettext("The text is removed."))
    return redirect("text_templates")


@signed_in
@form_page
def choose_practice(request: HttpRequest) -> HttpResponse:
    """For who works at several practices: which one they work for now."""
    memberships = queries.practices_of(cast("User", request.user))
    if not memberships:
        raise Http404
    if request.method == "POST":
        try:
            chosen = memberships.filter(practice=UUID(request.POST.get("practice", ""))).first()
        except ValueError:
            chosen = None
        if chosen is None:
            raise Http404
        request.session[CHOSEN_PRACTICE] = str(chosen.practice_id)
        return redirect("home")
    now = request.session.get(CHOSEN_PRACTICE)
    return render(request, "practice/choose.html", {"memberships": memberships, "now": now})


def _text(member: Member, text_id: int) -> TextTemplate:
    found = member.practice.text_templates.filter(pk=text_id).first()
    if found is None:
        raise Http404
    return found


def _saved(request: HttpRequest, leads_to: str) -> HttpResponse:
    messages.success(request, gettext("It is saved."))
    return redirect(leads_to)


def _one(request: HttpRequest, form: "ModelForm[Location] | ModelForm[TextTemplate]", **more: str) -> HttpResponse:
    """The page of one thing of the practice."""
    return render(request, "practice/one.html", {"form": form, **more})
