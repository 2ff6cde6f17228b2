"""The articles as they ship: every subject of the founding document, plain words, sources, nothing told too calmly."""

import re
from statistics import mean

import pytest

from herstel.knowledge.learn_entries import ILLUSTRATIONS, Article
from herstel.knowledge.model import Knowledge
from herstel.learn.library import load_articles
from herstel.text import LANGUAGES, Language

ARTICLES = load_articles()
SUBJECTS = (
    "recognising", "soreness_or_injury", "grades", "why_it_comes_back", "recovery_in_phases", "may_i_sport",
    "exercises_at_home", "morning_stiffness", "warm_up_and_stretching", "imaging", "gp_or_physio",
)  # fmt: skip
LONGEST_MEAN_SENTENCE = 14
MAY_BE = {
    "fever": "serious_infection",
    "swollen_leg": "lung_clot",
    "red_warm_leg": "lung_clot",
    "cannot_walk": "compartment_fast",
    "worse_by_the_hour": "compartment_tense",
    "bleeding_risk": "compartment_tense",
    "foot_weakness": "cauda_equina",
    "severe_after_effort": "severe_after_effort_swollen",
}
"""What a sign to phone about today becomes with one more sign: an emergency."""
every_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=lambda article: article.id)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def words(article: Article, language: Language) -> list[str]:
    signs = [sign for one in article.when_to_call for sign in one.signs]
    texts = [article.title, article.summary, *(text for part in article.sections for text in part.texts()), *signs]
    return [text[language] for text in texts]


def test_every_subject_of_the_founding_document_has_its_article_in_the_order_of_reading() -> None:
    assert tuple(ARTICLES) == SUBJECTS
    assert [article.order for article in ARTICLES.values()] == list(range(1, len(SUBJECTS) + 1))


@every_article
@every_language
def test_an_article_is_short(article: Article, language: Language) -> None:
    assert 250 <= article.word_count(language) <= 450
    assert 1 <= article.minutes(language) <= 3


@every_article
def test_an_article_is_as_complete_in_english_as_in_dutch(article: Article) -> None:
    assert article.word_count("en") == pytest.approx(article.word_count("nl"), rel=0.15)


@every_article
def test_an_article_is_illustrated_by_a_drawing_a_table_or_figures(article: Article) -> None:
    assert article.illustration or article.exercises or any(section.table for section in article.sections)


def test_every_illustration_is_used() -> None:
    assert {article.illustration for article in ARTICLES.values()} - {None} == set(ILLUSTRATIONS)


@every_article
@every_language
def test_sentences_are_short(article: Article, language: Language) -> None:
    sentences = [one for text in words(article, language) for one in re.split(r"[.?!:;]\s|[.?!:;]$", text) if one]
    assert mean(len(sentence.split()) for sentence in sentences) <= LONGEST_MEAN_SENTENCE


@every_article
def test_dutch_says_je(article: Article) -> None:
    told = " ".join(words(article, "nl")).lower()
    assert re.search(r"\bje\b", told)
    assert not re.search(r"\b(u|uw)\b", told)


@every_article
def test_what_is_called_published_names_a_publication(article: Article, knowledge: Knowledge) -> None:
    for section in article.sections:
        if section.basis == "published":
            kinds = {knowledge.sources[source].kind for source in section.sources}
            assert "published" in kinds, section.heading.en


@every_article
def test_a_difference_names_the_founding_document_and_something_beside_it(article: Article) -> None:
    for section in article.sections:
        for difference in section.differences:
            assert "founding-document" in difference.source
            assert len(difference.source) > 1


@pytest.mark.parametrize(
    ("subject", "founding", "evidence"),
    [
        ("soreness_or_injury", "48 to 72 hours", "5 to 7"),
        ("recovery_in_phases", "4 to 8 weeks", "17, 22 and 73 days"),
        ("why_it_comes_back", "The cause is often elsewhere", "can seldom be proven"),
        ("morning_stiffness", "inflammation", "No study that shows this"),
        ("warm_up_and_stretching", "certainly helps to prevent", "no clear effect"),
        ("imaging", "2 to 3 weeks of targeted treatment", "Do not wait for weeks"),
        ("gp_or_physio", "whole movement chain", "we did not find"),
    ],
)
def test_where_founding_document_and_evidence_disagree_both_are_told(
    subject: str, founding: str, evidence: str
) -> None:
    told = [one for section in ARTICLES[subject].sections for one in section.differences]
    assert any(founding in one.founding.en and evidence in one.evidence.en for one in told)


def test_the_ranges_of_the_founding_document_stand_beside_those_of_research_for_every_grade() -> None:
    (table,) = [section.table for section in ARTICLES["grades"].sections if section.table]
    cells = {row[0].en: (row[2].en, row[3].en) for row in table.rows}
    assert cells["1"] == ("2 to 3 weeks", "17 days")
    assert cells["2"] == ("4 to 8 weeks", "22 days")
    assert cells["3"][0] == "3 to 6 months"
    assert cells["3"][1].startswith("73 days")


@pytest.mark.parametrize("subject", ["recognising", "gp_or_physio"])
def test_who_asks_whether_to_see_somebody_reads_first_when_to_phone_112(subject: str) -> None:
    first = ARTICLES[subject].when_to_call[0]
    assert first.urgency == "emergency"
    assert {"lung_clot", "cold_leg", "compartment_tense", "cauda_equina"} <= set(first.red_flags)


@every_article
def test_a_sign_to_phone_about_today_never_stands_without_the_emergency_it_may_be(article: Article) -> None:
    named = {flag: one.urgency for one in article.when_to_call for flag in one.red_flags}
    for flag, worse in MAY_BE.items():
        if flag in named:
            assert named.get(worse) == "emergency", f"{flag} without {worse}"


@pytest.mark.parametrize("subject", ["soreness_or_injury", "grades", "may_i_sport", "imaging", "gp_or_physio"])
def test_signs_of_a_torn_off_tendon_are_named_where_somebody_may_decide_to_wait(subject: str) -> None:
    named = {flag for one in ARTICLES[subject].when_to_call for flag in one.red_flags}
    assert {"avulsion_gap", "avulsion_bruise"} <= named


def test_the_exercises_that_the_founding_document_names_are_shown() -> None:
    named = {"glute_bridge", "clamshell", "front_plank", "dead_bug", "nordic_curl", "hip_flexor_stretch"}
    assert named | {"foam_roll_glutes_calf"} <= set(ARTICLES["exercises_at_home"].exercises)
