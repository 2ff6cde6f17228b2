"""Sharing a complaint with a practice, without an appointment."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from herstel_web.access import for_person
from herstel_web.accounts.models import User
from herstel_web.limits import limited
from herstel_web.people.actions import share as share_case
from herstel_web.people.models import Person
from herstel_web.sharing import queries
from herstel_web.sharing.forms import ShareForm


@for_person
@limited("share", "20/h")
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose a complaint and a practice, and agree."""
    cases, practices = list(queries.may_be_shared(person)), list(queries.practices_for(person))
    form = ShareForm(request.POST or None, cases=cases, practices=practices)
    if request.method == "POST" and form.is_valid():
        case, practice = form.chosen
        if share_case(case=case, practice=practice, by=cast("User", request.user)):
            said = gettext("{practice} may read your record now. You can stop that at any time.")
            messages.success(request, said.format(practice=practice.name))
        else:
            messages.error(request, gettext("This complaint was shared or closed in the meantime. Look at it first."))
        return redirect("my_data")
    context = {
        "form": form,
        "cases": cases,
        "practices": practices,
        "shared": queries.shared(person),
        "on_hold": any(one.conclusion.on_hold for one in cases if hasattr(one, "conclusion")),
    }
    return render(request, "sharing/share.html", context)
