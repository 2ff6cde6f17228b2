"""Every address of the site, opened by everybody: who may, may; for who may not it does not exist."""

from uuid import UUID, uuid4

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.practice.models import Membership
from herstel_web.practice.rights import RIGHTS
from tests.web.actors import Actors, client_of
from tests.web.addresses import PARTS, ROUTES, Route, address

MEMBERS = ("treats", "owner", "colleague", "assistant", "read_only")


def opened(route: Route, who: User | None, actors: Actors) -> HttpResponseBase:
    return client_of(who).get(address(route, actors))


def of_kind(*kinds: str) -> list[Route]:
    return [one for one in ROUTES if one.access and one.access.kind in kinds]


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_address_says_who_may_open_it(route: Route) -> None:
    assert route.access is not None, f"{route} needs a decorator of herstel_web.access"


@pytest.mark.parametrize("route", [one for one in ROUTES if one.access and one.access.kind != "public"], ids=str)
def test_who_is_not_signed_in_is_asked_to(route: Route, actors: Actors) -> None:
    answer = opened(route, None, actors)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("sent_from", "back_to"),
    [
        ("http://localhost/my-data/?page=2", "/my-data/%3Fpage%3D2"),
        ("https://elsewhere.example/my-data/", "/home/"),
        ("", "/home/"),
    ],
)
def test_who_was_signed_out_while_typing_comes_back_to_the_form(sent_from: str, back_to: str, actors: Actors) -> None:
    address = reverse("stop_sharing", args=[actors.practice.pk])
    answer = client_of(None).post(address, headers={"referer": sent_from})
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={back_to}"


@pytest.mark.parametrize("route", of_kind("practice_case"), ids=str)
def test_a_case_does_not_exist_for_another_practice_or_another_person(route: Route, actors: Actors) -> None:
    for who in (actors.outsider, actors.other_patient, actors.patient):
        assert opened(route, who, actors).status_code == 404
    assert not Event.objects.filter(action="read", case_id=actors.case.pk).exists()


@pytest.mark.parametrize("route", of_kind("member", "practice_case"), ids=str)
def test_a_member_may_what_their_role_says_and_no_more(route: Route, actors: Actors) -> None:
    assert route.access
    assert route.access.right
    for name in MEMBERS:
        member = getattr(actors, name)
        role = Membership.objects.get(user=member, practice=actors.practice).role
        answer = opened(route, member, actors)
        if route.access.right in RIGHTS[role]:
            assert answer.status_code in (200, 302, 405), f"{name}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{name}: {answer.status_code}"


@pytest.mark.parametrize("route", of_kind("member"), ids=str)
def test_who_works_nowhere_finds_no_practice(route: Route, actors: Actors) -> None:
    assert opened(route, actors.patient, actors).status_code == 404


@pytest.mark.parametrize("route", of_kind("practice_case"), ids=str)
def test_every_look_at_a_case_leaves_a_line_in_the_trail(route: Route, actors: Actors) -> None:
    if opened(route, actors.owner, actors).status_code == 200:
        line = Event.objects.filter(action="read", case_id=actors.case.pk).latest("pk")
        assert (line.by, line.what, line.practice_id) == (actors.owner, route.name, actors.practice.pk)


@pytest.mark.parametrize("route", of_kind("practice_case"), ids=str)
def test_a_case_that_is_not_there_is_not_told_apart_from_one_that_may_not_be_seen(route: Route, actors: Actors) -> None:
    def replaced(_: Actors) -> UUID:
        return uuid4()

    parts = {part: (replaced if part == "case_id" else PARTS[part])(actors) for part in route.parts}
    assert client_of(actors.treats).get(reverse(route.name, kwargs=parts)).status_code == 404


@pytest.mark.parametrize("route", of_kind("own_case", "person"), ids=str)
def test_a_person_sees_their_own_record_and_nobody_elses(route: Route, actors: Actors) -> None:
    answer = opened(route, actors.patient, actors)
    assert answer.status_code in (200, 302, 405)
    opened(route, actors.other_patient, actors)
    lines = Event.objects.filter(action="read", case_id=actors.case.pk).exclude(by=actors.patient)
    assert not lines.exists()
