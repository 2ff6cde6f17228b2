from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.actors import Actors, check_in, client_of, opened_case, user
from tests.web.visitor import Page

TODAY = timezone.localdate()
MOST_QUERIES = 15


@pytest.mark.parametrize("name", ["progress", "chain"])
def test_the_pages_read_well_on_the_first_day(name: str, actors: Actors) -> None:
    page = Page(client_of(actors.patient).get(reverse(name)))
    assert page.status == 200
    assert page.heading
    assert "112" in page.text


@pytest.mark.django_db
def test_the_progress_tells_phase_gate_forecast_and_what_changed() -> None:
    who = user("someone@example.org")
    case = opened_case(who, days_ago=20)
    for day in range(20, -1, -1):
        check_in(case, TODAY - timedelta(days=day), pain_now=max(0, 4 - day // 5))
    page = Page(client_of(who).get(reverse("progress")))
    for text in ("Wat er nu verandert", "Hoe het ging", "Hoe lang het kan duren", "Eerdere besluiten"):
        assert text in page.text
    assert page.html.count("<svg") >= 3
    assert "style=" not in page.html.partition("<main")[2]


@pytest.mark.parametrize("name", ["progress", "chain"])
def test_the_number_of_queries_does_not_grow_with_the_history(
    name: str, actors: Actors, django_assert_max_num_queries: object
) -> None:
    for day in range(12):
        check_in(actors.case, TODAY - timedelta(days=day))
    client = client_of(actors.patient)
    client.get(reverse(name))
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        client.get(reverse(name))


def test_the_chain_says_what_to_measure_next_and_how(actors: Actors) -> None:
    page = Page(client_of(actors.patient).get(reverse("chain")))
    assert "Wat je nu kunt meten" in page.text
    assert "Wat nog niet bekend is" in page.text
