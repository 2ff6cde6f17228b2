import json
import sys
from pathlib import Path
from typing import Any

import pytest

from herstel.knowledge.load import load_knowledge
from tests.unit.cli.conftest import Run

MEASURES = ("top1", "top3", "urgency_exact", "under_triage", "over_triage", "grade_within_one")
STRAIN: dict[str, Any] = {
    "id": "a",
    "age": 30,
    "onset": "sudden",
    "mechanism": "sprint",
    "pain_location": ["mid thigh"],
    "walking_ability": "limping",
    "acceptable_classes": ["strain_grade_2"],
    "acceptable_urgency": ["physio", "gp_week"],
    "correct_urgency": "physio",
    "strain_grade": 2,
    "scoreable": {"class": True, "urgency": True, "grade": True},
    "split": "public",
}
MISSED: dict[str, Any] = {
    **STRAIN,
    "id": "b",
    "acceptable_classes": ["cauda_equina"],
    "acceptable_urgency": ["emergency"],
    "correct_urgency": "emergency",
    "strain_grade": 0,
    "split": "heldout",
}
UNSCORED: dict[str, Any] = {
    "id": "c",
    "acceptable_classes": [],
    "acceptable_urgency": [],
    "scoreable": {"class": False, "urgency": False, "grade": False},
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, [STRAIN, MISSED])) + "\n\n" + json.dumps(UNSCORED), encoding="utf-8")
    return file


def test_the_figures_are_given_as_data(run: Run, cases: Path) -> None:
    data = json.loads(run("evaluate", cases, "--json")[1])
    assert set(MEASURES) | {"emergencies_missed", "misses", "per_class", "knowledge_version"} == data.keys()
    assert data["top1"]["k"] == 1
    assert data["top1"]["n"] == 2
    assert data["top1"]["value"] == 0.5
    assert data["top1"]["low"] == pytest.approx(0.0945, abs=0.001)
    assert data["top1"]["high"] == pytest.approx(0.9055, abs=0.001)
    assert data["emergencies_missed"] == ["b"]
    assert [miss["id"] for miss in data["misses"]] == ["b"]
    assert data["per_class"]["strain_grade_2"]["top1"]["k"] == 1
    assert data["per_class"]["none"]["top1"] == {"k": 0, "n": 0, "value": None, "low": None, "high": None}
    assert data["knowledge_version"] == load_knowledge().version.version


@pytest.mark.parametrize(("split", "scored"), [("all", 2), ("public", 1), ("heldout", 1)])
def test_only_the_cases_of_the_split_count(run: Run, cases: Path, split: str, scored: int) -> None:
    assert json.loads(run("evaluate", cases, "--split", split, "--json")[1])["top1"]["n"] == scored


def test_the_table_has_every_measure_with_its_interval_and_every_miss_on_a_line(run: Run, cases: Path) -> None:
    code, out, err = run("evaluate", cases)
    assert (code, err) == (0, "")
    assert "first guess right       1/2 = 50 % (9-91)" in out
    assert "emergencies missed      b" in out
    assert "strain_grade_2" in out
    (miss,) = [line for line in out.splitlines() if line.startswith("b: ")]
    assert "under_triage" in miss
    assert "acceptable emergency" in miss
    assert "grade 2, expected 0" in miss


def test_a_miss_of_something_else_says_nothing_of_the_grade(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps({**STRAIN, "acceptable_classes": ["dvt"]}), encoding="utf-8")
    out = run("evaluate", file)[1]
    assert "a: top1, top3; said " in out
    assert "grade 2, expected" not in out
    assert "emergencies missed      none" in out


def test_no_cases_give_an_empty_table(run: Run) -> None:
    code, out, _ = run("evaluate", "-", stdin=b"")
    assert code == 0
    assert "0 cases" in out
    assert "first guess right       -" in out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "it is not JSON"),
        ("[1]", "not an object"),
        ("[" * 100_000, "it is not JSON"),
        (json.dumps({**STRAIN, "scoreable": None}), "'scoreable' must say"),
        (json.dumps({**STRAIN, "scoreable": {"class": 1}}), "'scoreable' must say"),
        (json.dumps({**STRAIN, "id": None}), "'id' is missing"),
        (json.dumps({**STRAIN, "acceptable_classes": []}), "'acceptable_classes' is missing"),
        (json.dumps({**STRAIN, "acceptable_urgency": None}), "'acceptable_urgency' is missing"),
        (json.dumps({**STRAIN, "age": "thirty"}), "a field cannot be used"),
        (json.dumps({**STRAIN, "acceptable_urgency": ["soon"]}), "a field cannot be used"),
    ],
    ids=["brace", "list", "bomb", "scoreable", "partly", "id", "classes", "urgency", "age", "level"],
)
def test_a_wrong_line_is_named_by_its_number(run: Run, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(STRAIN) + "\n" + line, encoding="utf-8")
    code, out, err = run("evaluate", file)
    assert (code, out) == (2, "")
    assert f"{file}, line 2: " in err
    assert said in err
    assert len(err.splitlines()) == 1


def test_progress_is_shown_to_somebody_who_watches(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = run("evaluate", cases)[2]
    assert err.endswith("] 3/3\n")


def test_the_published_cases_can_be_scored(run: Run, published_cases: list[dict[str, Any]], tmp_path: Path) -> None:
    file = tmp_path / "public.jsonl"
    file.write_text("\n".join(map(json.dumps, published_cases)), encoding="utf-8")
    data = json.loads(run("evaluate", file, "--json")[1])
    assert data["emergencies_missed"] == []
    assert data["top3"]["n"] == sum(case["scoreable"]["class"] for case in published_cases)
