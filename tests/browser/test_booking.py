"""Appointments in a real browser: the whole way on a phone, and the agenda with the keyboard."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from herstel_web.booking.models import Appointment
from tests.browser.person import Person
from tests.web.actors import Actors, everybody
from tests.web.agenda import Desk, open_desk, workday

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Person]


@pytest.fixture
def actors(db: None) -> Actors:
    return everybody()


@pytest.fixture
def desk(actors: Actors) -> Desk:
    """Their practice takes appointments."""
    return open_desk(actors)


def test_a_person_books_moves_and_cancels_on_a_phone(actors: Actors, desk: Desk, signed_in_person: SignIn) -> None:
    page = signed_in_person(actors.other_patient, 360, 740).goes_to(reverse("appointment_new")).page
    page.get_by_role("link", name="Behandeling").click()
    page.get_by_role("link", name="Later").click()
    page.locator(".time").first.click()
    page.get_by_label("Telefoon").fill("06-12345678")
    page.get_by_role("button", name="Maak deze afspraak").click()
    expect(page.get_by_role("status")).to_contain_text("Je afspraak is gemaakt")
    page.get_by_role("link", name="Een andere tijd").click()
    page.locator(".time").last.click()
    expect(page.get_by_role("status")).to_contain_text("een andere tijd")
    page.get_by_role("link", name="Afzeggen").click()
    page.get_by_role("button", name="Ja, zeg af").click()
    expect(page.get_by_role("status")).to_contain_text("afgezegd")
    assert Appointment.objects.filter(person=actors.other_patient.person, status="cancelled").count() == 1


def test_a_free_time_is_chosen_with_the_keyboard_alone(desk: Desk, open_browser: Callable[..., Person]) -> None:
    address = reverse("appointment_time", args=[desk.practice.pk, desk.kind.pk])
    page = open_browser(1280, 740).goes_to(f"{address}?from={workday()}").page
    page.locator(".time").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".time").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ben je?")


def test_the_practice_plans_from_the_agenda_with_the_keyboard(
    actors: Actors, desk: Desk, signed_in_person: SignIn
) -> None:
    page = signed_in_person(actors.assistant, 1280, 740).goes_to(f"{reverse('agenda')}?day={workday()}").page
    page.locator("a.free").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Zoek iemand die hier komt of kwam").fill("pati")
    page.keyboard.press("Enter")
    page.get_by_label("Patient", exact=True).check()
    page.get_by_role("button", name="Plan in").click()
    expect(page.get_by_role("status")).to_contain_text("De afspraak staat")
    assert "pati" not in page.url.lower()
