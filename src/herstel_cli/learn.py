"""``herstel learn [ID]``: the list of articles, or one article with its sources and its illustration."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from herstel.errors import InputError, Problem, marked
from herstel.text import Language, say
from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel.knowledge.learn_entries import Article
    from herstel_cli.options import Commands

_INDENT = " " * 4


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("learn", help="short articles: what it is, why it comes back, how it recovers")
    parser.add_argument("id", metavar="ID", nargs="?", help="the article to read; without it: the list")
    parser.add_argument("--svg", metavar="PATH", help="write the illustration of the article to this file, or -")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.learn.library import load_articles

    articles, language = load_articles(), options.lang
    if options.id is None and options.svg:
        reason, remedy = marked("no article was named."), marked("Name the article whose illustration you want.")
        raise InputError([Problem(thing="--svg", reason=reason, remedy=remedy)])
    if options.id is None:
        _list(articles, language)
    elif not options.svg or _drawn(_named(options.id, articles), options.svg, language):
        _print(_named(options.id, articles), articles, language)
    return 0


def _list(articles: "Mapping[str, Article]", language: Language) -> None:
    from herstel_cli.render import terminal_width, wrapped

    for article in articles.values():
        minutes = say(language, "about {minutes} min.", minutes=article.minutes(language))
        print(f"{article.id}: {article.title[language]} ({minutes})")
        print(wrapped(article.summary[language], terminal_width(), first=_INDENT, rest=_INDENT))


def _named(name: str, articles: "Mapping[str, Article]") -> "Article":
    from difflib import get_close_matches

    if name in articles:
        return articles[name]
    near = get_close_matches(name, list(articles), n=3, cutoff=0.4)
    reason = marked("is not an article.")
    remedy = marked("Did you mean {near}?") if near else marked("'herstel learn' lists them all.")
    raise InputError([Problem(thing=name, reason=reason, remedy=remedy, values={"near": ", ".join(near)})])


def _print(article: "Article", articles: "Mapping[str, Article]", language: Language) -> None:
    from herstel.knowledge.load import load_knowledge
    from herstel.learn.report import write_article
    from herstel_cli.render import as_text, terminal_width

    print(as_text(write_article(article, articles, load_knowledge(), language), terminal_width()))


def _drawn(article: "Article", path: str, language: Language) -> bool:
    """Write the illustration; whether there is still something to print beside it."""
    from herstel.drawing.svg import as_svg
    from herstel.knowledge.load import load_knowledge
    from herstel.learn.illustrations import illustration
    from herstel_cli.case import Picture, write_picture

    name = article.illustration
    if name is None:
        reason = marked("this article shows exercises and has no illustration of its own.")
        remedy = marked("Leave --svg out, or choose another article.")
        raise InputError([Problem(thing=article.id, reason=reason, remedy=remedy)])
    picture = Picture(name=name, draw=lambda: as_svg(illustration(name, load_knowledge(), language)))
    return write_picture(path, picture, language)
