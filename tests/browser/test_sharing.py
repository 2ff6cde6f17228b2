"""Who sees a record, in a real browser: sharing a complaint, readable by everybody and on a small phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from tests.browser.person import Person
from tests.web.actors import Actors, check_in, client_of, everybody
from tests.web.agenda import open_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ("share", "my_data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A practice that takes new people online, and somebody with a complaint that nobody sees."""

    actors: Actors
    open: OpenBrowser

    def browser(self, who: User, width: int = 360) -> Person:
        """A browser in which somebody is signed in."""
        person = self.open(width, 740, reduced_motion="reduce").goes_to("/healthz")
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client_of(who).cookies[name].value, "url": person.page.url}
        person.page.context.add_cookies([cookie])
        return person

    def pages(self, page: str) -> Iterator[Person]:
        """A page as it stands for who shares nothing yet, and for who shares everything."""
        for who in (self.actors.other_patient, self.actors.patient):
            yield self.browser(who).goes_to(reverse(page))


@pytest.fixture
def site(open_browser: OpenBrowser) -> Site:
    actors = everybody()
    open_desk(actors)
    alone = Case.objects.get(person__user=actors.other_patient)
    check_in(alone, timezone.localdate(), symptoms={"bladder_bowel_saddle_change": True})
    return Site(actors=actors, open=open_browser)


def is_readable(person: Person) -> None:
    """No mistake by the rules of accessibility, in light and dark, and nothing runs out of a small phone."""
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()
    person.page.set_viewport_size({"width": 320, "height": 640})
    assert person.overflow_px() <= 0


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(name: str, site: Site) -> None:
    for person in site.pages(name):
        is_readable(person)


def test_a_person_shares_and_stops_on_a_phone(site: Site) -> None:
    page = site.browser(site.actors.other_patient).goes_to(reverse("my_data")).page
    page.get_by_role("link", name="Deel met een praktijk").click()
    page.get_by_role("button", name="Deel mijn dossier").click()
    expect(page.get_by_role("alert")).to_contain_text("Zonder je toestemming wordt er niets gedeeld")
    page.get_by_label("Ja, deze praktijk mag").check()
    page.get_by_role("button", name="Deel mijn dossier").click()
    expect(page.get_by_text("Test Practice mag je dossier nu lezen")).to_be_visible()
    page.get_by_role("button", name="Niet meer delen").click()
    expect(page.get_by_text("Alleen jij")).to_be_visible()
