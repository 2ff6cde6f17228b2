from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from herstel_web.cases.models import Fact
from tests.browser.person import Person
from tests.browser.test_pages import PRESSED, RULES, SMALLEST_TARGET_PX
from tests.web.actors import check_in, in_training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Person]
PAGES = {
    "today": "/today/",
    "week": "/week/",
    "exercise": "/exercises/glute_bridge/",
    "player": "/today/session/main/",
    "check-in": "/check-in/",
    "days": "/check-in/days/",
    "offline": "/offline/",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())


def check_ins() -> list[dict[str, object]]:
    """The check-ins of today, in the order in which they were recorded."""
    facts = Fact.objects.filter(part="check_ins", entry__has_key="note").order_by("pk")
    return [dict(one.entry or {}) for one in facts]


def sets() -> int:
    return Fact.objects.filter(part="sets", entry__isnull=False, corrected_by=None).count()


# --- every page ------------------------------------------------------------------------------------------------------


@every_page
def test_every_page_is_accessible_in_light_and_dark(address: str, signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740, color_scheme="light", reduced_motion="reduce").goes_to(address)
    found = Axe().run(person.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    person.page.emulate_media(color_scheme="dark")
    dark = Axe().run(person.page, options={"runOnly": ["color-contrast"]})
    assert dark.violations_count == 0, dark.generate_report()


@every_page
def test_every_page_fits_a_narrow_screen_and_a_thumb(address: str, signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 320, 640).goes_to(address)
    assert person.overflow_px() <= 0
    pressed = f"{PRESSED}, .ten, .box, .tabs a, .exercises a"
    small = [
        one.inner_text()
        for one in person.page.locator(pressed).all()
        if one.is_visible() and (box := one.bounding_box()) and min(box["height"], box["width"]) < SMALLEST_TARGET_PX
    ]
    assert not small


def test_the_call_to_act_is_accessible_and_first(signed_in_person: SignIn) -> None:
    case = in_training()
    check_in(case, case.opened_on.today(), symptoms={"bladder_bowel_saddle_change": True})
    person = signed_in_person(case.person.user, 360, 740).goes_to("/today/")
    expect(person.page.locator("h1")).to_contain_text("112")
    assert Axe().run(person.page, options=RULES).violations_count == 0
    person.goes_to("/today/act/")
    assert Axe().run(person.page, options=RULES).violations_count == 0
    expect(person.page.locator("a.button.call")).to_be_in_viewport()
