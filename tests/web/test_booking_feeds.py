"""Appointments in the calendar of a phone: neutral, revocable, right when the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from herstel_web.booking import actions, feeds
from herstel_web.booking.models import Appointment, CalendarFeed
from herstel_web.booking.times import moment
from herstel_web.practice.models import Membership
from tests.web.actors import Actors, client_of
from tests.web.agenda import Desk, at, booked, open_desk, slot

Whose = CalendarFeed.Whose


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


def address(client_name: str, actors: Actors, whose: CalendarFeed.Whose = Whose.PERSON) -> str:
    made = feeds.new_address(user=getattr(actors, client_name), whose=whose, now=timezone.now())
    return made.removeprefix("http://localhost:8000")


def events(where: str) -> list[Event]:
    """What a calendar program, which is not signed in, reads there."""
    answer = client_of(None).get(where)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_event_says_when_and_where_and_nothing_else(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    for who, whose in (("patient", Whose.PERSON), ("treats", Whose.PRACTITIONER)):
        where = address(who, actors, whose)
        (event,) = events(where)
        assert event["summary"] == "Afspraak"
        assert (event.start, event.end) == (made.start, made.end)
        assert event["location"] == "Main street 1, Testtown"
        text = client_of(None).get(where).content.decode().replace("\r\n ", "")
        for secret in (desk.practice.name, "Behandeling", "Patient", "Treats", "patient@", "hamstring"):
            assert secret not in text


def test_an_event_keeps_its_identity_when_it_moves_and_says_when_it_is_cancelled(desk: Desk, actors: Actors) -> None:
    made, where = booked(desk, actors.case.person, at(9)), address("patient", actors)
    (first,) = events(where)
    actions.move(appointment=made, to=slot(desk, at(13)), by=desk.therapist, now=timezone.now())
    (moved,) = events(where)
    made.refresh_from_db()
    actions.cancel(appointment=made, reason="a reason", by=desk.therapist, now=timezone.now())
    (gone,) = events(where)
    assert first["uid"] == moved["uid"] == gone["uid"]
    assert first["sequence"] < moved["sequence"] < gone["sequence"]
    assert moved.start == at(13)
    assert [one["status"] for one in (first, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2026, 3, 28), 8), (date(2026, 3, 29), 7), (date(2026, 10, 24), 7), (date(2026, 10, 25), 8)],
)
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_change_of_the_clock(
    day: date, utc_hour: int, desk: Desk
) -> None:
    start = moment(day, time(9), timezone.get_default_timezone())
    made = Appointment(
        practice=desk.practice,
        kind=desk.kind,
        start=start,
        end=start + timedelta(minutes=30),
        changed_at=start,
        name="Somebody",
    )
    calendar = Calendar.from_ical(feeds.as_calendar([made], "nl"))
    (event,) = calendar.walk("VEVENT")
    assert event["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert b"T090000" in event["dtstart"].to_ical()
    assert event.start.astimezone(UTC) == datetime.combine(day, time(utc_hour), UTC)
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_only_a_hash_of_the_address_is_kept_and_a_new_one_ends_the_old(desk: Desk, actors: Actors) -> None:
    first = address("patient", actors)
    token = first.split("/")[-1].removesuffix(".ics")
    assert len(token) >= 43
    assert token not in str(list(CalendarFeed.objects.values_list()))
    second = address("patient", actors)
    assert client_of(None).get(first).status_code == 404
    assert client_of(None).get(second).status_code == 200


def test_an_address_can_be_made_and_stopped_on_the_page(desk: Desk, actors: Actors) -> None:
    for name, where in (("patient", "appointments_calendar"), ("treats", "agenda_calendar")):
        client = client_of(getattr(actors, name))
        shown = client.post(reverse(where), {"do": "new"}).content.decode()
        feed = "/calendars/" + shown.split("/calendars/")[1].split('"')[0]
        assert client_of(None).get(feed).status_code == 200
        client.post(reverse(where), {"do": "end"})
        assert client_of(None).get(feed).status_code == 404


def test_a_feed_holds_nobody_elses_appointments(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9))
    assert events(address("other_patient", actors)) == []
    assert events(address("colleague", actors, Whose.PRACTITIONER)) == []


def test_who_no_longer_works_there_no_longer_sees_the_agenda(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9))
    where = address("treats", actors, Whose.PRACTITIONER)
    assert len(events(where)) == 1
    Membership.objects.filter(user=actors.treats).update(ended_at=timezone.now())
    assert events(where) == []


def test_a_closed_account_has_no_feed(desk: Desk, actors: Actors) -> None:
    where = address("patient", actors)
    actors.patient.is_active = False
    actors.patient.save()
    assert client_of(None).get(where).status_code == 404


def test_one_appointment_is_put_in_a_calendar_by_hand(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    answer = client_of(actors.patient).get(reverse("appointment_file", args=[made.pk]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["uid"] == f"{made.pk}@herstel"
    assert "afspraak.ics" in answer.headers["Content-Disposition"]
