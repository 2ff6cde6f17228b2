"""Filming a test of somebody who is treated here, and saying whether what was measured counts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import Member, for_practice_case
from herstel_web.cases.models import Case
from herstel_web.filming import pages, result_pages
from herstel_web.filming.place import Place
from herstel_web.limits import limited
from herstel_web.practice.rights import Right

PAGE = ["GET", "HEAD", "POST"]


@for_practice_case(Right.READ_RECORDS)
@require_http_methods(PAGE)
def choose(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Which test, and what was filmed before; consent first."""
    return pages.choose(Place(request=request, case=case, member=member))


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def consent(request: HttpRequest, member: Member, case: Case) -> HttpResponse:
    """Writes down what the person said of being filmed."""
    return pages.consent(Place(request=request, case=case, member=member))


@for_practice_case(Right.WRITE_RECORDS)
@require_safe
def record(request: HttpRequest, member: Member, case: Case, movement: str, leg: str) -> HttpResponse:
    """The camera."""
    return pages.record(Place(request=request, case=case, member=member), movement, leg)


@for_practice_case(Right.WRITE_RECORDS)
@limited("film_send", "120/h")
@require_POST
def send(request: HttpRequest, member: Member, case: Case, movement: str, leg: str) -> HttpResponse:
    """Takes a video in."""
    return pages.send(Place(request=request, case=case, member=member), movement, leg)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def result(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """What was measured."""
    return result_pages.result(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def progress(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """How far it is."""
    return result_pages.progress(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.WRITE_RECORDS)
@limited("film_again", "120/h")
@require_POST
def again(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """Measures once more."""
    return result_pages.again(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def video(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """The video."""
    return result_pages.video(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def people(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """Everybody in the picture, numbered."""
    return result_pages.people(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.READ_RECORDS)
@require_safe
def points(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """What is drawn over it."""
    return result_pages.points(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def remove(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """Takes a recording away."""
    return result_pages.remove(Place(request=request, case=case, member=member), recording_id)


@for_practice_case(Right.WRITE_RECORDS)
@require_POST
def judge(request: HttpRequest, member: Member, case: Case, recording_id: UUID) -> HttpResponse:
    """Accepts what was measured into the chain, or rejects it."""
    return result_pages.judge(Place(request=request, case=case, member=member), recording_id)
