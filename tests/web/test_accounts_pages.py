"""No page, message or e-mail of the account library shows up in its own look, words or scripts."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import override

import herstel_web
from herstel_web.accounts.models import User
from tests.web.actors import confirmed_client_of, user
from tests.web.visitor import LANGUAGES, Page, Visitor

pytestmark = pytest.mark.django_db
LIBRARY, OURS = Path(allauth.__file__).parent / "templates", Path(herstel_web.__file__).parent
NOT_USED = {
    # codes to sign in with, links in e-mails, several addresses, telephones, trusted browsers: all turned off
    "account/confirm_login_code.html",
    "account/request_login_code.html",
    "account/request_reauthentication_code.html",
    "account/confirm_reauthentication_code.html",
    "account/confirm_phone_verification_code.html",
    "account/phone_change.html",
    "account/email.html",
    "account/email_confirm.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
    "account/password_reset_done.html",
    "account/signup_closed.html",
    "mfa/trust.html",
    "account/email/login_code_message.txt",
    "account/email/login_code_subject.txt",
    "account/email/password_reset_key_message.txt",
    "account/email/password_reset_key_subject.txt",
    "account/messages/login_code_sent.txt",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "mfa/recovery_codes/download.txt",
}
HEALTH = re.compile(
    r"hamstring|pain|pijn|klacht|complaint|blessure|injur|letsel|muscle|spier|thigh|bovenbeen|therap|fysio|physio"
    r"|herstelplan|recover(?!y code)|oefening|exercise|training|diagnos|zorg|health|gezond|patient|patiënt|practice"
    r"|praktijk|dossier|record",
    re.IGNORECASE,
)
MAIL_VALUES = {
    "code": "BCDF-GHJK",
    "email": "somebody@example.org",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "password_reset_url": "http://localhost/account/password/reset/",
    "signup_url": "http://localhost/account/signup/",
    "timestamp": "1-1-2026",
    "ip": "192.0.2.1",
    "user_agent": "A browser",
}


def of_library(*folders: str) -> list[str]:
    """The templates of the library that are pages, messages or e-mails, and not parts of those."""
    found = [path.relative_to(LIBRARY).as_posix() for one in folders for path in (LIBRARY / one).rglob("*.*")]
    return [one for one in found if "/base" not in one and "/snippets/" not in one]


USED = sorted(set(of_library("account", "mfa", "usersessions")) - NOT_USED)
MAILS = [one for one in USED if "/email/" in one]


@pytest.mark.parametrize("name", USED)
def test_every_template_that_is_used_is_ours(name: str) -> None:
    origin = get_template(name).origin.name  # type: ignore[attr-defined]
    assert OURS in Path(origin).parents, f"{name} is still the one of the library"


def test_what_is_not_used_is_turned_off() -> None:
    for address in (
        "/account/login/code/",
        "/account/phone/verify/",
        "/account/2fa/trust/",
        "/account/confirm-email/x/",
    ):
        assert Visitor().get(address).status == 404


@pytest.mark.parametrize(("name", "language"), [*product(MAILS, LANGUAGES)])
def test_no_e_mail_says_anything_about_health(name: str, language: str) -> None:
    with override(language):
        text = render_to_string(name, MAIL_VALUES)
    assert text.strip()
    without_name = text.replace("Herstel", "").replace("herstelcodes", "").replace("Herstelcodes", "")
    assert not HEALTH.search(without_name), HEALTH.search(without_name)


@pytest.mark.parametrize("name", MAILS)
def test_every_e_mail_is_in_dutch_and_in_english(name: str) -> None:
    def said(language: str) -> str:
        with override(language):
            return render_to_string(name, MAIL_VALUES)

    assert said("nl") != said("en")


def visited(language: str) -> Iterator[tuple[str, Page]]:
    """Every page of an account, as somebody with everything set up sees it."""
    visitor = Visitor(language)
    for name in (
        "account_login",
        "account_signup",
        "account_signup_by_passkey",
        "account_reset_password",
        "account_inactive",
    ):
        yield name, visitor.get(reverse(name))
    sent = visitor.post(reverse("account_signup"), email="new@example.org", password1="a boat on the river")
    yield "code", visitor.get(sent.leads_to)
    visitor = Visitor(language)
    asked = visitor.post(reverse("account_reset_password"), email="new@example.org")
    yield "code for a password", visitor.get(asked.leads_to)
    somebody = user("somebody@example.org", "Some Body")
    EmailAddress.objects.create(user=somebody, email=somebody.email, verified=True, primary=True)
    visitor = Visitor(language)
    language_cookie = visitor.client.cookies
    visitor.client = confirmed_client_of(somebody)
    for key, value in language_cookie.items():
        visitor.client.cookies[key] = value.value
    own = ["account", "account_email", "account_change_password", "account_reauthenticate", "usersessions_list"]
    own += ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_logout"]
    for name in own:
        yield name, visitor.get(reverse(name))
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=somebody, type="webauthn", data={"name": "My phone", "credential": {}})
    key = Authenticator.objects.get(type="webauthn").pk
    yield "set up", visitor.get(reverse("mfa_index"))
    for name in ("mfa_reauthenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_list_webauthn"):
        yield name, visitor.get(reverse(name))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield name, visitor.get(reverse(name, kwargs={"pk": key}))
    visitor.post(reverse("mfa_generate_recovery_codes"))
    yield "codes", visitor.get(reverse("mfa_view_recovery_codes"))
    yield "codes once more", visitor.get(reverse("mfa_view_recovery_codes"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_keeps_to_the_content_policy_and_has_the_emergency_link(language: str) -> None:
    names = set()
    for name, page in visited(language):
        assert page.status == 200, name
        assert page.language == language, name
        assert page.heading, name
        assert "unsafe" not in page.headers["Content-Security-Policy"], name
        assert "/emergency/" in page.links(), name
        assert not re.search(r"<[^>]+ (style|on\w+)=", page.html), name
        assert not re.search(r'"(data|javascript|https?):', page.html), name
        for script in re.findall(r"<script([^>]*)>", page.html):
            assert 'type="application/json"' in script or re.search(r'src="/static/[^"]+" defer', script), (
                name,
                script,
            )
        names.add(name)
    assert len(names) > 20


@pytest.mark.parametrize("formal", [r"\bu\b", r"\buw\b", r"\bUw\b", r"\bU\b"])
def test_no_page_says_u(formal: str) -> None:
    for name, page in visited("nl"):
        assert not re.search(formal, page.text), name


def test_dutch_and_english_pages_differ_in_every_heading() -> None:
    dutch = {name: page.heading for name, page in visited("nl")}
    User.objects.all().delete()
    cache.clear()
    english = {name: page.heading for name, page in visited("en")}
    assert not [name for name in dutch if dutch[name] == english[name]]
