"""Letters of the example cases, and a PDF read back."""

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pypdf import PdfReader

from herstel.case_file import Case, read_case
from herstel.flow import Recovery, recover
from herstel.knowledge.load import load_knowledge
from herstel.text import Language
from herstel_letters.compose import compose_letter
from herstel_letters.model import LetterDraft, LetterKind
from herstel_letters.pictures import letter_pictures
from herstel_letters.typesetting import Letterhead, People, letter_pdf

KNOWLEDGE = load_knowledge()
EXAMPLES = Path(__file__).parents[3] / "examples"
CASES = sorted(path.stem for path in (EXAMPLES / "cases").glob("*.yaml"))
COMPLAINTS = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
DAY = date(2026, 11, 24)
KINDS: tuple[LetterKind, ...] = ("gp_referral", "specialist_referral", "progress", "discharge")


@cache
def example(name: str) -> Recovery:
    """What is concluded of an example, a case or only a complaint."""
    file = EXAMPLES / "cases" / f"{name}.yaml"
    raw: dict[str, Any] = (
        yaml.safe_load(file.read_text(encoding="utf-8"))
        if file.exists()
        else {"complaint": yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))}
    )
    return recovered(raw)


def recovered(raw: dict[str, Any]) -> Recovery:
    case: Case = read_case(raw, KNOWLEDGE, DAY)
    return recover(case, case.as_of or DAY, KNOWLEDGE)


def draft(name: str, kind: LetterKind, language: Language = "en") -> LetterDraft:
    return compose_letter(kind, example(name), KNOWLEDGE, language)


def text_of(one: LetterDraft) -> str:
    """Everything a draft says, in one piece."""
    parts = [one.title, one.subject, *(f"{part.heading}\n{part.text}" for part in one.sections), one.statement]
    return "\n".join(parts)


def section(one: LetterDraft, name: str) -> str:
    return next(part.text for part in one.sections if part.id == name)


def pdf_of(name: str, kind: LetterKind, language: Language = "en", people: People | None = None) -> bytes:
    one = draft(name, kind, language)
    pictures = letter_pictures(one, example(name), KNOWLEDGE)
    return letter_pdf(one, Letterhead(), people or People(), pictures)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())
