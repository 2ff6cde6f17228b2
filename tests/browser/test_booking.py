"""Appointments in a real browser: the whole way on a phone, the agenda with the keyboard, readable by everybody."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from herstel_web.booking.models import Absence, Appointment, SlotOffer
from herstel_web.booking.waiting import Wish, join, offer_freed_slots
from tests.browser.person import Person
from tests.web.actors import Actors, client_of, everybody
from tests.web.agenda import Desk, at, booked, open_desk, workday, works

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST_TARGET_PX = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A practice with a day that has a bit of everything."""

    actors: Actors
    desk: Desk
    made: Appointment
    open: OpenBrowser

    def browser(self, who: User | None, width: int = 360) -> Person:
        person = self.open(width, 740, reduced_motion="reduce").goes_to("/healthz")
        if who is not None:
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client_of(who).cookies[name].value, "url": person.page.url}
            person.page.context.add_cookies([cookie])
        return person

    def address(self, page: str) -> str:
        kind = [self.desk.practice.pk, self.desk.kind.pk]
        parts = {
            "appointment_kind": kind[:1],
            "appointment_time": kind,
            "appointment_confirm": kind,
            "appointment_wait": kind,
            "appointment": [self.made.pk],
            "appointment_move": [self.made.pk],
            "appointment_cancel": [self.made.pk],
            "appointment_offer": list(SlotOffer.objects.values_list("pk", flat=True)[:1]),
            "agenda_appointment": [self.made.pk],
            "agenda_kind": kind[1:],
        }
        asked = {
            "appointment_time": f"?from={workday()}",
            "appointment_confirm": f"?at={at(14).strftime('%Y%m%dT%H%MZ')}",
            "agenda": f"?day={workday()}",
        }
        return reverse(page, args=parts.get(page, [])) + asked.get(page, "")

    def shows(self, page: str, width: int = 360) -> Person:
        """Who may see a page opens it: a visitor what is public, a person what is theirs, the owner the agenda."""
        visitor = page in ("appointment_kind", "appointment_time")
        who = None if visitor else self.actors.owner if page.startswith("agenda") else self.actors.patient
        return self.browser(who, width).goes_to(self.address(page))


@pytest.fixture
def site_of_practice(open_browser: OpenBrowser) -> Site:
    actors = everybody()
    desk = open_desk(actors)
    works(desk.practice, actors.colleague)
    made = booked(desk, actors.case.person, at(9))
    booked(desk, actors.other_patient.person, at(11), kind=desk.intake)
    Absence.objects.create(practice=desk.practice, practitioner=desk.therapist, begins=at(12), ends=at(13))
    wish = Wish(
        kind=desk.intake,
        practitioner=None,
        from_day=workday(),
        until_day=workday(14),
        weekdays="0123",
        parts="ma",
    )
    join(person=actors.case.person, wish=wish, by=actors.patient)
    offer_freed_slots(timezone.now())
    return Site(actors=actors, desk=desk, made=made, open=open_browser)


PERSON_PAGES = (
    "appointment_kind", "appointment_time", "appointment_confirm", "appointment_wait", "appointment", "appointments",
    "appointment_move", "appointment_cancel", "appointment_offer",
)  # fmt: skip
PRACTICE_PAGES = (
    "agenda", "agenda_book", "agenda_block", "agenda_hours", "agenda_settings", "agenda_kind", "agenda_waiting",
    "agenda_calendar", "agenda_appointment",
)  # fmt: skip


@pytest.mark.parametrize("page", PERSON_PAGES + PRACTICE_PAGES)
def test_every_page_is_accessible_and_fits(page: str, site_of_practice: Site) -> None:
    person = site_of_practice.shows(page, width=1280 if page in PRACTICE_PAGES else 360)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()
    person.page.set_viewport_size({"width": 320, "height": 640})
    assert person.overflow_px() <= 0


@pytest.mark.parametrize("page", PERSON_PAGES)
def test_everything_a_thumb_presses_is_large_enough(page: str, site_of_practice: Site) -> None:
    person = site_of_practice.shows(page)
    small = [
        one.inner_text()
        for one in person.page.locator("main button, main .button, main .time, main .option, main .box").all()
        if one.is_visible() and (box := one.bounding_box()) and min(box["height"], box["width"]) < SMALLEST_TARGET_PX
    ]
    assert not small


def test_a_person_books_moves_and_cancels_on_a_phone(site_of_practice: Site) -> None:
    page = site_of_practice.browser(site_of_practice.actors.other_patient).goes_to(reverse("appointment_new")).page
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
    person = site_of_practice.actors.other_patient.person
    assert Appointment.objects.filter(person=person, status="cancelled").count() == 1


def test_a_free_time_is_chosen_with_the_keyboard_alone(site_of_practice: Site) -> None:
    page = site_of_practice.shows("appointment_time", width=1280).page
    page.locator(".time").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".time").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ben je?")


def test_the_practice_plans_from_the_agenda_with_the_keyboard(site_of_practice: Site) -> None:
    page = (
        site_of_practice.browser(site_of_practice.actors.assistant, 1280)
        .goes_to(site_of_practice.address("agenda"))
        .page
    )
    page.locator("a.free").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Zoek iemand die hier komt of kwam").fill("pati")
    page.keyboard.press("Enter")
    page.get_by_label("Patient", exact=True).check()
    page.get_by_role("button", name="Plan in").click()
    expect(page.get_by_role("status")).to_contain_text("De afspraak staat")
    assert "pati" not in page.url.lower()
