"""The two journeys from end to end, as people make them: in both languages, on a phone and at a desk."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from herstel_web.booking.models import Appointment
from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact
from herstel_web.cases.queries import standing
from herstel_web.letters.models import LetterVersion
from tests.browser.person import Person
from tests.web.actors import everybody
from tests.web.agenda import at, open_desk, workday
from tests.web.visitor import SPRINT_STRAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenBrowser = Callable[..., Person]
SIZES = {"phone": (360, 740), "desk": (1280, 860)}
CALM_DAYS = 7
PASSWORD = "a-long-password-for-a-journey"


class Clock:
    """The time of the site and of its browsers, moved on by days."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._real: Callable[[], datetime] = timezone.now
        self._passed = timedelta(0)
        monkeypatch.setattr(timezone, "now", lambda: self._real() + self._passed)

    def next_day(self, page: Page) -> None:
        self._passed += timedelta(days=1)
        page.context.clock.set_system_time(timezone.now())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def signs_up(page: Page, address: str) -> None:
    """From the sign-in page to an account: address, password, and the code from the e-mail."""
    page.locator(f'a[href^="{reverse("account_signup")}"]').first.click()
    page.locator('input[name="email"]').fill(address)
    page.locator('input[name="password1"]').fill(PASSWORD)
    page.locator('main form button:not([name="language"])').first.click()
    page.locator('input[name="code"]').wait_for()
    code = re.search(r"\b([A-Z0-9]{4,}(?:-[A-Z0-9]+)?)\b", mail.outbox[-1].body.split("\n\n", 1)[1])
    assert code, mail.outbox[-1].body
    page.locator('input[name="code"]').fill(code[1])
    page.locator('main form button:not([name="language"])').first.click()
    page.wait_for_load_state()


def picks(page: Page, name: str, value: str) -> None:
    """Press the label around a round or square box, as a finger would."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').first.click()


def checks_in(page: Page) -> None:
    """A calm day, done as planned."""
    page.goto(reverse("check_in"))
    for name, value in (("pain_now", "0"), ("pain_worst", "1"), ("pain_next_morning", "0"), ("walking", "pain_free")):
        if page.locator(f'input[name="{name}"][value="{value}"]').count():
            picks(page, name, value)
    picks(page, "sign", "none")
    page.locator('form#check-in button[type="submit"], form#check-in button:not([type])').last.click()
    page.wait_for_url(lambda address: reverse("check_in") not in address or "saved" in address)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_from_a_complaint_to_a_plan_and_a_week_of_check_ins(
    size: tuple[int, int], language: str, open_browser: OpenBrowser, clock: Clock
) -> None:
    person = open_browser(*size, language=language)
    person.answers_all(SPRINT_STRAIN)
    page = person.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".verdict h1")).to_be_in_viewport()
    page.locator(f'a[href="{reverse("keep")}"]').click()
    signs_up(page, f"journey-{language}-{size[0]}@example.org")
    page.goto(reverse("keep"))
    page.locator("#id_name").fill("Robin Reiziger")
    page.locator('label[for="id_agrees"]').click()
    page.locator('main form[method="post"] button').first.click()
    page.wait_for_url(f"**{reverse('today')}")
    case = Case.objects.get(person__name="Robin Reiziger")
    for _ in range(CALM_DAYS):
        assert person.overflow_px() <= 0
        checks_in(page)
        clock.next_day(page)
    page.goto(reverse("progress"))
    assert Fact.objects.filter(case=case, part="check_ins").count() == CALM_DAYS
    conclusion = Conclusion.objects.get(case=case)
    assert conclusion.last_check_in == timezone.localdate() - timedelta(days=1)
    assert not conclusion.on_hold
    expect(page.locator("#gate li").first).to_be_visible()
    assert DecisionMade.objects.filter(case=case).exists()
    assert person.overflow_px() <= 0


def enters_a_test(page: Page, case: Case) -> None:
    page.goto(reverse("case_chain_tests", args=[case.pk]))
    page.goto(reverse("case_chain_test", args=[case.pk, "active_knee_extension"]))
    for field, value in zip(page.locator(".side").all(), ("38", "12"), strict=True):
        field.locator("input").first.fill(value)
    expect(page.locator("#look")).to_contain_text("26")
    page.locator('form.values button[name="save"]').click()
    page.wait_for_load_state()
    assert Fact.objects.filter(case=case, part="measurements").exists()


def confirms_a_hypothesis(page: Page, case: Case) -> None:
    page.goto(reverse("case_chain", args=[case.pk]))
    judged = page.locator("form.judge").first
    judged.locator('input[name="reason"]').fill("Seen in the examination")
    judged.locator('button[value="confirmed"]').click()
    page.wait_for_load_state()
    assert Fact.objects.filter(case=case, part="judgements").count() == 1


def edits_the_plan(page: Page, case: Case) -> None:
    planned = standing(case, timezone.localdate()).recovery.plan_now.exercises[0].exercise
    page.goto(reverse("case_plan_exercise", args=[case.pk, planned]))
    page.locator("#reason-keep").fill("Does this one well")
    page.locator('button[name="kind"][value="lock"]').click()
    page.locator(f'form[action="{reverse("case_plan_save", args=[case.pk])}"] button.button').click()
    page.wait_for_load_state()
    assert Fact.objects.get(case=case, part="edits").entry["kind"] == "lock"


def signs_a_letter(page: Page, case: Case) -> None:
    page.goto(reverse("case_letters", args=[case.pk]))
    page.locator("form button.small").first.click()
    page.locator('textarea[name="addressee"]').fill("De huisarts")
    page.locator("form.letter-form button").click()
    page.wait_for_load_state()
    page.locator('form[action$="/sign/"] button').click()
    page.wait_for_load_state()
    assert LetterVersion.objects.filter(letter__case=case, signed=True).count() == 1


def plans_an_appointment(page: Page, case: Case) -> None:
    page.goto(reverse("case", args=[case.pk]))
    page.locator(f'a[href^="{reverse("agenda_book")}"]').click()
    expect(page.locator(f'input[name="person"][value="{case.person.pk}"]')).to_be_checked()
    page.locator('select[name="kind"]').select_option(index=1)
    page.locator('input[name="day"]').fill(workday().isoformat())
    page.locator('input[name="clock"]').fill("10:00")
    page.locator('button[name="do"][value="book"]').click()
    expect(page.get_by_role("status")).to_be_visible()
    made = Appointment.objects.get(person=case.person)
    assert (made.case, made.practitioner, made.start) == (case, case.therapist, at(10))
    page.locator(f'a[href="{reverse("agenda_appointment", args=[made.pk])}"]').first.click()
    expect(page.locator("h1")).to_contain_text(case.person.name)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_from_the_work_list_to_the_next_appointment(
    size: tuple[int, int], language: str, signed_in_person: Callable[..., Person]
) -> None:
    actors = everybody()
    open_desk(actors)
    case = actors.case
    page = signed_in_person(actors.treats, *size, language=language).page
    page.goto(reverse("work_list"))
    page.get_by_role("link", name=case.person.name, exact=True).first.click()
    expect(page.locator("h1")).to_contain_text(case.person.name)
    expect(page.locator("html")).to_have_attribute("lang", language)
    for step in (enters_a_test, confirms_a_hypothesis, edits_the_plan, signs_a_letter, plans_an_appointment):
        step(page, case)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
