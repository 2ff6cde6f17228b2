import pytest

from herstel_web.self_check import bridge
from tests.web.visitor import BLADDER, LANGUAGES, SPRINT_STRAIN, Visitor, every_kind_of_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_page_is_one_press_away_from_every_page(language: str) -> None:
    for name, page in every_kind_of_page(language):
        assert "/emergency/" in page.links(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_page_gives_the_number_and_the_signs(language: str) -> None:
    page = Visitor(language).get("/emergency/")
    assert "tel:112" in page.links()
    signs = bridge.emergency_signs(language)  # type: ignore[arg-type]
    assert len(signs) >= 5
    for sign in signs:
        assert sign in page.text


def test_an_emergency_is_acted_on_at_once() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    assert visitor.answer("rf_now", ["bladder_bowel"]).leads_to == "/act-now/"
    page = visitor.get("/act-now/")
    assert "tel:112" in page.links()
    flag = bridge.knowledge().red_flags["cauda_equina"]
    assert page.heading == flag.title["nl"]
    assert flag.action["nl"] in page.text


def test_whoever_goes_on_anyway_goes_on_where_they_were() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.answer("rf_now", ["bladder_bowel"])
    assert visitor.get("/check/").leads_to == "/act-now/"
    assert visitor.get("/result/").leads_to == "/act-now/"
    assert visitor.post("/act-now/").leads_to == "/check/rf_ill/"
    assert visitor.answer("rf_ill", "none").leads_to == "/check/rf_leg/"


def test_another_emergency_is_shown_again() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.answer("rf_now", ["bladder_bowel"])
    visitor.post("/act-now/")
    assert visitor.answer("rf_ill", ["very_ill"]).leads_to == "/act-now/"


def test_an_emergency_taken_back_and_given_again_is_shown_again() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.answer("rf_now", ["bladder_bowel"])
    visitor.post("/act-now/")
    assert visitor.answer("rf_now", "none").leads_to == "/check/rf_ill/"
    assert visitor.answer("rf_now", ["bladder_bowel"]).leads_to == "/act-now/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_of_an_emergency_starts_with_the_act(language: str) -> None:
    page = Visitor(language).answer_all(BLADDER)
    assert "tone-act urgency-emergency" in page.html
    assert page.html.index("tel:112") < page.html.index("<h2>")


def test_the_result_without_an_emergency_has_no_call_button() -> None:
    assert "tel:112" not in Visitor().answer_all(SPRINT_STRAIN).html
