"""The pages of the practice."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from herstel_web.access import SECOND_STEP_FOR, public
from herstel_web.practice import first_run
from herstel_web.practice.forms import FirstRunForm

SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
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
