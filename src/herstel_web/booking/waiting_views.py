"""The waiting list as a person sees it: joining, leaving, and what is held for them."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from herstel_web.access import for_person, signed_in
from herstel_web.accounts.models import User
from herstel_web.booking import bridge, queries, waiting
from herstel_web.booking.actions import NotFreeError, TooLateError, TooManyError
from herstel_web.booking.availability import bookable_practitioners
from herstel_web.booking.forms import WaitForm, WhoForm
from herstel_web.booking.models import Appointment, AppointmentKind, SlotOffer, WaitingListEntry
from herstel_web.booking.views import TAKEN, person_of
from herstel_web.booking.waiting import Wish
from herstel_web.people import actions as people
from herstel_web.people.models import Person

USUAL_WAIT = timedelta(weeks=6)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, practice_id: UUID, kind_id: int) -> HttpResponse:
    """Says which times would suit; what becomes free is then offered."""
    if bridge.call_first(request) == "emergency":
        return redirect("appointment_new")
    kinds = AppointmentKind.objects.filter(practice=practice_id, online=True, retired_at=None)
    kind = get_object_or_404(kinds.select_related("practice"), pk=kind_id)
    person, user, today = person_of(request), cast("User", request.user), timezone.localdate()
    first = {"from_day": today, "until_day": today + USUAL_WAIT, "weekdays": list("01234"), "parts": list("mae")}
    form = WaitForm(request.POST or None, initial=first, practitioners=bookable_practitioners(kind.practice, today))
    known = {"name": user.name, "phone": person.phone if person else ""}
    who = WhoForm(request.POST or None, initial=known, may_share=False, ask_name=person is None)
    if request.method == "POST" and form.is_valid() and who.is_valid():
        given = who.cleaned_data
        person = people.person_who_books(user=user, person=person, name=given.get("name", ""), phone=given["phone"])
        waiting.join(person=person, wish=_wish(kind, form), by=user)
        messages.success(request, gettext("You are on the waiting list. You get an e-mail when a time becomes free."))
        return redirect("appointments")
    return render(request, "booking/wait.html", {"form": form, "who": who, "kind": kind, "practice": kind.practice})


def _wish(kind: AppointmentKind, form: WaitForm) -> Wish:
    given = form.cleaned_data
    return Wish(
        kind=kind,
        practitioner=given["practitioner"],
        from_day=given["from_day"],
        until_day=given["until_day"],
        weekdays="".join(given["weekdays"]),
        parts="".join(given["parts"]),
    )


@for_person
@require_POST
def leave(request: HttpRequest, person: Person, entry_id: int) -> HttpResponse:
    """Off the list."""
    entry = get_object_or_404(WaitingListEntry, pk=entry_id, person=person)
    waiting.leave(entry=entry, by=cast("User", request.user), now=timezone.now())
    messages.success(request, gettext("You are no longer on the waiting list."))
    return redirect("appointments")


@for_person
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, person: Person, offer_id: UUID) -> HttpResponse:
    """A time that is held: take it, also in place of another appointment, or let it go to the next."""
    offers = SlotOffer.objects.select_related("entry__practice", "entry__kind", "practitioner", "location")
    found = get_object_or_404(offers, pk=offer_id, entry__person=person)
    held = found.state == SlotOffer.State.OPEN and found.expires_at > timezone.now()
    error = ""
    if request.method == "POST":
        if request.POST.get("do") == "decline":
            waiting.decline(offer=found, by=cast("User", request.user))
            messages.success(request, gettext("The time goes to somebody else. You stay on the waiting list."))
            return redirect("appointments")
        made = _take(request, person, found)
        if isinstance(made, Appointment):
            messages.success(request, gettext("Your appointment is made."))
            return redirect("appointment", appointment_id=made.pk)
        held, error = held and bool(made), made
    context = {"offer": found, "held": held, "others": _others(person, found), "error": error}
    return render(request, "booking/offer.html", context, status=TAKEN if request.method == "POST" else 200)


def _take(request: HttpRequest, person: Person, found: SlotOffer) -> Appointment | str:
    """The appointment, or what stands in the way; "" when the time is not held any more."""
    wanted = queries.uuid_of(request.POST.get("instead_of", ""))
    instead_of = next((one for one in _others(person, found) if one.pk == wanted), None)
    by, now = cast("User", request.user), timezone.now()
    try:
        return waiting.take(offer=found, by=by, now=now, key=found.pk, instead_of=instead_of)
    except NotFreeError:
        return ""
    except TooLateError:
        return gettext("Your other appointment can no longer be cancelled here. Leave it as it is, or call.")
    except TooManyError:
        return gettext("You have too many appointments ahead here. Choose which one this comes in place of.")


def _others(person: Person, found: SlotOffer) -> list[Appointment]:
    """The appointments this time might come in place of."""
    ahead = Appointment.objects.filter(
        person=person, practice=found.entry.practice, status=Appointment.Status.BOOKED, start__gt=timezone.now()
    )
    return list(ahead.select_related("kind", "practice").order_by("start"))
