"""Words in two languages: texts of the knowledge files, and interface texts from the gettext catalogues."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from herstel.errors import Problem, marked

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
LOCALE_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in Dutch and in English; both are required."""

    nl: str
    en: str

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if not getattr(self, language).strip():
                raise ValueError(f"the {language} text is empty; write it in both languages")

    def __getitem__(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("herstel", LOCALE_FOLDER, [language], fallback=language == "en")


def say(language: Language, message: str, /, **values: object) -> str:
    """Translate an interface text and fill in its values.

    Parameters
    ----------
    language : {"nl", "en"}
    message : str
        The English text as it stands in the catalogue, with ``{placeholders}``.
    """
    return _catalogue(language).gettext(message).format_map(values)


def say_problem(language: Language, problem: Problem) -> str:
    """Say a problem as one line: the thing, the reason, the remedy."""
    values: Mapping[str, object] = problem.values
    reason = _catalogue(language).gettext(problem.reason).format_map(values)
    remedy = _catalogue(language).gettext(problem.remedy).format_map(values)
    thing = "".join(one if one.isprintable() else "?" for one in problem.thing)  # a name may hold the end of a line
    return f"{thing}: {reason} {remedy}"
