"""What keeps others out, and what is written down about those who try."""

import io
import json
import logging
import re
import runpy
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client, override_settings
from django.urls import include, path, reverse

import herstel_web
from herstel_web.access import public
from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.limits import limited
from herstel_web.plain import robots
from herstel_web.practice.models import Membership
from tests.web.actors import Actors, client_of, confirmed_client_of, user
from tests.web.addresses import ROUTES, address
from tests.web.test_accounts import code_in, signs_in
from tests.web.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
SETTINGS = str(Path(herstel_web.__file__).parent / "settings.py")
PASSWORD = "a boat on the river"
ADDRESS = "somebody@example.org"

urlpatterns = [
    path("", include("herstel_web.urls")),
    path("few/", public(limited("few", "2/h", method="GET")(robots)), name="few"),
]


@pytest.fixture
def somebody() -> User:
    made = user(ADDRESS, "Some Body")
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=ADDRESS, verified=True, primary=True)
    return made


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would stand on the console."""
    written = io.StringIO()
    handler = logging.getLogger().handlers
    ours = next(one for one in handler if type(one) is logging.StreamHandler)
    before = ours.setStream(written)
    yield written
    ours.setStream(before or written)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


# --- pages --------------------------------------------------------------------------------------


def test_no_page_of_the_whole_site_loosens_the_content_policy(actors: Actors) -> None:
    seen = 0
    for who in (None, actors.owner, actors.patient):
        client = confirmed_client_of(who) if who else client_of(None)
        for route in ROUTES:
            answer = client.get(address(route, actors))
            if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
                continue
            seen += 1
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, route
            assert not re.search(r"https?:|\*", policy), route
            html = Page(answer).html
            assert not re.search(r"<[^>]+\s(style|on\w+)=", html), route
            assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", html), route
            assert "<style" not in re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL), route
    assert seen > 60


def test_every_page_of_who_is_signed_in_shows_how_to_sign_out(actors: Actors) -> None:
    for name in ("account", "more", "my_data"):
        assert reverse("account_logout") in Page(client_of(actors.patient).get(reverse(name))).links(), name
    for name in ("work_list", "members"):
        assert reverse("account_logout") in Page(client_of(actors.owner).get(reverse(name))).links(), name


def test_over_https_cookies_are_bound_to_this_host_and_subdomains_need_https_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HERSTEL_HTTPS", "1")
    found = runpy.run_path(SETTINGS)
    for name in ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE"):
        assert found[f"{name}_NAME"].startswith("__Host-"), name
        assert found[f"{name}_SECURE"], name
        assert found[f"{name}_HTTPONLY"], name
        assert found[f"{name}_SAMESITE"] == "Lax", name
    assert found["VISIT_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert found["ACCOUNT_DEFAULT_HTTP_PROTOCOL"] == "https"


def test_the_cookie_of_a_session_cannot_be_read_by_scripts(somebody: User) -> None:
    visitor = Visitor()
    signs_in(visitor)
    cookie = visitor.client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_of_an_account_without_its_token_is_refused(somebody: User) -> None:
    visitor = Visitor(enforce_csrf_checks=True)
    assert signs_in(visitor).status == 403
    assert "_auth_user_id" not in visitor.client.session


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch"])
def test_other_ways_of_asking_are_refused(method: str) -> None:
    assert getattr(Client(SERVER_NAME="localhost"), method)("/healthz").status_code == 405


def test_what_is_typed_never_becomes_part_of_the_page(actors: Actors) -> None:
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    client = client_of(actors.owner)
    client.post(reverse("practice"), {"name": typed})
    client.post(reverse("account"), {"name": typed, "language": "nl"})
    for name in ("practice", "members", "account", "trail"):
        html = Page(client.get(reverse(name))).html
        assert "<img src=x" not in html, name
        assert "<script>alert" not in html, name


# --- passwords and sessions -----------------------------------------------------------------------


@pytest.mark.parametrize("password", ["Hamstring-Herstel-2026", "fysiotherapiepraktijk", "herstel123456789"])
def test_a_password_of_our_own_words_is_refused(password: str) -> None:
    page = Visitor().post(reverse("account_signup"), email=ADDRESS, password1=password)
    assert "makkelijk te raden" in page.text


@pytest.mark.parametrize("password", [PASSWORD, "herstel maar iets langers", "Ω" * 70, "x" * 2 + " y" * 40])
def test_any_other_long_password_is_taken_whatever_it_is_made_of(password: str) -> None:
    visitor = Visitor()
    assert visitor.post(reverse("account_signup"), email=ADDRESS, password1=password).status == 302
    assert User.objects.get().check_password(password)
    assert not User.objects.get().check_password(password.lower() + " ")


def test_a_new_password_does_not_pass_by_the_second_step(somebody: User) -> None:
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    visitor = Visitor()
    asked = visitor.post(reverse("account_reset_password"), email=ADDRESS)
    confirmed = visitor.post(asked.leads_to, code=code_in(str(mail.outbox[-1].body)))
    other = "a house by the sea"
    visitor.post(confirmed.leads_to, password1=other, password2=other)
    assert "_auth_user_id" not in visitor.client.session
    assert signs_in(visitor, other).leads_to.startswith(reverse("mfa_authenticate"))


def test_a_code_belongs_to_the_browser_that_asked_for_it(somebody: User) -> None:
    first, second = Visitor(), Visitor()
    asked = first.post(reverse("account_reset_password"), email=ADDRESS)
    code = code_in(str(mail.outbox[-1].body))
    assert second.post(asked.leads_to, code=code).leads_to == reverse("account_login")


def test_three_wrong_codes_end_it(somebody: User) -> None:
    visitor = Visitor()
    asked = visitor.post(reverse("account_reset_password"), email=ADDRESS)
    code = code_in(str(mail.outbox[-1].body))
    for _ in range(3):
        visitor.post(asked.leads_to, code="AAAA-AAAA")
    answer = visitor.post(asked.leads_to, code=code)
    assert answer.leads_to == reverse("account_login")


def test_a_code_is_good_for_ten_minutes(somebody: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT == 600
    visitor = Visitor()
    asked = visitor.post(reverse("account_reset_password"), email=ADDRESS)
    code = code_in(str(mail.outbox[-1].body))
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 601)
    assert visitor.post(asked.leads_to, code=code).leads_to == reverse("account_login")


def test_who_confirms_gets_a_session_with_a_new_name(somebody: User) -> None:
    visitor = Visitor()
    signs_in(visitor)
    before = visitor.client.session.session_key
    visitor.post(reverse("account_reauthenticate"), password=PASSWORD)
    after = visitor.client.session.session_key
    assert after != before
    assert UserSession.objects.get(user=somebody).session_key == after
    thief = Client(SERVER_NAME="localhost")
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get(reverse("account")).status_code == 302


def test_signing_out_elsewhere_asks_first_whether_it_is_you(somebody: User) -> None:
    here, elsewhere = Visitor(), Visitor()
    signs_in(here)
    signs_in(elsewhere)
    assert here.post(reverse("usersessions_list")).leads_to.startswith(reverse("account_reauthenticate"))
    assert elsewhere.get(reverse("account")).status == 200


def test_who_is_closed_is_signed_out_at_once(somebody: User) -> None:
    client = client_of(somebody)
    assert client.get(reverse("account")).status_code == 200
    User.objects.filter(pk=somebody.pk).update(is_active=False)
    assert client.get(reverse("account")).status_code == 302


def test_an_owner_signs_a_member_out_everywhere(actors: Actors) -> None:
    actors.treats.set_password(PASSWORD)
    actors.treats.save()
    EmailAddress.objects.create(user=actors.treats, email=actors.treats.email, verified=True, primary=True)
    lost = Visitor()
    signs_in(lost, PASSWORD, actors.treats.email)
    assert lost.get(reverse("work_list")).status == 200
    membership = Membership.objects.get(user=actors.treats)
    confirmed_client_of(actors.owner).post(reverse("sign_out_member", args=[membership.pk]))
    assert lost.get(reverse("work_list")).status == 302
    assert Event.objects.filter(what="practice:signed_out", by=actors.owner).exists()


def test_a_new_secret_key_signs_everybody_out(somebody: User) -> None:
    client = client_of(somebody)
    assert client.get(reverse("account")).status_code == 200
    with override_settings(SECRET_KEY="another key for the tests, long enough to be one"):
        assert client.get(reverse("account")).status_code == 302


def test_passwords_are_kept_with_argon2() -> None:
    found = runpy.run_path(SETTINGS)
    assert found["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=found["PASSWORD_HASHERS"]):
        assert make_password(PASSWORD).startswith("argon2$argon2id$")


def test_answers_of_a_visitor_are_refused_when_they_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, now = Visitor(), time.time()
    visitor.answer("age", 25)
    monkeypatch.setattr("time.time", lambda: now + settings.VISIT_COOKIE_AGE - 5)
    assert "25" in visitor.get("/check/age/").html
    monkeypatch.setattr("time.time", lambda: now + settings.VISIT_COOKIE_AGE + 5)
    assert "konden niet meer gelezen worden" in visitor.get("/").text


def test_there_are_no_users_before_somebody_makes_one() -> None:
    assert not User.objects.exists()


# --- the trail and the log ------------------------------------------------------------------------


def test_signing_in_stands_in_the_trail_of_the_practice(actors: Actors) -> None:
    Event.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    client_of(actors.treats)
    client_of(actors.patient)
    found = set(Event.objects.filter(action="sign_in").values_list("by", "practice_id"))
    assert found == {(actors.treats.pk, actors.practice.pk), (actors.patient.pk, None)}


def test_asking_for_a_case_of_others_stands_in_the_trail(actors: Actors) -> None:
    client_of(actors.outsider).get(reverse("case", args=[actors.case.pk]))
    line = Event.objects.get(action="refused")
    assert (line.by, line.what, line.case_id) == (actors.outsider, "case", None)


def test_a_wrong_password_and_a_lockout_are_logged_without_saying_whose(somebody: User, log: io.StringIO) -> None:
    visitor = Visitor()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        signs_in(visitor, "my-secret-guess")
    events = [line["event"] for line in lines(log)]
    assert events.count("wrong address or password") >= settings.AXES_FAILURE_LIMIT - 1
    assert "locked out" in events
    assert "my-secret" not in log.getvalue()
    assert ADDRESS not in log.getvalue()


def test_a_wrong_second_step_is_logged(somebody: User, log: io.StringIO) -> None:
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    visitor = Visitor()
    visitor.post(signs_in(visitor).leads_to, code="000000")
    assert "wrong second step" in [line["event"] for line in lines(log)]


def test_every_log_line_says_when_where_and_during_which_request(log: io.StringIO) -> None:
    page = Visitor().post(reverse("account_login"), login=ADDRESS, password="wrong")
    (line,) = [one for one in lines(log) if one["logger"] == "herstel.security"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line["time"]))
    assert line["level"] == "WARNING"
    assert line["request"] == page.headers["X-Request-ID"]


def test_the_number_of_a_request_is_ours_and_not_taken_from_who_asks() -> None:
    first = Visitor().get("/healthz", **{"X-Request-ID": "mine"}).headers["X-Request-ID"]
    second = Visitor().get("/healthz").headers["X-Request-ID"]
    assert first not in ("mine", second)
    assert re.fullmatch(r"[0-9a-f]{16}", first)


def test_what_is_logged_cannot_begin_a_line_of_its_own(log: io.StringIO) -> None:
    logging.getLogger().warning('two\nlines "quoted"')
    (line,) = lines(log)
    assert line["event"] == 'two\nlines "quoted"'


# --- limits -----------------------------------------------------------------------------------------


@override_settings(ROOT_URLCONF=__name__)
def test_more_often_than_the_limit_is_refused_with_a_page_that_says_why(log: io.StringIO) -> None:
    visitor = Visitor()
    assert [visitor.get("/few/").status for _ in range(3)] == [200, 200, 429]
    assert visitor.get("/few/").heading == "Dat was te vaak"
    assert "limit reached: few" in [line["event"] for line in lines(log)]


@override_settings(ROOT_URLCONF=__name__)
def test_an_address_that_somebody_claims_does_not_count() -> None:
    visitor = Visitor()
    claimed = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(3)]
    assert [visitor.get("/few/", **headers).status for headers in claimed] == [200, 200, 429]


@override_settings(ROOT_URLCONF=__name__)
def test_each_user_has_a_limit_of_their_own(somebody: User) -> None:
    for _ in range(3):
        Visitor().get("/few/")
    assert client_of(somebody).get("/few/").status_code == 200


@pytest.mark.parametrize("name", ["keep"])
def test_keeping_a_self_check_is_limited(somebody: User, name: str) -> None:
    client = client_of(somebody)
    answers = [client.post(reverse(name)).status_code for _ in range(21)]
    assert 429 not in answers[:20]
    assert answers[20] == 429


def test_a_form_that_is_far_too_large_is_refused() -> None:
    page = Visitor(raise_request_exception=False).post(
        reverse("account_login"), login="x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), password="y"
    )
    assert page.status == 400
