"""Filming a test in a real browser whose camera sees a drawn person, measured by the real finder of points."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from benchmarks.movement.mannequin.cases import cases
from benchmarks.movement.mannequin.clips import clip
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts
from herstel_web.filming import actions, engine
from herstel_web.filming.models import Recording
from herstel_web.operation.worker import Worker
from tests.browser.camera import showing
from tests.browser.conftest import ARGUMENTS
from tests.web.actors import Actors, client_of, everybody, in_training, opened_case
from tests.web.fake_pose import FakePose, pretended

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWN = "active_knee_extension/knee_60"
TRUE_DEG, OFF_DEG = 60, 6
WITH_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def measuring() -> None:
    """Skips where no video can be measured."""
    lacking = engine.missing()
    if lacking:
        pytest.skip(f"no video can be measured on this machine: {', '.join(lacking)} is missing; give make weights")


@pytest.fixture
def filming_browser(chromium: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium with a camera that shows the drawn person."""
    program = os.environ.get("HERSTEL_CHROMIUM") or shutil.which("chromium")
    browser = chromium.browser_type.launch(executable_path=program, args=[*ARGUMENTS, *showing(SHOWN, tmp_path)])
    yield browser
    browser.close()


@pytest.fixture
def actors(db: None) -> Actors:
    """Everybody; the right leg hurts."""
    made = everybody()
    Case.objects.filter(pk=made.case.pk).delete()
    made.case.person.delete()
    case = opened_case(made.patient, made.practice, days_ago=3, places=["right.thigh_middle"])
    return Actors(**{**{name: getattr(made, name) for name in made.__slots__}, "case": case})


def page_of(browser: Browser, site: str, who: User, **options: Any) -> Page:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740}, **options)
    session = client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    return context.new_page()


def plan_and_chain(page: Page, case: Case) -> tuple[list[str], str]:
    """The exercises of the plan, and the picture of the chain, as the therapist sees them."""
    page.goto(reverse("case_plan", args=[case.pk]))
    exercises = page.locator("[data-exercise]").evaluate_all("all => all.map(one => one.dataset.exercise)")
    page.goto(reverse("case_chain", args=[case.pk]))
    return exercises, page.locator(".aside .chart").inner_html()


def agrees_and_chooses(own: Page) -> None:
    own.goto(reverse("chain"))
    own.get_by_role("link", name="Test filmen").click()
    own.get_by_label("Mijn testen mogen gefilmd").check()
    own.get_by_role("button", name="Ga verder").click()
    own.get_by_label("knie strekken met de heup").check()
    own.get_by_label("rechts", exact=True).check()
    own.get_by_role("button", name="Door naar de camera").click()


def films(own: Page) -> None:
    """Nothing is pressed after the beginning: it counts down, says what to do, and stops by itself."""
    own.get_by_role("button", name="Camera aanzetten").click()
    begin = own.get_by_role("button", name="Begin")
    expect(begin).to_be_focused()
    expect(own.locator("#speed")).to_contain_text("beelden per seconde")
    begin.click()
    expect(own.locator("#count")).to_have_text("3", timeout=8_000)
    expect(own.locator("#said")).to_have_text("Houd stil.", timeout=20_000)
    expect(own.locator("#review-title")).to_be_focused(timeout=20_000)


def sends_and_waits(own: Page) -> Recording:
    with override_settings(TASKS=WITH_WORKER):
        own.locator("#send").click()
        expect(own.get_by_role("heading", name="De video wacht tot hij gemeten wordt")).to_be_visible(timeout=30_000)
        assert Worker().work_once()
    expect(own.get_by_text("Je fysiotherapeut kijkt ernaar")).to_be_visible()
    return Recording.objects.get()


def until(page: Page, said_of_film: str) -> None:
    """Wait until something is true of the video; not by a function of the page, which its policy forbids."""
    for _ in range(200):
        if page.locator("#film").evaluate(said_of_film):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {said_of_film}")


def looks_frame_by_frame(desk: Page) -> None:
    scrub = desk.locator("#scrub")
    expect(scrub).not_to_have_value("0")
    until(desk, "film => film.readyState > 1 && !film.seeking")
    before = float(scrub.input_value())
    scrub.focus()
    scrub.press("ArrowRight")
    expect(scrub).to_have_value(f"{before + 1:.0f}")
    until(desk, "film => !film.seeking")
    expect(scrub).to_have_value(f"{before + 1:.0f}")


def test_what_a_person_films_is_measured_accepted_and_changes_the_chain_and_the_plan(
    actors: Actors, measuring: None, filming_browser: Browser, site: str
) -> None:
    own, desk = page_of(filming_browser, site, actors.patient), page_of(filming_browser, site, actors.treats)
    plan, chain = plan_and_chain(desk, actors.case)
    agrees_and_chooses(own)
    films(own)
    recording = sends_and_waits(own)
    assert (recording.state, recording.problems) == (Recording.State.READY, [])

    desk.goto(reverse("case_chain_tests", args=[actors.case.pk]))
    desk.locator(".notice", has_text="wacht op je oordeel").get_by_role("link", name="knie strekken").click()
    looks_frame_by_frame(desk)
    desk.get_by_role("button", name="Opnemen in de keten").click()
    expect(desk.get_by_text("Het is een uitslag in de keten")).to_be_visible()
    (fact,) = facts(actors.case, Fact.Part.MEASUREMENTS)
    assert fact.entry
    assert abs(fact.entry["value"] - TRUE_DEG) < OFF_DEG
    plan_now, chain_now = plan_and_chain(desk, actors.case)
    assert plan_now != plan
    assert chain_now != chain


@pytest.fixture
def fake() -> Iterator[FakePose]:
    """Where it does not matter what is measured."""
    with pretended() as made:
        yield made


def test_a_camera_that_is_refused_says_why_and_a_video_can_still_be_chosen(
    fake: FakePose, chromium: Browser, site: str
) -> None:
    case = in_training()
    assert case.person.user
    actions.agree(case=case, by=case.person.user)
    page = page_of(chromium, site, case.person.user)
    page.goto(reverse("chain_film_record", args=["knee_to_wall", "left"]))
    page.get_by_role("button", name="Camera aanzetten").click()
    expect(page.locator("#trouble")).to_contain_text("kies hieronder een video")
    expect(page.get_by_label("Een video die je al hebt")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("beta", "gamma", "said"),
    [
        (90, 0, "waterpas"),  # upright
        (80, 0, "waterpas"),  # leaning back
        (0, -90, "waterpas"),  # on its side
        (78, 90, "12 graden scheef"),  # upright, turned to the right
        (10, 90, "10 graden scheef"),  # on its side, one end higher
    ],
)
def test_the_level_follows_how_the_phone_stands(
    beta: float, gamma: float, said: str, actors: Actors, fake: FakePose, chromium: Browser, site: str
) -> None:
    actions.agree(case=actors.case, by=actors.patient)
    page = page_of(chromium, site, actors.patient)
    page.add_init_script("delete DeviceOrientationEvent.requestPermission")
    page.goto(reverse("chain_film_record", args=["knee_to_wall", "left"]))
    page.evaluate(
        "told => dispatchEvent(new DeviceOrientationEvent('deviceorientation', told))", {"beta": beta, "gamma": gamma}
    )
    expect(page.locator("#level-said")).to_contain_text(said)
    page.context.close()


def test_what_was_filmed_is_still_there_when_the_connection_breaks(
    actors: Actors, fake: FakePose, filming_browser: Browser, site: str
) -> None:
    actions.agree(case=actors.case, by=actors.patient)
    page = page_of(filming_browser, site, actors.patient)
    page.goto(reverse("chain_film_record", args=["active_knee_extension", "right"]))
    page.get_by_role("button", name="Camera aanzetten").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".is-recording")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Stop", exact=True).click()
    page.context.set_offline(True)
    page.locator("#send").click()
    expect(page.locator("#send-trouble")).to_contain_text("De video is er nog")
    page.context.set_offline(False)
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)  # as after signing in again elsewhere
    with override_settings(TASKS=WITH_WORKER):
        page.locator("#send").click()
        expect(page.get_by_role("heading", name="De video wacht")).to_be_visible(timeout=30_000)
    assert Recording.objects.count() == 1
    page.context.close()


def test_a_video_is_chosen_without_scripts(actors: Actors, fake: FakePose, chromium: Browser, site: str) -> None:
    actions.agree(case=actors.case, by=actors.patient)
    page = page_of(chromium, site, actors.patient, java_script_enabled=False)
    page.goto(reverse("chain_film_record", args=["active_knee_extension", "right"]))
    case = next(one for one in cases() if one.name == SHOWN)
    page.get_by_label("Een video die je al hebt").set_input_files(str(clip(case)))
    with override_settings(TASKS=WITH_WORKER):
        page.get_by_role("button", name="Deze video versturen").click()
    expect(page.get_by_role("heading", name="De video wacht")).to_be_visible()
    page.context.close()
