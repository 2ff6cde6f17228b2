"""The illustrations: inside their frame, readable on a phone, and the same in words as in the picture."""

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest

from herstel.chain.picture import BODY_LINKS
from herstel.chain.story import STORY_LINKS
from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.drawing.svg import as_svg
from herstel.knowledge.chain_entries import EvidenceGrade
from herstel.knowledge.learn_entries import ILLUSTRATIONS, IllustrationName
from herstel.knowledge.model import Knowledge
from herstel.learn.illustrations import illustration
from herstel.learn.layout import Words
from herstel.text import LANGUAGES, Language

SMALLEST_PHONE = 320
BOLD, LIGHT = 0.58, 0.53
"""Widths of a character as the illustrations count them; a browser's were looked at."""


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def said(drawing: Drawing) -> str:
    """The words of the picture as one text, lines joined."""
    return " ".join(label.text for label in labels(drawing))


@pytest.fixture(params=[(name, language) for name in ILLUSTRATIONS for language in LANGUAGES], ids=str)
def drawing(request: pytest.FixtureRequest, knowledge: Knowledge) -> Drawing:
    name, language = request.param
    return illustration(name, knowledge, language)


def test_everything_lies_inside_the_picture(drawing: Drawing) -> None:
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Path) else (shape.centre,) if isinstance(shape, Circle) else ()
        for x, y in points:
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height


def test_every_label_fits_into_the_picture(drawing: Drawing) -> None:
    for label in labels(drawing):
        width = len(label.text) * label.size * (BOLD if label.bold else LIGHT)
        left = label.at[0] - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        assert left >= 0, label.text
        assert left + width <= drawing.width + 1, label.text
        assert label.size < label.at[1] <= drawing.height


def test_labels_below_each_other_do_not_touch(drawing: Drawing) -> None:
    columns: dict[tuple[float, str], list[Label]] = {}
    for label in labels(drawing):
        columns.setdefault((label.at[0], label.anchor), []).append(label)
    for column in columns.values():
        heights = sorted(label.at[1] for label in column)
        space = min(label.size for label in column)
        assert all(below - above >= space for above, below in pairwise(heights))


def test_labels_are_large_enough_to_read_on_the_smallest_phone(drawing: Drawing) -> None:
    assert min(label.size * SMALLEST_PHONE / drawing.width for label in labels(drawing)) >= 9.5


def test_a_picture_has_a_title_and_a_description_and_becomes_a_page_without_styles(drawing: Drawing) -> None:
    assert drawing.title
    assert len(drawing.description) > len(drawing.title)
    svg = as_svg(drawing, style="page")
    assert "<title id=" in svg
    assert "style=" not in svg
    assert "<style" not in svg


@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_the_words_differ_between_the_languages(name: IllustrationName, knowledge: Knowledge) -> None:
    dutch, english = (illustration(name, knowledge, language) for language in LANGUAGES)
    assert dutch.title != english.title
    assert dutch.description != english.description
    assert said(dutch) != said(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grades_carry_the_names_of_the_knowledge(language: Language, knowledge: Knowledge) -> None:
    picture = illustration("grades", knowledge, language)
    for grade in knowledge.advice.grades:
        assert grade.name[language] in said(picture)
        assert grade.name[language] in picture.description


def test_every_grade_but_the_uninjured_muscle_and_the_tendon_shows_a_larger_tear(knowledge: Knowledge) -> None:
    tears = [
        max(y for _, y in shape.points) - min(y for _, y in shape.points)
        for shape in illustration("grades", knowledge, "en").shapes
        if isinstance(shape, Path) and shape.ink == "bad" and shape.fill == "paper"
    ]
    assert len(tears) == 3
    assert tears == sorted(tears)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_chain_is_named_with_its_evidence(language: Language, knowledge: Knowledge) -> None:
    picture = illustration("chain", knowledge, language)
    for link in (*BODY_LINKS, *STORY_LINKS):
        assert f"{knowledge.chain.links[link].name[language]}: " in picture.description


def test_strength_of_evidence_is_told_by_word_and_pattern_and_not_by_colour_alone(knowledge: Knowledge) -> None:
    words = {"strong": "strong evidence", "moderate": "moderate evidence", "weak": "weak evidence"}
    patterns = {}
    for grade in get_args(EvidenceGrade):
        link = replace(knowledge.chain.links["knee"], grade=grade)
        chain = replace(knowledge.chain, links={**knowledge.chain.links, "knee": link})
        picture = illustration("chain", replace(knowledge, chain=chain), "en")
        place = [label.text for label in labels(picture)].index("knee")
        told = labels(picture)[place + 1].text
        assert told == words.get(grade, told)
        regions = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.closed and shape.width == 1.1]
        patterns[grade] = (regions[2 * BODY_LINKS.index("knee")].pattern, regions[2 * BODY_LINKS.index("knee")].dashed)
    assert len({patterns[grade] for grade in ("strong", "weak", "none", "against")}) == 4


def test_the_phases_are_those_of_the_plan_with_a_gate_before_each_next_one(knowledge: Knowledge) -> None:
    picture = illustration("phases", knowledge, "en")
    numbers = [label.text for label in labels(picture) if label.text.isdigit()]
    assert numbers == ["1", "2", "3", "4"]
    flags = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.fill == "warn"]
    assert len(flags) == 3 + 1, "and the one that is explained"
    assert all(phase.name.en in picture.description for phase in knowledge.plan.phases.values())


def test_the_pain_limits_are_those_that_the_rules_use(knowledge: Knowledge) -> None:
    picture = illustration("pain_limits", knowledge, "en")
    assert [label.text.split(":")[0] for label in labels(picture) if " – " in label.text] == [
        "0 – 2",
        "3 – 4",
        "5 – 10",
    ]
    rule = knowledge.progress.rules["pain_during"]
    stricter = replace(rule, limits={**rule.limits, "strength_limit": 3.0})
    progress = replace(knowledge.progress, rules={**knowledge.progress.rules, "pain_during": stricter})
    changed = illustration("pain_limits", replace(knowledge, progress=progress), "en")
    assert "4 – 10: Too much" in said(changed)


def test_the_hamstring_has_three_muscles_that_differ_in_pattern(knowledge: Knowledge) -> None:
    picture = illustration("hamstring", knowledge, "en")
    muscles = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.fill == "accent"]
    assert {muscle.pattern for muscle in muscles} == {"solid", "hatch", "dots"}


def test_soreness_and_tear_differ_in_their_line_as_well_as_their_colour(knowledge: Knowledge) -> None:
    picture = illustration("soreness_timeline", knowledge, "en")
    lines = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.width == 2.6]
    assert {(line.ink, line.dashed) for line in lines} == {("accent", False), ("bad", True)}


def test_words_are_wrapped_below_each_other() -> None:
    words = Words(size=10)
    first, second = words.at((5, 20), "a line of words that goes on", 80)
    assert (first.at, second.at[0]) == ((5, 20), 5)
    assert second.at[1] == pytest.approx(20 + words.height("one", 80))
    assert len(Words(size=10, bold=True).lines("twelve chars", 61)) == 2
    assert words.lines("unbreakable", 1) == ["unbreakable"]
