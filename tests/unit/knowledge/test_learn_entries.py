"""What an article may say, what is said of articles that do not fit together, and how they are read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from herstel.knowledge.learn_entries import (
    WORDS_A_MINUTE,
    Article,
    ArticleSection,
    Difference,
    LearnKnowledge,
    Table,
    WhenToCall,
    read_learn,
)
from herstel.knowledge.model import Knowledge
from herstel.knowledge.reader import Reader
from herstel.text import Text

FILE = """
id: {id}
order: 1
title: {{nl: Titel, en: Title}}
summary: {{nl: Kort gezegd, en: In short}}
sections:
  - heading: {{nl: Kop, en: Heading}}
    paragraphs: [{{nl: Een zin., en: A sentence.}}]
    basis: elicited
    source: elicited-rule
"""


def text(words: str) -> Text:
    return Text(nl=words, en=words)


def section(**changes: Any) -> ArticleSection:
    usual: dict[str, Any] = {
        "heading": text("heading"),
        "paragraphs": (text("a paragraph of words"),),
        "basis": "elicited",
        "source": "elicited-rule",
    }
    return ArticleSection(**{**usual, **changes})


def article(name: str = "bruises", **changes: Any) -> Article:
    usual: dict[str, Any] = {
        "id": name,
        "order": 1,
        "title": text(name),
        "summary": text("what it is"),
        "sections": (section(),),
    }
    return Article(**{**usual, **changes})


def call(urgency: Any, *red_flags: str) -> WhenToCall:
    return WhenToCall(urgency=urgency, signs=(text("a sign"),), red_flags=red_flags)


def faults(knowledge: Knowledge, *articles: Article) -> list[str]:
    learn = LearnKnowledge(articles={one.id: one for one in articles})
    return [f"{where}: {what}" for where, what in learn.faults(knowledge)]


# ------------------------------------------------------------------ one article


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: section(paragraphs=()), "at least one paragraph or bullet"),
        (lambda: article(sections=()), "at least one section"),
        (lambda: WhenToCall(urgency="emergency", signs=(), red_flags=("cold_leg",)), "at least one sign"),
        (lambda: call("emergency"), "the red flags behind it"),
        (lambda: Table(caption=text("t"), head=(text("a"), text("b")), rows=()), "rows of 2 cells"),
        (lambda: Table(caption=text("t"), head=(text("a"), text("b")), rows=((text("c"),),)), "rows of 2 cells"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make()


@pytest.mark.parametrize("levels", [("gp_week", "emergency"), ("same_day", "same_day")])
def test_the_most_urgent_call_comes_first_and_each_level_once(levels: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="from most to least urgent"):
        article(when_to_call=tuple(call(level, "cold_leg") for level in levels))


def test_bullets_alone_are_enough_to_read() -> None:
    assert section(paragraphs=(), bullets=(text("one"),)).bullets == (text("one"),)


def test_the_sources_of_an_article_are_named_once_in_the_order_of_reading() -> None:
    difference = Difference(founding=text("so"), evidence=text("otherwise"), source=["founding-document", "moen-2014"])
    first = section(source=("moen-2014", "zein-2024"), differences=(difference,), exercises=("glute_bridge",))
    told = article(sections=(first, section(source="zein-2024", exercises=("clamshell",))))
    assert told.sources == ("moen-2014", "zein-2024", "founding-document")
    assert told.exercises == ("glute_bridge", "clamshell")


def test_everything_there_is_to_read_counts_for_the_time_it_takes() -> None:
    table = Table(caption=text("two words"), head=(text("a"), text("b")), rows=((text("c"), text("d")),))
    difference = Difference(founding=text("it is so"), evidence=text("it is not"), source="founding-document")
    told = article(sections=(section(bullets=(text("one"),), differences=(difference,), table=table),))
    assert told.word_count("nl") == 1 + 4 + 1 + 3 + 3 + 2 + 2 + 2
    assert told.minutes("nl") == 1
    long = section(paragraphs=(text("word " * (3 * WORDS_A_MINUTE)),))
    assert article(sections=(long,)).minutes("en") == 3


# ------------------------------------------------------------------ articles together


def test_articles_that_fit_together_have_no_faults(knowledge: Knowledge) -> None:
    urgent = article("bruises", see_also=("swelling",), when_to_call=(call("emergency", "cold_leg", "severe_pain"),))
    assert faults(knowledge, urgent, article("swelling", order=2)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"sections": (section(source="my-uncle"),)},
            "learn/bruises.yaml: the source 'my-uncle' is not in sources.yaml",
        ),
        (
            {"sections": (section(exercises=("cartwheel",)),)},
            "learn/bruises.yaml: the exercise 'cartwheel' does not exist",
        ),
        ({"see_also": ("nothing",)}, "learn/bruises.yaml, see_also: there is no other article 'nothing'"),
        ({"see_also": ("bruises",)}, "learn/bruises.yaml, see_also: there is no other article 'bruises'"),
        (
            {"when_to_call": (call("gp_week", "itch"),)},
            "learn/bruises.yaml, when_to_call: the red flag 'itch' does not exist",
        ),
        (
            {"when_to_call": (call("gp_week", "cold_leg"),)},
            "learn/bruises.yaml, when_to_call: the red flag 'cold_leg' asks for emergency, not gp_week",
        ),
    ],
)
def test_what_does_not_fit_is_named(knowledge: Knowledge, changes: dict[str, Any], said: str) -> None:
    assert faults(knowledge, article(**changes)) == [said]


def test_two_articles_in_one_place_are_named(knowledge: Knowledge) -> None:
    assert faults(knowledge, article("bruises"), article("swelling")) == [
        "learn/swelling.yaml, order: 1 is the place of 'bruises' as well"
    ]


def test_every_article_says_where_it_stands() -> None:
    learn = LearnKnowledge(articles={"bruises": article("bruises")})
    assert list(learn.entries()) == [("learn/bruises.yaml", article("bruises"))]


# ------------------------------------------------------------------ reading


def read(folder: Path, files: dict[str, str]) -> tuple[LearnKnowledge, list[str]]:
    (folder / "learn").mkdir()
    for name, content in files.items():
        (folder / "learn" / name).write_text(content, encoding="utf-8")
    reader = Reader(folder)
    return read_learn(reader), [str(problem) for problem in reader.problems]


def test_articles_are_in_the_order_of_reading_and_not_of_their_names(tmp_path: Path) -> None:
    files = {"a.yaml": FILE.format(id="a").replace("order: 1", "order: 2"), "b.yaml": FILE.format(id="b")}
    learn, problems = read(tmp_path, files)
    assert (list(learn.articles), problems) == (["b", "a"], [])


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {})
    assert problems[0].startswith("learn: there is no article.")


@pytest.mark.parametrize(
    ("old", "new", "begins"),
    [
        ("id: a", "id: c", "learn/a.yaml, id: 'c' is not the name of the file."),
        (", en: Title", "", "learn/a.yaml, a.title.en: Field required"),
        ("en: A sentence.", "en: ''", "learn/a.yaml, a.sections.0.paragraphs.0: Value error, the en text is empty"),
        ("order: 1", "order: 1\ncolour: red", "learn/a.yaml, a.colour: Unexpected keyword argument"),
        ("order: 1", "order: 1\nillustration: cat", "learn/a.yaml, a.illustration: Input should be 'hamstring'"),
        ("source: elicited-rule", "", "learn/a.yaml, a.sections.0.source: Field required"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_key(tmp_path: Path, old: str, new: str, begins: str) -> None:
    _, problems = read(tmp_path, {"a.yaml": FILE.format(id="a").replace(old, new)})
    assert len(problems) == 1
    assert problems[0].startswith(begins)
    assert problems[0].endswith("'herstel knowledge check' says whether it is right.")


def test_a_file_that_is_no_yaml_is_named_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"a.yaml": "id: [a"})
    assert len(problems) == 1
    assert problems[0].startswith("learn/a.yaml: ")


def test_an_article_can_be_changed_only_into_another_one() -> None:
    assert replace(article("bruises"), order=2).order == 2
    with pytest.raises(AttributeError):
        article("bruises").order = 2  # type: ignore[misc]
