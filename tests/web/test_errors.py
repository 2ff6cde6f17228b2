import pytest

from herstel.errors import HerstelError, InputError, Problem
from herstel_web.self_check import bridge
from tests.web.visitor import LANGUAGES, Visitor, finished

PROBLEM = Problem(thing="age", reason="is 7 years.", remedy="Give another.")


@pytest.mark.parametrize(("language", "said"), [("nl", "Deze pagina bestaat niet"), ("en", "This page does not exist")])
def test_a_page_that_does_not_exist_says_so(language: str, said: str) -> None:
    page = Visitor(language).get("/no-such-page/")
    assert page.status == 404
    assert page.heading == said
    assert "/check/" in page.links()


@pytest.mark.parametrize(("language", "said"), [("nl", "Hier is geen pagina"), ("en", "There is no page here")])
def test_an_address_for_forms_says_so_when_it_is_opened(language: str, said: str) -> None:
    page = Visitor(language).get("/start-over/undo/")
    assert (page.status, page.heading, page.headers["Allow"]) == (405, said, "POST")
    assert "/" in page.links()


@pytest.mark.parametrize(("language", "said"), [("nl", "Hier ging iets mis"), ("en", "Something went wrong here")])
def test_a_mistake_of_ours_is_called_that_and_loses_nothing(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = finished(language, raise_request_exception=False)
    before = visitor.answers

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bridge, "report", broken)
    page = visitor.get("/result/")
    assert (page.status, page.heading, page.language) == (500, said, language)
    assert "Traceback" not in page.html
    assert visitor.answers == before


def test_the_page_for_our_mistakes_does_not_need_what_may_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bridge, "knowledge", broken)
    assert Visitor(raise_request_exception=False).get("/").heading == "Hier ging iets mis"


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Je antwoord kon niet bewaard worden"), ("en", "Your answer could not be kept")]
)
def test_a_refused_form_says_why(language: str, said: str) -> None:
    page = Visitor(language, enforce_csrf_checks=True).answer("age", 25)
    assert (page.status, page.heading) == (403, said)


@pytest.mark.parametrize(("error", "status"), [(InputError, 400), (HerstelError, 500)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_the_input_is_said_with_its_remedy(
    language: str, error: type[HerstelError], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = finished(language)

    def wrong(*_: object) -> None:
        raise error([PROBLEM])

    monkeypatch.setattr(bridge, "report", wrong)
    page = visitor.get("/result/")
    assert page.status == status
    assert "age: is 7 years. Give another." in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_far_too_much_input_is_refused_on_a_page(language: str) -> None:
    page = Visitor(language, raise_request_exception=False).answer("age", ["x" * 20_000])
    assert page.status == 400
    assert page.language == language
