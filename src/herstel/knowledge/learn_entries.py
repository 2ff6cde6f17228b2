"""The articles of the "Learn" pages: short explanations in both languages, each section with its sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from herstel.knowledge.criterion import URGENCY_LEVELS, Urgency
from herstel.knowledge.entry import Entry, Sources, source_ids
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Language, Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

IllustrationName = Literal["hamstring", "grades", "soreness_timeline", "chain", "phases", "pain_limits"]
ILLUSTRATIONS: tuple[IllustrationName, ...] = get_args(IllustrationName)
WORDS_A_MINUTE = 180
"""Calm reading of a plain text on a screen (an estimate)."""
_FOLDER = "learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Entry):
    """A small table; the first column names the row."""

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"needs rows of {len(self.head)} cells, as many as its head")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Entry):
    """Where the founding document and the evidence do not say the same: both are told and named."""

    founding: Text
    evidence: Text
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSection(Entry):
    """One heading with what stands below it, in the order of the fields.

    Attributes
    ----------
    paragraphs, bullets : tuple of Text
    differences : tuple of Difference
    table : Table or None
    exercises : tuple of str
        Ids of exercises whose figures are shown.
    basis : Basis
        The weakest thing that a statement of this section rests on.
    source : str or tuple of str
        Ids of ``sources/``; those of the differences stand there.
    """

    heading: Text
    paragraphs: tuple[Text, ...] = ()
    bullets: tuple[Text, ...] = ()
    differences: tuple[Difference, ...] = ()
    table: Table | None = None
    exercises: tuple[str, ...] = ()
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if not self.paragraphs and not self.bullets:
            raise ValueError("needs at least one paragraph or bullet")

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of the section, in order of appearance, once."""
        named = (self.source, *(one.source for one in self.differences))
        return tuple(dict.fromkeys(source for sources in named for source in source_ids(sources)))

    def texts(self) -> Iterator[Text]:
        """Everything there is to read, in the order of reading."""
        yield from (self.heading, *self.paragraphs, *self.bullets)
        for one in self.differences:
            yield from (one.founding, one.evidence)
        if self.table is not None:
            yield from (self.table.caption, *self.table.head)
            yield from (cell for row in self.table.rows for cell in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenToCall(Entry):
    """Signs with which to call, at one level of urgency.

    ``red_flags`` names the rules behind the signs; none of them may be more urgent than ``urgency``.
    """

    urgency: Urgency
    signs: tuple[Text, ...]
    red_flags: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.signs or not self.red_flags:
            raise ValueError("needs at least one sign and the red flags behind it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Entry):
    """One subject explained in a few minutes; the file is called after its id."""

    id: str
    order: int
    """Place in the list of articles, from 1."""
    title: Text
    summary: Text
    illustration: IllustrationName | None = None
    sections: tuple[ArticleSection, ...]
    when_to_call: tuple[WhenToCall, ...] = ()
    """Most urgent first."""
    see_also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.sections:
            raise ValueError("needs at least one section")
        ranks = [URGENCY_LEVELS.index(one.urgency) for one in self.when_to_call]
        if ranks != sorted(set(ranks), reverse=True):
            raise ValueError("when_to_call goes from most to least urgent, each level once")

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of the article, in order of appearance, once."""
        return tuple(dict.fromkeys(source for section in self.sections for source in section.sources))

    @property
    def exercises(self) -> tuple[str, ...]:
        """Every exercise that is shown, in order of appearance."""
        return tuple(exercise for section in self.sections for exercise in section.exercises)

    def word_count(self, language: Language) -> int:
        """How many words there are to read in the sections."""
        return sum(len(text[language].split()) for section in self.sections for text in section.texts())

    def minutes(self, language: Language) -> int:
        """About how many minutes it takes to read."""
        return max(1, round(self.word_count(language) / WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnKnowledge:
    articles: Mapping[str, Article]
    """By id, in the order of reading."""

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every article with where it stands."""
        for article in self.articles.values():
            yield f"{_FOLDER}/{article.id}.yaml", article

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: unknown sources, exercises and articles, and signs told too calmly."""
        places: dict[int, str] = {}
        for article in self.articles.values():
            where = f"{_FOLDER}/{article.id}.yaml"
            other = places.setdefault(article.order, article.id)
            if other != article.id:
                yield f"{where}, order", f"{article.order} is the place of {other!r} as well"
            yield from self._unknown(article, where, knowledge)
            yield from _too_calm(article, where, knowledge)

    def _unknown(self, article: Article, where: str, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        for source in article.sources:
            if source not in knowledge.sources:
                yield where, f"the source {source!r} is not in sources.yaml"
        for exercise in article.exercises:
            if exercise not in knowledge.exercises.exercises:
                yield where, f"the exercise {exercise!r} does not exist"
        for other in article.see_also:
            if other not in self.articles or other == article.id:
                yield f"{where}, see_also", f"there is no other article {other!r}"


def _too_calm(article: Article, where: str, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
    """Red flags that do not exist, or that ask for more hurry than the article tells."""
    for call in article.when_to_call:
        for name in call.red_flags:
            flag = knowledge.red_flags.get(name)
            if flag is None:
                yield f"{where}, when_to_call", f"the red flag {name!r} does not exist"
            elif flag.level is not None and URGENCY_LEVELS.index(flag.level) > URGENCY_LEVELS.index(call.urgency):
                yield f"{where}, when_to_call", f"the red flag {name!r} asks for {flag.level}, not {call.urgency}"


def read_learn(read: Reader) -> LearnKnowledge:
    """Read ``learn/``: one article a file."""
    found: list[Article] = []
    files = read.files(_FOLDER)
    if not files:
        read.wrong(_FOLDER, "", "there is no article")
    for file in files:
        for article in read.entries(file, Article, [read.raw(file)]):
            if file != f"{_FOLDER}/{article.id}.yaml":
                read.wrong(file, "id", f"{article.id!r} is not the name of the file")
            found.append(article)
    return LearnKnowledge(articles={one.id: one for one in sorted(found, key=lambda one: one.order)})
