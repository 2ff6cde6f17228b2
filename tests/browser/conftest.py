import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from herstel_web import server
from herstel_web.accounts.models import User
from tests.browser.person import Person
from tests.web import visitor
from tests.web.actors import client_of, in_training

# Playwright keeps an event loop in this thread; Django would refuse its database there. No test does both at once.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


EXPECTED = ("404 (Not Found)", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
"""What the browser itself writes about pages that are not there, and while there is no connection."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The pages, served by this very process; gives their address."""
    assert visitor  # sets the site up
    running = server.make_server("127.0.0.1", 0)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.effective_port}"

    def stop() -> None:
        for channel in list(running.active_channels.values()):
            channel.handle_close()
        running.close()

    running.trigger.pull_trigger(stop)
    thread.join(timeout=10)
    running.task_dispatcher.shutdown()


@pytest.fixture(autouse=True)
def database(transactional_db: None) -> None:
    """Records that the server, in a thread of its own, sees as well; they are gone after each test."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium that is installed on this machine."""
    program = os.environ.get("HERSTEL_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("no chromium on this machine: install it, or name one in HERSTEL_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Limits count what came from one address; each test begins with none."""
    yield
    cache.clear()


@pytest.fixture
def open_browser(chromium: Browser, site: str) -> Iterator[type[Person]]:
    """Gives a person with a fresh browser; afterwards nothing may have been written to its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))

    def opened(width: int = 360, height: int = 740, language: str = "nl", **options: object) -> Person:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            base_url=site,
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        watch(page)
        return Person(page, language)

    yield opened  # type: ignore[misc]
    for context in contexts:
        context.close()
    assert not [one for one in complaints if not any(expected in one for expected in EXPECTED)]


@pytest.fixture
def signed_in_person(transactional_db: None, open_browser: Callable[..., Person], site: str) -> Callable[..., Person]:
    """Gives somebody with a browser in which they are signed in: ``signed_in_person(user, width, height, ...)``.

    Without a user it is a new person with a complaint of twelve days, a plan with training on every day, and a check-in
    on each of those days but today. The records are in the database of the tests, which the site reads too.
    """

    def signed_in(who: User | None = None, *size: int, **options: Any) -> Person:
        user = who or in_training().person.user
        assert user is not None
        person = open_browser(*size, **options)
        session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
        person.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        return person

    return signed_in
