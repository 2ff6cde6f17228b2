"""Who sees a record, in a real browser: sharing a complaint, and taking over a record that a practice entered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from herstel_web.cases.bridge import complaint_entry
from herstel_web.cases.models import Case
from herstel_web.casework.actions import start
from herstel_web.sharing.invitations import invite
from tests.browser.person import Person
from tests.web.actors import ANSWERS, Actors, check_in, client_of, everybody, opened_case, user
from tests.web.agenda import open_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ("share", "my_data")
BORN = date(1990, 5, 17)


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


# --- a record that a practice entered


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody without a record here, one with a record of their own, and the links that they got."""

    case: Case
    anna: User
    bram: User
    link_of_anna: str
    link_of_bram: str


def entered(site: Site, name: str) -> tuple[Case, User, str]:
    """A record that the practice entered, an account with the address of that person, and the link they got."""
    actors, address = site.actors, f"{name.lower()}@example.org"
    about = {"name": f"{name} Voorbeeld", "birth_date": BORN, "email": address, "phone": "", "language": "nl"}
    today = timezone.localdate()
    complaint = complaint_entry(ANSWERS, today)
    case = start(practice=actors.practice, about=about, complaint=complaint, by=actors.treats, today=today)
    _, token = invite(case=case, email=address, birth_date=BORN, by=actors.treats)
    who = user(address)
    EmailAddress.objects.create(user=who, email=address, verified=True, primary=True)
    return case, who, reverse("record_invitation", args=[token])


@pytest.fixture
def asked(site: Site) -> Asked:
    case, anna, link_of_anna = entered(site, "Anna")
    _, bram, link_of_bram = entered(site, "Bram")
    opened_case(bram)
    return Asked(case=case, anna=anna, bram=bram, link_of_anna=link_of_anna, link_of_bram=link_of_bram)


def test_every_page_of_an_invitation_is_accessible_and_fits(site: Site, asked: Asked) -> None:
    invite_page = reverse("case_invite", args=[asked.case.pk])
    for who, address in (
        (site.actors.treats, invite_page),
        (site.actors.outsider, asked.link_of_anna),
        (asked.anna, asked.link_of_anna),
        (asked.bram, asked.link_of_bram),
    ):
        is_readable(site.browser(who).goes_to(address))
    is_readable(site.open(360, 740, reduced_motion="reduce").goes_to(asked.link_of_anna))


def test_a_person_takes_a_record_over_on_a_phone(site: Site, asked: Asked) -> None:
    page = site.browser(asked.anna).goes_to(asked.link_of_anna).page
    page.get_by_label("Je geboortedatum").fill("1990-05-18")
    page.get_by_label("Dit gaat over mij").check()
    page.get_by_role("button", name="Ja, dit is mijn dossier").click()
    expect(page.get_by_role("alert")).to_contain_text("andere geboortedatum")
    page.get_by_label("Je geboortedatum").fill(BORN.isoformat())
    page.get_by_role("button", name="Ja, dit is mijn dossier").click()
    expect(page.get_by_text("Dit dossier is nu van jou")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


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
