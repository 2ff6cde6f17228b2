"""A person's own appointments: what lies ahead, moving, cancelling, and the calendar."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import for_person, public, signed_in
from herstel_web.accounts.models import User
from herstel_web.booking import actions, feeds, queries
from herstel_web.booking.actions import NotFreeError, TooLateError
from herstel_web.booking.availability import Search, bookable_practitioners, free_at
from herstel_web.booking.models import Appointment, CalendarFeed
from herstel_web.booking.views import person_of
from herstel_web.language import current_language
from herstel_web.people.models import Person

TAKEN = 409
CALENDAR = "text/calendar; charset=utf-8"


@signed_in
@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """What lies ahead, what was, and what one waits for."""
    person = person_of(request)
    context = {
        "own": queries.own(person, timezone.now()) if person else None,
        "bookable": queries.practices_online().exists(),
        "has_feed": CalendarFeed.objects.filter(
            user=cast("User", request.user), whose=CalendarFeed.Whose.PERSON, ended_at=None
        ).exists(),
    }
    return render(request, "booking/appointments.html", context)


@for_person
@require_safe
def appointment(request: HttpRequest, person: Person, appointment_id: UUID) -> HttpResponse:
    """One appointment: when, where, with whom, and what can be changed."""
    found = _own(person, appointment_id)
    return render(request, "booking/appointment.html", _about(found))


@for_person
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, person: Person, appointment_id: UUID) -> HttpResponse:
    """Another time: the free times of a week; posting one moves the appointment."""
    found = _own(person, appointment_id)
    about, now = _about(found), timezone.now()
    if not about["may_change"]:
        return redirect("appointment", appointment_id=found.pk)
    search, taken = _search(found, request), False
    if request.method == "POST":
        try:
            _move(found, search, request)
        except NotFreeError:
            taken = True
        except TooLateError:
            return redirect("appointment", appointment_id=found.pk)
        else:
            messages.success(request, gettext("Your appointment has another time."))
            return redirect("appointment", appointment_id=found.pk)
    context = {**about, "week": queries.free_week(search, now), "taken": taken}
    return render(request, "booking/move.html", context, status=TAKEN if taken else 200)


def _move(found: Appointment, search: Search, request: HttpRequest) -> None:
    """To the first who is free then: the same practitioner when that is so."""
    at, now = queries.read_at(request.POST.get("at", "")), timezone.now()
    if at is None:
        raise NotFreeError
    for slot in sorted(free_at(search, at, now), key=lambda one: one.practitioner_id != found.practitioner_id):
        try:
            actions.move(appointment=found, to=slot, by=cast("User", request.user), now=now, online=True)
        except NotFreeError:
            found.refresh_from_db()
            continue
        return
    raise NotFreeError


def _search(found: Appointment, request: HttpRequest) -> Search:
    """The times of the same practitioner; of everybody when that one has no hours any more."""
    today = timezone.localdate()
    able = [one.pk for one in bookable_practitioners(found.practice, today)]
    same = [one for one in able if one == found.practitioner_id and request.GET.get("with") != "anyone"]
    first = queries.read_day(request.GET.get("from", ""), today)
    return Search(
        practice=found.practice,
        kind=found.kind,
        practitioners=tuple(same or able),
        first=first,
        last=first,
        ignoring=found,
    )


@for_person
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, person: Person, appointment_id: UUID) -> HttpResponse:
    """Asks whether it is meant; then cancels."""
    found = _own(person, appointment_id)
    if request.method == "POST":
        try:
            actions.cancel(appointment=found, reason="", by=cast("User", request.user), now=timezone.now(), online=True)
        except (NotFreeError, TooLateError):
            return redirect("appointment", appointment_id=found.pk)
        messages.success(request, gettext("Your appointment is cancelled."))
        return redirect("appointments")
    about = _about(found)
    if not about["may_change"]:
        return redirect("appointment", appointment_id=found.pk)
    return render(request, "booking/cancel.html", about)


@for_person
@require_safe
def calendar_file(_request: HttpRequest, person: Person, appointment_id: UUID) -> HttpResponse:
    """One appointment for the calendar of a phone."""
    found = _own(person, appointment_id)
    answer = HttpResponse(feeds.as_calendar([found], current_language()), content_type=CALENDAR)
    name = gettext("appointment")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@signed_in
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """A new secret address for one's own calendar, shown once; or the end of it."""
    user, now = cast("User", request.user), timezone.now()
    if request.POST.get("do") == "end":
        feeds.end_address(user=user, whose=CalendarFeed.Whose.PERSON, now=now)
        messages.success(request, gettext("The calendar address no longer works."))
        return redirect("appointments")
    address = feeds.new_address(user=user, whose=CalendarFeed.Whose.PERSON, now=now)
    return render(request, "booking/calendar_address.html", {"address": address, "back": "appointments"})


@public
@require_safe
def calendar_feed(_request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads; the address is the secret."""
    feed = feeds.feed_of(token)
    if feed is None:
        raise Http404
    own = feed.whose == CalendarFeed.Whose.PERSON
    content = feeds.as_calendar(feeds.appointments_of(feed, timezone.now()), feed.user.language, own=own)
    return HttpResponse(content, content_type=CALENDAR)


def _own(person: Person, appointment_id: UUID) -> Appointment:
    mine = Appointment.objects.filter(person=person)
    return get_object_or_404(
        mine.select_related("practice", "kind", "practitioner", "location", "person"), pk=appointment_id
    )


def _about(found: Appointment) -> dict[str, object]:
    """What the pages of one appointment show."""
    now, until = timezone.now(), actions.may_change_until(found)
    booked = found.status == Appointment.Status.BOOKED
    return {
        "appointment": found,
        "ahead": booked and found.end > now,
        "may_change": booked and now <= until,
        "until": until,
        "changes": found.changes.order_by("at"),
    }
