from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from herstel.errors import KnowledgeError
from herstel.knowledge.load import DATA_FOLDER
from herstel.knowledge.model import Knowledge
from herstel.learn.library import load_articles
from herstel.learn.report import write_article
from herstel.text import LANGUAGES, Language


def test_the_articles_are_read_once() -> None:
    assert load_articles() is load_articles(DATA_FOLDER)


def test_an_article_that_refers_to_nothing_is_named_with_the_remedy(tmp_path: Path) -> None:
    folder = Path(copytree(DATA_FOLDER, tmp_path / "data"))
    file = folder / "learn" / "grades.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("hamilton-2018", "hamilton-1918"), encoding="utf-8")
    with pytest.raises(KnowledgeError) as refusal:
        load_articles(folder)
    assert [str(problem) for problem in refusal.value.problems] == [
        "learn/grades.yaml: the source 'hamilton-1918' is not in sources.yaml. "
        "Correct the entry; 'herstel knowledge check' says whether it is right."
    ]


def test_an_article_that_cannot_be_read_is_named_before_anything_is_compared(tmp_path: Path) -> None:
    (tmp_path / "learn").mkdir()
    with pytest.raises(KnowledgeError, match="there is no article"):
        load_articles(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_told_whole_with_its_sources_and_that_no_clinician_reviewed_it(
    knowledge: Knowledge, language: Language
) -> None:
    articles = load_articles()
    for article in articles.values():
        report = write_article(article, articles, knowledge, language)
        told = "\n".join(f"{line.text} {line.detail}" for section in report.sections for line in section.lines)
        titles = [section.title for section in report.sections]
        for section in article.sections:
            assert section.heading[language] in titles
            for text in (*section.paragraphs, *section.bullets):
                assert text[language] in told
            for difference in section.differences:
                assert difference.founding[language] in told
                assert difference.evidence[language] in told
        cited = {source for section in report.sections for line in section.lines for source in line.sources}
        assert {knowledge.sources[source].cited(language) for source in article.sources} <= cited
        assert knowledge.version.review_text[language] in told
        assert report.headline == article.title[language]


def test_the_founding_document_and_research_are_named_beside_each_other(knowledge: Knowledge) -> None:
    articles = load_articles()
    report = write_article(articles["morning_stiffness"], articles, knowledge, "en")
    marks = [line.mark for section in report.sections for line in section.lines if line.mark]
    assert marks[:2] == ["Familiar explanation", "What research says"]


def test_when_to_call_comes_before_the_explanation_with_the_call_of_an_assessment(knowledge: Knowledge) -> None:
    articles = load_articles()
    report = write_article(articles["recognising"], articles, knowledge, "en")
    assert [section.id for section in report.sections[:3]] == ["summary", "when_to_call", "part_1"]
    calls = [line.text for line in report.sections[1].lines if line.heading]
    urgency = {level.id: level.call.en for level in knowledge.advice.urgency}
    assert calls == [urgency["emergency"], urgency["same_day"]]
    assert report.urgency == "emergency"


def test_an_article_without_calls_picture_or_companions_leaves_these_out(knowledge: Knowledge) -> None:
    articles = load_articles()
    bare = replace(articles["why_it_comes_back"], illustration=None, see_also=())
    report = write_article(bare, articles, knowledge, "en")
    assert not any(section.drawings for section in report.sections)
    assert {section.id for section in report.sections}.isdisjoint({"when_to_call", "see_also"})
    assert report.urgency == "self_care"


def test_a_row_of_a_table_is_told_with_the_heads_of_its_cells(knowledge: Knowledge) -> None:
    articles = load_articles()
    report = write_article(articles["grades"], articles, knowledge, "en")
    (row,) = [line for section in report.sections for line in section.lines if line.text == "Grade: 1"]
    assert row.detail.endswith("Familiar explanation: 2 to 3 weeks; Research: 17 days")


def test_exercises_are_named_for_where_no_figure_can_be_shown(knowledge: Knowledge) -> None:
    articles = load_articles()
    report = write_article(articles["exercises_at_home"], articles, knowledge, "en")
    named = [line.text for section in report.sections for line in section.lines if line.mark == "Exercise"]
    assert named[0] == knowledge.exercises.exercises["glute_bridge"].name.en
    assert len(named) == len(articles["exercises_at_home"].exercises)
