"""Making an appointment: a practice, a kind, a time, and confirm. Warning signs come first."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from herstel_web.access import public
from herstel_web.accounts.models import User
from herstel_web.booking import actions, bridge, queries
from herstel_web.booking.actions import NotFreeError, TooManyError
from herstel_web.booking.availability import Slot, free_at
from herstel_web.booking.choice import Choice
from herstel_web.booking.forms import WhoForm
from herstel_web.booking.models import Appointment, AppointmentKind
from herstel_web.booking.online import Booker, book_first_free
from herstel_web.language import current_language
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice
from herstel_web.self_check.bridge import emergency_signs

TAKEN = 409


@public
@require_safe
def choose_practice(request: HttpRequest) -> HttpResponse:
    """At which practice; skipped where there is one."""
    stopped = _call_first(request)
    if stopped:
        return stopped
    practices = list(queries.practices_online())
    if len(practices) == 1:
        return redirect("appointment_kind", practice_id=practices[0].pk)
    return render(request, "booking/practices.html", {"practices": practices, **warning(request)})


@public
@require_safe
def choose_kind(request: HttpRequest, practice_id: UUID) -> HttpResponse:
    """What for."""
    stopped = _call_first(request)
    if stopped:
        return stopped
    practice = get_object_or_404(Practice, pk=practice_id)
    person = person_of(request)
    context = {
        "practice": practice,
        "kinds": queries.kinds_online(practice, person),
        "several": queries.practices_online().count() > 1,
        **warning(request),
    }
    return render(request, "booking/kinds.html", context)


@public
@require_safe
def choose_time(request: HttpRequest, practice_id: UUID, kind_id: int) -> HttpResponse:
    """When, and with whom: a week of free times."""
    stopped = _call_first(request)
    if stopped:
        return stopped
    choice = Choice.of(request.GET, _kind(practice_id, kind_id))
    context = {**choice.context(), "week": queries.free_week(choice.search(), timezone.now())}
    return render(request, "booking/times.html", {**context, **warning(request)})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, practice_id: UUID, kind_id: int) -> HttpResponse:
    """Who comes, and yes. Somebody without an account makes one first and comes back here."""
    stopped = _call_first(request)
    if stopped:
        return stopped
    choice = Choice.of(request.POST or request.GET, _kind(practice_id, kind_id))
    if choice.at is None:
        return redirect(choice.times_url())
    if not request.user.is_authenticated:
        back = urlencode({"next": request.get_full_path()})
        return render(request, "booking/account_first.html", {**choice.context(), "back": back})
    return _confirmed(request, choice)


def _confirmed(request: HttpRequest, choice: Choice) -> HttpResponse:
    person = person_of(request)
    form = _who_form(request, person)
    if request.method != "POST" or not form.is_valid():
        return _confirm_page(request, choice, form)
    try:
        appointment = _book(request, choice, person, form.cleaned_data)
    except NotFreeError:
        return _confirm_page(request, choice, form, taken=True)
    except TooManyError:
        form.add_error(None, _too_many(choice.kind.practice))
        return _confirm_page(request, choice, form)
    messages.success(request, gettext("Your appointment is made."))
    return redirect("appointment", appointment_id=appointment.pk)


def _kind(practice_id: UUID, kind_id: int) -> AppointmentKind:
    found = AppointmentKind.objects.filter(pk=kind_id, practice=practice_id, online=True, retired_at=None)
    kind = found.select_related("practice").first()
    if kind is None:
        raise Http404
    return kind


def person_of(request: HttpRequest) -> Person | None:
    """The record of who is signed in, when there is one."""
    return Person.objects.filter(user=request.user).first() if request.user.is_authenticated else None


# --- warning signs ----------------------------------------------------------------------------------------------------


def _call_first(request: HttpRequest) -> HttpResponse | None:
    """Who must call 112 is not sent to an agenda."""
    if bridge.call_first(request) != "emergency":
        return None
    return render(request, "booking/call_first.html", {"practices": queries.practices_online()})


def warning(request: HttpRequest) -> dict[str, object]:
    """What stands above the choice: call today, or (nothing answered yet) the signs with which one calls at once."""
    return {
        "call_today": bridge.call_first(request) == "same_day",
        "signs": [] if bridge.knows_answers(request) else emergency_signs(current_language()),
    }


# --- confirming -------------------------------------------------------------------------------------------------------


def _who_form(request: HttpRequest, person: Person | None) -> WhoForm:
    user = cast("User", request.user)
    known = {"name": user.name, "phone": person.phone if person else ""}
    may_share = queries.case_to_share(person) is not None
    return WhoForm(request.POST or None, initial=known, may_share=may_share, ask_name=person is None)


def _confirm_page(request: HttpRequest, choice: Choice, form: WhoForm, *, taken: bool = False) -> HttpResponse:
    """The page to confirm; with other times to choose from when this one was just taken."""
    now = timezone.now()
    slots = free_at(choice.search(), choice.at, now) if choice.at else []
    gone = taken or (request.method != "POST" and not slots)
    context = {
        **choice.context(),
        "form": form,
        "key": choice.key or uuid4(),
        "taken": gone,
        "others": queries.soonest(choice.search(), now) if gone else (),
        "who": _with_whom(choice, slots),
    }
    return render(request, "booking/confirm.html", context, status=TAKEN if taken else 200)


def _with_whom(choice: Choice, slots: list[Slot]) -> User | None:
    """Whom they chose, else who is the first to be free then."""
    free = slots[0].practitioner_id if slots else None
    return choice.chosen or next((one for one in choice.practitioners if one.pk == free), None)


def _book(request: HttpRequest, choice: Choice, person: Person | None, given: Mapping[str, Any]) -> Appointment:
    booker = Booker(
        user=cast("User", request.user),
        person=person,
        name=given.get("name", ""),
        phone=given["phone"],
        share=given.get("share", False),
    )
    return book_first_free(
        search=choice.search(), at=choice.at, booker=booker, key=queries.uuid_of(choice.key) or uuid4()
    )


def _too_many(practice: Practice) -> str:
    text = gettext("You have {n} appointments ahead here. Cancel one first, or call the practice.")
    return text.format(n=actions.MOST_UPCOMING) + (f" {practice.phone}" if practice.phone else "")
