from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.web.visitor import BLADDER

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Person]


def test_the_whole_self_check_without_javascript(open_browser: OpenBrowser) -> None:
    person = open_browser(java_script_enabled=False)
    person.answers_all(BLADDER)
    assert person.place == "/result/"
    expect(person.page.locator(".verdict a.call")).to_have_attribute("href", "tel:112")


def test_the_first_tab_leads_past_the_header(open_browser: OpenBrowser) -> None:
    person = open_browser().goes_to("/")
    person.page.keyboard.press("Tab")
    expect(person.page.locator(".skip")).to_be_focused()
    expect(person.page.locator(".skip")).to_be_in_viewport()
    person.page.keyboard.press("Enter")
    expect(person.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("question", ["age", "places", "rf_now"])
def test_a_question_begins_at_the_left(question: str, open_browser: OpenBrowser) -> None:
    person = open_browser().goes_to(f"/check/{question}/")
    expect(person.page.locator("h1")).to_have_css("text-align", "start")


def at_the_body_map(person: Person) -> Person:
    return person.has_answered().goes_to("/check/places/")


def test_the_drawing_and_the_list_are_the_same_boxes(open_browser: OpenBrowser) -> None:
    person = at_the_body_map(open_browser(400, 900))
    drawn = person.page.locator("svg .z-left-thigh_middle")
    marked = drawn.evaluate("zone => getComputedStyle(zone).fillOpacity")
    person.page.locator("label.hot-left-thigh_middle").click()
    expect(person.page.locator("#place-left-thigh_middle")).not_to_be_checked()
    person.page.locator("label.hot-right-calf").click()
    expect(person.page.locator("#place-right-calf")).to_be_checked()
    person.page.mouse.move(0, 0)
    expect(drawn).not_to_have_css("fill-opacity", marked)
    person.page.locator("button.next").click()
    person.goes_to("/answers/")
    assert person.sees("Kuit (rechts)")
    assert not person.sees("Bovenbeen achter, midden (links)")


@pytest.mark.parametrize("place", ["left-low_back", "middle-low_back", "right-sit_bone", "left-groin_front"])
def test_a_press_on_the_drawing_marks_that_place(place: str, open_browser: OpenBrowser) -> None:
    person = at_the_body_map(open_browser())
    zone = person.page.locator(f"svg .z-{place}").bounding_box()
    assert zone
    person.page.locator(f"svg .z-{place}").scroll_into_view_if_needed()
    person.page.locator(f"label.hot-{place}").click()
    expect(person.page.locator(f"#place-{place}")).to_be_checked()


def test_left_and_right_stand_on_the_right_side_of_each_drawing(open_browser: OpenBrowser) -> None:
    person = at_the_body_map(open_browser())

    def middle_px(place: str) -> float:
        box = person.page.locator(f"label.hot-{place}").bounding_box()
        assert box
        return box["x"] + box["width"] / 2

    assert middle_px("left-calf") < middle_px("right-calf")  # seen from behind
    assert middle_px("left-groin_front") > middle_px("right-groin_front")  # seen from the front


def test_a_wrong_answer_keeps_what_was_typed_and_is_mended_at_once(open_browser: OpenBrowser) -> None:
    person = open_browser().goes_to("/check/age/")
    person.answers("about forty")
    expect(person.page.get_by_role("alert")).to_be_visible()
    expect(person.page.locator("#answer")).to_have_value("about forty")
    person.page.locator(".summary a").click()
    expect(person.page.locator("#answer")).to_be_focused()
    person.answers("40")
    assert person.place == "/check/rf_now/"


def test_going_back_and_reloading_lose_nothing(open_browser: OpenBrowser) -> None:
    person = open_browser().goes_to("/check/age/")
    person.answers("40")
    person.answers(["severe_pain"])
    person.page.locator(".back a").click()
    expect(person.page.locator("input[value=severe_pain]")).to_be_checked()
    person.page.reload()
    expect(person.page.locator("input[value=severe_pain]")).to_be_checked()
    person.page.go_back()
    person.page.go_back()
    person.goes_to("/check/age/")
    expect(person.page.locator("#answer")).to_have_value("40")


def test_starting_over_can_be_undone(open_browser: OpenBrowser) -> None:
    person = open_browser().has_answered().goes_to("/result/")
    verdict = person.heading
    person.page.locator(".keep a[href='/start-over/']").click()
    person.page.locator("button[value=again]").click()
    assert person.place == "/"
    person.page.locator("form.undo button").click()
    person.page.locator("a.button.large").click()
    assert person.heading == verdict


def test_the_language_changes_without_leaving_the_question(open_browser: OpenBrowser) -> None:
    person = open_browser().has_answered().goes_to("/check/walking/?from=answers")
    dutch = person.heading
    person.page.locator("form.language button").click()
    assert person.place == "/check/walking/?from=answers"
    assert person.heading != dutch


def test_a_reason_is_opened_at_its_line(open_browser: OpenBrowser) -> None:
    person = open_browser().has_answered().goes_to("/result/")
    why = person.page.locator(".part > .lines details.why").first
    expect(why.locator(".because, .sources").first).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator(".because, .sources").first).to_be_visible()


def test_on_paper_stands_the_result_and_not_the_site(open_browser: OpenBrowser) -> None:
    person = open_browser(1000, 1400).has_answered().goes_to("/result/")
    person.page.emulate_media(media="print")
    expect(person.page.locator(".top")).to_be_hidden()
    expect(person.page.locator(".keep:visible")).to_have_count(0)
    expect(person.page.locator(".verdict h1")).to_be_visible()
