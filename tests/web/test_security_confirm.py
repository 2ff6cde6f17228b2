"""What cannot be undone asks once more who you are; what was filled in goes through after that."""

import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path, reverse

from herstel_web.access import access_of, recently_signed_in, signed_in
from herstel_web.accounts.models import User
from tests.web.actors import client_of, confirmed_client_of, user

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on the river"


@signed_in
@recently_signed_in
def erase(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"erased for {request.POST.get('reason', 'nothing said')}")


urlpatterns = [path("", include("herstel_web.urls")), path("erase/", erase, name="erase")]
with_erase = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def somebody() -> User:
    made = user("somebody@example.org")
    made.set_password(PASSWORD)
    made.save()
    return made


@with_erase
def test_who_signed_in_a_while_ago_is_asked_to_confirm(somebody: User) -> None:
    answer = client_of(somebody).get("/erase/")
    assert answer.headers["Location"] == f"{reverse('account_reauthenticate')}?next=%2Ferase%2F"


@with_erase
def test_after_the_password_the_form_that_was_sent_goes_through(somebody: User) -> None:
    client = client_of(somebody)
    asked = client.post("/erase/", {"reason": "I moved"}).headers["Location"]
    assert client.post(asked, {"password": "wrong"}).status_code == 200
    answer = client.post(asked, {"password": PASSWORD, "next": "/erase/"})
    assert answer.content == b"erased for I moved"


@with_erase
def test_who_just_confirmed_is_not_asked_again_until_five_minutes_later(
    somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now = confirmed_client_of(somebody), time.time()
    assert client.get("/erase/").status_code == 200
    monkeypatch.setattr("time.time", lambda: now + 299)
    assert client.get("/erase/").status_code == 200
    monkeypatch.setattr("time.time", lambda: now + 301)
    assert client.get("/erase/").status_code == 302


@with_erase
def test_who_is_not_signed_in_is_asked_to_sign_in() -> None:
    answer = client_of(None).get("/erase/")
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_question_leaves_who_may_open_a_page_as_it_was() -> None:
    access = access_of(erase)
    assert access
    assert access.kind == "signed_in"
