"""``herstel knowledge``: check the knowledge files, or show one entry with its numbers and sources."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel_cli.options import Commands


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("knowledge", help="check or show what Herstel knows")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    check = actions.add_parser("check", help="check every file: numbers, sources, references, both languages")
    check.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="default: the knowledge of this Herstel")
    add_language(check)
    check.set_defaults(run=run_check)
    show = actions.add_parser("show", help="show a condition, finding, question, red flag, test, source or advice")
    show.add_argument("id", metavar="ID")
    add_language(show)
    show.set_defaults(run=run_show)


def run_check(options: argparse.Namespace) -> int:
    from herstel.errors import KnowledgeError
    from herstel.figures.check import check_figures
    from herstel.figures.figure import load_figures
    from herstel.knowledge.load import DATA_FOLDER, load_knowledge
    from herstel.learn.library import load_articles
    from herstel.text import say

    folder = options.folder or DATA_FOLDER
    knowledge = load_knowledge(folder)
    if problems := check_figures(load_figures(folder), knowledge):
        raise KnowledgeError(problems)
    articles = load_articles(folder)
    print(
        say(
            options.lang,
            "The knowledge is right: version {version}, {conditions} conditions, {findings} findings, "
            "{numbers} likelihoods, {questions} questions, {flags} red flags, {tests} tests of the chain, "
            "{exercises} exercises with their figures, {criteria} criteria of gates, {articles} articles, "
            "{sources} sources.",
            version=knowledge.version.version,
            conditions=len(knowledge.conditions),
            findings=len(knowledge.findings),
            numbers=len(knowledge.likelihoods),
            questions=len(knowledge.questions),
            flags=len(knowledge.red_flags),
            tests=len(knowledge.chain.tests),
            exercises=len(knowledge.exercises.exercises),
            criteria=len(knowledge.progress.gates),
            articles=len(articles),
            sources=len(knowledge.sources),
        )
    )
    return 0


def run_show(options: argparse.Namespace) -> int:
    from herstel.knowledge.load import load_knowledge
    from herstel_cli.entries import shown

    print("\n".join(shown(options.id, load_knowledge(), options.lang)))
    return 0
