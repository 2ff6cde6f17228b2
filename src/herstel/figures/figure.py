"""The figures of the exercises: moving for a page, still for the terminal and paper."""

from functools import cache
from pathlib import Path

from herstel.drawing.shapes import Drawing
from herstel.drawing.svg import Style
from herstel.figures.animation import animated_svg
from herstel.figures.picture import pose_drawing
from herstel.knowledge.figure_entries import Figure, FigureKnowledge, read_figures
from herstel.knowledge.load import DATA_FOLDER
from herstel.knowledge.model import Knowledge
from herstel.knowledge.reader import Reader
from herstel.text import Language


@cache
def load_figures(folder: Path = DATA_FOLDER) -> FigureKnowledge:
    """The figures of a knowledge folder, read once and only when one is drawn.

    Raises
    ------
    KnowledgeError
        With every problem found.
    """
    reader = Reader(folder)
    figures = read_figures(reader)
    reader.stop_if_wrong()
    return figures


def figure_svg(
    exercise: str, knowledge: Knowledge, language: Language, *, style: Style = "file", moving: bool = True
) -> str:
    """The moving figure of an exercise as SVG.

    Parameters
    ----------
    exercise : str
        Id of an exercise.
    knowledge : Knowledge
    language : {"nl", "en"}
    style : {"file", "page"}
        A file of its own moves, and has colours for the dark; in a page that forbids inline styles it stands still,
        so a page that wants it to move shows the file as an image.
    moving : bool
        False gives a file that stands still, for who asked for that.

    Raises
    ------
    KeyError
        When there is no such exercise or it has no figure.
    """
    figure = load_figures()[exercise]
    name, words = knowledge.exercises[exercise].name[language], _in_words(figure, language)
    return animated_svg(figure, name, words, style=style, moving=moving)


def figure_drawing(exercise: str, pose: int | None, knowledge: Knowledge, language: Language) -> Drawing:
    """One key pose of an exercise, or all of them next to each other.

    Parameters
    ----------
    exercise : str
        Id of an exercise.
    pose : int or None
        Number of the key pose, from 0; None for all.
    knowledge : Knowledge
    language : {"nl", "en"}

    Raises
    ------
    KeyError, IndexError
        When there is no such exercise or pose.
    """
    figure = load_figures()[exercise]
    numbers = range(len(figure.poses)) if pose is None else (pose,)
    return pose_drawing(figure, numbers, knowledge.exercises[exercise].name[language], _in_words(figure, language))


def _in_words(figure: Figure, language: Language) -> str:
    captions = [(number, pose.caption) for number, pose in enumerate(figure.poses, 1)]
    return " ".join(f"{number}. {caption[language]}." for number, caption in captions if caption is not None)
