"""Every page of the site in a real browser, with records in it: readable by everybody, on every screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.plugin import DjangoDbBlocker

from herstel_web.practice import first_run
from tests.browser import looks
from tests.browser.records import Records, make_records
from tests.browser.ways import HANDED_OUT, LEADS_ON, SENT_ONLY, TURNED_OFF, WAYS, Do, Way, address_of, may_open, ways_to
from tests.web.addresses import Route, routes
from tests.web.fake_pose import pretended

pytestmark = pytest.mark.browser
ROUTES = list({(one.name, one.parts): one for one in routes()}.values())
WITHOUT_PAGE = {**HANDED_OUT, **LEADS_ON, **TURNED_OFF}
PAGES = [(one, way) for one in ROUTES if one.name not in {*WITHOUT_PAGE, *SENT_ONLY} for way in ways_to(one)]
OTHERS = [one for one in ROUTES if one.name in WITHOUT_PAGE]
DESK, PHONE, NARROWEST = (ViewportSize(width=w, height=h) for w, h in ((1280, 860), (360, 740), (320, 640)))


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database for all tests of this file together; empty again after them."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """Instead of records of its own for each test."""


@pytest.fixture(scope="module")
def records(db: None) -> Iterator[Records]:
    """One set of records; the page that makes the first owner is there as if there were none."""
    with patch.object(first_run, "is_good", return_value=True), pretended():
        yield make_records()


class Looker:
    """Opens pages in one browser, and says what is wrong with them."""

    def __init__(self, page: Page, site: str) -> None:
        self._page, self._site = page, site
        self._written: list[str] = []
        page.on("console", lambda message: self._written.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self._written.append(f"console: {error}"))

    def is_(self, client: Client, language: str) -> "Looker":
        """Be whom the cookies of this client say."""
        cookies = {name: one.value for name, one in client.cookies.items()} | {settings.LANGUAGE_COOKIE_NAME: language}
        self._page.context.clear_cookies()
        self._page.context.add_cookies(
            [{"name": name, "value": value, "url": self._site} for name, value in cookies.items()]
        )
        return self

    @contextmanager
    def reads(self, text: str, in_the_place_of: str) -> Iterator[None]:
        """See another page at an address."""
        self._page.route(self._site + in_the_place_of, lambda one: one.fulfill(body=text, content_type="text/html"))
        yield
        self._page.unroute(self._site + in_the_place_of)

    def finds(self, address: str, size: ViewportSize, then: Do | None = None) -> list[str]:
        """What is wrong with a page: as it loads, opened out in the light, and on the narrowest phone in the dark."""
        page = self._page
        self._written.clear()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        answer = page.goto(address)
        assert answer
        assert (answer.status, page.url) == (200, self._site + address)
        found = looks.shift(page)
        if then:
            then(page)
            page.wait_for_load_state()
        looks.open_all(page)
        found += [*looks.overflow(page), *looks.violations(page)]
        page.set_viewport_size(NARROWEST)
        page.emulate_media(color_scheme="dark")
        narrow = [*looks.overflow(page), *looks.too_small(page), *looks.violations(page, looks.OF_SIZE_AND_COLOUR)]
        narrow += looks.without_help(page)
        return [*self._written, *found, *(f"narrow and dark: {one}" for one in narrow)]


@contextmanager
def looking(chromium: Browser, site: str) -> Iterator[Looker]:
    """A browser that is touched; not ``is_mobile``, which takes everything that moves for zooming."""
    with chromium.new_context(base_url=site, reduced_motion="reduce", has_touch=True) as context:
        yield Looker(context.new_page(), site)


@pytest.fixture(scope="module")
def looker(chromium: Browser, site: str) -> Iterator[Looker]:
    """Who looks at all pages."""
    with looking(chromium, site) as made:
        yield made


@pytest.fixture(scope="module")
def stranger(chromium: Browser, site: str) -> Iterator[Looker]:
    """Who was never signed in: no service worker answers in the place of what is put there to be read."""
    with looking(chromium, site) as made:
        yield made


def client_for(route: Route, way: Way, records: Records) -> Client:
    return (way.by or may_open(route))(records)


@pytest.mark.parametrize(
    ("route", "way"), PAGES, ids=[f"{one.name}, {way.state}" if way.state else one.name for one, way in PAGES]
)
def test_every_page_is_for_everybody(route: Route, way: Way, records: Records, looker: Looker) -> None:
    address = address_of(route, way, records)
    of_practice = route.access is not None and route.access.kind in ("member", "practice_case")
    looker.is_(client_for(route, way, records), way.language)
    found = looker.finds(address, DESK if of_practice else PHONE, way.then)
    assert not found, "\n".join(found)


def test_who_looks_sees_every_fault(stranger: Looker) -> None:
    faulty = """<!doctype html><html lang="nl"><title>x</title><main><h1 id="moves">x</h1><p>moved</p><button>x</button>
        <p style="width: 2000px; background: white; color: #eee">wide and pale</p><a class="sos">112</a>
        <p style="height: 3000px">far</p></main><script>
        setTimeout(() => { document.querySelector('#moves').style.height = '400px'; }, 50); console.log('noise');
        </script></html>"""
    with stranger.reads(faulty, in_the_place_of="/emergency/"):
        found = "\n".join(stranger.is_(Client(), "nl").finds("/emergency/", PHONE))
    for fault in ("console: noise", "moved while it loaded", "wider than", "contrast", "too small", "not in sight"):
        assert fault in found


@pytest.mark.parametrize("status", ["400", "403", "404", "405", "429", "500"])
def test_every_page_about_an_error_is_for_everybody(status: str, stranger: Looker) -> None:
    text = render_to_string(f"{status}.html")
    with stranger.reads(text, in_the_place_of="/emergency/"):  # the server itself makes these seldom
        found = stranger.is_(Client(), "nl").finds("/emergency/", PHONE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("route", OTHERS, ids=str)
def test_what_has_no_page_of_its_own_is_what_it_is_said_to_be(route: Route, records: Records) -> None:
    said, way = WITHOUT_PAGE[route.name]
    answer = client_for(route, way, records).get(address_of(route, way, records))
    if route.name in HANDED_OUT:
        assert answer.headers["Content-Type"].startswith(said)
    else:
        assert answer.status_code == (404 if route.name in TURNED_OFF else 302)


@pytest.mark.parametrize("route", [one for one in ROUTES if one.name in SENT_ONLY], ids=str)
def test_where_forms_are_sent_nothing_is_opened(route: Route, records: Records) -> None:
    client = client_for(route, Way(), records)
    assert client.get(address_of(route, Way(), records)).status_code == 405


def test_nothing_is_told_about_addresses_that_are_not_there() -> None:
    assert {*WAYS, *WITHOUT_PAGE, *SENT_ONLY} <= {one.name for one in ROUTES}
