import re
from pathlib import Path

import pytest
from django.conf import settings

import herstel_web
from tests.web.visitor import LANGUAGES, Visitor, every_kind_of_page


@pytest.mark.parametrize("preferred", ["en-GB,en;q=0.9", "de", ""])
def test_dutch_is_the_language_whatever_the_browser_prefers(preferred: str) -> None:
    page = Visitor().get("/", **{"Accept-Language": preferred})
    assert page.language == "nl"
    assert page.heading == "Pijn achter in je bovenbeen?"


def test_english_is_a_press_away_and_is_remembered() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    assert visitor.post("/language/", language="en", next="/check/rf_now/").leads_to == "/check/rf_now/"
    assert visitor.get("/check/rf_now/").language == "en"
    assert visitor.get("/").heading == "Pain at the back of your thigh?"
    assert visitor.answers == {"age": 25}
    visitor.post("/language/", language="nl", next="/")
    assert visitor.get("/").language == "nl"


def test_the_choice_of_language_is_kept_for_a_year_and_closed_to_scripts() -> None:
    visitor = Visitor()
    visitor.post("/language/", language="en", next="/")
    cookie = visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["max-age"] == 31536000
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_choosing_a_language_never_leads_to_another_site(elsewhere: str) -> None:
    assert Visitor().post("/language/", language="en", next=elsewhere).leads_to == "/"


@pytest.mark.parametrize("unknown", ["de", "", "../../etc"])
def test_a_language_we_do_not_speak_changes_nothing(unknown: str) -> None:
    visitor = Visitor()
    visitor.post("/language/", language=unknown, next="/")
    assert visitor.get("/").language == "nl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_its_language_and_offers_the_other(language: str) -> None:
    other = "en" if language == "nl" else "nl"
    for name, page in every_kind_of_page(language):
        assert page.language == language, name
        assert f'value="{other}" lang="{other}"' in page.html, name


def test_no_page_is_the_same_in_both_languages() -> None:
    for (name, dutch), (_, english) in zip(every_kind_of_page("nl"), every_kind_of_page("en"), strict=True):
        assert dutch.heading != english.heading, name
        assert dutch.title != english.title, name


def test_no_page_writes_the_short_name_of_a_month_with_a_capital() -> None:
    """Dutch writes 5 nov; ``M`` gives 5 Nov, ``N`` what each language writes."""
    for file in Path(herstel_web.__file__).parent.rglob("*.html"):
        assert not re.findall(r'date:"[^"]*M[^"]*"', file.read_text(encoding="utf-8")), file.name
