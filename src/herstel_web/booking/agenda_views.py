"""The agenda of a practice: looking, booking for somebody, moving, cancelling. Names and times, nothing clinical."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import Member, for_member
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.booking import actions, agenda, queries
from herstel_web.booking.actions import Comes, NotFreeError, TooLateError, Wanted
from herstel_web.booking.availability import Slot, practitioners, zone
from herstel_web.booking.models import Appointment
from herstel_web.booking.practice_forms import BookForm, CancelForm, MoveForm
from herstel_web.booking.times import Span
from herstel_web.language import current_language
from herstel_web.practice.models import Practice
from herstel_web.practice.rights import Right

TAKEN = 409
MARKS = {"done": Appointment.Status.DONE, "no_show": Appointment.Status.NO_SHOW, "back": Appointment.Status.BOOKED}


@for_member(Right.SEE_AGENDA)
@require_safe
def agenda_page(request: HttpRequest, member: Member) -> HttpResponse:
    """A day of everybody, or a week of one."""
    today = timezone.localdate()
    day = queries.read_day(request.GET.get("day", ""), today)
    able = practitioners(member.practice)
    who = next((one for one in able if str(one.pk) == request.GET.get("who")), None)
    by_week = request.GET.get("view") == "week"
    if by_week and who is None:
        who = next((one for one in able if one == member.user), able[0] if able else None)
    step = timedelta(days=7 if by_week else 1)
    monday = day - timedelta(days=day.weekday())
    shown = (
        agenda.of_week(member.practice, who, monday, today)
        if by_week and who
        else agenda.of_day(member.practice, day, today)
    )
    context = {
        "agenda": shown,
        "day": monday if by_week else day,
        "last": monday + timedelta(days=6),
        "by_week": by_week,
        "who": who,
        "practitioners": able,
        "earlier": day - step,
        "later": day + step,
        "today": today,
        **tabs(member, "week" if by_week else "day"),
    }
    return render(request, "booking/agenda.html", context)


def tabs(member: Member, here: str) -> dict[str, object]:
    """What every page of the agenda shows above it."""
    return {
        "member": member,
        "tab": here,
        "may_plan": member.may(Right.PLAN_APPOINTMENTS),
        "manages": member.may(Right.MANAGE_PRACTICE),
    }


# --- booking for somebody --------------------------------------------------------------------------------------------


@for_member(Right.PLAN_APPOINTMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, member: Member) -> HttpResponse:
    """Books for somebody: found by name (sent, never in an address) or typed."""
    form = _book_form(request, member)
    if request.method == "POST" and request.POST.get("do") != "search" and form.is_valid():
        slot = _slot(member.practice, form.cleaned_data)
        if not _within(member.practice, slot, form.cleaned_data["kind"].lasts) and not form.cleaned_data["anyway"]:
            form.add_error("anyway", _outside())
        elif slot is not None:
            try:
                made = actions.book_for(wanted=_wanted(member, form, slot), by=member.user, now=timezone.now())
            except NotFreeError:
                form.add_error("clock", _just_taken())
                return _book_page(request, member, form, status=TAKEN)
            messages.success(request, gettext("The appointment is made."))
            return redirect(_day_of(made))
    return _book_page(request, member, form)


def _book_form(request: HttpRequest, member: Member) -> BookForm:
    at = queries.read_at(request.GET.get("at", ""))
    there = at.astimezone(zone()) if at else None
    first = {
        "practitioner": request.GET.get("with", str(member.user.pk)),
        "day": there.date() if there else timezone.localdate(),
        "clock": there.time() if there else None,
        "person": request.GET.get("person", ""),
        "kind": request.GET.get("kind", ""),
        "key": uuid4(),
    }
    return BookForm(
        request.POST or None,
        initial=first,
        practitioners=practitioners(member.practice),
        kinds=list(queries.kinds(member.practice)),
        language=current_language(),
    )


def _book_page(request: HttpRequest, member: Member, form: BookForm, status: int = 200) -> HttpResponse:
    search = request.POST.get("search", "")
    chosen = request.POST.get("person") or request.GET.get("person", "")
    searching = request.POST.get("do") == "search"
    if searching:
        form.full_clean()
        form.errors.clear()
    context = {
        "form": form,
        "search": search,
        "searched": bool(search.strip()),
        "found": queries.find_people(member.practice, search),
        "chosen": queries.person_here(member.practice, chosen) if chosen else None,
        **tabs(member, "day"),
    }
    return render(request, "booking/book.html", context, status=status)


def _wanted(member: Member, form: BookForm, slot: Slot) -> Wanted:
    given = form.cleaned_data
    person = queries.person_here(member.practice, given["person"]) if given["person"] else None
    if given["person"] and person is None:
        raise Http404
    case = queries.case_there(person, member.practice) if person else None
    typed = Comes(name=given["name"], phone=given["phone"], email=given["email"])
    return Wanted(
        practice=member.practice,
        kind=given["kind"],
        slot=slot,
        comes=Comes(person=person, case=case) if person else typed,
        key=given["key"] or uuid4(),
    )


def _slot(practice: Practice, given: dict[str, object]) -> Slot | None:
    start, who = cast("datetime", given["start"]), cast("User", given["practitioner"])
    return Slot(start=start, practitioner_id=who.pk, location_id=agenda.place_then(practice, who.pk, start))


def _within(practice: Practice, slot: Slot | None, lasts: timedelta) -> bool:
    if slot is None:
        return False
    return agenda.is_within_hours(practice, slot.practitioner_id, Span(begin=slot.start, end=slot.start + lasts))


def _outside() -> str:
    return gettext("This lies outside the working hours, or somebody is away. Tick this to plan it all the same.")


def _just_taken() -> str:
    return gettext("This time was just taken, or overlaps another appointment. Choose another; the rest is still here.")


def _day_of(appointment: Appointment) -> str:
    day = appointment.start.astimezone(zone()).date()
    return f"{reverse('agenda')}?day={day.isoformat()}"


# --- one appointment -------------------------------------------------------------------------------------------------


@for_member(Right.SEE_AGENDA)
@require_safe
def appointment(request: HttpRequest, member: Member, appointment_id: UUID) -> HttpResponse:
    """Who comes when, how to reach them, and what can be done."""
    found = _one(member, appointment_id)
    if found.person_id is not None:
        audit.record(
            action=Event.Action.READ,
            what="agenda_appointment",
            by=member.user,
            practice_id=member.practice.pk,
            person_id=found.person_id,
        )
    return _appointment_page(request, member, found)


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def move(request: HttpRequest, member: Member, appointment_id: UUID) -> HttpResponse:
    """To another time or practitioner."""
    found = _one(member, appointment_id)
    form = MoveForm(request.POST, practitioners=practitioners(member.practice))
    if not form.is_valid():
        return _appointment_page(request, member, found, form=form)
    to = _slot(member.practice, form.cleaned_data)
    if not _within(member.practice, to, found.end - found.start) and not form.cleaned_data["anyway"]:
        form.add_error("anyway", _outside())
        return _appointment_page(request, member, found, form=form)
    try:
        actions.move(appointment=found, to=cast("Slot", to), by=member.user, now=timezone.now())
    except NotFreeError:
        form.add_error("clock", _just_taken())
        return _appointment_page(request, member, found, form=form, status=TAKEN)
    messages.success(request, gettext("The appointment has another time."))
    return redirect("agenda_appointment", appointment_id=found.pk)


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def cancel(request: HttpRequest, member: Member, appointment_id: UUID) -> HttpResponse:
    """With a reason."""
    found = _one(member, appointment_id)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _appointment_page(request, member, found, form=form)
    try:
        actions.cancel(appointment=found, reason=form.cleaned_data["reason"], by=member.user, now=timezone.now())
    except NotFreeError:
        messages.error(request, gettext("This appointment was changed meanwhile. Look at it again first."))
    else:
        messages.success(request, gettext("The appointment is cancelled."))
    return redirect("agenda_appointment", appointment_id=found.pk)


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def mark(request: HttpRequest, member: Member, appointment_id: UUID) -> HttpResponse:
    """Somebody came, or did not."""
    found = _one(member, appointment_id)
    status = MARKS.get(request.POST.get("as", ""))
    try:
        if status is not None:
            actions.mark(appointment=found, status=status, by=member.user, now=timezone.now())
    except TooLateError:
        messages.error(request, gettext("This can be said once the appointment has begun."))
    return redirect("agenda_appointment", appointment_id=found.pk)


def _one(member: Member, appointment_id: UUID) -> Appointment:
    mine = Appointment.objects.filter(practice=member.practice)
    found = mine.select_related("person", "kind", "practitioner", "location", "practice", "case", "booked_by")
    one = found.filter(pk=appointment_id).first()
    if one is None:
        raise Http404
    return one


def _appointment_page(
    request: HttpRequest,
    member: Member,
    found: Appointment,
    *,
    form: MoveForm | CancelForm | None = None,
    status: int = 200,
) -> HttpResponse:
    there, now = found.start.astimezone(zone()), timezone.now()
    first = {"practitioner": str(found.practitioner_id or ""), "day": there.date(), "clock": there.time()}
    able: Sequence[User] = practitioners(member.practice)
    case = found.case if member.may(Right.READ_RECORDS) else None
    context = {
        "appointment": found,
        "case": case if case and case.practice_id == member.practice.pk else None,
        "changes": found.changes.select_related("by", "practitioner").order_by("at"),
        "move_form": form if isinstance(form, MoveForm) else MoveForm(initial=first, practitioners=able),
        "cancel_form": form if isinstance(form, CancelForm) else CancelForm(),
        "form": form,
        "booked": found.status == Appointment.Status.BOOKED,
        "begun": found.start <= now,
        "day": there.date(),
        **tabs(member, "day"),
    }
    return render(request, "booking/agenda_appointment.html", context, status=status)
