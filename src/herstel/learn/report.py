"""An article in words, with its illustration, its sources and when to call. No markup, no framework."""

from collections.abc import Iterator, Mapping

from herstel.assessment.report_parts import Line, Report, Section
from herstel.knowledge.learn_entries import Article, ArticleSection, Difference, Table
from herstel.knowledge.model import Knowledge
from herstel.knowledge.telling import InLanguage
from herstel.learn.illustrations import illustration
from herstel.text import Language


def write_article(
    article: Article, articles: Mapping[str, Article], knowledge: Knowledge, language: Language
) -> Report:
    """Tell an article in one language.

    Parameters
    ----------
    article : Article
    articles : mapping of str to Article
        All of them, for the titles of what it points to.
    knowledge : Knowledge
        Of the same version.
    language : {"nl", "en"}

    Returns
    -------
    Report
        With which signs to call comes before the explanation.
    """
    t = InLanguage(language=language, knowledge=knowledge)
    sections = [
        _summary(article, t),
        *_when_to_call(article, t),
        *(_section(number, section, t) for number, section in enumerate(article.sections, 1)),
        *_see_also(article, articles, t),
        Section(id="about", title=t.tell("About this text"), lines=(Line(text=t.of(knowledge.version.review_text)),)),
    ]
    urgency = article.when_to_call[0].urgency if article.when_to_call else "self_care"
    return Report(
        language=language, urgency=urgency, headline=t.of(article.title), tone="plain", sections=tuple(sections)
    )


def _summary(article: Article, t: InLanguage) -> Section:
    drawn = () if article.illustration is None else (illustration(article.illustration, t.knowledge, t.language),)
    minutes = t.tell("Reading time: about {minutes} min.", minutes=article.minutes(t.language))
    lines = (Line(text=t.of(article.summary)), Line(text=minutes))
    return Section(id="summary", title=t.tell("In short"), lines=lines, drawings=drawn)


def _when_to_call(article: Article, t: InLanguage) -> Iterator[Section]:
    """Signs by urgency; the call itself is the one that an assessment gives."""
    calls = {level.id: level.call for level in t.knowledge.advice.urgency}
    lines: list[Line] = []
    for one in article.when_to_call:
        flags = (t.knowledge.red_flags[name] for name in one.red_flags)
        sources = dict.fromkeys(citation for flag in flags for citation in t.cite(flag.source))
        lines.append(Line(text=t.of(calls[one.urgency]), heading=True, sources=tuple(sources)))
        lines += [Line(text=t.of(sign)) for sign in one.signs]
    if lines:
        yield Section(id="when_to_call", title=t.tell("When to call"), lines=tuple(lines))


def _section(number: int, section: ArticleSection, t: InLanguage) -> Section:
    said = [t.of(text) for text in (*section.paragraphs, *section.bullets)]
    lines = [Line(text=text) for text in said[:-1]]
    lines.append(Line(text=said[-1], sources=t.cite(section.source)))
    for one in section.differences:
        lines += _both(one, t)
    if section.table is not None:
        lines += _rows(section.table, t)
    exercises = (t.knowledge.exercises.exercises[name] for name in section.exercises)
    lines += [Line(text=t.of(one.name), mark=t.tell("Exercise")) for one in exercises]
    return Section(id=f"part_{number}", title=t.of(section.heading), lines=tuple(lines))


def _both(one: Difference, t: InLanguage) -> Iterator[Line]:
    yield Line(text=t.of(one.founding), mark=t.tell("Familiar explanation"))
    yield Line(text=t.of(one.evidence), mark=t.tell("What research says"), sources=t.cite(one.source))


def _rows(table: Table, t: InLanguage) -> Iterator[Line]:
    yield Line(text=t.of(table.caption), heading=True)
    for row in table.rows:
        cells = zip(table.head, row, strict=True)
        name, *told = (f"{t.of(head)}: {t.of(cell)}" for head, cell in cells)
        yield Line(text=name, detail="; ".join(told))


def _see_also(article: Article, articles: Mapping[str, Article], t: InLanguage) -> Iterator[Section]:
    if article.see_also:
        lines = tuple(Line(text=f"{t.of(articles[other].title)} ({other})") for other in article.see_also)
        yield Section(id="see_also", title=t.tell("See also"), lines=lines)
