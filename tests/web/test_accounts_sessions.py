"""How long somebody stays signed in, and what members of a practice need besides a password."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.web.actors import Actors, client_of, confirmed_client_of

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets time go by."""
    clock = {"now": time.time()}

    def go_by(seconds: float) -> None:
        clock["now"] += seconds

    monkeypatch.setattr("time.time", lambda: clock["now"])
    return go_by


def signed_in_as(actors: Actors, name: str) -> Client:
    who = getattr(actors, name)
    who.set_password("correct horse battery")
    who.save()
    client = client_of(who)
    assert client.get(reverse("account")).status_code == 200
    return client


def test_a_member_confirms_after_half_an_hour_of_doing_nothing(actors: Actors, later: Later) -> None:
    client = signed_in_as(actors, "treats")
    later(29 * MINUTE)
    assert client.get(reverse("account")).status_code == 200
    later(31 * MINUTE)
    answer = client.get(reverse("account"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("usersessions_list")).status_code == 302, "pages of the library are closed as well"


def test_what_a_member_was_sending_is_kept_until_they_confirmed(actors: Actors, later: Later) -> None:
    client = signed_in_as(actors, "treats")
    later(HOUR)
    asked = client.post(reverse("account"), {"name": "Other Name", "language": "nl"}).headers["Location"]
    actors.treats.refresh_from_db()
    assert actors.treats.name != "Other Name"
    client.post(asked, {"password": "correct horse battery", "next": reverse("account")})
    actors.treats.refresh_from_db()
    assert actors.treats.name == "Other Name"
    assert client.get(reverse("account")).status_code == 200


def test_a_session_that_slept_still_opens_the_public_pages_and_may_sign_out(actors: Actors, later: Later) -> None:
    client = signed_in_as(actors, "treats")
    later(HOUR)
    assert client.get(reverse("emergency")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_a_member_signs_in_anew_every_twelve_hours(actors: Actors, later: Later) -> None:
    client = signed_in_as(actors, "treats")
    for _ in range(36):
        later(20 * MINUTE)
        assert client.get(reverse("account")).status_code == 200
    later(20 * MINUTE)
    answer = client.get(reverse("account"), follow=True)
    assert "Log voor de zekerheid opnieuw in" in answer.content.decode()


def test_a_person_stays_signed_in_for_weeks_and_signs_in_anew_after_three_months(actors: Actors, later: Later) -> None:
    client = signed_in_as(actors, "patient")
    for _ in range(8):
        later(11 * DAY)
        assert client.get(reverse("account")).status_code == 200
    later(11 * DAY)
    assert client.get(reverse("account")).status_code == 302


def test_a_session_ends_after_two_weeks_of_doing_nothing() -> None:
    assert settings.SESSION_COOKIE_AGE == 14 * DAY
    assert settings.SESSION_MEMBER_IDLE_S == 30 * MINUTE
    assert settings.SESSION_MEMBER_LONGEST_S == 12 * HOUR


def test_a_member_without_a_second_step_is_told_why_and_is_led_back(
    actors: Actors, settings: pytest.FixtureRequest
) -> None:
    settings.HERSTEL_SECOND_STEP = True  # type: ignore[attr-defined]
    EmailAddress.objects.create(user=actors.owner, email=actors.owner.email, verified=True, primary=True)
    client = confirmed_client_of(actors.owner)
    wanted = reverse("work_list")
    answer = client.get(wanted)
    assert answer.headers["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Stel dit in voor je verdergaat" in page
    assert "geraden of gestolen" in page
    TOTP.activate(actors.owner, "JBSWY3DPEHPK3PXP")
    page = client.get(reverse("mfa_index")).content.decode()
    assert re.search(rf'href="{wanted}">Verder naar de praktijk', page)
    assert client.get(wanted).status_code == 200
    assert "Verder naar de praktijk" not in client.get(reverse("mfa_index")).content.decode()


def test_a_person_needs_no_second_step(actors: Actors, settings: pytest.FixtureRequest) -> None:
    settings.HERSTEL_SECOND_STEP = True  # type: ignore[attr-defined]
    assert client_of(actors.patient).get(reverse("account")).status_code == 200
    assert not Authenticator.objects.exists()
