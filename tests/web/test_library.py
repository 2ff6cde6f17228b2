import pytest
from django.urls import reverse

from herstel.learn.library import load_articles
from tests.web.actors import Actors, client_of
from tests.web.visitor import LANGUAGES, Page, Visitor

ARTICLES = list(load_articles())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_every_article(language: str) -> None:
    page = Visitor(language).get(reverse("learn"))
    for article in load_articles().values():
        assert article.title["en" if language == "en" else "nl"] in page.text
        assert reverse("article", args=[article.id]) in page.links()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("article", ARTICLES)
def test_every_article_is_read_with_its_sources_and_without_inline_styles(article: str, language: str) -> None:
    page = Visitor(language).get(reverse("article", args=[article]))
    assert page.status == 200
    known = load_articles()[article]
    assert page.heading == known.title["en" if language == "en" else "nl"]
    assert page.html.count('<ul class="sources">') == len(known.sections)
    assert " style=" not in page.html
    for exercise in known.exercises:
        assert reverse("figure", args=[exercise, language]) in page.html


def test_an_article_says_when_to_call_before_it_explains() -> None:
    page = Visitor().get(reverse("article", args=["grades"]))
    assert page.html.index("call-box") < page.html.index('class="part"')


def test_a_figure_is_an_image_that_can_do_nothing_but_move() -> None:
    page = Visitor().get(reverse("figure", args=["glute_bridge", "nl"]))
    assert page.headers["Content-Type"] == "image/svg+xml"
    assert page.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert "prefers-reduced-motion" in page.html
    assert "<script" not in page.html


def test_a_figure_can_be_asked_to_stand_still() -> None:
    page = Visitor().get(reverse("figure", args=["glute_bridge", "nl"]) + "?still")
    assert page.status == 200
    assert "@keyframes" not in page.html


@pytest.mark.parametrize("address", ["/learn/no-such-article/", "/figures/no_such_exercise.nl.svg"])
def test_what_is_not_there_says_so(address: str) -> None:
    assert Visitor().get(address).status == 404


def test_who_is_signed_in_keeps_the_tabs(actors: Actors) -> None:
    page = Page(client_of(actors.patient).get(reverse("learn")))
    assert reverse("progress") in page.links()
    assert reverse("progress") not in Visitor().get(reverse("learn")).links()
