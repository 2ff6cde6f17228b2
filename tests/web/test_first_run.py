import json
import stat
import time
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.practice import first_run
from herstel_web.practice.first_run import first_run_link
from herstel_web.practice.models import Membership, Practice
from tests.web.actors import user

pytestmark = pytest.mark.django_db
GIVEN = {
    "practice_name": "Test Practice",
    "name": "First Owner",
    "email": "Owner@example.org",
    "password": "a boat on the river",
}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    monkeypatch.setenv("HERSTEL_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "first_run"


def browser() -> Client:
    return Client(SERVER_NAME="localhost")


def link() -> str:
    found = first_run_link()
    assert found
    return found


def test_the_link_makes_the_owner_of_the_first_practice() -> None:
    visitor, address = browser(), link()
    assert "Je praktijk" in visitor.get(address).text
    answer = visitor.post(address, GIVEN)
    assert answer.headers["Location"] == reverse("mfa_index")
    owner = User.objects.get()
    assert (owner.email, owner.name) == ("owner@example.org", "First Owner")
    assert owner.check_password(GIVEN["password"])
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.practice.name) == (owner, "owner", "Test Practice")
    assert EmailAddress.objects.filter(user=owner, verified=True, primary=True).exists()
    assert Event.objects.filter(by=owner, action="manage", practice_id=membership.practice_id).exists()
    assert visitor.session["_auth_user_id"] == str(owner.pk)


def test_the_owner_can_set_up_the_second_step_without_giving_the_password_again() -> None:
    visitor = browser()
    visitor.post(link(), GIVEN)
    assert visitor.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_link_works_once() -> None:
    address = link()
    browser().post(address, GIVEN)
    assert browser().get(address).status_code == 404
    assert browser().post(address, {**GIVEN, "email": "second@example.org"}).status_code == 404
    assert User.objects.count() == 1


def test_there_is_no_link_when_there_are_users(state: Path) -> None:
    address = link()
    user("somebody@example.org")
    assert browser().get(address).status_code == 404
    assert first_run_link() is None
    assert not state.exists()


def test_a_new_start_makes_the_old_link_useless() -> None:
    before, after = link(), link()
    assert browser().get(before).status_code == 404
    assert browser().get(after).status_code == 200


def test_the_link_ends_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    address, started = link(), time.time()
    monkeypatch.setattr("time.time", lambda: started + first_run.GOOD_FOR_S - 1)
    assert browser().get(address).status_code == 200
    monkeypatch.setattr("time.time", lambda: started + first_run.GOOD_FOR_S + 1)
    assert browser().get(address).status_code == 404


def test_only_a_hash_is_kept_and_only_for_its_owner(state: Path) -> None:
    token = link().rstrip("/").rpartition("/")[2]
    assert token not in state.read_text()
    assert set(json.loads(state.read_text())) == {"sha256", "until"}
    assert stat.S_IMODE(state.stat().st_mode) == 0o600


@pytest.mark.parametrize("kept", ["", "no json", None])
def test_without_a_link_there_is_no_page(kept: str | None, state: Path) -> None:
    address = link()
    state.unlink()
    if kept is not None:
        state.write_text(kept)
    assert browser().get(address).status_code == 404


def test_of_two_at_the_same_moment_one_becomes_the_owner(monkeypatch: pytest.MonkeyPatch, state: Path) -> None:
    address = link()
    monkeypatch.setattr(first_run, "is_good", lambda _: True)
    state.unlink()  # the other was first
    assert browser().post(address, GIVEN).status_code == 404
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("boat", "wachtwoord is te kort"), ("qwerty123456", "te algemeen"), ("owner@example.org", "lijkt te veel op")],
)
def test_a_weak_password_is_refused_with_the_reason_and_nothing_is_lost(wrong: str, said: str) -> None:
    address = link()
    page = browser().post(address, {**GIVEN, "password": wrong}).text
    assert said in page
    assert "First Owner" in page
    assert browser().post(address, GIVEN).status_code == 302


def test_the_address_can_be_put_before_the_link() -> None:
    found = first_run_link("http://localhost:8000")
    assert found
    assert found.startswith("http://localhost:8000/begin/")
