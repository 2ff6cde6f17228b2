"""A draft as PDF, set by typst. Texts go in as data, never as markup, and nothing is read but the template.

The same letter gives the same bytes: the date in the file is the date of the letter, and the fonts are those that
typst brings. Only a text with a sign these do not hold (such as Chinese) is set with the fonts of the machine as well.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path

import typst

from herstel.errors import InputError, Problem, marked
from herstel.forecast.words import long_date
from herstel.text import Language, say
from herstel_letters.model import BULLET, LetterDraft
from herstel_letters.pictures import LetterPicture

TEMPLATE = Path(__file__).parent / "template" / "letter.typ"
"""In a folder of its own, for the template may read what stands beside it, and nothing else."""
_LABELS = {
    "date": marked("Date"),
    "about": marked("Re"),
    "person": marked("Patient"),
    "born": marked("Date of birth"),
    "reference": marked("Reference"),
    "pictures": marked("Pictures with this letter"),
    "unsigned": marked("Draft, not signed."),
    "page": marked("page"),
    "of": marked("of"),
}
_NOT_SHOWN = "could not be displayed"
"""What typst says of a sign that no font holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The practice the letter is from: its name, and its address, telephone and so on as lines."""

    name: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whom a letter is to, whom it is about, and who signs it; what is not known stays out.

    Attributes
    ----------
    addressee : tuple of str
        Lines of the address.
    person, born, reference : str
        The person it is about, as they are written.
    signer : tuple of str
        Name, profession and registration of a real user; empty: the letter says that it is a draft.
    """

    addressee: tuple[str, ...] = ()
    person: str = ""
    born: str = ""
    reference: str = ""
    signer: tuple[str, ...] = field(default=())


def letter_pdf(
    draft: LetterDraft,
    letterhead: Letterhead,
    people: People,
    pictures: Sequence[LetterPicture] = (),
    *,
    version: int = 1,
) -> bytes:
    """Set a draft as a tagged PDF (PDF/UA-1).

    Parameters
    ----------
    draft : LetterDraft
    letterhead : Letterhead
    people : People
    pictures : sequence of LetterPicture
    version : int
        Of this letter, in its footer.

    Raises
    ------
    InputError
        When a text holds a sign that no font shows: it would be missing in the letter.
    """
    letter = json.dumps(_letter(draft, letterhead, people, pictures, version), ensure_ascii=False)
    made = datetime.combine(draft.day, time(), tzinfo=UTC)
    try:
        return _set(letter, made, _fonts(of_the_machine=False))
    except typst.TypstError as error:
        if _NOT_SHOWN not in str(error):
            raise
    try:
        return _set(letter, made, _fonts(of_the_machine=True))
    except typst.TypstError as error:
        if _NOT_SHOWN not in str(error):
            raise
        raise InputError([_no_font(str(error))]) from None


def _set(letter: str, made: datetime, fonts: typst.Fonts) -> bytes:
    return typst.compile(
        TEMPLATE,
        sys_inputs={"letter": letter},
        root=TEMPLATE.parent,
        package_path=TEMPLATE.parent,
        package_cache_path=TEMPLATE.parent,
        font_paths=fonts,
        timestamp=int(made.timestamp()),
        pdf_standards=["ua-1"],
    )


@cache
def _fonts(*, of_the_machine: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=of_the_machine)


def _no_font(said: str) -> Problem:
    """The sign that cannot be shown, and what to do about it."""
    sign = re.search(r'text `"(.+?)"`', said)
    reason = marked("no font on this machine shows {sign}.")
    remedy = marked("Write it in other letters, or install a font that holds it.")
    return Problem(thing="letter", reason=reason, remedy=remedy, values={"sign": sign[1] if sign else "?"})


def _letter(
    draft: LetterDraft, letterhead: Letterhead, people: People, pictures: Sequence[LetterPicture], version: int
) -> dict[str, object]:
    """Everything the template needs, as JSON holds it."""
    language = draft.language
    parts: dict[str, object] = {
        "language": language,
        "year_month_day": [draft.day.year, draft.day.month, draft.day.day],
        "labels": {name: say(language, text) for name, text in _LABELS.items()},
        "letterhead": {"name": letterhead.name, "lines": letterhead.lines},
        "addressee": people.addressee,
        "about": _about(draft, people),
        "person": people.person,
        "kind": draft.kind,
        "title": draft.title,
        "subject": draft.subject,
        "notice": draft.notice,
        "salutation": draft.salutation,
        "sections": [{"id": one.id, "heading": one.heading, "blocks": blocks(one.text)} for one in draft.sections],
        "closing": draft.closing,
        "signer": people.signer,
        "statement": draft.statement,
        "footer": _footer(draft, version),
        "pictures": [{"name": one.name, "svg": one.svg, "caption": one.caption, "alternative": one.alternative}
                     for one in pictures],
    }  # fmt: skip
    cleaned: dict[str, object] = json.loads(json.dumps(parts), object_hook=_clean)
    return cleaned


def _about(draft: LetterDraft, people: People) -> list[tuple[str, str]]:
    """The table at the top: label and value of what is known."""
    rows = (
        ("date", long_date(draft.language, draft.day)),
        ("person", people.person),
        ("born", people.born),
        ("reference", people.reference),
    )
    return [(say(draft.language, _LABELS[name]), value) for name, value in rows if value]


def _footer(draft: LetterDraft, version: int) -> str:
    return say(
        draft.language, "Version {version}. Herstel, knowledge version {knowledge}.", version=version,
        knowledge=draft.knowledge_version,
    )  # fmt: skip


def blocks(text: str) -> list[dict[str, object]]:
    """Plain text as paragraphs and lists."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[dict[str, object]] = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(BULLET)):
        if is_list:
            found.append({"list": [line.removeprefix(BULLET) for line in group]})
        else:
            found.extend({"text": line} for line in group)
    return found


def _clean(value: dict[str, object]) -> dict[str, object]:
    """Texts without control characters, which a form may hold and a page cannot show."""
    return {name: _without_controls(part) for name, part in value.items()}


def _without_controls(part: object) -> object:
    if isinstance(part, str):
        return "".join(one for one in part if one.isprintable() or one.isspace())
    return [_without_controls(one) for one in part] if isinstance(part, list) else part


__all__ = ["Language", "Letterhead", "People", "blocks", "letter_pdf"]
