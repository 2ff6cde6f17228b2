import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches

from herstel.complaint.model import UNSURE
from herstel_web.self_check import bridge
from herstel_web.visit_cookie import LARGEST_COOKIE_BYTES
from tests.web.visitor import BLADDER, SPRINT_STRAIN, Value, Visitor, finished

ADDRESSES = re.compile(
    r"/|/account/login/|/learn/|/(check|emergency|act-now|answers|result|result/pdf|look-again|start-over|language|keep)/|/check/\w+/(\?from=answers)?"
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the site logs, as it would stand on the console."""
    written = io.StringIO()
    handler = logging.getLogger("django").handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    yield written
    handler.setStream(before or written)


@pytest.mark.django_db
def test_the_server_stores_no_answers() -> None:
    visitor = finished()
    assert Visitor().get("/answers/").leads_to == "/"
    assert {model._meta.label for model in apps.get_models() if model._default_manager.exists()} <= {
        "auth.Permission",
        "contenttypes.ContentType",
    }
    assert not vars(caches["default"])["_cache"]
    elsewhere = Visitor()
    elsewhere.client.cookies[settings.VISIT_COOKIE_NAME] = visitor.cookie
    assert elsewhere.get("/result/").text == visitor.get("/result/").text


def test_only_answers_are_kept_and_no_conclusions() -> None:
    visitor = finished(story="bladder")
    assert set(visitor.kept) <= {"answers", "seen"}


def test_starting_again_erases_the_answers() -> None:
    visitor = finished()
    visitor.post("/start-over/", what="again")
    visitor.answer("age", 44)
    assert visitor.kept == {"answers": {"age": 44}}


def test_erasing_leaves_nothing_to_bring_back() -> None:
    visitor = finished()
    visitor.post("/start-over/", what="erase")
    assert "answers" not in visitor.kept
    assert "before" not in visitor.kept
    page = visitor.get("/")
    assert "gewist" in page.text
    assert "eerdere antwoorden terug" not in page.text
    assert visitor.cookie == ""


def test_no_address_holds_an_answer() -> None:
    visitor = Visitor()
    visitor.answer_all(BLADDER)
    links = [link for page in ("/", "/answers/", "/result/", "/check/age/") for link in visitor.get(page).links()]
    for address in [*visitor.visited, *(link for link in links if link.startswith("/"))]:
        assert ADDRESSES.fullmatch(address), address


def test_no_log_line_holds_an_answer(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(raise_request_exception=False)
    visitor.answer("age", "my-secret-age")
    visitor.get("/check/my-secret-question/")
    visitor.get("/?answer=my-secret")
    visitor.answer_all(SPRINT_STRAIN)

    def broken(*_: object) -> None:
        raise ValueError("my-secret-answer")

    monkeypatch.setattr(bridge, "report", broken)
    assert visitor.get("/result/").status == 500
    assert "ValueError" in log.getvalue()
    assert "views.py" in log.getvalue()
    assert "my-secret" not in log.getvalue()


def test_values_in_a_log_message_are_left_out(log: io.StringIO) -> None:
    logging.getLogger("django").error("could not read %s", "my-secret")
    assert "could not read %s" in log.getvalue()
    assert "my-secret" not in log.getvalue()


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_ends_with_the_browser() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    cookie = visitor.client.cookies[settings.VISIT_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert not cookie["expires"]


@pytest.mark.parametrize("bad", ["tampered", "", "x" * 5000, "a:b:c", "é"])
@pytest.mark.parametrize("address", ["/", "/check/age/", "/check/walking/", "/result/"])
def test_a_cookie_that_cannot_be_read_is_a_clean_start_with_a_message(bad: str, address: str) -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.client.cookies[settings.VISIT_COOKIE_NAME] = bad or visitor.cookie[:-1]
    page = visitor.get(address)
    if page.leads_to:
        page = visitor.get(page.leads_to)
    assert page.status == 200
    assert "konden niet meer gelezen worden" in page.text
    assert visitor.answers == {}
    assert "konden niet meer gelezen worden" not in visitor.get(address).text


def test_an_answer_sent_with_a_bad_cookie_begins_again() -> None:
    visitor = Visitor()
    visitor.client.cookies[settings.VISIT_COOKIE_NAME] = "tampered"
    assert visitor.answer("walking", "painful").leads_to == "/check/age/"
    assert "konden niet meer gelezen worden" in visitor.get("/check/age/").text


def test_answers_that_the_questions_no_longer_know_are_left_out_with_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    with monkeypatch.context() as newer:
        newer.setattr(bridge, "still_valid", lambda raw: {})
        assert "Sommige vragen zijn veranderd" in visitor.get("/").text
    assert visitor.answers == {}


def longest_answer(question: str) -> Value:
    """The answer that takes most room."""
    asked = bridge.knowledge().questions[question]
    ids = [option.id for option in asked.options]
    if asked.kind == "number":
        return f"{asked.max}"
    if asked.kind == "places":
        return [f"{side}.{place}" for side in ("left", "right", "middle") for place in ids]
    return [*ids, UNSURE] if asked.kind == "several" else max(ids, key=len)


def test_even_the_longest_answers_fit_in_the_cookie() -> None:
    visitor = Visitor()
    longest = {question: longest_answer(question) for question in bridge.knowledge().questions}
    for _ in longest:
        place = visitor.get("/check/").leads_to
        if place == "/act-now/":
            visitor.post("/act-now/")
        elif place.startswith("/check/"):
            question = place.split("/")[2]
            if visitor.answer(question, longest[question]).status == 200:  # contradicts another answer
                visitor.answer(question, "unknown")
    for question, answer in longest.items():
        visitor.answer(question, answer)
    assert len(visitor.answers) > 30
    morsel = visitor.client.cookies[settings.VISIT_COOKIE_NAME]
    assert len(morsel.OutputString()) < LARGEST_COOKIE_BYTES / 1.5


def test_an_answer_that_would_make_the_cookie_too_large_is_refused_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    monkeypatch.setattr("herstel_web.visit_cookie.LARGEST_COOKIE_BYTES", 100)
    page = visitor.answer("rf_now", "none")
    assert "kan niet nog meer antwoorden bewaren" in page.text
    assert visitor.answers == {"age": 25}
