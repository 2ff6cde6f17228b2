from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.web.visitor import SPRINT_STRAIN

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST_TARGET_PX = 44
PRESSED = "button, .button, .option, .chip, .sos, .brand, .links a, .back a, .change a, .fold > summary"


def refused(person: Person) -> None:
    person.goes_to("/check/age/").answers("abc")


def alarmed(person: Person) -> None:
    person.goes_to("/check/age/").answers("40")
    person.answers(["bladder_bowel"])


def result_with_everything_open(person: Person) -> None:
    person.has_answered().goes_to("/result/")
    person.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")


PAGES: dict[str, Callable[[Person], object]] = {
    "start": lambda person: person.goes_to("/"),
    "start, finished": lambda person: person.has_answered().goes_to("/"),
    "emergency": lambda person: person.goes_to("/emergency/"),
    "not found": lambda person: person.goes_to("/no-such-page/"),
    "number": lambda person: person.goes_to("/check/age/"),
    "refused": refused,
    "several": lambda person: person.has_answered().goes_to("/check/rf_now/"),
    "single": lambda person: person.has_answered().goes_to("/check/walking/"),
    "scale": lambda person: person.has_answered().goes_to("/check/pain_at_worst/"),
    "places": lambda person: person.has_answered().goes_to("/check/places/"),
    "act now": alarmed,
    "answers": lambda person: person.has_answered().goes_to("/answers/"),
    "look again": lambda person: person.has_answered().goes_to("/look-again/"),
    "start over": lambda person: person.has_answered().goes_to("/start-over/"),
    "result": lambda person: person.has_answered().goes_to("/result/"),
    "result, all open": result_with_everything_open,
    "result, urgent": lambda person: person.has_answered("bladder").goes_to("/result/"),
}
every_page = pytest.mark.parametrize("kind", PAGES)


@every_page
def test_every_page_is_accessible(kind: str, open_browser: OpenBrowser) -> None:
    person = open_browser(360, 740, color_scheme="light", reduced_motion="reduce")
    PAGES[kind](person)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()


@pytest.mark.parametrize("kind", ["start", "places", "result"])
def test_a_wide_screen_is_accessible_too(kind: str, open_browser: OpenBrowser) -> None:
    person = open_browser(1280, 800, language="en")
    PAGES[kind](person)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@every_page
def test_every_page_fits_a_narrow_screen_and_a_thumb(kind: str, open_browser: OpenBrowser) -> None:
    person = open_browser(320, 640)
    PAGES[kind](person)
    assert person.overflow_px() <= 0
    small = [
        one.inner_text()
        for one in person.page.locator(PRESSED).all()
        if one.is_visible() and (box := one.bounding_box()) and min(box["height"], box["width"]) < SMALLEST_TARGET_PX
    ]
    assert not small
    person.page.mouse.wheel(0, 4000)
    person.page.wait_for_timeout(50)
    expect(person.page.locator(".sos")).to_be_in_viewport()


def test_the_interview_works_on_a_phone(open_browser: OpenBrowser) -> None:
    person = open_browser(360, 740, has_touch=True, is_mobile=True)
    person.answers_all(SPRINT_STRAIN)
    assert person.place == "/result/"


def test_dark_and_light_differ_and_follow_the_system(open_browser: OpenBrowser) -> None:
    def ground(scheme: str) -> str:
        page = open_browser(color_scheme=scheme).goes_to("/").page
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert ground("light") != ground("dark")


def test_nothing_moves_for_whoever_wants_that(open_browser: OpenBrowser) -> None:
    page = open_browser(reduced_motion="reduce").goes_to("/").page
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"


def test_the_focus_can_be_seen(open_browser: OpenBrowser) -> None:
    page = open_browser().goes_to("/check/age/").page
    page.locator("#answer").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("address", ["/", "/result/", "/answers/"])
def test_text_twice_as_large_still_fits(address: str, open_browser: OpenBrowser) -> None:
    person = open_browser(640, 900).has_answered().goes_to(address)
    twice = "new CSSStyleSheet().replace('html { font-size: 212% }').then(one => document.adoptedStyleSheets = [one])"
    person.page.evaluate(f"() => {twice}.then(() => null)")
    assert person.overflow_px() <= 0
