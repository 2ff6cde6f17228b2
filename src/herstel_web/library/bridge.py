"""The one place where the library reaches the domain: articles and figures."""

from collections.abc import Mapping
from functools import lru_cache

from herstel.drawing.shapes import Drawing
from herstel.figures.figure import figure_svg
from herstel.figures.figure import load_figures as _load_figures
from herstel.knowledge.learn_entries import Article
from herstel.learn.illustrations import illustration
from herstel.learn.library import load_articles
from herstel.text import Language
from herstel_web.knowledge import knowledge


def articles() -> Mapping[str, Article]:
    """The articles in the order of reading."""
    return load_articles()


def drawn(article: Article, language: Language) -> Drawing | None:
    """The illustration of an article, when it has one."""
    return illustration(article.illustration, knowledge(), language) if article.illustration else None


def call_for(urgency: str, language: Language) -> str:
    """What is said at a level of urgency."""
    return next(level.call for level in knowledge().advice.urgency if level.id == urgency)[language]


def cited(sources: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """The citations of source ids."""
    return tuple(knowledge().sources[one].cited(language) for one in sources)


def exercise_name(exercise: str, language: Language) -> str:
    return knowledge().exercises.exercises[exercise].name[language]


def has_figure(exercise: str) -> bool:
    """Whether an exercise is in the library and drawn; an exercise of a therapist's own is not."""
    return exercise in knowledge().exercises.exercises and exercise in _load_figures().figures


@lru_cache(maxsize=512)
def figure(exercise: str, language: Language, *, moving: bool = True) -> str:
    """The figure of an exercise, as an SVG file of its own that moves or stands still."""
    return figure_svg(exercise, knowledge(), language, style="file", moving=moving)
