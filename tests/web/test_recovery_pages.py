import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases.actions import conclude
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


def days_drawn(who: object, **query: str) -> tuple[tuple[int, int], str]:
    """How many days the pictures know, of how many; and the page."""
    page = Page(client_of(who).get(reverse("progress"), query))  # type: ignore[arg-type]
    told = re.findall(r"(\d+) van de (\d+) dagen zijn ingevuld", page.html)
    assert len(told) == 2, "pain and stiffness; function, load and strength"
    assert told[0] == told[1], "both pictures show the same days"
    return (int(told[0][0]), int(told[0][1])), page.html


@pytest.mark.django_db
def test_the_pictures_show_three_months_until_everything_is_asked_for() -> None:
    who = user("long@example.org")
    case = opened_case(who, days_ago=150)
    for back in (140, 60, 0):
        check_in(case, TODAY - timedelta(days=back))
    conclude(case=case, today=TODAY)
    days, html = days_drawn(who)
    assert days == (2, 91)
    assert '?period=everything#over_time">Alles</a>' in html
    days, html = days_drawn(who, period="everything")
    assert days == (3, 151), "also what is older than a kept conclusion holds"
    assert '?period=everything#over_time" aria-current="true">Alles</a>' in html
    assert days_drawn(who, period="x")[0] == (2, 91)


@pytest.mark.django_db
def test_a_short_history_has_nothing_to_choose() -> None:
    who = user("short@example.org")
    check_in(opened_case(who, days_ago=20), TODAY)
    assert "?period=" not in days_drawn(who)[1]


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
