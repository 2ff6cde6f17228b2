"""Tests and plan of a case in a real browser: what is typed is judged; an exercise moves by mouse."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from herstel.plan.goal_file import WEEKDAYS
from herstel_web.cases import actions, queries
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Fact
from tests.browser.person import Person
from tests.web.actors import Actors, everybody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()


@pytest.fixture
def actors(db: None) -> Actors:
    """Everybody, and a week in which every day has an hour."""
    actors = everybody()
    goal = dict(queries.facts(actors.case, "goal").get().entry or {}) | {"days": dict.fromkeys(WEEKDAYS, 60)}
    fact = NewFact(part=Fact.Part.GOAL, entry=goal, day=TODAY)
    actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    actions.conclude(case=actors.case, today=TODAY)
    return actors


@pytest.fixture
def opened(actors: Actors, signed_in_person: Callable[..., Person]) -> Callable[..., Page]:
    """Opens a page of the case as its therapist."""

    def open_page(name: str, **parts: object) -> Page:
        address = reverse(name, kwargs={"case_id": actors.case.pk, **parts})
        return signed_in_person(actors.treats, 1280, 900, reduced_motion="reduce").goes_to(address).page

    return open_page


def test_what_is_typed_is_judged_while_it_is_typed(opened: Callable[..., Page]) -> None:
    page = opened("case_chain_test", test_id="active_knee_extension")
    look = page.locator("#look")
    expect(look).to_contain_text("Typ een waarde")
    page.get_by_label("Links, poging 1").fill("40")
    expect(look).to_contain_text("links: 40 graden")
    page.get_by_label("Rechts, poging 1").fill("15")
    expect(look).to_contain_text("25 graden")
    expect(look).to_contain_text("meetfout van de test")
    page.get_by_label("Links, poging 1").fill("400")
    expect(look).to_contain_text("100")


def movable(page: Page) -> Locator:
    return page.locator(".card[data-exercise]").filter(has=page.locator(".move")).first


def test_an_exercise_is_dragged_to_a_day_that_is_possible(opened: Callable[..., Page]) -> None:
    page = opened("case_plan")
    card = movable(page)
    exercise, end = card.get_attribute("data-exercise"), (card.get_attribute("data-open") or "").split()[0]
    day = page.locator(f'.day[data-weekday="{end}"]')
    card.scroll_into_view_if_needed()
    box, goal = card.bounding_box(), day.bounding_box()
    assert box
    assert goal
    page.mouse.move(box["x"] + 8, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(goal["x"] + 20, box["y"] + 20, steps=6)
    page.mouse.move(goal["x"] + 24, box["y"] + 24)  # a browser says that something is over a place at its second move
    expect(day).to_have_class("day may over")
    page.mouse.up()
    expect(page.locator("#changes")).to_contain_text("Nog niet bewaard")
    moved = page.locator(f'.day[data-weekday="{end}"] .card[data-exercise="{exercise}"]')
    expect(moved).to_have_count(1)
