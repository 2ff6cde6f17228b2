"""The language of a page, as the domain knows it."""

from django.utils.translation import get_language

from herstel.text import Language


def language_of(code: str | None) -> Language:
    """English when that was chosen, Dutch in every other case."""
    return "en" if code == "en" else "nl"


def current_language() -> Language:
    """The language in which this page is being made."""
    return language_of(get_language())
