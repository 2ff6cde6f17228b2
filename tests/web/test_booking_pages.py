"""A person makes, moves and cancels an appointment through the pages."""

from datetime import time, timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from herstel_web.booking.models import Appointment, AppointmentKind, BookingRules, WorkingHours
from herstel_web.cases.models import Case, Conclusion
from herstel_web.people import export
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice
from tests.web.actors import Actors, client_of, opened_case, user
from tests.web.agenda import Desk, at, booked, open_desk, workday, works
from tests.web.visitor import finished


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


def in_address(desk: Desk, hour: int = 9) -> str:
    return at(hour).strftime("%Y%m%dT%H%MZ")


def confirm(desk: Desk) -> str:
    return reverse("appointment_confirm", args=[desk.practice.pk, desk.kind.pk])


def page(client: Client, address: str, **given: str) -> str:
    return unescape(client.get(address, given).content.decode())


def with_answers(client: Client, story: str) -> Client:
    client.cookies[settings.VISIT_COOKIE_NAME] = finished(story=story).cookie
    return client


# --- warning signs first


def test_who_must_call_112_is_not_sent_to_an_agenda(desk: Desk) -> None:
    client = with_answers(client_of(None), "bladder")
    for address in (
        reverse("appointment_new"),
        reverse("appointment_kind", args=[desk.practice.pk]),
        reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk]),
        confirm(desk),
    ):
        shown = page(client, address, at=in_address(desk))
        assert "Bel eerst 112" in shown
        assert "tel:112" in shown
        assert 'class="time"' not in shown


def test_an_emergency_that_is_on_record_stops_booking_too(desk: Desk, actors: Actors) -> None:
    Conclusion.objects.filter(case=actors.case).update(urgency="emergency")
    client = client_of(actors.patient)
    assert "Bel eerst 112" in page(client, reverse("appointment_kind", args=[desk.practice.pk]))
    client.post(confirm(desk), {"at": in_address(desk), "phone": ""})
    assert not Appointment.objects.exists()


def test_who_should_call_today_reads_that_above_the_free_times(desk: Desk, actors: Actors) -> None:
    Conclusion.objects.filter(case=actors.case).update(urgency="same_day")
    shown = page(client_of(actors.patient), reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk]))
    assert shown.index("Bel eerst vandaag") < shown.index('class="time"')


def test_who_answered_nothing_sees_the_signs_of_an_emergency_first(desk: Desk) -> None:
    shown = page(client_of(None), reverse("appointment_kind", args=[desk.practice.pk]))
    assert shown.index("Wacht hiermee niet op een afspraak") < shown.index("Behandeling")
    answered = page(with_answers(client_of(None), "sprint"), reverse("appointment_kind", args=[desk.practice.pk]))
    assert "Wacht hiermee niet op een afspraak" not in answered


@pytest.mark.parametrize(("story", "offered"), [("sprint", True), ("bladder", False)])
def test_a_result_offers_an_appointment_unless_it_asks_for_more_haste(story: str, offered: bool, desk: Desk) -> None:
    shown = finished(story=story).get("/result/")
    assert (reverse("appointment_new") in shown.links()) is offered


def test_a_result_offers_no_appointment_where_nobody_takes_them(actors: Actors) -> None:
    assert reverse("appointment_new") not in finished().get("/result/").links()


# --- choosing


def test_with_one_practice_there_is_nothing_to_choose(desk: Desk, actors: Actors) -> None:
    answer = client_of(None).get(reverse("appointment_new"))
    assert answer.headers["Location"] == reverse("appointment_kind", args=[desk.practice.pk])
    elsewhere = actors.outsider.memberships.get().practice
    works(elsewhere, actors.outsider)
    AppointmentKind.objects.create(practice=elsewhere, name_nl="Consult")
    shown = page(client_of(None), reverse("appointment_new"))
    assert "Test Practice" in shown
    assert "Other Practice" in shown


def test_a_practice_without_hours_or_kinds_is_not_offered(desk: Desk) -> None:
    AppointmentKind.objects.update(online=False)
    assert "nog geen praktijk" in page(client_of(None), reverse("appointment_new"))
    AppointmentKind.objects.update(online=True)
    WorkingHours.objects.all().delete()
    assert "nog geen praktijk" in page(client_of(None), reverse("appointment_new"))


def test_who_was_here_before_is_not_offered_a_first_visit(desk: Desk, actors: Actors) -> None:
    AppointmentKind.objects.filter(pk=desk.intake.pk).update(open_to="new")
    address = reverse("appointment_kind", args=[desk.practice.pk])
    assert "Eerste afspraak" not in page(client_of(actors.patient), address)
    assert "Eerste afspraak" in page(client_of(actors.other_patient), address)


def test_a_week_without_anything_free_leads_to_the_first_free_day(desk: Desk) -> None:
    WorkingHours.objects.update(valid_from=workday(21))
    shown = page(client_of(None), reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk]))
    assert "In deze dagen is er niets vrij" in shown
    assert f"from={workday(21).isoformat()}" in shown


def test_free_times_are_those_of_whom_was_chosen(desk: Desk, actors: Actors) -> None:
    works(desk.practice, actors.colleague, begins=time(18), ends=time(20))
    address = reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk])
    given = {"from": workday().isoformat(), "with": str(actors.colleague.pk)}
    shown = page(client_of(None), address, **given)
    assert ">18:00</a>" in shown
    assert ">09:00</a>" not in shown


def test_an_address_that_makes_no_sense_counts_as_not_chosen(desk: Desk) -> None:
    address = reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk])
    assert client_of(None).get(address, {"from": "x", "with": "x", "place": "-1"}).status_code == 200
    assert client_of(None).get(confirm(desk), {"at": "x"}).headers["Location"] == address


def test_the_page_of_times_takes_few_queries(
    desk: Desk, actors: Actors, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(9, 14):
        booked(desk, actors.case.person, at(hour))
    client = client_of(actors.patient)
    for address in (
        reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk]) + f"?from={workday()}",
        confirm(desk) + f"?at={in_address(desk, 15)}",
        reverse("appointments"),
    ):
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200


# --- an account first


def test_who_has_no_account_is_led_through_one_and_back_to_the_chosen_time(desk: Desk) -> None:
    address = f"{confirm(desk)}?at={in_address(desk)}"
    shown = client_of(None).get(address).content.decode()
    assert reverse("account_signup") in shown
    assert reverse("account_login") in shown
    assert "next=%2Fappointments%2Fnew%2F" in shown
    answer = client_of(None).post(confirm(desk), {"at": in_address(desk)})
    assert answer.status_code == 200
    assert not Appointment.objects.exists()


def test_somebody_without_a_record_books_and_gets_one_with_a_name_and_no_complaint(desk: Desk) -> None:
    who = user("new@example.org")
    client = client_of(who)
    refused = client.post(confirm(desk), {"at": in_address(desk), "name": "", "phone": "06-1"})
    assert 'value="06-1"' in refused.content.decode()
    assert not Person.objects.filter(user=who).exists()
    answer = client.post(confirm(desk), {"at": in_address(desk), "name": "New Person", "phone": "06-1"})
    made = Appointment.objects.get()
    assert answer.headers["Location"] == reverse("appointment", args=[made.pk])
    assert (made.whose, made.start, made.booked_by) == ("New Person", at(9), who)
    assert made.person
    assert (made.person.phone, made.person.email) == ("06-1", "new@example.org")
    assert not Case.objects.filter(person=made.person).exists()


# --- sharing is another question


def test_booking_shares_nothing_unless_that_is_ticked(desk: Desk, actors: Actors) -> None:
    client = client_of(actors.other_patient)
    assert "Deel mijn dossier met deze praktijk" in page(client, confirm(desk), at=in_address(desk))
    client.post(confirm(desk), {"at": in_address(desk), "phone": ""})
    case = actors.other_patient.person.cases.get()
    assert case.practice is None
    assert Appointment.objects.get().case is None
    client.post(confirm(desk), {"at": in_address(desk, 10), "phone": "", "share": "on"})
    case.refresh_from_db()
    assert case.practice == desk.practice
    assert Consent.objects.filter(person=case.person, kind="share", practice=desk.practice, withdrawn_at=None).exists()
    assert Appointment.objects.latest("start").case == case


def test_a_time_that_is_taken_shares_nothing_either(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9))
    client = client_of(actors.other_patient)
    answer = client.post(confirm(desk), {"at": in_address(desk), "phone": "06-9", "share": "on"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Deze tijd is net bezet" in shown
    assert 'value="06-9"' in shown
    assert "checked" in shown
    assert actors.other_patient.person.cases.get().practice is None


def test_whoever_is_free_is_booked_when_one_of_them_is_taken(desk: Desk, actors: Actors) -> None:
    works(desk.practice, actors.colleague)
    booked(desk, actors.case.person, at(9))
    client_of(actors.other_patient).post(confirm(desk), {"at": in_address(desk), "phone": ""})
    assert Appointment.objects.latest("booked_at").practitioner == actors.colleague


# --- what was made


def test_a_person_sees_only_their_own_appointments(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    for name in ("appointment", "appointment_move", "appointment_cancel", "appointment_file"):
        address = reverse(name, args=[made.pk])
        assert client_of(actors.patient).get(address).status_code == 200
        assert client_of(actors.other_patient).get(address).status_code == 404


def test_a_person_moves_and_cancels(desk: Desk, actors: Actors) -> None:
    made, client = booked(desk, actors.case.person, at(9)), client_of(actors.patient)
    client.post(reverse("appointment_move", args=[made.pk]), {"at": in_address(desk, 13)})
    made.refresh_from_db()
    assert made.start == at(13)
    client.post(reverse("appointment_cancel", args=[made.pk]))
    made.refresh_from_db()
    assert made.status == "cancelled"
    assert "Geen afspraak gepland" in page(client, reverse("appointments"))


def test_a_time_that_is_taken_meanwhile_leaves_the_appointment_where_it_was(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    booked(desk, actors.other_patient.person, at(13))
    answer = client_of(actors.patient).post(reverse("appointment_move", args=[made.pk]), {"at": in_address(desk, 13)})
    assert answer.status_code == 409
    assert "Je afspraak blijft zoals die was" in answer.content.decode()


def test_shortly_before_the_page_says_to_call(desk: Desk, actors: Actors) -> None:
    made, client = booked(desk, actors.case.person, at(9)), client_of(actors.patient)
    BookingRules.objects.create(practice=desk.practice, cancel_hours=24 * 60)
    shown = page(client, reverse("appointment", args=[made.pk]))
    assert "010-1234567" in shown
    assert reverse("appointment_cancel", args=[made.pk]) not in shown
    assert client.get(reverse("appointment_cancel", args=[made.pk])).status_code == 302
    client.post(reverse("appointment_cancel", args=[made.pk]))
    client.post(reverse("appointment_move", args=[made.pk]), {"at": in_address(desk, 13)})
    made.refresh_from_db()
    assert (made.status, made.start) == ("booked", at(9))


def test_appointments_stand_in_what_a_person_takes_along(desk: Desk, actors: Actors) -> None:
    booked(desk, actors.case.person, at(9))
    files = {name: content for part in export.PARTS for name, content in part(actors.case.person).items()}
    assert b"booked" in files["appointments.json"]
    assert b"booked" in files["appointment-changes.json"]


def test_appointments_stand_in_the_timeline_of_the_case(desk: Desk, actors: Actors) -> None:
    start = timezone.now() - timedelta(days=1)
    case = opened_case(user("earlier@example.org"), desk.practice, days_ago=10)
    Appointment.objects.create(
        practice=desk.practice,
        practitioner=desk.therapist,
        kind=desk.kind,
        person=case.person,
        start=start,
        end=start + timedelta(minutes=30),
        status="no_show",
        changed_at=start,
    )
    shown = page(client_of(desk.therapist), reverse("case", args=[case.pk]))
    assert "Behandeling" in shown
    assert "niet gekomen" in shown


def test_a_practice_that_is_made_up_says_so(desk: Desk) -> None:
    Practice.objects.filter(pk=desk.practice.pk).update(simulated=True)
    assert "verzonnen" in page(client_of(None), reverse("appointment_kind", args=[desk.practice.pk]))
