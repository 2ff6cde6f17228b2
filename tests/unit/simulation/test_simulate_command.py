import argparse
import json
from pathlib import Path

import pytest

from herstel_cli import simulate

KEYS = {
    "people", "red_flag_advanced", "unready_advanced_share", "ready_held_back_median_days", "coverage80",
    "median_width_days", "recurrence_share",
}  # fmt: skip
DAYS = {"day1", "day7", "day21"}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    simulate.add_to(parser.add_subparsers())
    options = parser.parse_args(["simulate", *words])
    return int(options.run(options))


def test_json_holds_exactly_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--people", "6", "--seed", "3", "--days", "30", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    assert set(found["coverage80"]) == set(found["median_width_days"]) == DAYS
    assert found["people"] == 6


def test_text_says_first_that_it_is_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--people", "4", "--seed", "3", "--days", "25", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert out.startswith("SIMULATED: 4 made-up people")
    assert "Warning signs" in out
    assert "Forecast on day 21" in out


def test_a_case_is_written_to_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "person.yaml"
    assert run("--seed", "3", "--days", "20", "--case", str(file), "--person", "2") == 0
    text = file.read_text(encoding="utf-8")
    assert "simulated: true" in text
    assert "simulated person 2 of seed 3" in text
    assert capsys.readouterr().out == ""


def test_few_people_get_one_process_and_many_no_more_than_there_are_cores() -> None:
    assert simulate.workers_for(5) == 1
    assert 1 <= simulate.workers_for(100_000) <= 64
