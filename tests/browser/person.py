"""A person at a real browser."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.web.visitor import Value, finished


class Person:
    """Somebody who reads the screen and presses what is there."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        if language != "nl":
            self.page.goto("/")
            self.page.locator(f"form.language button[value={language}]").click()

    def goes_to(self, address: str) -> "Person":
        self.page.goto(address)
        return self

    @property
    def place(self) -> str:
        """Where this person is, without the name of the machine."""
        return "/" + self.page.url.split("/", 3)[3]

    @property
    def question(self) -> str:
        return self.place.split("/")[2]

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def has_answered(self, story: str = "sprint") -> "Person":
        """Take over the answers of somebody who has finished."""
        self.page.goto("/healthz")
        self.page.context.add_cookies(
            [{"name": "herstel_answers", "value": finished(story=story).cookie, "url": self.page.url}]
        )
        return self

    def answers(self, value: Value) -> None:
        """Answer the question on the screen with the mouse and the keyboard."""
        form = self.page.locator("form.ask")
        if value in ("none", "unknown"):
            form.locator(f"button[value={value}]").click()
        elif isinstance(value, list):
            for one in value:
                form.locator(f'input[value="{one}"]').check()
            form.locator("button.next").click()
        elif form.locator("#answer").count():
            form.locator("#answer").fill(str(value))
            form.locator("button.next").click()
        else:
            form.locator(f'button[name=answer][value="{value}"]').click()

    def answers_all(self, story: Mapping[str, Value]) -> None:
        """From the start page to the result; what the story does not tell is not known."""
        self.page.goto("/")
        self.page.locator("a.button.large").click()
        for _ in range(100):
            if self.place == "/act-now/":
                self.page.locator("form.anyway button").click()
            elif self.place.startswith("/check/"):
                self.answers(story.get(self.question, "unknown"))
            else:
                return
        raise AssertionError("the interview does not end")

    def sees(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    def overflow_px(self) -> int:
        """By how much the page is wider than the screen."""
        self.page.wait_for_load_state()  # a click may have left the page half-way to the next one
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
