"""Filming a test oneself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import for_own_case
from herstel_web.cases.models import Case
from herstel_web.filming import pages, result_pages
from herstel_web.filming.place import Place
from herstel_web.limits import limited

PAGE = ["GET", "HEAD", "POST"]


@for_own_case
@require_http_methods(PAGE)
def choose(request: HttpRequest, case: Case) -> HttpResponse:
    """Which test; consent first."""
    return pages.choose(Place(request=request, case=case))


@for_own_case
@require_POST
def consent(request: HttpRequest, case: Case) -> HttpResponse:
    """Agrees to being filmed, or takes it back."""
    return pages.consent(Place(request=request, case=case))


@for_own_case
@require_safe
def record(request: HttpRequest, case: Case, movement: str, leg: str) -> HttpResponse:
    """The camera."""
    return pages.record(Place(request=request, case=case), movement, leg)


@for_own_case
@limited("film_send", "40/h")
@require_POST
def send(request: HttpRequest, case: Case, movement: str, leg: str) -> HttpResponse:
    """Takes a video in."""
    return pages.send(Place(request=request, case=case), movement, leg)


@for_own_case
@require_safe
def result(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """What was measured."""
    return result_pages.result(Place(request=request, case=case), recording_id)


@for_own_case
@require_safe
def progress(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """How far it is."""
    return result_pages.progress(Place(request=request, case=case), recording_id)


@for_own_case
@limited("film_again", "40/h")
@require_POST
def again(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """Measures once more."""
    return result_pages.again(Place(request=request, case=case), recording_id)


@for_own_case
@require_safe
def video(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """The video."""
    return result_pages.video(Place(request=request, case=case), recording_id)


@for_own_case
@require_safe
def people(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """Everybody in the picture, numbered."""
    return result_pages.people(Place(request=request, case=case), recording_id)


@for_own_case
@require_safe
def points(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """What is drawn over it."""
    return result_pages.points(Place(request=request, case=case), recording_id)


@for_own_case
@require_POST
def remove(request: HttpRequest, case: Case, recording_id: UUID) -> HttpResponse:
    """Takes a recording away."""
    return result_pages.remove(Place(request=request, case=case), recording_id)
