"""The illustrations by their name."""

from collections.abc import Callable, Mapping

from herstel.drawing.shapes import Drawing
from herstel.knowledge.learn_entries import IllustrationName
from herstel.knowledge.model import Knowledge
from herstel.learn.chain import chain_of_links_picture
from herstel.learn.grades import grades_picture
from herstel.learn.hamstring import hamstring_picture
from herstel.learn.pain_limits import pain_limits_picture
from herstel.learn.phases import phases_picture
from herstel.learn.soreness_timeline import soreness_timeline_picture
from herstel.text import Language

_PICTURES: Mapping[IllustrationName, Callable[[Knowledge, Language], Drawing]] = {
    "hamstring": lambda _, language: hamstring_picture(language),
    "grades": grades_picture,
    "soreness_timeline": lambda _, language: soreness_timeline_picture(language),
    "chain": chain_of_links_picture,
    "phases": phases_picture,
    "pain_limits": pain_limits_picture,
}


def illustration(name: IllustrationName, knowledge: Knowledge, language: Language) -> Drawing:
    """An illustration with its words and its description in one language.

    Parameters
    ----------
    name : str
        One of ``ILLUSTRATIONS``.
    knowledge : Knowledge
        Grades, phases, links and limits in the pictures are those of the knowledge.
    language : {"nl", "en"}

    Returns
    -------
    Drawing
        Readable from 320 pixels wide; its description says the same in words.
    """
    return _PICTURES[name](knowledge, language)
