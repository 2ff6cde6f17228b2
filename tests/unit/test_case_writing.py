import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from herstel.case_file import read_case
from herstel.case_writing import case_as_mapping, write_case
from herstel.flow import recover
from herstel.knowledge.model import Knowledge
from tests.unit.test_case_file import COMPLAINT, EXAMPLES, GOAL, START, TODAY, WHOLE

OWN = {
    "name": "Brug op de bank",
    "target": "glute_max",
    "dose": {"sets": 3, "amount": 10, "unit": "reps", "tempo": "3-1-3"},
    "minutes": 5,
    "cues": ["Rustig."],
    "contraindications": ["knee"],
}


def written(raw: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """What is written of the case in a file; it must read as the same case, also a month later."""
    case = read_case(raw, knowledge, TODAY)
    mapping: dict[str, Any] = json.loads(write_case(case, knowledge))
    for day in (TODAY, TODAY + timedelta(days=30)):
        assert read_case(mapping, knowledge, day) == case
    return mapping


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_read_back_as_it_was_and_comes_to_the_same_conclusions(
    file: Path, knowledge: Knowledge
) -> None:
    case = read_case(yaml.safe_load(file.read_text(encoding="utf-8")), knowledge, date(2026, 12, 31))
    again = read_case(json.loads(write_case(case, knowledge)), knowledge, date(2027, 3, 1))
    assert again == case
    assert case.as_of is not None
    assert recover(again, case.as_of, knowledge) == recover(case, case.as_of, knowledge)


def test_what_was_not_told_is_not_written(knowledge: Knowledge) -> None:
    assert written({"complaint": {}}, knowledge) == {"complaint": {}, "told_on": TODAY.isoformat()}
    assert written(WHOLE, knowledge)["check_ins"][0] == {"date": START.isoformat(), "pain_now": 3.0}


def test_what_follows_from_the_answers_is_not_written_beside_them(knowledge: Knowledge) -> None:
    complaint = written({"complaint": COMPLAINT}, knowledge)["complaint"]
    assert complaint.keys() == {"answers"}
    assert complaint["answers"]["places"] == ["left.thigh_middle"]


def test_findings_a_ladder_and_an_examination_beside_the_answers_are_written(knowledge: Knowledge) -> None:
    told = {
        "context": "gp_practice",
        "findings": {"dark_urine": False, "mech_sprint": True},
        "ladder": {"bruise": 2},
        "examination": {"slump": True, "taking_off_shoe": "negative"},
        "answers": {"onset": "sudden"},
    }
    complaint = written({"complaint": told}, knowledge)["complaint"]
    assert complaint == {**told, "examination": {"slump": "positive", "taking_off_shoe": "negative"}}


def test_a_finding_that_decided_between_the_places_is_written_although_the_places_say_it_too(
    knowledge: Knowledge,
) -> None:
    told = {"places": ["left.thigh_middle", "left.sit_bone"], "findings": {"loc_sit_bone": True}}
    assert written({"complaint": told}, knowledge)["complaint"]["findings"] == {"loc_sit_bone": True}


def test_facts_that_no_answer_told_are_written_as_facts(knowledge: Knowledge) -> None:
    case = read_case({"complaint": COMPLAINT}, knowledge, TODAY)
    bare = replace(case, complaint=replace(case.complaint, answers={}))
    complaint: Any = case_as_mapping(bare, knowledge)["complaint"]
    assert complaint["age_years"] == 30
    assert complaint["places"] == ["left.thigh_middle"]


def test_the_therapists_own_exercise_is_written_in_the_words_of_the_file(knowledge: Knowledge) -> None:
    edit = {"kind": "own", "exercise": "sofa_bridge", "reason": "Leuk.", "date": START.isoformat(), "own": OWN}
    dose = {"sets": 2, "amount": 8.0, "unit": "reps"}
    change = {"kind": "dose", "exercise": "glute_bridge", "reason": "x", "date": START.isoformat(), "dose": dose}
    assert written({**WHOLE, "edits": [edit, change]}, knowledge)["edits"] == [edit, change]


def test_a_goal_that_nobody_told_is_proposed_again_and_not_written(knowledge: Knowledge) -> None:
    for told in ({"complaint": COMPLAINT}, {"complaint": COMPLAINT, "check_ins": WHOLE["check_ins"]}):
        assert "goal" not in written(told, knowledge)


def test_a_proposed_goal_that_was_changed_since_is_written(knowledge: Knowledge) -> None:
    case = read_case({"complaint": COMPLAINT}, knowledge, TODAY)
    other = replace(case, goal=replace(case.goal, minutes={0: 10}))
    assert case_as_mapping(other, knowledge)["goal"] == {
        "kind": "sport", "start": TODAY, "sport": "sprint_ball", "level": "competitive",
        "injury_date": TODAY - timedelta(days=3), "days": {"monday": 10},
    }  # fmt: skip


def test_the_day_the_complaint_was_told_is_written_when_the_plan_started_on_another(knowledge: Knowledge) -> None:
    told_on = (START - timedelta(days=4)).isoformat()
    assert written({"complaint": COMPLAINT, "goal": GOAL, "told_on": told_on}, knowledge)["told_on"] == told_on
    assert "told_on" not in written({"complaint": COMPLAINT, "goal": GOAL}, knowledge)
    later = {**GOAL, "start": TODAY + timedelta(days=2)}
    assert written({"complaint": {"age_years": 30}, "goal": later, "as_of": TODAY}, knowledge)["as_of"]


def test_a_case_that_is_wholly_made_up_says_so_in_one_word(knowledge: Knowledge) -> None:
    assert written({"complaint": COMPLAINT, "goal": GOAL, "simulated": True}, knowledge)["simulated"] is True
    assert written({**WHOLE, "simulated": ["goal"]}, knowledge)["simulated"] == ["goal"]
