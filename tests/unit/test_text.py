from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from herstel import text
from herstel.errors import Problem
from herstel.text import LANGUAGES, Text, say, say_problem


@pytest.fixture
def locale_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues of our own; it is empty until a test writes one."""
    monkeypatch.setattr(text, "LOCALE_FOLDER", tmp_path)
    text._catalogue.cache_clear()
    yield tmp_path
    text._catalogue.cache_clear()


def write_dutch(folder: Path, translations: dict[str, str]) -> None:
    catalogue = Catalog(locale="nl", domain="herstel")
    for message, translation in translations.items():
        catalogue.add(message, translation)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    file = folder / "nl" / "LC_MESSAGES" / "herstel.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled.getvalue())


def test_a_text_is_asked_for_by_its_language() -> None:
    knee = Text(nl="knie", en="knee")
    assert [knee[language] for language in LANGUAGES] == ["knie", "knee"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("empty", ["", " \n"])
def test_a_text_without_one_of_its_languages_is_refused(language: str, empty: str) -> None:
    with pytest.raises(ValueError, match=f"the {language} text is empty; write it in both languages"):
        Text(**{"nl": "knie", "en": "knee", language: empty})


def test_an_english_text_needs_no_catalogue(locale_folder: Path) -> None:
    assert say("en", "Look again on day {day}.", day=2) == "Look again on day 2."


def test_a_dutch_text_comes_from_the_catalogue_with_its_values_filled_in(locale_folder: Path) -> None:
    write_dutch(locale_folder, {"Look again on day {day}.": "Kijk op dag {day} opnieuw."})
    assert say("nl", "Look again on day {day}.", day=2) == "Kijk op dag 2 opnieuw."


def test_a_missing_dutch_catalogue_is_an_error_not_silently_english(locale_folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        say("nl", "Look again on day {day}.", day=2)


def test_a_value_may_be_called_language_or_message(locale_folder: Path) -> None:
    assert say("en", "{language} {message}", language="a", message="b") == "a b"


def test_a_problem_is_said_in_the_language_of_the_person(locale_folder: Path) -> None:
    problem = Problem(
        thing="pop", reason="{answer!r} is wrong.", remedy="Choose {one}.", values={"answer": 3, "one": "yes"}
    )
    write_dutch(locale_folder, {"{answer!r} is wrong.": "{answer!r} klopt niet.", "Choose {one}.": "Kies {one}."})
    assert say_problem("en", problem) == "pop: 3 is wrong. Choose yes."
    assert say_problem("nl", problem) == "pop: 3 klopt niet. Kies yes."


def test_the_name_of_a_thing_breaks_no_line_and_moves_no_cursor() -> None:
    problem = Problem(thing="a\nb\x1b[2K.mp4", reason="There is no such file.", remedy="Check its name and folder.")
    assert say_problem("en", problem) == "a?b?[2K.mp4: There is no such file. Check its name and folder."
