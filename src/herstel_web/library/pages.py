"""What the pages of the library show, as values in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from herstel.knowledge.learn_entries import Article, ArticleSection
from herstel.text import Language
from herstel_web.library import bridge
from herstel_web.reporting import picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article in the list."""

    id: str
    title: str
    summary: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section of an article; ``differences`` are what is usually said, and what research says."""

    heading: str
    paragraphs: tuple[str, ...]
    bullets: tuple[str, ...]
    differences: tuple[tuple[str, str], ...]
    table: ShownTable | None
    exercises: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Signs with which to call; ``emergency`` asks for 112."""

    call: str
    signs: tuple[str, ...]
    emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    title: str
    summary: str
    minutes: int
    illustration: SafeString | None
    sections: tuple[Shown, ...]
    calls: tuple[Call, ...]
    see_also: tuple[Listed, ...]


def listed(language: Language) -> list[Listed]:
    """All articles, in the order of reading."""
    return [_listed(one, language) for one in bridge.articles().values()]


def _listed(article: Article, language: Language) -> Listed:
    return Listed(
        id=article.id,
        title=article.title[language],
        summary=article.summary[language],
        minutes=article.minutes(language),
    )


def article_page(article: Article, language: Language) -> ArticlePage:
    """One article to read."""
    drawn = bridge.drawn(article, language)
    others = bridge.articles()
    return ArticlePage(
        title=article.title[language],
        summary=article.summary[language],
        minutes=article.minutes(language),
        illustration=picture(drawn) if drawn else None,
        sections=tuple(_section(one, language) for one in article.sections),
        calls=tuple(_calls(article, language)),
        see_also=tuple(_listed(others[name], language) for name in article.see_also),
    )


def _section(section: ArticleSection, language: Language) -> Shown:
    table = section.table
    return Shown(
        heading=section.heading[language],
        paragraphs=tuple(one[language] for one in section.paragraphs),
        bullets=tuple(one[language] for one in section.bullets),
        differences=tuple((one.founding[language], one.evidence[language]) for one in section.differences),
        table=None
        if table is None
        else ShownTable(
            caption=table.caption[language],
            head=tuple(one[language] for one in table.head),
            rows=tuple(tuple(cell[language] for cell in row) for row in table.rows),
        ),
        exercises=tuple((one, bridge.exercise_name(one, language)) for one in section.exercises),
        sources=bridge.cited(section.sources, language),
    )


def _calls(article: Article, language: Language) -> Iterator[Call]:
    for one in article.when_to_call:
        yield Call(
            call=bridge.call_for(one.urgency, language),
            signs=tuple(sign[language] for sign in one.signs),
            emergency=one.urgency == "emergency",
        )
