import json

import yaml

from tests.unit.cli.conftest import PUBLISHED, WHOLE, Run


def test_every_decision_comes_with_its_rule_and_its_numbers(run: Run) -> None:
    data = json.loads(run("progress", WHOLE, "--json")[1])
    assert data["decisions"]
    assert all(one["rule"] and one["date"] for one in data["decisions"])
    assert data["position"]["phase"] >= 2
    assert len(data["check_ins"]) == len(yaml.safe_load(WHOLE.read_text(encoding="utf-8"))["check_ins"])


def test_a_case_without_check_ins_is_still_at_the_start(run: Run) -> None:
    case = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
    for part in ("check_ins", "simulated"):
        case.pop(part)
    data = json.loads(run("progress", "-", "--json", stdin=yaml.safe_dump(case).encode())[1])
    assert data["position"]["phase"] == 1
    assert data["adherence"]["share"] is None


def test_a_red_flag_in_a_check_in_refers_and_stops_the_plan(run: Run) -> None:
    case = yaml.safe_load(WHOLE.read_text(encoding="utf-8"))
    case["check_ins"].append({"date": case["as_of"], "pain_now": 2, "symptoms": {"bladder_bowel_saddle_change": True}})
    raw = yaml.safe_dump(case).encode()
    code, out, _ = run("progress", "-", "--lang", "en", stdin=raw)
    assert code == 0
    assert set(out.splitlines()[0]) == {"!"}
    assert json.loads(run("progress", "-", "--json", stdin=raw)[1])["position"]["on_hold"] is True
    plan = json.loads(run("plan", "-", "--json", stdin=raw)[1])
    assert plan["exercises"] == []
