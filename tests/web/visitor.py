"""A visitor of the pages, without a browser: asks for pages, answers questions, keeps cookies."""

import re
from collections.abc import Mapping
from functools import cache
from html import unescape

from django.conf import settings
from django.core import signing
from django.test import Client

LANGUAGES = ("nl", "en")
Value = str | int | list[str]

NOTHING_ALARMING: Mapping[str, Value] = {
    "rf_now": "none",
    "rf_ill": "none",
    "rf_leg": "none",
    "rf_history": "none",
    "medicines": "none",
}
SPRINT_STRAIN: Mapping[str, Value] = {
    **NOTHING_ALARMING,
    "age": 25,
    "walking": "painful",
    "places": ["left.thigh_middle"],
    "days_since_onset": 3,
    "both_legs": "one",
    "onset": "sudden",
    "mechanism": "sprint",
    "moment": "stopped",
    "pop": "no",
    "heel_pull": "weak_painful",
    "straighten": "tight",
}
BLADDER: Mapping[str, Value] = {**SPRINT_STRAIN, "rf_now": ["bladder_bowel"]}


class Page:
    """What the server answered."""

    def __init__(self, response: object) -> None:
        self.response = response
        self.status: int = response.status_code  # type: ignore[attr-defined]
        self.headers: Mapping[str, str] = response.headers  # type: ignore[attr-defined]
        self.leads_to: str = self.headers.get("Location", "")
        content = b"".join(response) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined,call-overload]
        self.html: str = content.decode()

    @property
    def text(self) -> str:
        """The words of the page, without markup."""
        words = re.sub(r"<[^>]+>", " ", self.html.partition("<body")[2].partition(">")[2])
        return " ".join(unescape(words).split())

    @property
    def title(self) -> str:
        return unescape(self.html.partition("<title>")[2].partition("</title>")[0])

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return unescape(found[1]).strip() if found else ""

    @property
    def language(self) -> str:
        found = re.search(r'<html lang="(\w+)"', self.html)
        return found[1] if found else ""

    def links(self) -> list[str]:
        return [unescape(link) for link in re.findall(r'<a [^>]*href="([^"]+)"', self.html)]


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, language: str = "nl", **options: bool) -> None:
        self.client = Client(SERVER_NAME="localhost", **options)
        self.visited: list[str] = []
        if language != "nl":
            self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def get(self, address: str, **headers: str) -> Page:
        self.visited.append(address)
        return Page(self.client.get(address, headers=headers))

    def post(self, address: str, **fields: object) -> Page:
        self.visited.append(address)
        return Page(self.client.post(address, fields))

    def answer(self, question: str, value: Value, **fields: str) -> Page:
        """Send an answer the way the page does: buttons send a choice or an answer, boxes and fields an answer."""
        name = "choice" if value in ("none", "unknown") else "answer"
        return self.post(f"/check/{question}/", **{name: value}, **fields)

    def answer_all(self, story: Mapping[str, Value], *, go_on_anyway: bool = True) -> Page:
        """Answer what is asked from the story, and "I don't know" to the rest, up to the result."""
        for _ in range(100):
            place = self.get("/check/").leads_to
            self.visited.append(place)
            if place.startswith("/act-now/") and go_on_anyway:
                self.post("/act-now/")
            elif not place.startswith("/check/"):
                return self.get(place)
            else:
                question = place.removeprefix("/check/").strip("/")
                kept = self.answer(question, story.get(question, "unknown"))
                assert kept.status == 302, f"{question}: {kept.text}"
        raise AssertionError("the interview does not end")

    @property
    def cookie(self) -> str:
        found = self.client.cookies.get(settings.VISIT_COOKIE_NAME)
        return found.value if found else ""

    @property
    def kept(self) -> dict[str, object]:
        """What stands in the cookie, read the way somebody with the same browser could."""
        salt = "django.contrib.sessions.backends.signed_cookies"
        return dict(signing.loads(self.cookie, salt=salt)) if self.cookie else {}

    @property
    def answers(self) -> dict[str, object]:
        kept = self.kept.get("answers", {})
        assert isinstance(kept, dict)
        return kept


def finished(language: str = "nl", story: str = "sprint", **options: bool) -> Visitor:
    """Somebody who has answered everything."""
    visitor = Visitor(language, **options)
    visitor.client.cookies[settings.VISIT_COOKIE_NAME] = _cookie_after(story)
    return visitor


@cache
def _cookie_after(story: str) -> str:
    visitor = Visitor()
    visitor.answer_all({"sprint": SPRINT_STRAIN, "bladder": BLADDER}[story])
    return visitor.cookie


@cache
def every_kind_of_page(language: str) -> tuple[tuple[str, Page], ...]:
    """One page of each kind, as somebody meets them on the way."""
    visitor, done, alarmed = Visitor(language), finished(language), Visitor(language)
    pages = {
        "start": visitor.get("/"),
        "emergency": visitor.get("/emergency/"),
        "not found": visitor.get("/no-such-page/"),
        "number": visitor.get("/check/age/"),
        "refused": visitor.answer("age", "abc"),
        "kept": visitor.answer("age", 25),
        "several": visitor.get("/check/rf_now/"),
        "unfinished answers": visitor.get("/answers/"),
        "unfinished start": visitor.get("/"),
        "single": done.get("/check/walking/"),
        "scale": done.get("/check/pain_at_worst/"),
        "places": done.get("/check/places/"),
        "result": done.get("/result/"),
        "look again": done.get("/look-again/"),
        "look again refused": done.post("/look-again/", answer="soon"),
        "answers": done.get("/answers/"),
        "start over": done.get("/start-over/"),
        "finished start": done.get("/"),
        "started over": done.post("/start-over/", what="again"),
        "undo": done.get("/"),
        "alarmed": (alarmed.answer("age", 25), alarmed.answer("rf_now", ["bladder_bowel"]))[1],
        "act now": alarmed.get("/act-now/"),
        "urgent result": finished(language, "bladder").get("/result/"),
    }
    return tuple((name, page) for name, page in pages.items() if not page.leads_to)
