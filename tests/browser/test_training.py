from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from herstel_web.cases.models import Fact
from tests.browser import looks
from tests.browser.person import Person
from tests.web.actors import check_in, client_of, in_training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., Person]


def check_ins() -> list[dict[str, object]]:
    """The check-ins of today, in the order in which they were recorded."""
    facts = Fact.objects.filter(part="check_ins", entry__has_key="note").order_by("pk")
    return [dict(one.entry or {}) for one in facts]


def sets() -> int:
    return Fact.objects.filter(part="sets", entry__isnull=False, corrected_by=None).count()


def test_the_call_to_act_is_first(signed_in_person: SignIn) -> None:
    case = in_training()
    check_in(case, case.opened_on.today(), symptoms={"bladder_bowel_saddle_change": True})
    person = signed_in_person(case.person.user, 360, 740).goes_to("/today/")
    expect(person.page.locator("h1")).to_contain_text("112")
    person.goes_to("/today/act/")
    expect(person.page.locator("a.button.call")).to_be_in_viewport()


# --- a check-in ------------------------------------------------------------------------------------------------------


def fill_in(person: Person, note: str = "told in the test", sign: str = "none") -> None:
    """An ordinary day with few presses; the note tells this check-in apart from those of the days before."""
    page = person.page
    for name, value in (("pain_next_morning", 2), ("stiffness_min", 5), ("pain_now", 2), ("pain_worst", 3)):
        page.locator(f'label:has(input[name={name}][value="{value}"])').click()
    page.locator('label:has(input[name=walking][value="pain_free"]), label:has(input[value="painful"])').first.click()
    page.locator('label:has(input[name=stop][value="none"])').click()
    page.locator(f'label:has(input[name=sign][value="{sign}"])').click()
    page.locator('label:has(input[name=done][value="as_planned"])').click()
    page.locator("textarea").evaluate("(box, text) => { box.value = text; }", note)


def send(person: Person) -> None:
    person.page.locator(".send button").click()


def until(person: Person, promise: str) -> None:
    """Wait until what a promise in the page gives is true."""
    for _ in range(200):
        if person.page.evaluate(promise):
            return
        person.page.wait_for_timeout(50)
    raise AssertionError(f"this did not become true: {promise}")


NOTHING_WAITS = "window.herstel.all().then(items => items.length === 0)"


def waiting(person: Person) -> int:
    """How many things wait in the browser to be sent."""
    found: int = person.page.evaluate("window.herstel.all().then(items => items.length)")
    return found


def kept_by_the_worker(person: Person) -> Person:
    """Opens today, and waits until the browser has kept the check-in and the sessions."""
    person.goes_to("/today/")
    for address in ("/check-in/", "/today/session/main/"):
        until(person, f"caches.open('herstel-day').then(one => one.match('{address}')).then(found => Boolean(found))")
    return person


def test_an_ordinary_check_in_takes_nine_presses_and_says_what_it_changed(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740, has_touch=True, is_mobile=True).goes_to("/check-in/")
    fill_in(person)
    send(person)
    person.page.wait_for_url("**/check-in/saved/")
    (entry,) = check_ins()
    assert (entry["pain_next_morning"], entry["stiffness_min"], entry["sharp_stab"]) == (2, 5, False)
    assert entry["done"]
    assert set(entry["symptoms"].values()) == {False}  # type: ignore[attr-defined]
    assert waiting(person) == 0
    person.goes_to("/today/")
    expect(person.page.locator("#check-in-title")).to_contain_text("binnen")


def test_without_a_script_the_same_form_goes_the_ordinary_way(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740, java_script_enabled=False).goes_to("/check-in/")
    person.page.locator('label:has(input[name=pain_now][value="4"])').click()
    send(person)
    assert person.place == "/check-in/saved/"
    assert Fact.objects.filter(part="check_ins", entry__pain_now=4).count() == 1


def test_an_answer_that_was_chosen_can_be_left_open_again(signed_in_person: SignIn) -> None:
    page = signed_in_person(None, 360, 740).goes_to("/check-in/").page
    seven = page.locator('label:has(input[name=pain_now][value="7"])')
    seven.click()
    expect(seven.locator("input")).to_be_checked()
    seven.click()
    expect(seven.locator("input")).not_to_be_checked()


def test_a_warning_sign_leads_to_the_call_at_once(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740).goes_to("/check-in/")
    fill_in(person, sign="rf_now.bladder_bowel")
    send(person)
    person.page.wait_for_url("**/today/act/")
    expect(person.page.locator("a.button.call")).to_be_visible()


# --- without a connection --------------------------------------------------------------------------------------------


def test_a_check_in_without_a_connection_is_sent_later_exactly_once(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    context = person.page.context
    context.set_offline(True)
    person.goes_to("/today/")
    expect(person.page.locator("#session-main")).to_be_visible()
    person.goes_to("/check-in/")
    fill_in(person)
    send(person)
    expect(person.page.locator("#waiting")).to_contain_text("1 ding")
    assert waiting(person) == 1
    assert check_ins() == []
    context.set_offline(False)
    expect(person.page.locator("#waiting")).to_be_hidden()
    assert waiting(person) == 0
    assert len(check_ins()) == 1


def test_an_answer_of_the_server_that_got_lost_is_not_recorded_twice(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740).goes_to("/check-in/")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()  # it reaches the server, but its answer does not come back
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    person.page.context.route("**/sync/", lose)
    fill_in(person)
    send(person)
    for _ in range(200):
        if lost:
            break
        person.page.wait_for_timeout(50)
    expect(person.page.locator("#waiting")).to_be_visible()
    assert len(check_ins()) == 1
    assert waiting(person) == 1
    person.page.locator("#waiting [data-send]").click()
    expect(person.page.locator("#waiting")).to_be_hidden()
    assert lost
    assert len(check_ins()) == 1


def test_two_tabs_send_what_waits_once(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    context = person.page.context
    other = context.new_page()
    other.goto("/today/")
    context.set_offline(True)
    person.goes_to("/check-in/")
    fill_in(person)
    send(person)
    expect(person.page.locator("#waiting")).to_contain_text("1 ding")
    context.set_offline(False)
    other.evaluate("window.herstel.send()")
    person.page.evaluate("window.herstel.send()")
    expect(person.page.locator("#waiting")).to_be_hidden()
    assert len(check_ins()) == 1


def test_a_warning_sign_without_a_connection_shows_what_to_do_at_once(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    person.page.context.set_offline(True)
    person.goes_to("/check-in/")
    fill_in(person, sign="rf_now.bladder_bowel")
    send(person)
    expect(person.page.locator("#act-local")).to_be_visible()
    expect(person.page.locator("#act-local a.button.call")).to_be_visible()
    expect(person.page.locator("#act-local")).to_contain_text("112")
    expect(person.page.locator("#act-local-kept")).to_contain_text("Bewaard op dit apparaat")
    assert looks.violations(person.page) == []


def test_a_page_that_was_kept_on_another_day_says_so(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    context = person.page.context
    context.set_offline(True)
    tomorrow = timezone.now() + timedelta(days=1)
    person.page.clock.set_fixed_time(tomorrow)
    person.goes_to("/check-in/")
    expect(person.page.locator("#other-day")).to_be_visible()
    expect(person.page.locator('input[value="as_planned"]')).to_have_count(0)
    assert person.page.locator("input[name=date]").input_value() == timezone.localdate(tomorrow).isoformat()
    person.goes_to("/today/session/main/")
    expect(person.page.locator("#other-day")).to_be_visible()
    expect(person.page.locator(".tick:visible")).to_have_count(0)


def test_what_is_refused_stays_and_can_be_corrected(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740).goes_to("/check-in/")
    fill_in(person)
    person.page.locator("#check-in").evaluate("form => { form.elements.note.value = 'x'.repeat(3000); }")
    send(person)
    expect(person.page.locator("#problems")).to_be_visible()
    assert waiting(person) == 1
    person.goes_to("/today/")
    person.page.locator("#waiting .refused a").click()
    expect(person.page.locator('input[name=pain_worst][value="3"]')).to_be_checked()
    person.page.locator("#check-in").evaluate("form => { form.elements.note.value = 'short'; }")
    send(person)
    person.page.wait_for_url("**/check-in/saved/")
    assert [one["note"] for one in check_ins()] == ["short"]
    assert waiting(person) == 0


def test_signing_out_throws_the_kept_pages_away_and_warns_of_what_was_not_sent(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    context = person.page.context
    context.set_offline(True)
    person.goes_to("/check-in/")
    fill_in(person)
    send(person)
    expect(person.page.locator("#waiting")).to_be_visible()
    context.route("**/sync/", lambda route: route.abort())
    context.set_offline(False)
    person.goes_to("/more/")
    expect(person.page.locator("#leaving")).to_be_visible()
    person.page.locator("[data-sign-out]").click()
    person.page.wait_for_url("**/")
    until(person, "caches.has('herstel-day').then(found => !found)")
    context.set_offline(True)
    person.goes_to("/today/")
    expect(person.page.locator("h1")).to_have_text("Geen verbinding")


def test_somebody_else_on_the_same_device_sees_and_sends_nothing_of_the_first(
    signed_in_person: SignIn, site: str
) -> None:
    first = kept_by_the_worker(signed_in_person(None, 360, 740))
    context = first.page.context
    context.set_offline(True)
    first.goes_to("/check-in/")
    fill_in(first)
    send(first)
    expect(first.page.locator("#waiting")).to_be_visible()
    other = in_training("other@example.org")
    session = client_of(other.person.user).cookies["herstel_session"].value
    context.add_cookies([{"name": "herstel_session", "value": session, "url": site}])
    context.set_offline(False)
    first.goes_to("/today/")
    first.page.wait_for_timeout(1000)
    assert check_ins() == []
    owner = "caches.match('/owner-of-this-cache').then(found => found.text())"
    assert first.page.evaluate(owner) == str(other.pk)


# --- the player ------------------------------------------------------------------------------------------------------


def test_sets_are_ticked_off_one_exercise_at_a_time_and_taken_back(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740).goes_to("/today/session/main/")
    page = person.page
    shown = page.locator(".play:visible")
    expect(shown).to_have_count(1)
    shown.locator(".ten", has_text="1").first.click()
    shown.locator(".is-now .tick button.button").click()
    expect(shown.locator("li.is-done")).to_have_count(1)
    until(person, NOTHING_WAITS)
    assert sets() == 1
    assert Fact.objects.get(part="sets").entry["pain"] == 1
    shown.locator("li.is-done .untick button").click()
    until(person, NOTHING_WAITS)
    assert sets() == 0
    page.locator(".player-steps .button").last.click()
    expect(page.locator(".play:visible h2")).to_be_focused()


def test_too_much_pain_stops_the_exercise_with_a_message(signed_in_person: SignIn) -> None:
    page = signed_in_person(None, 360, 740).goes_to("/today/session/main/").page
    shown = page.locator(".play:visible")
    shown.locator(".is-now .ten", has_text="9").click()
    shown.locator(".is-now .tick button.button").click()
    expect(shown.locator("[data-stopped]")).to_contain_text("Pijn 9 is meer dan")
    expect(shown.locator(".tick:visible")).to_have_count(0)


def test_the_clock_counts_the_set_and_both_sides(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740)
    person.page.clock.install()
    page = person.goes_to("/today/session/main/").page
    shown = page.locator(".play:visible")
    expect(shown.locator(".clock-time")).to_have_text("30")
    shown.locator("[data-clock] .button.large").click()
    expect(shown.locator(".clock-name")).to_have_text("Maak je klaar")
    page.clock.run_for(6000)
    expect(shown.locator(".clock-name")).to_contain_text("links")
    page.clock.run_for(31_000)
    expect(shown.locator(".clock-name")).to_have_text("Andere kant")
    page.clock.run_for(37_000)
    expect(shown.locator(".clock-name")).to_have_text("Klaar")
    assert looks.violations(page) == []


def test_hands_free_goes_on_by_itself(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740)
    person.page.clock.install()
    page = person.goes_to("/today/session/main/").page
    page.locator(".hands-free input").check()
    shown = page.locator(".play:visible")
    shown.locator("[data-clock] .button.large").click()
    page.clock.run_for(80_000)
    expect(shown.locator("li.is-done")).to_have_count(1)
    expect(shown.locator(".clock-name")).to_have_text("Rust")
    page.clock.run_for(40_000)
    expect(shown.locator(".clock-name")).not_to_have_text("Rust")


def test_without_a_script_every_set_is_a_form(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740, java_script_enabled=False).goes_to("/today/session/main/")
    forms = person.page.locator("form.tick:visible")
    assert forms.count() > 2
    forms.first.locator("select").select_option("2")
    forms.first.locator("button").click()
    assert sets() == 1
    person.page.locator("form.untick:visible button").first.click()
    assert sets() == 0


def test_a_session_without_a_connection_is_ticked_off_and_sent_later(signed_in_person: SignIn) -> None:
    person = kept_by_the_worker(signed_in_person(None, 360, 740))
    page, context = person.page, person.page.context
    context.set_offline(True)
    person.goes_to("/today/session/main/")
    page.locator(".is-now:visible .tick button.button").click()
    expect(page.locator(".play:visible li.is-done")).to_have_count(1)  # shown once the browser has written it down
    page.reload()
    expect(page.locator(".play:visible li.is-done")).to_have_count(1)
    assert sets() == 0
    context.set_offline(False)
    until(person, NOTHING_WAITS)
    assert sets() == 1


def test_figures_stand_still_for_whoever_wants_that(signed_in_person: SignIn) -> None:
    person = signed_in_person(None, 360, 740).goes_to("/exercises/glute_bridge/")
    expect(person.page.locator(".moves img")).to_be_visible()
    person.page.locator(".stand-still").click()
    expect(person.page.locator(".moves img")).to_be_hidden()
    expect(person.page.locator(".stands-still")).to_be_visible()
    calm = signed_in_person(in_training("calm@example.org").person.user, 360, 740, reduced_motion="reduce")
    calm.goes_to("/exercises/glute_bridge/")
    until(calm, "document.querySelector('.moves img').currentSrc.endsWith('?still')")
