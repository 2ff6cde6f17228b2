"""The agenda of a practice: who plans what for whom, and what an assistant never sees."""

from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from herstel_web.audit.models import Event
from herstel_web.booking import agenda
from herstel_web.booking.models import Absence, Appointment, AppointmentKind, BookingRules, WorkingHours
from herstel_web.practice.models import Location
from tests.web.actors import Actors, client_of, opened_case, user
from tests.web.agenda import LONG_AGO, Desk, at, booked, free, open_desk, workday, works

DAY = "%Y-%m-%d"


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


@pytest.fixture
def assistant(actors: Actors) -> Client:
    return client_of(actors.assistant)


def page(client: Client, name: str, *parts: object, **given: object) -> str:
    return unescape(client.get(reverse(name, args=parts), given).content.decode())


def sent(desk: Desk, clock: str = "09:00", **fields: object) -> dict[str, object]:
    return {
        "do": "book",
        "kind": desk.kind.pk,
        "practitioner": desk.therapist.pk,
        "day": workday().strftime(DAY),
        "clock": clock,
        **fields,
    }


# --- looking


def test_an_assistant_sees_names_and_times_and_nothing_clinical(desk: Desk, actors: Actors, assistant: Client) -> None:
    made = booked(desk, actors.case.person, at(9))
    Appointment.objects.update(case=actors.case)
    day = page(assistant, "agenda", day=workday())
    assert "Patient" in day
    assert "09:00–09:30" in day
    one = page(assistant, "agenda_appointment", made.pk)
    assert "Patient" in one
    case = reverse("case", args=[actors.case.pk])
    assert case not in one
    assert case in page(client_of(actors.treats), "agenda_appointment", made.pk)
    assert reverse("agenda") in page(assistant, "desk")
    for word in ("hamstring", "scheur", "blessure", "fase"):
        assert word not in (day + one).lower().replace("hamstringherstel", "")


def test_who_may_only_read_plans_nothing(desk: Desk, actors: Actors) -> None:
    made, client = booked(desk, actors.case.person, at(9)), client_of(actors.read_only)
    assert reverse("agenda_book") not in page(client, "agenda", day=workday())
    assert client.get(reverse("agenda_book")).status_code == 404
    for name in ("agenda_move", "agenda_cancel", "agenda_mark"):
        assert client.post(reverse(name, args=[made.pk]), {"reason": "x"}).status_code == 404
    made.refresh_from_db()
    assert made.status == "booked"


def test_an_appointment_of_another_practice_does_not_exist(desk: Desk, actors: Actors) -> None:
    made, client = booked(desk, actors.case.person, at(9)), client_of(actors.outsider)
    assert client.get(reverse("agenda_appointment", args=[made.pk])).status_code == 404
    for name in ("agenda_move", "agenda_cancel", "agenda_mark"):
        assert client.post(reverse(name, args=[made.pk]), {"reason": "x"}).status_code == 404


def test_looking_at_an_appointment_leaves_a_line_in_the_trail(desk: Desk, actors: Actors, assistant: Client) -> None:
    made = booked(desk, actors.case.person, at(9))
    page(assistant, "agenda_appointment", made.pk)
    assert Event.objects.filter(what="agenda_appointment", by=actors.assistant, person_id=made.person_id).exists()


def test_the_table_has_a_cell_for_each_quarter_and_one_for_each_appointment(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9), kind=desk.intake)
    booked(desk, actors.other_patient.person, at(10, 30))
    shown = agenda.of_day(desk.practice, workday(), timezone.localdate())
    assert [one.title for one in shown.columns] == ["Treats"]
    cells = [cell for row in shown.rows for cell in row.cells]
    assert sum(cell.rows for cell in cells) == len(shown.rows) == 8 * 4
    first, kept = cells[0], cells[1]
    assert (first.rows, len(first.items), first.state) == (3, 1, "booked")
    assert (kept.state, kept.at) == ("taken", "")
    assert cells[2].state == "open"


def test_what_overlaps_in_a_quarter_stands_in_one_cell(desk: Desk) -> None:
    for start in (at(9), at(9, 5), at(9, 10)):
        Appointment.objects.create(
            practice=desk.practice,
            practitioner=desk.therapist,
            kind=desk.kind,
            name="Somebody",
            start=start,
            end=start + timedelta(minutes=5),
            changed_at=start,
        )
    (first, *_) = agenda.of_day(desk.practice, workday(), timezone.localdate()).rows
    assert [len(cell.items) for cell in first.cells] == [3]


def test_a_week_shows_its_working_days_and_a_weekend_with_something_in_it(desk: Desk) -> None:
    monday = workday() - timedelta(days=workday().weekday())
    assert len(agenda.of_week(desk.practice, desk.therapist, monday, workday()).columns) == 5
    sunday = datetime.combine(monday + timedelta(days=6), time(12), timezone.get_default_timezone())
    Absence.objects.create(
        practice=desk.practice, practitioner=desk.therapist, begins=sunday, ends=sunday + timedelta(hours=1)
    )
    assert len(agenda.of_week(desk.practice, desk.therapist, monday, workday()).columns) == 6


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_on_which_the_clock_changes_has_the_hours_of_the_clock(day: date, desk: Desk) -> None:
    WorkingHours.objects.create(
        practice=desk.practice,
        practitioner=desk.therapist,
        weekday=6,
        begins=time(9),
        ends=time(17),
        valid_from=LONG_AGO,
    )
    rows = agenda.of_day(desk.practice, day, day).rows
    assert (rows[0].clock, rows[-1].clock) == ("09:00", "16:45")
    assert all(cell.state == "open" for row in rows for cell in row.cells)


def test_an_appointment_of_somebody_who_left_is_not_lost(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9))
    Appointment.objects.update(practitioner=None)
    shown = page(client_of(actors.owner), "agenda", day=workday())
    assert "Niemand meer" in shown
    assert "Patient" in shown


def test_a_practice_without_anybody_who_treats_has_an_agenda_that_says_so(desk: Desk, actors: Actors) -> None:
    actors.practice.memberships.exclude(user=actors.assistant).delete()
    assert "nog niemand die behandelt" in page(client_of(actors.assistant), "agenda")
    assert "nog niemand die behandelt" in page(client_of(actors.assistant), "agenda", view="week")
    assert client_of(actors.assistant).get(reverse("agenda_hours")).status_code == 200


def test_the_agenda_takes_few_queries_however_full_it_is(
    desk: Desk, actors: Actors, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    works(desk.practice, actors.colleague)
    for n in range(12):
        person = opened_case(user(f"p{n}@example.org", f"P {n}"), actors.practice).person
        booked(desk, person, at(9) + timedelta(minutes=30 * n))
    client = client_of(actors.owner)
    for given in ({"day": workday()}, {"day": workday(), "view": "week", "who": desk.therapist.pk}):
        with django_assert_max_num_queries(30):
            assert client.get(reverse("agenda"), given).status_code == 200


# --- booking for somebody


def test_somebody_is_found_by_name_and_the_name_is_sent_not_put_in_an_address(
    desk: Desk, actors: Actors, assistant: Client
) -> None:
    answer = assistant.post(reverse("agenda_book"), {**sent(desk), "do": "search", "search": "patie"})
    shown = answer.content.decode()
    assert str(actors.case.person_id) in shown
    assert str(actors.other_patient.person.pk) not in shown  # never shared anything with this practice
    assert 'value="09:00"' in shown
    assert "Dit klopt nog niet" not in shown
    assert (
        "Niemand gevonden" in assistant.post(reverse("agenda_book"), {"do": "search", "search": "xyz"}).content.decode()
    )


def test_an_assistant_books_for_somebody_with_a_record_and_for_a_typed_name(
    desk: Desk, actors: Actors, assistant: Client
) -> None:
    answer = assistant.post(reverse("agenda_book"), sent(desk, person=actors.case.person_id))
    assert answer.headers["Location"] == f"{reverse('agenda')}?day={workday()}"
    made = Appointment.objects.get()
    assert (made.person, made.case, made.location) == (actors.case.person, actors.case, desk.place)
    assistant.post(reverse("agenda_book"), sent(desk, "10:00", name="Typed Name", phone="06-2"))
    assert Appointment.objects.get(name="Typed Name").phone == "06-2"


def test_somebody_of_another_practice_cannot_be_booked_by_their_id(
    desk: Desk, actors: Actors, assistant: Client
) -> None:
    answer = assistant.post(reverse("agenda_book"), sent(desk, person=actors.other_patient.person.pk))
    assert answer.status_code == 404
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"clock": "09:03"}, "gaat per vijf minuten"),
        ({"name": ""}, "of vul hier een naam in"),
        ({"clock": "20:00"}, "buiten de werktijden"),
        ({"day": "2027-03-28", "clock": "02:30"}, "Deze tijd bestaat niet"),
        ({"kind": "0"}, "Dit klopt nog niet"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(
    fields: dict[str, object], said: str, desk: Desk, assistant: Client
) -> None:
    answer = assistant.post(reverse("agenda_book"), {**sent(desk, name="Typed Name", phone="06-3"), **fields})
    shown = unescape(answer.content.decode())
    assert said in shown
    assert 'value="06-3"' in shown
    assert not Appointment.objects.exists()


def test_outside_the_hours_is_planned_when_that_is_meant(desk: Desk, assistant: Client) -> None:
    assistant.post(reverse("agenda_book"), sent(desk, "20:00", name="Typed Name", anyway="on"))
    assert Appointment.objects.get().start == at(20)


def test_a_taken_time_is_refused_also_when_it_is_meant(desk: Desk, actors: Actors, assistant: Client) -> None:
    booked(desk, actors.case.person, at(9))
    answer = assistant.post(reverse("agenda_book"), sent(desk, "09:15", name="Typed Name", anyway="on"))
    assert answer.status_code == 409
    assert "Deze tijd is net bezet" in answer.content.decode()
    assert 'value="Typed Name"' in answer.content.decode()


def test_a_free_quarter_of_the_agenda_opens_the_form_at_that_time(desk: Desk, assistant: Client) -> None:
    shown = page(assistant, "agenda_book", at=at(13, 15).strftime("%Y%m%dT%H%MZ"), **{"with": desk.therapist.pk})
    assert 'value="13:15"' in shown
    assert f'value="{workday()}"' in shown


def test_without_kinds_the_form_says_what_to_do_first(desk: Desk, actors: Actors) -> None:
    AppointmentKind.objects.update(retired_at=timezone.now())
    assert "nog niets om in te plannen" in page(client_of(actors.owner), "agenda_book")


# --- changing


def test_moving_cancelling_and_marking(desk: Desk, actors: Actors, assistant: Client) -> None:
    works(desk.practice, actors.colleague)
    made = booked(desk, actors.case.person, at(9))
    to = {"practitioner": actors.colleague.pk, "day": workday().strftime(DAY), "clock": "11:00"}
    assistant.post(reverse("agenda_move", args=[made.pk]), to)
    made.refresh_from_db()
    assert (made.start, made.practitioner) == (at(11), actors.colleague)
    shown = assistant.post(reverse("agenda_cancel", args=[made.pk]), {"reason": ""}).content.decode()
    assert "Fout:" in shown
    assistant.post(reverse("agenda_cancel", args=[made.pk]), {"reason": "called in sick"})
    made.refresh_from_db()
    assert (made.status, made.reason) == ("cancelled", "called in sick")
    day = page(assistant, "agenda", day=workday())
    assert "called in sick" in day
    assert "called in sick" not in page(client_of(actors.patient), "appointment", made.pk)


def test_an_appointment_moves_only_where_it_fits(desk: Desk, actors: Actors, assistant: Client) -> None:
    made, _ = booked(desk, actors.case.person, at(9)), booked(desk, actors.other_patient.person, at(10))
    to = {"practitioner": desk.therapist.pk, "day": workday().strftime(DAY)}
    assert assistant.post(reverse("agenda_move", args=[made.pk]), {**to, "clock": "10:15"}).status_code == 409
    evening = assistant.post(reverse("agenda_move", args=[made.pk]), {**to, "clock": "20:00"})
    assert "buiten de werktijden" in evening.content.decode()
    made.refresh_from_db()
    assert made.start == at(9)
    assistant.post(reverse("agenda_move", args=[made.pk]), {**to, "clock": "20:00", "anyway": "on"})
    made.refresh_from_db()
    assert made.start == at(20)


def test_who_did_not_come_is_marked_once_it_has_begun(desk: Desk, actors: Actors, assistant: Client) -> None:
    made = booked(desk, actors.case.person, at(9))
    address = reverse("agenda_mark", args=[made.pk])
    assert "zodra de afspraak begonnen is" in assistant.post(address, {"as": "no_show"}, follow=True).content.decode()
    start = timezone.now() - timedelta(hours=2)
    Appointment.objects.update(start=start, end=start + timedelta(minutes=30))
    for status in ("no_show", "back", "done"):
        assistant.post(address, {"as": status})
    made.refresh_from_db()
    assert made.status == "done"
    assert "niet gekomen" in page(assistant, "agenda_appointment", made.pk)


# --- hours, blocked time, kinds


def test_a_therapist_settles_their_own_hours_and_the_owner_everybodys(desk: Desk, actors: Actors) -> None:
    hours = {
        "weekdays": ["5"],
        "begins": "10:00",
        "ends": "12:00",
        "valid_from": "2026-01-01",
        "location": desk.place.pk,
    }
    address = reverse("agenda_hours")
    for name, who, allowed in (
        ("treats", actors.treats, True),
        ("owner", actors.treats, True),
        ("colleague", actors.treats, False),
        ("assistant", actors.treats, False),
    ):
        WorkingHours.objects.filter(weekday=5).delete()
        client_of(getattr(actors, name)).post(address, {**hours, "who": who.pk})
        assert WorkingHours.objects.filter(weekday=5, practitioner=who).exists() is allowed, name


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ends": "09:00"}, "eindigt voordat het begint"),
        ({"begins": "10:02"}, "per vijf minuten"),
        ({"weekdays": []}, "minstens één dag"),
        ({"valid_until": "2025-01-01"}, "ligt voor de eerste dag"),
    ],
)
def test_hours_that_make_no_sense_are_refused(fields: dict[str, object], said: str, desk: Desk, actors: Actors) -> None:
    before = WorkingHours.objects.count()
    hours = {
        "weekdays": ["0"],
        "begins": "10:00",
        "ends": "12:00",
        "valid_from": "2026-01-01",
        "location": desk.place.pk,
    }
    answer = client_of(actors.treats).post(reverse("agenda_hours"), {**hours, **fields})
    assert said in answer.content.decode()
    assert WorkingHours.objects.count() == before


def test_hours_that_end_leave_what_was_booked(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    for one in WorkingHours.objects.all():
        client_of(actors.colleague).post(reverse("agenda_end_hours", args=[one.pk]))
        assert WorkingHours.objects.get(pk=one.pk).valid_until is None
        client_of(actors.treats).post(reverse("agenda_end_hours", args=[one.pk]))
    assert free(desk, workday()) == []
    made.refresh_from_db()
    assert made.status == "booked"


def test_blocking_time_says_which_appointments_fall_in_it(desk: Desk, actors: Actors, assistant: Client) -> None:
    booked(desk, actors.case.person, at(9))
    day = workday().strftime(DAY)
    span = {"first_day": day, "first_time": "09:00", "last_day": day, "last_time": "12:00", "label": "Course"}
    sent_it = {**span, "practitioner": desk.therapist.pk}
    answer = assistant.post(reverse("agenda_block"), sent_it, follow=True)
    assert "Er valt één afspraak in deze tijd" in answer.content.decode()
    assert "Course" in answer.content.decode()
    assert free(desk, workday())[0] == at(12)
    assistant.post(reverse("agenda_unblock", args=[Absence.objects.get().pk]))
    assert free(desk, workday())[0] == at(9, 30)


def test_the_whole_practice_is_closed_by_who_manages_it(desk: Desk, actors: Actors, assistant: Client) -> None:
    day = workday().strftime(DAY)
    span = {"first_day": day, "first_time": "00:00", "last_day": day, "last_time": "23:55", "practitioner": "all"}
    assert "Fout:" in assistant.post(reverse("agenda_block"), span).content.decode()
    assert not Absence.objects.exists()
    client_of(actors.owner).post(reverse("agenda_block"), span)
    closed = Absence.objects.get()
    assert closed.practitioner is None
    assert free(desk, workday()) == []
    assert "Gesloten" in page(assistant, "agenda", day=workday())
    assert assistant.post(reverse("agenda_unblock", args=[closed.pk])).status_code == 404
    client_of(actors.owner).post(reverse("agenda_unblock", args=[closed.pk]))
    assert free(desk, workday())


def test_time_that_ends_before_it_begins_is_not_blocked(desk: Desk, actors: Actors) -> None:
    day = workday().strftime(DAY)
    span = {"first_day": day, "first_time": "12:00", "last_day": day, "last_time": "09:00"}
    answer = client_of(actors.treats).post(reverse("agenda_block"), {**span, "practitioner": actors.treats.pk})
    assert "eindigt voordat het begint" in answer.content.decode()


def test_the_owner_settles_kinds_rules_and_places(desk: Desk, actors: Actors) -> None:
    owner, address = client_of(actors.owner), reverse("agenda_settings")
    kind = {"name_nl": "Nacontrole", "minutes": "20", "buffer_minutes": "0", "online": "on", "open_to": "known"}
    owner.post(reverse("agenda_new_kind"), kind)
    made = AppointmentKind.objects.get(name_nl="Nacontrole")
    refused = owner.post(reverse("agenda_kind", args=[made.pk]), {**kind, "minutes": "7"}).content.decode()
    assert "in stappen van vijf" in refused
    owner.post(reverse("agenda_kind", args=[made.pk]), {"do": "retire"})
    assert "Nacontrole" not in page(owner, "agenda_settings")
    rules = {"do": "rules", "cancel_hours": "48", "notice_hours": "0", "weeks_ahead": "4", "hold_hours": "2"}
    owner.post(address, rules)
    assert BookingRules.objects.get(practice=desk.practice).cancel_hours == 48
    assert "Fout:" in owner.post(address, {**rules, "weeks_ahead": "99"}).content.decode()
    owner.post(address, {"do": "place", "name": "Second place", "address": "Road 2"})
    place = Location.objects.get(name="Second place")
    owner.post(reverse("agenda_close_place", args=[place.pk]))
    assert "Second place" not in page(owner, "agenda_settings")


def test_a_practice_without_kinds_begins_with_the_usual_ones_once(actors: Actors) -> None:
    owner = client_of(actors.owner)
    for _ in range(2):
        owner.post(reverse("agenda_settings"), {"do": "usual"})
    assert AppointmentKind.objects.filter(practice=actors.practice).count() == 3


def test_the_waiting_list_of_a_practice_is_planned_from(desk: Desk, actors: Actors, assistant: Client) -> None:
    assert "Niemand wacht" in page(assistant, "agenda_waiting")
    address = reverse("appointment_wait", args=[desk.practice.pk, desk.kind.pk])
    day = workday(14).isoformat()
    wish = {"from_day": day, "until_day": day, "weekdays": ["0", "1"], "parts": ["m"], "phone": "06-5", "name": "x"}
    client_of(actors.other_patient).post(address, wish)
    shown = page(assistant, "agenda_waiting")
    assert "Other Patient" in shown
    assert "maandag, dinsdag; ochtend" in shown
    person = actors.other_patient.person
    assert f'value="{person.pk}" checked' in page(assistant, "agenda_book", person=person.pk)
    entry = person.waiting_for.get()
    assistant.post(reverse("agenda_stop_waiting", args=[entry.pk]))
    assert "Niemand wacht" in page(assistant, "agenda_waiting")
