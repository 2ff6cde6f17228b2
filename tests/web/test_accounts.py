"""Making an account, signing in, a new password, another address: in both languages, with nothing about health."""

import re
from urllib.parse import urlparse

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from herstel_web.accounts.models import User
from tests.web.actors import client_of, confirmed_client_of, user
from tests.web.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "a boat on the river", "a house by the sea"
ADDRESS = "somebody@example.org"


@pytest.fixture
def somebody() -> User:
    made = user(ADDRESS, "Some Body")
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=ADDRESS, verified=True, primary=True)
    return made


def code_in(text: str) -> str:
    found = re.search(r"^ +([A-Z0-9-]{6,12})$", text, re.MULTILINE)
    assert found, text
    return found[1]


def signs_in(visitor: Visitor, password: str = PASSWORD, address: str = ADDRESS) -> Page:
    return visitor.post(reverse("account_login"), login=address, password=password)


def app_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.mark.parametrize(("language", "said"), [("nl", "Bevestig je adres"), ("en", "Confirm your address")])
def test_an_account_is_made_with_a_code_by_e_mail(language: str, said: str) -> None:
    visitor = Visitor(language)
    sent = visitor.post(reverse("account_signup"), email=ADDRESS, password1=PASSWORD)
    page = visitor.get(sent.leads_to)
    assert page.heading == said
    assert ADDRESS in page.text
    (letter,) = mail.outbox
    answer = visitor.post(sent.leads_to, code=code_in(str(letter.body)))
    assert urlparse(answer.leads_to).path == reverse("home")
    assert EmailAddress.objects.get(email=ADDRESS).verified
    assert visitor.client.session["_auth_user_id"]


def test_a_wrong_code_is_refused_and_says_what_to_do() -> None:
    visitor = Visitor()
    sent = visitor.post(reverse("account_signup"), email=ADDRESS, password1=PASSWORD)
    page = visitor.post(sent.leads_to, code="AAAA-AAAA")
    assert "Deze code klopt niet" in page.text
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_a_weak_password_is_refused_and_the_address_is_kept() -> None:
    page = Visitor().post(reverse("account_signup"), email=ADDRESS, password1="boat")
    assert "te kort. Gebruik minstens 12 tekens" in page.text
    assert ADDRESS in page.html
    assert not User.objects.exists()


def test_who_has_an_account_is_not_told_to_others(somebody: User) -> None:
    known, unknown = Visitor(), Visitor()
    first = known.post(reverse("account_signup"), email=ADDRESS, password1=PASSWORD)
    second = unknown.post(reverse("account_signup"), email="nobody@example.org", password1=PASSWORD)
    assert (first.status, first.leads_to) == (second.status, second.leads_to)
    assert known.get(first.leads_to).heading == unknown.get(second.leads_to).heading
    assert {letter.to[0]: letter.subject for letter in mail.outbox}[ADDRESS] == "Je hebt al een account"
    wrong, none = signs_in(Visitor(), "not this one"), signs_in(Visitor(), PASSWORD, "nobody2@example.org")
    assert wrong.status == none.status == 200
    assert "horen niet bij elkaar" in wrong.text
    assert "horen niet bij elkaar" in none.text


def test_signing_in_asks_for_a_passkey_first_and_then_a_password(somebody: User) -> None:
    page = Visitor().get(reverse("account_login"))
    assert page.heading == "Inloggen"
    assert page.html.index('id="passkey_login"') < page.html.index('name="password"')
    assert urlparse(signs_in(Visitor()).leads_to).path == reverse("home")


def test_with_an_app_the_password_alone_is_not_enough(somebody: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(somebody, secret)
    visitor = Visitor()
    asked = signs_in(visitor).leads_to
    assert urlparse(asked).path == reverse("mfa_authenticate")
    assert "_auth_user_id" not in visitor.client.session
    assert visitor.get(asked).heading == "De tweede stap"
    assert "klopt niet" in visitor.post(asked, code="000000").text
    answer = visitor.post(asked, code=app_code(secret))
    assert answer.status == 302
    assert visitor.client.session["_auth_user_id"] == str(somebody.pk)


def test_the_same_code_works_once(somebody: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(somebody, secret)
    code, first, second = app_code(secret), Visitor(), Visitor()
    assert first.post(signs_in(first).leads_to, code=code).status == 302
    assert second.post(signs_in(second).leads_to, code=code).status == 200


def test_an_app_is_set_up_with_a_picture_that_needs_no_data_address(somebody: User) -> None:
    client = confirmed_client_of(somebody)
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    assert '<svg class="qr"' in html
    assert "data:" not in html
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    page = client.get(answer.headers["Location"]).content.decode()
    codes = re.findall(r"<li><code>(\d+)</code>", page)
    assert len(codes) == 10
    assert "je ziet ze maar één keer" in page
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    visitor = Visitor()
    assert visitor.post(signs_in(visitor).leads_to, code=codes[0]).status == 302
    again = Visitor()
    assert again.post(signs_in(again).leads_to, code=codes[0]).status == 200


def test_secrets_of_the_second_step_are_kept_encrypted(somebody: User) -> None:
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get().data)


def test_a_forgotten_password_is_replaced_with_a_code(somebody: User) -> None:
    elsewhere = client_of(somebody)
    visitor = Visitor()
    asked = visitor.post(reverse("account_reset_password"), email=ADDRESS)
    code = code_in(str(mail.outbox[-1].body))
    confirmed = visitor.post(asked.leads_to, code=code)
    assert visitor.get(confirmed.leads_to).heading == "Je nieuwe wachtwoord"
    done = visitor.post(confirmed.leads_to, password1=OTHER, password2=OTHER)
    assert visitor.get(done.leads_to).heading == "Je wachtwoord is gewijzigd"
    assert elsewhere.get(reverse("account")).status_code == 302, "everywhere else is signed out"
    assert signs_in(Visitor(), OTHER).status == 302


def test_a_new_password_for_an_unknown_address_looks_the_same(somebody: User) -> None:
    known, unknown = Visitor(), Visitor()
    first = known.post(reverse("account_reset_password"), email=ADDRESS)
    second = unknown.post(reverse("account_reset_password"), email="nobody@example.org")
    assert first.leads_to == second.leads_to
    assert known.get(first.leads_to).heading == unknown.get(second.leads_to).heading


def test_after_a_change_of_password_one_is_signed_out_everywhere(somebody: User) -> None:
    here, elsewhere = confirmed_client_of(somebody), client_of(somebody)
    fields = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert here.post(reverse("account_change_password"), fields).status_code == 302
    for client in (here, elsewhere):
        assert client.get(reverse("account")).headers["Location"].startswith(reverse("account_login"))
    assert mail.outbox[-1].subject == "Je wachtwoord is gewijzigd"


def test_another_address_is_taken_after_a_code_and_both_are_told(somebody: User) -> None:
    client = confirmed_client_of(somebody)
    asked = client.post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})
    code = code_in(str(mail.outbox[-1].body))
    assert mail.outbox[-1].to == ["new@example.org"]
    assert User.objects.get().email == ADDRESS
    client.post(asked.headers["Location"], {"code": code})
    assert User.objects.get().email == "new@example.org"
    assert ADDRESS in {letter.to[0] for letter in mail.outbox}


def test_changing_an_address_asks_first_whether_it_is_you(somebody: User) -> None:
    answer = client_of(somebody).post(reverse("account_email"), {"email": "new@example.org", "action_add": "1"})
    assert urlparse(answer.headers["Location"]).path == reverse("account_reauthenticate")


def test_one_sees_where_one_is_signed_in_and_signs_out_everywhere_else(somebody: User) -> None:
    here, elsewhere = Visitor(), Visitor()
    signs_in(here)
    signs_in(elsewhere)
    page = here.get(reverse("usersessions_list"))
    assert page.html.count("<tr><th scope") == 3
    here.post(reverse("account_reauthenticate"), password=PASSWORD)
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("account")).status == 200
    assert elsewhere.get(reverse("account")).status == 302


def test_name_and_language_are_kept_and_the_page_follows(somebody: User) -> None:
    client = client_of(somebody)
    page = client.post(reverse("account"), {"name": "Other Name", "language": "en"}, follow=True).content.decode()
    somebody.refresh_from_db()
    assert (somebody.name, somebody.language) == ("Other Name", "en")
    assert "<h1>My account</h1>" in page
    assert "Saved." in page


def test_who_guesses_ten_times_is_kept_out_and_told_why_and_until_when(somebody: User) -> None:
    visitor = Visitor()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page = signs_in(visitor, "a wrong password")
    assert page.status == 429
    assert page.heading == "Te vaak een verkeerd wachtwoord"
    assert "15 minuten" in page.text
    assert page.headers["Retry-After"] == "900"
    assert signs_in(visitor).heading == "Te vaak een verkeerd wachtwoord", "the right password does not help now"
    assert signs_in(visitor, PASSWORD, "other@example.org").status == 200, "another address is not locked"
    AccessAttempt.objects.all().delete()
    assert signs_in(visitor).status == 302


def test_what_is_kept_of_a_wrong_guess_does_not_hold_the_password(somebody: User) -> None:
    signs_in(Visitor(), "my-secret-guess")
    kept = AccessAttempt.objects.get()
    assert "my-secret-guess" not in str(vars(kept))
    assert ADDRESS not in kept.post_data


def test_guessing_codes_is_limited(somebody: User) -> None:
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    visitor = Visitor()
    asked = signs_in(visitor).leads_to
    texts = [visitor.post(asked, code="000000").text for _ in range(25)]
    assert "Te vaak verkeerd" in texts[-1] or "Dat was te vaak" in texts[-1]
    assert "klopt niet" in texts[0]


def test_making_accounts_is_limited() -> None:
    answers = [
        Visitor().post(reverse("account_signup"), email=f"p{n}@example.org", password1=PASSWORD).status
        for n in range(31)
    ]
    assert answers[:30] == [302] * 30
    assert answers[30] == 429


def test_asking_for_codes_is_limited(somebody: User) -> None:
    visitor = Visitor()
    answers = [visitor.post(reverse("account_reset_password"), email=ADDRESS) for _ in range(6)]
    assert answers[-1].status == 429
    assert answers[-1].heading == "Dat was te vaak"
    assert "huisartsenpost" in answers[-1].text


def test_a_closed_account_cannot_sign_in(somebody: User) -> None:
    User.objects.update(is_active=False)
    visitor = Visitor()
    answer = signs_in(visitor)
    assert "_auth_user_id" not in visitor.client.session
    assert answer.status in (200, 302)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_after_signing_in_nobody_is_sent_to_another_site(somebody: User, address: str) -> None:
    client = Client(SERVER_NAME="localhost")
    answer = client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, "next": address})
    assert answer.headers["Location"] == reverse("home")


def test_the_session_gets_a_new_name_when_somebody_signs_in(somebody: User) -> None:
    visitor = Visitor()
    visitor.get(reverse("account_login"))
    visitor.post(reverse("account_reset_password"), email=ADDRESS)
    before = visitor.client.session.session_key
    signs_in(visitor)
    assert before
    assert visitor.client.session.session_key != before


def test_signing_out_ends_the_session_on_the_server(somebody: User) -> None:
    visitor = Visitor()
    signs_in(visitor)
    cookie = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.post(reverse("account_logout"))
    thief = Client(SERVER_NAME="localhost")
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert thief.get(reverse("account")).status_code == 302
