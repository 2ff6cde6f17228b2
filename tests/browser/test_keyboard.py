"""The journeys of the person and of the therapist with the keyboard alone; the focus is in sight at every step."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect

from herstel_web.cases.models import Case, Fact
from tests.browser.keyboard import Keyboard
from tests.browser.person import Person
from tests.web.actors import PASSWORD, everybody, in_training, user
from tests.web.visitor import SPRINT_STRAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "keys@example.org"


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["desk", "phone"])
def test_a_person_from_the_self_check_to_a_check_in(size: tuple[int, int], open_browser: Callable[..., Person]) -> None:
    EmailAddress.objects.create(user=user(ADDRESS), email=ADDRESS, verified=True, primary=True)
    person = open_browser(*size, reduced_motion="reduce").goes_to("/")
    keys = Keyboard(person.page)
    keys.to("a.button.large").enter()
    answers_all(person, keys)
    keys.to(f'a[href="{reverse("keep")}"]').enter()
    keys.to("input[name=login]").type(ADDRESS).to("input[name=password]").type(PASSWORD).enter()
    keys.to("#id_name").type("Robin Reiziger").to("#id_agrees").press("Space").to("main form button").enter()
    case = Case.objects.get(person__name="Robin Reiziger")
    keys.to(f'a[href="{reverse("check_in")}"]').enter()
    checks_in(keys)
    person.page.wait_for_url("**/check-in/saved/")
    entry = Fact.objects.get(case=case, part="check_ins").entry
    assert entry
    assert (entry["pain_now"], entry["pain_worst"], entry["gave_way"]) == (2, 3, False)
    assert not any(entry["symptoms"].values())


def answers_all(person: Person, keys: Keyboard) -> None:
    """Every question up to the result; what the story does not tell is not known."""
    while person.place.startswith("/check/"):
        value = SPRINT_STRAIN.get(person.question, "unknown")
        if value in ("none", "unknown"):
            keys.to(f"form.ask button[value={value}]")
        elif isinstance(value, list):
            keys.to(f'form.ask input[value="{value[0]}"]').press("Space").to("form.ask button.next")
        elif isinstance(value, int):
            keys.to("#answer").type(str(value))
        else:
            keys.to(f'form.ask button[name=answer][value="{value}"]')
        keys.enter()
    assert person.place == "/result/"


def checks_in(keys: Keyboard) -> None:
    """A calm day; the walking is told on the way back."""
    keys.to("input[name=pain_now]").press("ArrowRight", "ArrowRight")
    keys.to("input[name=pain_worst]").press("ArrowRight", "ArrowRight", "ArrowRight")
    keys.to("input[name=stop][value=none]").press("Space")
    keys.to('input[name="walking"], input[name="q.walking"]', "Shift+Tab").press("Space")
    keys.to("input[name=sign][value=none]").press("Space")
    keys.to(".send button").press("Enter")


def test_a_therapist_from_the_work_list_to_a_plan_that_is_saved(signed_in_person: Callable[..., Person]) -> None:
    actors = everybody()
    case = in_training(practice=actors.practice)
    page = signed_in_person(actors.treats, 1280, 800, reduced_motion="reduce").goes_to(reverse("work_list")).page
    keys = Keyboard(page)
    keys.to(f'a[href="{reverse("case", args=[case.pk])}"]').enter()
    keys.to(f'a[href="{reverse("case_plan", args=[case.pk])}"]').enter()
    keys.to("button.move").enter()
    expect(page.locator("#changes")).to_contain_text("Nog niet bewaard")
    keys.to("#changes input[name=reason]").type("past beter").to("#changes button.button")
    keys.enter()
    expect(page.get_by_text("Bewaard. Het plan is opnieuw gemaakt")).to_be_visible()
    expect(page.locator("#by-hand")).to_contain_text("past beter")
    assert Fact.objects.get(case=case, part="edits").recorded_by == actors.treats
