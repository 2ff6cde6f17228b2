"""The articles, read when somebody opens one and not with the rest of the knowledge."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from herstel.errors import KnowledgeError, Problem
from herstel.knowledge.learn_entries import Article, read_learn
from herstel.knowledge.load import DATA_FOLDER, load_knowledge
from herstel.knowledge.reader import REMEDY, Reader


def load_articles(folder: Path = DATA_FOLDER) -> Mapping[str, Article]:
    """The articles of a knowledge folder by id, in the order of reading, checked against its knowledge.

    Raises
    ------
    KnowledgeError
        With every problem found, in the articles or in the knowledge they refer to.
    """
    return _loaded(folder)


@cache
def _loaded(folder: Path) -> Mapping[str, Article]:
    reader = Reader(folder)
    learn = read_learn(reader)
    reader.stop_if_wrong()
    faults = learn.faults(load_knowledge(folder))
    problems = [
        Problem(thing=thing, reason="{reason}.", remedy=REMEDY, values={"reason": reason}) for thing, reason in faults
    ]
    if problems:
        raise KnowledgeError(problems)
    return learn.articles
