"""The one place where letters reach the domain: a recovery in, drafts and PDFs out."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter

from herstel.flow import Recovery
from herstel.forecast.words import long_date
from herstel.text import Language
from herstel_letters.compose import compose_letter
from herstel_letters.model import LetterDraft, LetterKind
from herstel_letters.pictures import LetterPicture, letter_pictures
from herstel_web.knowledge import knowledge
from herstel_web.letters.models import LetterVersion
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice


@cache
def _form() -> TypeAdapter[LetterDraft]:
    return TypeAdapter(LetterDraft)


def compose(kind: str, recovery: Recovery, language: str, notice: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """A draft and its pictures, as JSON keeps them."""
    draft = compose_letter(cast("LetterKind", kind), recovery, knowledge(), cast("Language", language), notice=notice)
    pictures = letter_pictures(draft, recovery, knowledge())
    return _as_kept(draft), [asdict(one) for one in pictures]


def _as_kept(draft: LetterDraft) -> dict[str, Any]:
    kept: dict[str, Any] = _form().dump_python(draft, mode="json")
    return kept


def draft_of(version: LetterVersion) -> LetterDraft:
    """The draft that a version keeps."""
    return _form().validate_python(version.draft)


def changed(draft: LetterDraft, texts: dict[str, str], subject: str, pictures: Sequence[str]) -> dict[str, Any]:
    """The draft with other words, as JSON keeps it; a section without text is left out of the letter."""
    sections = tuple(replace(one, text=texts.get(one.id, one.text).strip()) for one in draft.sections)
    kept = tuple(name for name in draft.pictures if name in pictures)
    return _as_kept(replace(draft, sections=sections, subject=subject, pictures=kept))


def pdf(version: LetterVersion, practice: Practice | None, person: Person, signer: Sequence[str]) -> bytes:
    """The letter as PDF; without a signer it says that it is a draft.

    Raises
    ------
    InputError
        When a text holds a sign that no font shows.
    """
    from herstel_letters.typesetting import Letterhead, People, letter_pdf

    draft = draft_of(version)
    filled = replace(draft, sections=tuple(one for one in draft.sections if one.text))
    pictures = [LetterPicture(**one) for one in version.letter.pictures if one["name"] in draft.pictures]
    born = long_date(draft.language, person.birth_date) if person.birth_date else ""
    return letter_pdf(
        filled,
        Letterhead(name=practice.name, lines=letterhead_lines(practice)) if practice else Letterhead(),
        People(
            addressee=tuple(line for line in version.addressee.splitlines() if line.strip()),
            person=person.name,
            born=born,
            signer=tuple(signer),
        ),
        pictures,
        version=version.number,
    )


def letterhead_lines(practice: Practice) -> tuple[str, ...]:
    """Address, telephone and e-mail of a practice, as far as they are known."""
    place = practice.locations.filter(closed_on=None).order_by("pk").first()
    lines = (place.address if place else "", practice.phone, practice.email)
    return tuple(line for line in lines if line)
