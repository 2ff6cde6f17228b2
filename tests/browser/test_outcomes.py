"""The outcomes in a real browser: readable by everybody, on a phone as well, with figures and without."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from herstel.outcomes.model import AfterReturn
from tests.browser.person import Person
from tests.unit.outcomes.cases import phase
from tests.web.actors import Actors, client_of, everybody
from tests.web.counted import counted, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def with_figures() -> Actors:
    """A practice in which everything has something to show."""
    actors = everybody()
    for number in range(1, 13):
        back = number % 4 > 0
        counted(
            actors.practice,
            milestones={"walk_pain_free": 5.0, "jog": 9.0 + number} | ({"return": 20.0 + number} if back else {}),
            full_session_day=18.0 + number if back else None,
            last_day=60.0,
            returned_on=timezone.localdate() if back else None,
            after_return=AfterReturn(followed_days=90.0, stop_sign_days=20.0 if number == 1 else None)
            if back
            else None,
            forecasts=(told(inside=None if number == 4 else number > 3),),
            phases=tuple(phase(one, days=14, told=9, trained=5, planned=6.0, as_planned=9, fewer=1) for one in (1, 2)),
            gates={"1": number > 5},
        )
    return actors


def shown(open_browser: OpenBrowser, actors: Actors, width: int) -> Person:
    """The page with everything that folds opened."""
    person = open_browser(width, 800, reduced_motion="reduce").goes_to("/healthz")
    name = settings.SESSION_COOKIE_NAME
    value = client_of(actors.treats).cookies[name].value
    person.page.context.add_cookies([{"name": name, "value": value, "url": person.page.url}])
    person.goes_to(reverse("outcomes"))
    person.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    return person


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("make", [everybody, with_figures])
def test_outcomes_are_accessible_in_light_and_dark(
    make: Callable[[], Actors], width: int, open_browser: OpenBrowser
) -> None:
    person = shown(open_browser, make(), width)
    assert person.page.locator("figure svg").count() == (2 if make is with_figures else 0)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()


def test_no_figure_runs_out_of_the_page_on_a_small_phone(open_browser: OpenBrowser) -> None:
    assert shown(open_browser, with_figures(), 320).overflow_px() == 0


def test_what_is_chosen_is_counted_without_a_script(open_browser: OpenBrowser) -> None:
    page = shown(open_browser, with_figures(), 1280).page
    page.get_by_label("Begonnen").select_option("3")
    page.get_by_label("Klacht of traject").select_option("kind-1")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("heading", name="Nog niet genoeg klachten").wait_for()
    assert "months=3" in page.url
    assert page.get_by_label("Begonnen").input_value() == "3"
    page.get_by_role("link", name="Toon iedereen").click()
    page.get_by_role("heading", name="Dagen tot mijlpalen").wait_for()
