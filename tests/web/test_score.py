"""The sprint score: twelve points that a therapist looks at, added up, kept as a test of the chain."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases import queries
from herstel_web.cases.models import Fact
from herstel_web.knowledge import knowledge
from tests.web.actors import Actors, client_of

POINTS = [one.id for one in knowledge().chain.items_of("s_mas")]


def address(actors: Actors, test: str = "s_mas") -> str:
    return reverse("case_chain_test_score", kwargs={"case_id": actors.case.pk, "test_id": test})


def send(actors: Actors, answers: dict[str, str], button: str = "save") -> HttpResponse:
    form = {**answers, "day": timezone.localdate().isoformat(), "method": "phone_video", button: "1"}
    return client_of(actors.treats).post(address(actors), form)  # type: ignore[return-value]


def kept(actors: Actors) -> list[dict[str, Any]]:
    return [one.entry or {} for one in queries.facts(actors.case, Fact.Part.MEASUREMENTS)]


def test_all_points_are_shown_with_when_each_is_a_fault_and_none_is_filled_in(actors: Actors) -> None:
    page = client_of(actors.treats).get(address(actors)).content.decode()
    assert len(POINTS) == 12
    for point in knowledge().chain.items_of("s_mas"):
        assert point.look.nl in page
        assert point.fault.nl in page
    assert page.count('value="" id=') == page.count("checked") == 12
    assert "in onze eigen woorden" in page


def test_the_faults_are_the_score_and_become_a_test_of_the_chain(actors: Actors) -> None:
    answers = {one: "fault" if number in (2, 4) else "fine" for number, one in enumerate(POINTS)}
    assert send(actors, answers).status_code == 302
    (entry,) = kept(actors)
    assert (entry["test"], entry["value"], entry["method"]) == ("s_mas", 2, "phone_video")
    assert entry["note"] == "fout bij punt 3, 5"
    assert "side" not in entry


def test_counting_says_what_it_means_and_keeps_nothing(actors: Actors) -> None:
    page = send(actors, dict.fromkeys(POINTS, "fault"), "check").content.decode()
    assert "12 punten" in page
    assert knowledge().chain.tests["s_mas"].meaning.nl in page
    assert kept(actors) == []


def test_what_was_not_seen_is_not_good(actors: Actors) -> None:
    answers = {**dict.fromkeys(POINTS, "fine"), POINTS[0]: "", POINTS[1]: "fault"}
    page = send(actors, answers, "check").content.decode()
    assert "tussen 1 en 2 punten" in page
    refused = send(actors, answers)
    assert refused.status_code == 200
    assert "Een score heeft elk punt nodig" in refused.content.decode()
    assert kept(actors) == []


def test_a_second_score_of_the_same_day_is_a_correction(actors: Actors) -> None:
    send(actors, dict.fromkeys(POINTS, "fine"))
    again = send(actors, dict.fromkeys(POINTS, "fault"))
    assert again.status_code == 200
    assert "dezelfde dag" in again.content.decode()
    assert [one["value"] for one in kept(actors)] == [0]


def test_a_test_without_points_is_entered_as_a_value(actors: Actors) -> None:
    answer = client_of(actors.treats).get(address(actors, "knee_to_wall_angle"))
    assert answer.headers["Location"].endswith("/tests/knee_to_wall_angle/")
    assert client_of(actors.treats).get(address(actors, "no_such_test")).status_code == 404


def test_the_page_of_the_test_leads_to_its_points(actors: Actors) -> None:
    test = reverse("case_chain_test", kwargs={"case_id": actors.case.pk, "test_id": "s_mas"})
    assert address(actors) in client_of(actors.treats).get(test).content.decode()
