"""The practice's pages of a case in a real browser: readable by everybody, at every width, with the keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from herstel_web.correspondence.actions import Upload, Written, add_file, send_message, write_note
from herstel_web.correspondence.models import Draft
from tests.browser.person import Person
from tests.web.actors import Actors, check_in, client_of, everybody, opened_case, user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "work_list", "case", "case_assessment", "case_examination", "case_notes", "case_messages", "case_close", "case_new",
    "my_messages", "case_chain", "case_chain_tests", "case_plan", "case_plan_library", "case_plan_sheet",
    "case_progress",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    actors: Actors
    open: OpenBrowser

    def browser(self, who: User, width: int = 1280) -> Person:
        """A browser in which somebody is signed in."""
        person = self.open(width, 800, reduced_motion="reduce").goes_to("/healthz")
        name = settings.SESSION_COOKIE_NAME
        person.page.context.add_cookies(
            [{"name": name, "value": client_of(who).cookies[name].value, "url": person.page.url}]
        )
        return person

    def shows(self, page: str, width: int = 1280) -> Person:
        """Who may see a page opens it, with everything that folds opened."""
        actors = self.actors
        who = actors.patient if page.startswith("my_") else actors.treats
        parts = [actors.case.pk] if page.startswith("case") and page != "case_new" else []
        person = self.browser(who, width).goes_to(reverse(page, args=parts))
        person.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        return person


@pytest.fixture
def practice(open_browser: OpenBrowser) -> Practice:
    actors = everybody()
    for name in ("Anna Voorbeeld", "Bram Voorbeeld"):
        opened_case(user(f"{name.split()[0]}@example.org", name), actors.practice, days_ago=20)
    check_in(actors.case, timezone.localdate(), symptoms={"bladder_bowel_saddle_change": True}, sharp_stab=True)
    wrong = write_note(case=actors.case, written=Written(text="Een regel.\n\nNog een.", by=actors.treats))
    write_note(case=actors.case, written=Written(text="Goed.", by=actors.treats), corrects=wrong)
    for who, from_person in ((actors.patient, True), (actors.treats, False)):
        send_message(case=actors.case, written=Written(text="Dag!", by=who), from_person=from_person, address="")
    upload = Upload(
        name="een heel lange naam van een bestand zonder einde.pdf", kind="application/pdf", chunks=[b"%PDF-"]
    )
    add_file(case=actors.case, upload=upload, from_person=True, by=actors.patient)
    return Practice(actors=actors, open=open_browser)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_accessible_in_light_and_dark(page: str, practice: Practice) -> None:
    person = practice.shows(page)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_out_of_the_page_on_a_small_phone(page: str, practice: Practice) -> None:
    person = practice.shows(page, width=320)
    too_wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0


def test_the_work_list_is_walked_with_the_keyboard(practice: Practice) -> None:
    page = practice.browser(practice.actors.treats).goes_to(reverse("work_list")).page
    names = page.locator(".row-link")
    page.keyboard.press("j")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(names.nth(2)).to_be_focused()
    page.keyboard.press("j")
    expect(names.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("volgende en vorige persoon")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#seek")).to_be_focused()
    page.keyboard.type("anna j/k?")
    expect(page.locator("#seek")).to_have_value("anna j/k?")
    page.locator("#seek").fill("anna")
    page.keyboard.press("Enter")
    expect(names).to_have_text(["Anna Voorbeeld"])
    assert "anna" not in page.url
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Anna Voorbeeld")


def test_what_is_typed_is_kept_without_pressing_anything(practice: Practice) -> None:
    address = reverse("case_notes", args=[practice.actors.case.pk])
    page = practice.browser(practice.actors.treats).goes_to(address).page
    page.locator("textarea").fill("Half af")
    expect(page.locator("[data-draft-state]")).to_contain_text("Concept bewaard om")
    page.reload()
    expect(page.locator("textarea")).to_have_value("Half af")
    page.get_by_role("button", name="Onderteken").click()
    expect(page.locator(".note").first).to_contain_text("Half af")
    assert not Draft.objects.exists()


def test_what_is_typed_is_kept_when_the_page_is_left_at_once(practice: Practice) -> None:
    person = practice.browser(practice.actors.patient).goes_to(reverse("my_messages"))
    person.page.locator("textarea").fill("Nog niet af")
    person.goes_to(reverse("more")).goes_to(reverse("my_messages"))
    expect(person.page.locator("textarea")).to_have_value("Nog niet af")
