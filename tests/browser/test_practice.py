"""The practice's pages in a real browser: the list with the keyboard, and what is typed is kept."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from herstel_web.correspondence.models import Draft
from tests.browser.person import Person
from tests.web.actors import Actors, everybody, opened_case, user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Person]
DESK = (1280, 800)


@pytest.fixture
def actors(db: None) -> Actors:
    """Everybody, and two more people in the work list."""
    actors = everybody()
    for name in ("Anna Voorbeeld", "Bram Voorbeeld"):
        opened_case(user(f"{name.split()[0]}@example.org", name), actors.practice, days_ago=20)
    return actors


def test_the_work_list_is_walked_with_the_keyboard(actors: Actors, signed_in_person: SignIn) -> None:
    page = signed_in_person(actors.treats, *DESK).goes_to(reverse("work_list")).page
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


@pytest.mark.parametrize(
    ("menu", "name"), [(".rail", "practice"), (".tabs-row", "case_letters")], ids=["menu", "tabs of a case"]
)
def test_a_menu_that_is_wider_than_a_phone_shows_where_you_are(
    actors: Actors, signed_in_person: SignIn, menu: str, name: str
) -> None:
    parts = [actors.case.pk] if name.startswith("case") else []
    page = signed_in_person(actors.owner, 360, 740).goes_to(reverse(name, args=parts)).page
    wide = page.locator(menu).evaluate("one => one.scrollWidth > one.clientWidth")
    assert wide, "this menu fits, so that nothing is tried here"
    expect(page.locator(f"{menu} [aria-current]")).to_be_in_viewport(ratio=1)


def test_what_is_typed_is_kept_without_pressing_anything(actors: Actors, signed_in_person: SignIn) -> None:
    address = reverse("case_notes", args=[actors.case.pk])
    page = signed_in_person(actors.treats, *DESK).goes_to(address).page
    page.locator("textarea").fill("Half af")
    expect(page.locator("[data-draft-state]")).to_contain_text("Concept bewaard om")
    page.reload()
    expect(page.locator("textarea")).to_have_value("Half af")
    page.get_by_role("button", name="Onderteken").click()
    expect(page.locator(".note").first).to_contain_text("Half af")
    assert not Draft.objects.exists()


def test_what_is_typed_is_kept_when_the_page_is_left_at_once(actors: Actors, signed_in_person: SignIn) -> None:
    person = signed_in_person(actors.patient, *DESK).goes_to(reverse("my_messages"))
    person.page.locator("textarea").fill("Nog niet af")
    person.goes_to(reverse("more")).goes_to(reverse("my_messages"))
    expect(person.page.locator("textarea")).to_have_value("Nog niet af")
