from collections.abc import Callable

import pytest

from tests.browser.person import Person
from tests.web.visitor import SPRINT_STRAIN

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Person]


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
