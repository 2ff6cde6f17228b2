"""Passkeys in a real browser, with a key that Chromium plays; every page of an account and of managing a practice."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from tests.browser.person import Person
from tests.browser.test_pages import PRESSED, RULES, SMALLEST_TARGET_PX
from tests.web.actors import Actors, confirmed_client_of, everybody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ADDRESS = "somebody@example.org"


def with_a_key(person: Person, **changes: object) -> Person:
    """Gives this browser a passkey device of its own."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, **changes}})
    return person


def named(site: str, address: str) -> str:
    """Browsers know passkeys for names only, not for numbers."""
    return site.replace("127.0.0.1", "localhost") + address


def signs_up(person: Person, site: str) -> None:
    page = person.page
    person.goes_to(named(site, "/account/signup/?next=/account/settings/"))
    page.get_by_role("link", name="Verder met een passkey").click()
    page.get_by_label("E-mailadres").fill(ADDRESS)
    page.get_by_role("button", name="Code sturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig je adres")
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", str(mail.outbox[-1].body))
    assert code
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Bevestigen").click()
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")


def test_an_account_is_made_and_signed_in_to_with_a_passkey_alone(open_browser: OpenBrowser, site: str) -> None:
    person = with_a_key(open_browser())
    page = person.page
    signs_up(person, site)
    somebody = User.objects.get(email=ADDRESS)
    assert not somebody.has_usable_password()
    page.get_by_role("button", name="Uitloggen").click()
    person.goes_to(named(site, "/account/settings/"))
    assert person.heading == "Inloggen"
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")


def test_a_passkey_confirms_that_it_is_you(open_browser: OpenBrowser, site: str) -> None:
    person = with_a_key(open_browser())
    page = person.page
    signs_up(person, site)
    person.goes_to(named(site, "/account/password/set/"))
    assert person.heading == "Ben jij het?"
    page.get_by_role("button", name="Bevestigen met je passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wachtwoord instellen")


def test_a_passkey_that_is_not_used_is_said_on_the_page(open_browser: OpenBrowser, site: str) -> None:
    person = with_a_key(open_browser(), isUserVerified=False)
    person.goes_to(named(site, "/account/login/"))
    person.page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(person.page.get_by_role("alert")).to_contain_text("De passkey is niet gebruikt")


VISITED = ("account_login", "account_signup", "account_signup_by_passkey", "account_reset_password", "account_inactive")
OWN = (
    "account",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
    "usersessions_list",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "practice",
    "members",
    "locations",
    "text_templates",
    "trail",
    "choose_practice",
)


@pytest.fixture
def actors(transactional_db: None) -> Actors:
    return everybody()


def looks_at(name: str, actors: Actors, person: Person) -> Person:
    """Opens a page, signed in as the owner where that is needed."""
    if name in OWN:
        if name == "mfa_list_webauthn":
            key = {"name": "My phone", "credential": {}}
            Authenticator.objects.create(user=actors.owner, type="webauthn", data=key)
        actors.practice.locations.create(name="A place", address="A street")
        actors.practice.text_templates.create(kind="note", title="A text", text="Dear colleague")
        session = confirmed_client_of(actors.owner).cookies[settings.SESSION_COOKIE_NAME].value
        person.goes_to("/healthz").page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": person.page.url}]
        )
    return person.goes_to(reverse(name))


@pytest.mark.parametrize("name", [*VISITED, *OWN])
def test_every_page_is_accessible_in_light_and_dark(name: str, actors: Actors, open_browser: OpenBrowser) -> None:
    person = looks_at(name, actors, open_browser(360, 740, color_scheme="light", reduced_motion="reduce"))
    assert person.place == reverse(name)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()


@pytest.mark.parametrize("name", [*VISITED, *OWN])
def test_every_page_fits_a_narrow_screen_and_a_thumb(name: str, actors: Actors, open_browser: OpenBrowser) -> None:
    person = looks_at(name, actors, open_browser(320, 640))
    assert person.overflow_px() <= 0
    small = [
        one.inner_text()
        for one in person.page.locator(PRESSED).all()
        if one.is_visible() and (box := one.bounding_box()) and min(box["height"], box["width"]) < SMALLEST_TARGET_PX
    ]
    assert not small
