import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from herstel.knowledge.load import load_knowledge
from tests.unit.cli.conftest import WHOLE, Run

SADDLE = b"complaint: {age_years: 45, places: [left.low_back], answers: {rf_now: [bladder_bowel]}}"


def data(run: Run, *options: str | Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(run("plan", WHOLE, "--json", *options)[1])
    return loaded


def test_the_plan_is_that_of_today_after_the_check_ins(run: Run) -> None:
    plan = data(run)
    assert plan["week"]["start"] == "2026-09-14"
    assert plan["week"]["phase"] == plan["position"]["phase"] > 1
    assert len(plan["road"]) == 12


def test_a_week_ahead_is_planned_for_its_day_and_its_earliest_phase(run: Run) -> None:
    now, ahead = data(run), data(run, "--week", "4")
    assert ahead["week"]["start"] == now["road"][3]["start"]
    assert ahead["week"]["phase"] == now["road"][3]["earliest_phase"]
    out = run("plan", WHOLE, "--week", "4", "--lang", "en")[1]
    assert "Looking ahead" in out
    assert "not for today" in " ".join(out.split())
    assert "Looking ahead" not in run("plan", WHOLE, "--lang", "en")[1]


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_every_phase_can_be_looked_at(run: Run, phase: int) -> None:
    ahead = data(run, "--phase", str(phase))
    assert ahead["position"]["phase"] == phase
    exercises = load_knowledge().exercises
    for planned in ahead["exercises"]:
        library = exercises[planned["exercise"]]
        assert library.phase_low <= phase <= library.phase_high


def test_the_prevention_programme_is_a_plan_of_its_own(run: Run) -> None:
    plan = data(run, "--prevention")
    assert plan["track"] == "prevention"
    assert any("prevention" in one["why"]["findings"] for one in plan["exercises"])


def test_while_somebody_must_look_first_nothing_can_be_looked_ahead_to(run: Run) -> None:
    code, out, err = run("plan", "-", "--week", "2", "--lang", "en", stdin=SADDLE)
    assert (code, out) == (2, "")
    assert "somebody has to look" in err
    code, out, _ = run("plan", "-", "--lang", "en", stdin=SADDLE)
    assert code == 0
    assert "112" in out


def test_what_the_check_ins_changed_is_told(run: Run) -> None:
    out = run("plan", WHOLE, "--changes", "--lang", "en")[1]
    assert "What changed in the plan" in out
    assert "Phase: from 1 to" in out
    assert {"phase", "added", "removed"} <= {one["kind"] for one in data(run, "--changes")["changes"]}


def test_what_an_edit_changed_is_told_against_the_earlier_file(run: Run, tmp_path: Path) -> None:
    case = yaml.safe_load(WHOLE.read_text(encoding="utf-8"))
    exercise = data(run)["exercises"][0]["exercise"]
    case["edits"].append({"kind": "remove", "exercise": exercise, "reason": "Not today.", "date": case["as_of"]})
    file = tmp_path / "edited.yaml"
    file.write_text(yaml.safe_dump(case), encoding="utf-8")
    changes = json.loads(run("plan", file, "--before", WHOLE, "--json")[1])["changes"]
    assert {"kind": "removed", "exercise": exercise} in [
        {name: one[name] for name in ("kind", "exercise")} for one in changes
    ]
    same = run("plan", WHOLE, "--before", WHOLE, "--lang", "en")[1]
    assert "Nothing: the plan is the same." in same


def test_the_week_is_written_as_a_calendar(run: Run, tmp_path: Path) -> None:
    from icalendar import Calendar

    file = tmp_path / "week.ics"
    code, out, err = run("plan", WHOLE, "--ical", file, "--lang", "en")
    assert code == 0
    assert str(file) in err
    assert "This week" in out
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert events
    assert "hamstring" not in " ".join(str(event["summary"]).lower() for event in events)


def test_a_calendar_through_a_pipe_comes_alone(run: Run) -> None:
    out = run("plan", WHOLE, "--ical", "-")[1]
    assert out.startswith("BEGIN:VCALENDAR")
    assert out.rstrip().endswith("END:VCALENDAR")


def test_every_exercise_of_the_library_in_the_plan_gets_its_figure(run: Run, tmp_path: Path) -> None:
    run("plan", WHOLE, "--svg", tmp_path / "figures")
    library = load_knowledge().exercises.exercises
    planned = {one["exercise"] for one in data(run)["exercises"]} & library.keys()
    assert {file.stem for file in (tmp_path / "figures").glob("*.svg")} == planned
    assert all(file.read_text(encoding="utf-8").startswith("<svg") for file in (tmp_path / "figures").iterdir())


@pytest.mark.parametrize(
    "options", [("--week", "13"), ("--phase", "5"), ("--week", "2", "--phase", "2"), ("--changes", "--before", "x")]
)
def test_an_impossible_option_is_refused(run: Run, options: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("plan", WHOLE, *options)
    assert ended.value.code == 2
