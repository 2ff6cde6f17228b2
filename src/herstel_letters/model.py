"""A letter before it is set: plain text in sections, so that a therapist can change every word of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from herstel.text import Language

LetterKind = Literal["gp_referral", "specialist_referral", "progress", "discharge", "result"]
LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
PictureName = Literal["differential", "chain", "progress", "function", "forecast"]
PICTURE_NAMES: tuple[PictureName, ...] = get_args(PictureName)
BULLET = "- "


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSection:
    """One section; every line of ``text`` is a paragraph, one that begins with ``BULLET`` an item of a list."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """What a letter says. Who it is from, to and about comes beside it, in ``People`` and ``Letterhead``.

    Attributes
    ----------
    day : date
        The date on the letter.
    subject : str
        The line after "Betreft".
    statement : str
        What the numbers are and are not; set small at the end.
    notice : str
        What must be seen before anything else, such as that the facts are made up; "" for an ordinary letter.
    """

    kind: LetterKind
    language: Language
    day: date
    title: str
    subject: str
    salutation: str
    sections: tuple[LetterSection, ...]
    pictures: tuple[PictureName, ...]
    closing: str
    statement: str
    knowledge_version: str
    notice: str = ""
