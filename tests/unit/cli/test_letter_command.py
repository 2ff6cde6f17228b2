from pathlib import Path

import pytest

from herstel.text import LANGUAGES
from herstel_cli.letter import KINDS
from herstel_letters.model import LETTER_KINDS
from tests.unit.cli.conftest import WHOLE, Run
from tests.unit.letters.letters import words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_case_becomes_a_letter(run: Run, tmp_path: Path, kind: str, language: str) -> None:
    file = tmp_path / "letter.pdf"
    code, out, err = run("letter", WHOLE, "--kind", kind, "--to", file, "--lang", language)
    assert (code, out) == (0, "")
    assert str(file) in err
    made_up = {"nl": "Verzonnen: als voorbeeld", "en": "Simulated: made up for an example"}[language]
    assert words(file.read_bytes()).startswith(made_up)


def test_the_command_knows_every_kind_of_letter() -> None:
    assert KINDS == LETTER_KINDS


def test_a_case_that_nobody_made_up_has_no_notice(run: Run, tmp_path: Path) -> None:
    case, file = tmp_path / "case.yaml", tmp_path / "letter.pdf"
    case.write_text("complaint: {places: [left.thigh_middle]}", encoding="utf-8")
    assert run("letter", case, "--kind", "gp_referral", "--to", file, "--today", "2026-11-24", "--lang", "en")[0] == 0
    assert words(file.read_bytes()).startswith("Date 24 November 2026")


def test_a_file_that_is_no_case_is_refused(run: Run, tmp_path: Path) -> None:
    code, out, err = run("letter", "-", "--kind", "progress", "--to", tmp_path / "a.pdf", stdin=b"{}")
    assert (code, out) == (2, "")
    assert err.startswith("complaint: ")
    assert not (tmp_path / "a.pdf").exists()
