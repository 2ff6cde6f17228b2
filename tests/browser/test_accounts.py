"""Passkeys in a real browser, with a key that Chromium plays."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import expect

from herstel_web.accounts.models import User
from tests.browser.person import Person

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
