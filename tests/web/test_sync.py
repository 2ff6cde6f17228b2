import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel.errors import InputError
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts
from herstel_web.training.offline import SHELL, read_waiting
from tests.web.actors import Actors, client_of, in_training
from tests.web.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()

KEY = "6b58a67d-e1da-4e9e-950d-7e2d67126c9b"


def check_in(key: UUID | None = None, **fields: str) -> dict[str, Any]:
    """A check-in as it waits in a browser."""
    form = {"date": TODAY.isoformat(), "pain_now": "2", **fields}
    return {"key": str(key or uuid4()), "kind": "check_in", "form": {name: [value] for name, value in form.items()}}


def a_set(number: int = 1, kind: str = "set", key: UUID | None = None, **fields: str) -> dict[str, Any]:
    form = {"date": TODAY.isoformat(), "exercise": "glute_bridge", "set": str(number), "amount": "8", **fields}
    return {"key": str(key or uuid4()), "kind": kind, "form": {name: [value] for name, value in form.items()}}


def sent(client: Client, items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    body = json.dumps({"items": list(items)})
    answer = client.post(reverse("sync"), body, content_type="application/json")
    told: dict[str, Any] = {"status": answer.status_code, **json.loads(answer.content)}
    return told


def states(told: Mapping[str, Any]) -> list[str]:
    return [one["state"] for one in told["results"]]


def sets(case: Case) -> list[Mapping[str, Any]]:
    return [one.entry or {} for one in facts(case, "sets")]


def test_what_waited_is_recorded_and_says_where_to_go_next(actors: Actors) -> None:
    told = sent(client_of(actors.patient), [check_in(), a_set(1), a_set(2)])
    assert states(told) == ["recorded"] * 3
    assert told["next"] == reverse("check_in_saved")
    assert facts(actors.case, "check_ins").count() == 1
    assert [one["set"] for one in sets(actors.case)] == [1, 2]


def test_sent_twice_is_recorded_once(actors: Actors) -> None:
    client, items = client_of(actors.patient), [check_in(), a_set()]
    assert states(sent(client, items)) == ["recorded"] * 2
    assert states(sent(client, items)) == ["known"] * 2
    assert Fact.objects.filter(case=actors.case, part__in=("check_ins", "sets")).count() == 2


def test_twice_in_one_message_is_recorded_once(actors: Actors) -> None:
    item = check_in()
    assert states(sent(client_of(actors.patient), [item, item])) == ["recorded", "known"]


def test_the_same_set_from_two_devices_is_one_set(actors: Actors) -> None:
    client = client_of(actors.patient)
    assert states(sent(client, [a_set(1, pain="2"), a_set(1, pain="2")])) == ["recorded", "known"]
    assert len(sets(actors.case)) == 1
    assert states(sent(client, [a_set(1, pain="5")])) == ["recorded"]
    assert [one["pain"] for one in sets(actors.case)] == [5]


def test_a_set_that_was_taken_back_is_gone_whichever_came_first(actors: Actors) -> None:
    client = client_of(actors.patient)
    ticked, undone = a_set(), a_set(kind="undo")
    assert states(sent(client, [ticked, undone])) == ["recorded"] * 2
    assert sets(actors.case) == []
    assert states(sent(client, [ticked, undone])) == ["known"] * 2
    assert sets(actors.case) == []
    assert states(sent(client, [a_set(kind="undo")])) == ["known"]
    assert states(sent(client, [a_set()])) == ["recorded"]
    assert len(sets(actors.case)) == 1


def test_a_check_in_of_another_device_completes_the_one_of_this_device(actors: Actors) -> None:
    client = client_of(actors.patient)
    assert (
        states(sent(client, [check_in(sign="rf_ill.fever"), check_in(pain_worst="4", sign="none")])) == ["recorded"] * 2
    )
    (standing,) = facts(actors.case, "check_ins")
    assert standing.entry["pain_worst"] == 4
    assert standing.entry["symptoms"]["fever_or_unwell"] is True


def test_what_is_refused_says_why_and_leaves_the_others_alone(actors: Actors) -> None:
    told = sent(client_of(actors.patient), [check_in(pain_now="44"), a_set(), a_set(2, exercise="no_such_exercise")])
    assert states(told) == ["refused", "recorded", "refused"]
    assert "pain_now" in told["results"][0]["problems"][0]
    assert "no_such_exercise" in told["results"][2]["problems"][0]
    assert not facts(actors.case, "check_ins").exists()
    item = check_in(UUID(told["results"][0]["key"]), pain_now="4")
    assert states(sent(client_of(actors.patient), [item])) == ["recorded"]


def test_a_day_that_is_no_day_or_has_not_come_is_refused(actors: Actors) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    told = sent(client_of(actors.patient), [check_in(date="soon"), check_in(date=tomorrow), a_set(date=tomorrow)])
    assert states(told) == ["refused"] * 3


def test_a_warning_sign_that_waited_leads_to_the_call(actors: Actors) -> None:
    told = sent(client_of(actors.patient), [check_in(sign="rf_now.bladder_bowel")])
    assert told["next"] == reverse("act")


def test_what_waited_on_a_shared_device_goes_to_nobody_else(actors: Actors) -> None:
    asked = json.loads(client_of(actors.other_patient).get(reverse("sync")).content)
    assert asked["owner"] != str(actors.case.pk)
    assert asked["token"]


@pytest.mark.parametrize(
    "body",
    [
        b"no json", b"[]", b"{}", b'{"items": []}', b'{"items": 3}', b'{"items": [3]}', b'{"items": [{"key": "x"}]}',
        json.dumps({"items": [{"key": "no-key", "kind": "set", "form": {}}]}).encode(),
        json.dumps({"items": [{"key": KEY, "kind": "goal", "form": {}}]}).encode(),
        json.dumps({"items": [{"key": KEY, "kind": "set", "form": []}]}).encode(),
        json.dumps({"items": [a_set()] * 41}).encode(),
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused_as_a_whole(body: bytes, actors: Actors) -> None:
    with pytest.raises(InputError, match="page of Herstel"):
        read_waiting(body)
    answer = client_of(actors.patient).post(reverse("sync"), body, content_type="application/json")
    assert answer.status_code == 400
    assert not facts(actors.case, "sets").exists()


def test_sending_needs_the_token_of_the_form(actors: Actors) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(actors.patient, backend="allauth.account.auth_backends.AuthenticationBackend")
    body = json.dumps({"items": [a_set()]})
    assert client.post(reverse("sync"), body, content_type="application/json").status_code == 403
    token = json.loads(client.get(reverse("sync")).content)["token"]
    answer = client.post(reverse("sync"), body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


# --- what a browser keeps --------------------------------------------------------------------------------------------


def test_the_worker_is_a_script_of_the_whole_site_that_names_files_that_exist() -> None:
    page = Visitor().get(reverse("service_worker"))
    assert page.headers["Content-Type"] == "text/javascript"
    assert page.headers["Cache-Control"] == "no-cache"
    shell = json.loads(page.html.partition("const SHELL = ")[2].partition(".concat")[0])
    assert len(shell) == len(SHELL)
    for address in [*shell, reverse("offline")]:
        assert Visitor().get(address).status == 200


@pytest.mark.parametrize(("language", "word"), [("nl", "plan van vandaag"), ("en", "plan of today")])
def test_a_phone_can_put_it_on_its_home_screen(language: str, word: str) -> None:
    manifest = json.loads(Visitor(language).get(reverse("manifest")).html)
    assert manifest["start_url"] == reverse("today")
    assert word in manifest["description"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        answer = Visitor().client.get(icon["src"])
        assert answer.getvalue().startswith(b"\x89PNG")
        answer.close()


def test_without_a_connection_the_emergency_number_is_there() -> None:
    page = Visitor().get(reverse("offline"))
    assert 'href="tel:112"' in page.html
    assert "112" in page.text


def test_the_pages_of_a_person_name_the_manifest_and_the_script() -> None:
    page = Page(client_of(in_training().person.user).get(reverse("today")))
    assert 'rel="manifest"' in page.html
    assert "waiting.js" in page.html
    assert 'rel="manifest"' not in Visitor().get("/").html
