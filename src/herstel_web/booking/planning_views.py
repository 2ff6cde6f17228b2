"""What a practice settles about its agenda: blocked time, hours, kinds, rules, places, the waiting list, calendars."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from herstel_web.access import Member, for_member
from herstel_web.accounts.models import User
from herstel_web.booking import feeds, planning, queries, waiting
from herstel_web.booking.agenda_views import tabs
from herstel_web.booking.availability import practitioners, rules_of
from herstel_web.booking.models import Absence, AppointmentKind, CalendarFeed, WaitingListEntry, WorkingHours
from herstel_web.booking.planning import Hours
from herstel_web.booking.practice_forms import BlockForm, HoursForm, KindForm, PlaceForm, RulesForm
from herstel_web.booking.times import Span
from herstel_web.practice.models import Location
from herstel_web.practice.rights import Right

# --- blocked time ----------------------------------------------------------------------------------------------------


@for_member(Right.PLAN_APPOINTMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, member: Member) -> HttpResponse:
    """Lets nobody book for a while; says which appointments fall in it."""
    today = timezone.localdate()
    first = {"first_day": today, "last_day": today, "practitioner": str(member.user.pk)}
    form = BlockForm(
        request.POST or None,
        initial=first,
        practitioners=practitioners(member.practice),
        whole_practice=member.may(Right.MANAGE_PRACTICE),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fall_in = planning.block(
            practice=member.practice,
            practitioner=given["practitioner"],
            span=Span(begin=given["begins"], end=given["ends"]),
            label=given["label"],
            by=member.user,
        )
        _say_blocked(request, len(fall_in))
        return redirect(f"{reverse('agenda')}?day={given['first_day'].isoformat()}")
    return render(request, "booking/block.html", {"form": form, **tabs(member, "day")})


def _say_blocked(request: HttpRequest, fall_in: int) -> None:
    if not fall_in:
        messages.success(request, gettext("Nobody can be booked in this time any more."))
        return
    said = ngettext(
        "Blocked. One appointment falls in this time: move or cancel it.",
        "Blocked. {n} appointments fall in this time: move or cancel them.",
        fall_in,
    )
    messages.warning(request, said.format(n=fall_in))


# --- working hours ---------------------------------------------------------------------------------------------------


@for_member(Right.PLAN_APPOINTMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, member: Member) -> HttpResponse:
    """When somebody can be booked. Everybody looks; one changes one's own, the owner everybody's."""
    able = practitioners(member.practice)
    named = request.POST.get("who") or request.GET.get("who")
    who = next((one for one in able if str(one.pk) == named), None)
    who = who or next((one for one in able if one == member.user), able[0] if able else None)
    may_change = who is not None and _may_change(member, who)
    places, today = queries.places(member.practice), timezone.localdate()
    first = {"weekdays": list("01234"), "valid_from": today}
    form = HoursForm(request.POST or None, initial=first, places=places)
    if request.method == "POST":
        if who is None or not may_change:
            raise Http404
        if form.is_valid():
            planning.add_hours(practice=member.practice, practitioner=who, hours=_hours(form), by=member.user)
            messages.success(request, gettext("The working hours are added."))
            return redirect(f"{reverse('agenda_hours')}?who={who.pk}")
    context = {
        "form": form,
        "who": who,
        "practitioners": able,
        "hours": planning.hours_of(member.practice, who, today) if who else (),
        "absences": planning.absences_of(member.practice, who, timezone.now()) if who else (),
        "may_change": may_change,
        "today": today,
        **tabs(member, "hours"),
    }
    return render(request, "booking/hours.html", context)


def _may_change(member: Member, who: User) -> bool:
    """One's own agenda, or as the owner everybody's."""
    return member.may(Right.MANAGE_PRACTICE) or (who == member.user and member.may(Right.WRITE_RECORDS))


def _hours(form: HoursForm) -> Hours:
    given = form.cleaned_data
    return Hours(
        weekdays=tuple(given["weekdays"]),
        begins=given["begins"],
        ends=given["ends"],
        location=given.get("location"),
        valid_from=given["valid_from"],
        valid_until=given["valid_until"],
    )


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def end_hours(request: HttpRequest, member: Member, hours_id: int) -> HttpResponse:
    """These hours hold no longer."""
    found = get_object_or_404(
        WorkingHours.objects.select_related("practitioner", "practice"), pk=hours_id, practice=member.practice
    )
    if not _may_change(member, found.practitioner):
        raise Http404
    who = found.practitioner_id
    planning.end_hours(hours=found, today=timezone.localdate(), by=member.user)
    messages.success(request, gettext("These hours no longer hold. What was booked in them stays."))
    return redirect(f"{reverse('agenda_hours')}?who={who}")


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def unblock(request: HttpRequest, member: Member, absence_id: int) -> HttpResponse:
    """The time can be booked again; that of the whole practice by who manages it."""
    found = get_object_or_404(Absence.objects.select_related("practice"), pk=absence_id, practice=member.practice)
    if found.practitioner_id is None and not member.may(Right.MANAGE_PRACTICE):
        raise Http404
    who = found.practitioner_id or ""
    planning.unblock(absence=found, by=member.user)
    messages.success(request, gettext("This time can be booked again."))
    return redirect(f"{reverse('agenda_hours')}?who={who}")


# --- kinds, rules, places --------------------------------------------------------------------------------------------


@for_member(Right.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, member: Member) -> HttpResponse:
    """What can be booked, how, and where."""
    sent = request.POST.get("do") if request.method == "POST" else None
    rules = rules_of(member.practice)
    rules_form = RulesForm(request.POST if sent == "rules" else None, instance=rules)
    place_form = PlaceForm(request.POST if sent == "place" else None)
    if sent == "usual":
        planning.add_usual_kinds(practice=member.practice, by=member.user)
        return redirect("agenda_settings")
    if sent == "rules" and rules_form.is_valid():
        planning.save_rules(practice=member.practice, fields=rules_form.cleaned_data, by=member.user)
        messages.success(request, gettext("Saved."))
        return redirect("agenda_settings")
    if sent == "place" and place_form.is_valid():
        planning.add_place(practice=member.practice, by=member.user, **place_form.cleaned_data)
        messages.success(request, gettext("The place is added."))
        return redirect("agenda_settings")
    context = {
        "kinds": queries.kinds(member.practice),
        "rules_form": rules_form,
        "place_form": place_form,
        "form": rules_form if sent == "rules" else place_form,
        "places": queries.places(member.practice),
        **tabs(member, "settings"),
    }
    return render(request, "booking/settings.html", context)


@for_member(Right.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_kind(request: HttpRequest, member: Member) -> HttpResponse:
    """Another kind of appointment."""
    return _kind_page(request, member, None)


@for_member(Right.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, member: Member, kind_id: int) -> HttpResponse:
    """Changes a kind, or takes it away."""
    found = get_object_or_404(AppointmentKind, pk=kind_id, practice=member.practice, retired_at=None)
    if request.method == "POST" and request.POST.get("do") == "retire":
        planning.retire_kind(kind=found, now=timezone.now(), by=member.user)
        messages.success(request, gettext("This kind can no longer be booked. What was made stays."))
        return redirect("agenda_settings")
    return _kind_page(request, member, found)


def _kind_page(request: HttpRequest, member: Member, found: AppointmentKind | None) -> HttpResponse:
    form = KindForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        planning.save_kind(practice=member.practice, kind=form.save(commit=False), by=member.user)
        messages.success(request, gettext("Saved."))
        return redirect("agenda_settings")
    return render(request, "booking/kind.html", {"form": form, "kind": found, **tabs(member, "settings")})


@for_member(Right.MANAGE_PRACTICE)
@require_POST
def close_place(request: HttpRequest, member: Member, place_id: int) -> HttpResponse:
    """Nobody is seen there any more."""
    found = get_object_or_404(Location, pk=place_id, practice=member.practice, closed_on=None)
    planning.close_place(place=found, today=timezone.localdate(), by=member.user)
    messages.success(request, gettext("This place can no longer be chosen."))
    return redirect("agenda_settings")


# --- the waiting list, calendars -------------------------------------------------------------------------------------


@for_member(Right.SEE_AGENDA)
@require_safe
def waiting_list(request: HttpRequest, member: Member) -> HttpResponse:
    """Who waits, for what, and what is held for them."""
    offers = queries.open_offers(member.practice, timezone.now())
    waits = [(one, offers.get(one.pk)) for one in queries.waiting_list(member.practice)]
    return render(request, "booking/waiting_list.html", {"waits": waits, **tabs(member, "waiting")})


@for_member(Right.PLAN_APPOINTMENTS)
@require_POST
def stop_waiting(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """Takes somebody off the list, such as after a call."""
    entry = get_object_or_404(WaitingListEntry, pk=entry_id, practice=member.practice, ended_at=None)
    waiting.leave(entry=entry, by=member.user, now=timezone.now())
    messages.success(request, gettext("Taken off the waiting list."))
    return redirect("agenda_waiting")


@for_member(Right.SEE_AGENDA)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, member: Member) -> HttpResponse:
    """The secret address of one's own agenda, for the calendar of a phone."""
    now, whose = timezone.now(), CalendarFeed.Whose.PRACTITIONER
    if request.method == "POST" and request.POST.get("do") == "end":
        feeds.end_address(user=member.user, whose=whose, now=now)
        messages.success(request, gettext("The calendar address no longer works."))
        return redirect("agenda_calendar")
    address = feeds.new_address(user=member.user, whose=whose, now=now) if request.method == "POST" else ""
    has_feed = CalendarFeed.objects.filter(user=member.user, whose=whose, ended_at=None).exists()
    context = {"address": address, "has_feed": has_feed, **tabs(member, "calendar")}
    return render(request, "booking/agenda_calendar.html", context)
