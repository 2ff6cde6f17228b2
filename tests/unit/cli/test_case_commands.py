"""What all commands about one person have in common."""

import json
from pathlib import Path

import pytest
import yaml

from herstel.text import LANGUAGES
from tests.unit.cli.conftest import PUBLISHED, WHOLE, Run
from tests.unit.cli.page import Page

COMMANDS = ("chain", "plan", "progress", "forecast", "tour")
WRONG = """\
complaint: {age_years: 3}
goal: {kind: fame, days: {monday: 30}}
measurements:
  - {test: active_knee_extension, side: left, value: 400, unit: deg, date: 2026-09-01}
check_ins:
  - {date: 2026-09-01, pain_now: 11}
  - {date: 2027-01-01, pain_now: 1}
edits:
  - {kind: remove, exercise: sleeping, reason: no, date: 2026-09-01}
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_case_is_told_in_both_languages(run: Run, command: str, language: str) -> None:
    code, out, err = run(command, WHOLE, "--lang", language)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 20
    other = run(command, WHOLE, "--lang", "en" if language == "nl" else "nl")[1]
    assert out != other


@pytest.mark.parametrize("command", COMMANDS)
def test_the_text_fits_the_terminal(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = run(command, WHOLE)[1]
        assert max(map(len, out.splitlines())) <= columns


@pytest.mark.parametrize("command", ["chain", "plan", "progress", "forecast"])
def test_the_short_form_is_shorter_and_still_says_what_is_made_up(run: Run, command: str) -> None:
    long, short = run(command, WHOLE, "--lang", "en")[1], run(command, WHOLE, "--lang", "en", "--short")[1]
    assert len(short) < len(long)
    assert "\nSources\n" not in short
    assert "made up" in " ".join(short.split())


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_form_says_where_the_facts_come_from_and_what_is_made_up(run: Run, command: str, form: str) -> None:
    out = " ".join(run(command, PUBLISHED, "--lang", "en", "--format", form)[1].split())
    assert "Apunts Med Esport" in out
    assert "made up" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_json_holds_the_value_the_case_and_the_report(run: Run, command: str) -> None:
    code, out, _ = run(command, WHOLE, "--json", "--lang", "en")
    data = json.loads(out)
    assert code == 0
    assert data["kind"] == command
    assert data["case"]["simulated"] is True
    assert data["case"]["today"] == "2026-09-14"
    assert run(command, WHOLE, "--format", "json", "--lang", "en")[1] == out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(run: Run, command: str, language: str) -> None:
    text = run(command, WHOLE, "--format", "html", "--lang", language)[1]
    page = Page(text)
    assert not {"script", "img", "link", "iframe", "use", "image", "foreignobject"} & set(page.tags)
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert page.attributes["lang"] == [language]
    assert all(href.startswith("#source-") for href in page.attributes.get("href", ()))
    assert len(page.attributes["id"]) == len(set(page.attributes["id"]))
    assert not {"src", "onclick", "onload", "style-src"} & page.attributes.keys()
    assert page.tags.count("h1") == page.tags.count("main") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_all_problems_are_told_at_once_without_a_traceback_and_nothing_is_lost(
    run: Run, command: str, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG, encoding="utf-8")
    code, out, err = run(command, file, "--lang", "en", "--today", "2026-11-01")
    assert (code, out) == (2, "")
    things = [line.split(": ")[0] for line in err.splitlines()]
    for path in (
        "complaint.age_years",
        "goal.kind",
        "measurements.1.value",
        "check_ins.1.pain_now",
        "check_ins.2.date",
        "edits.1.exercise",
    ):
        assert any(thing.startswith(path) for thing in things), things
    assert "Traceback" not in err
    assert file.read_text(encoding="utf-8") == WRONG


@pytest.mark.parametrize("command", COMMANDS)
def test_a_case_may_come_through_a_pipe(run: Run, command: str) -> None:
    assert run(command, "-", stdin=WHOLE.read_bytes())[1] == run(command, WHOLE)[1]


def test_json_and_yaml_mean_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(yaml.safe_load(WHOLE.read_text(encoding="utf-8")), default=str), encoding="utf-8")
    assert run("chain", file)[1] == run("chain", WHOLE)[1]


@pytest.mark.parametrize("command", ["chain", "progress", "forecast"])
def test_a_picture_is_written_to_a_file_or_printed_alone(run: Run, command: str, tmp_path: Path) -> None:
    file = tmp_path / "pictures" / "one.svg"
    code, out, err = run(command, WHOLE, "--svg", file, "--lang", "en")
    assert code == 0
    assert str(file) in err
    assert len(out.splitlines()) > 20
    alone = run(command, WHOLE, "--svg", "-", "--lang", "en")[1]
    assert alone == file.read_text(encoding="utf-8")
    assert alone.startswith("<svg ")
    assert alone.rstrip().endswith("</svg>")
    assert "<title " in alone


def test_progress_writes_the_second_picture_beside_the_first(run: Run, tmp_path: Path) -> None:
    code, _, err = run("progress", WHOLE, "--svg", tmp_path / "weeks.svg", "--lang", "en")
    assert code == 0
    assert {file.name for file in tmp_path.iterdir()} == {"weeks.svg", "weeks-function.svg"}
    assert "Pain and stiffness over time" in (tmp_path / "weeks.svg").read_text(encoding="utf-8")
    second = tmp_path / "weeks-function.svg"
    assert "Function, load and strength over time" in second.read_text(encoding="utf-8")
    assert str(second) in err


@pytest.mark.parametrize("command", ["plan", "tour"])
def test_several_pictures_need_a_folder(run: Run, command: str, tmp_path: Path) -> None:
    file = tmp_path / "one.svg"
    file.write_text("mine", encoding="utf-8")
    for place in ("-", file):
        code, out, err = run(command, WHOLE, "--svg", place, "--lang", "en")
        assert (code, out) == (2, "")
        assert "folder" in err
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, err = run("chain", WHOLE, "--svg", tmp_path / "file" / "below.svg", "--lang", "en")
    assert code == 2
    assert "cannot be written" in err


def test_the_day_can_be_given_and_counts_before_the_day_of_the_file(run: Run) -> None:
    later = json.loads(run("forecast", WHOLE, "--json", "--today", "2026-10-12")[1])
    assert later["today"] == "2026-10-12"
    code, _, err = run("forecast", WHOLE, "--today", "2026-08-10", "--lang", "en")
    assert code == 2
    assert "as_of" in err


def test_a_case_without_a_goal_says_so(run: Run) -> None:
    out = run("plan", "-", "--lang", "en", stdin=b"complaint: {age_years: 34, sport: endurance_running}")[1]
    assert "No goal was told" in out
    assert "back to your sport" in " ".join(out.split())
