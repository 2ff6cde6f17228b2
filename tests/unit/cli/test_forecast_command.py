import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.cli.conftest import PUBLISHED, Run
from tests.unit.cli.page import Page


def records(run: Run, *options: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(run("forecast", PUBLISHED, "--json", *options)[1])["records"]
    return loaded


@pytest.fixture
def kept(run: Run, tmp_path: Path) -> Path:
    """Three forecasts of return as they were issued: one that came true, one still waiting, one without any word."""
    issued = next(one for one in records(run) if one["milestone"] == "return")
    forecasts = [{**issued, "id": name} for name in ("a", "b", "c")]
    outcomes = [
        {"forecast": "a", "reached_day": round(issued["median_days"]) + 2},
        {"forecast": "b", "not_reached_by_day": round(issued["day"]) + 3},
    ]
    file = tmp_path / "kept.yaml"
    file.write_text(yaml.safe_dump({"forecasts": forecasts, "outcomes": outcomes}), encoding="utf-8")
    return file


def test_a_forecast_comes_with_the_record_to_score_it_by(run: Run) -> None:
    data = json.loads(run("forecast", PUBLISHED, "--json")[1])
    record = next(one for one in data["records"] if one["milestone"] == "return")
    back = data["milestones"]["return"]
    assert record["median_days"] == pytest.approx(back["median_days"], abs=0.01)
    assert record["issued"] == data["today"]


def test_issued_forecasts_are_scored_against_what_came(run: Run, kept: Path) -> None:
    code, out, err = run("forecast", "score", kept, "--lang", "en")
    assert (code, err) == (0, "")
    said = " ".join(out.split())
    assert "3 forecasts: 1 reached, 1 not there yet, 1 without any word." in said
    assert "Inside the 80 % interval: 1 of 1." in said
    assert "missed by at least" in said


def test_the_score_as_data_and_as_a_page(run: Run, kept: Path) -> None:
    data = json.loads(run("forecast", "score", kept, "--json")[1])
    assert data["kind"] == "score"
    (score,) = data["scores"]
    assert score["milestone"] == "return"
    assert score["all"]["coverage"]["80"]["inside"] == 1
    page = Page(run("forecast", "score", kept, "--format", "html", "--lang", "en")[1])
    assert "3 forecasts" in page.text


def test_forecasts_without_any_outcome_have_no_score_yet(run: Run) -> None:
    content = yaml.safe_dump({"forecasts": [records(run)[0]]}).encode()
    code, out, _ = run("forecast", "score", "-", "--lang", "en", stdin=content)
    assert code == 0
    assert "1 without any word" in " ".join(out.split())
    assert "CRPS" not in out


def test_a_file_that_keeps_no_score_is_refused(run: Run) -> None:
    code, out, err = run("forecast", "score", "-", "--lang", "en", stdin=b"{outcomes: [{forecast: a}]}")
    assert (code, out) == (2, "")
    assert {"forecasts", "outcomes.1"} <= {line.split(":")[0] for line in err.splitlines()}


@pytest.mark.parametrize("words", [("score", "a", "b"), ("a", "b")])
def test_more_files_than_one_are_refused(run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("forecast", *words)
    assert ended.value.code == 2
    assert "score" in capsys.readouterr().err
