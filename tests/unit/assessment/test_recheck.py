from dataclasses import replace

import pytest

from herstel.assessment.assess import assessed
from herstel.assessment.next_question import next_step
from herstel.assessment.recheck import answers_to_keep, changes, days_now, due_recheck
from herstel.assessment.report import write_report
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import AnswerValue
from herstel.knowledge.model import Knowledge

DAY_0: dict[str, AnswerValue] = {
    "age": 45,
    "rf_now": ("none",),
    "rf_ill": ("none",),
    "rf_leg": ("none",),
    "walking": "painful",
    "rf_history": ("none",),
    "medicines": ("none",),
    "places": ("left.buttock", "left.thigh_upper"),
    "worst_place": "buttock",
    "days_since_onset": 0,
    "onset": "sudden",
    "nerve": ("none",),
    "mechanism": "sprint",
    "moment": "stopped",
    "pop": "no",
}


@pytest.mark.parametrize(
    ("day", "expected"), [(1, "day2"), (2, "day2"), (3, "day2"), (4, "day4"), (7, "day7"), (9, "day7")]
)
def test_the_latest_planned_look_again_is_due(knowledge: Knowledge, day: int, expected: str) -> None:
    before = assessed(take_complaint(DAY_0, knowledge), knowledge)
    due = due_recheck(before, day, knowledge)
    assert due is not None
    assert due.id == expected


def test_in_an_emergency_no_look_again_is_planned(knowledge: Knowledge) -> None:
    before = assessed(take_complaint({**DAY_0, "rf_now": ("dark_urine",)}, knowledge), knowledge)
    assert due_recheck(before, 2, knowledge) is None


def test_a_bruise_and_weakness_that_show_on_day_three_revise_grade_urgency_and_imaging(knowledge: Knowledge) -> None:
    before = assessed(take_complaint(DAY_0, knowledge), knowledge)
    due = due_recheck(before, 3, knowledge)
    assert due is not None
    kept = answers_to_keep(DAY_0, due, 3)
    assert "walking" not in kept
    assert kept["onset"] == "sudden"
    new: dict[str, AnswerValue] = {"walking": "limping", "bruise": "spreading", "heel_pull": "weak_painful"}
    after = assessed(take_complaint({**kept, **new}, knowledge), knowledge)
    changed = {change.part: (change.before, change.after) for change in changes(before, after)}
    assert changed["urgency"] == ("physio", "gp_week")
    assert changed["imaging"] == ("none", "mri")
    assert changed["likely"][1] == "proximal_avulsion"


def test_the_questions_of_the_look_again_are_asked_before_any_choice_is_made(knowledge: Knowledge) -> None:
    before = assessed(take_complaint(DAY_0, knowledge), knowledge)
    due = due_recheck(before, 4, knowledge)
    assert due is not None
    answers = answers_to_keep(DAY_0, due, 4)
    asked: list[str] = []
    while len(asked) < len(due.questions):
        question = next_step(answers, knowledge, again=due.questions).question
        assert question is not None
        asked.append(question.id)
        answers[question.id] = "unknown"
    assert set(asked) == set(due.questions)


def test_the_same_answers_change_nothing(knowledge: Knowledge) -> None:
    before = assessed(take_complaint(DAY_0, knowledge), knowledge)
    assert changes(before, before) == ()


@pytest.mark.parametrize(
    ("known", "expected"), [({"days_since_onset": 3}, 5), ({}, None), ({"days_since_onset": "unknown"}, None)]
)
def test_days_count_on_when_the_start_is_known(known: dict[str, AnswerValue], expected: int | None) -> None:
    assert days_now(known, 2) == expected


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_tells_what_changed_right_after_what_to_do(knowledge: Knowledge, language: str) -> None:
    before = assessed(take_complaint(DAY_0, knowledge), knowledge)
    worse = {**DAY_0, "days_since_onset": 3, "bruise": "spreading", "walking": "cannot", "heel_pull": "impossible"}
    after = assessed(take_complaint(worse, knowledge), knowledge)
    section = write_report(after, knowledge, language, before).sections[1]  # type: ignore[arg-type]
    assert section.id == "changed"
    assert len(section.lines) == len(changes(before, after)) > 3
    unchanged = write_report(replace(after), knowledge, language, after).sections[1]  # type: ignore[arg-type]
    assert len(unchanged.lines) == 1
