import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from herstel_cli.main import main

Run = Callable[..., tuple[int, str, str]]
CASES = Path(__file__).parents[3] / "examples" / "cases"
WHOLE, PUBLISHED = CASES / "whole-person.yaml", CASES / "sprint-strain-grade-2.yaml"
SPRINT = """\
age_years: 34
places: [left.thigh_middle]
days_since_onset: 3
pain_nrs: 7
answers:
  rf_now: none
  rf_ill: none
  rf_leg: none
  rf_history: none
  medicines: none
  walking: limping
  onset: sudden
  mechanism: sprint
  moment: stopped
  pop: no
  heel_pull: weak_painful
  straighten: limited
"""
SADDLE = "{age_years: 45, places: [left.low_back], answers: {rf_now: [bladder_bowel]}}"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """80 columns, and a state folder of the test's own."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as typed; its exit code, output and errors."""

    def run_command(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run_command


@pytest.fixture
def sprint(tmp_path: Path) -> Path:
    file = tmp_path / "sprint.yaml"
    file.write_text(SPRINT, encoding="utf-8")
    return file


@pytest.fixture
def saddle(tmp_path: Path) -> Path:
    file = tmp_path / "saddle.yaml"
    file.write_text(SADDLE, encoding="utf-8")
    return file
