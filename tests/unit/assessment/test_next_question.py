from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.simulated_complaints import (
    AdviceGiven,
    adaptive_intake,
    advice_after,
    answer_truthfully,
    full_intake,
    simulated,
)
from herstel.assessment import next_question
from herstel.assessment.assess import advice_facts, probabilities
from herstel.assessment.imaging import advise_imaging
from herstel.assessment.next_question import NextStep, next_step, tried_answers, weigh_questions, worth_enough
from herstel.assessment.red_flags import screen, warning_signs
from herstel.assessment.severity import GRADE_TOLD_FROM, judge_grade
from herstel.assessment.urgency import level_after, likeliest_by_rank, rank_by_probability, see_at
from herstel.complaint.answers import check_answers
from herstel.complaint.intake import add_answer, applicable, with_duration
from herstel.complaint.model import Complaint
from herstel.errors import InputError
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge, Question


def begun(knowledge: Knowledge, **told: object) -> dict[str, object]:
    """Everything that is always asked, of an ordinary complaint; and what else was told."""
    ordinary = {"age": 27, "walking": "limping", "places": ["left.thigh_middle"], "days_since_onset": 3}
    always = [question for question in knowledge.questions.values() if question.always]
    calm = {question.id: ["none"] if question.kind == "several" else "unknown" for question in always}
    return {**calm, **ordinary, **told}


def interview(truth: Complaint, knowledge: Knowledge) -> Iterator[NextStep]:
    answers: dict[str, object] = {}
    while True:
        step = next_step(answers, knowledge)
        yield step
        if step.question is None:
            return
        answers[step.question.id] = answer_truthfully(step.question, truth)


@pytest.fixture(scope="module")
def steps(knowledge: Knowledge) -> list[NextStep]:
    """Every step of the interview of one simulated person."""
    (truth,) = simulated(1, knowledge, seed=3)
    return list(interview(truth, knowledge))


def asked(steps: list[NextStep]) -> list[Question]:
    return [step.question for step in steps if step.question is not None]


def test_red_flags_are_asked_before_anything_adaptive(knowledge: Knowledge, steps: list[NextStep]) -> None:
    questions = asked(steps)
    always = [question.always for question in questions]
    assert always == sorted(always, reverse=True)
    block = [question for question in knowledge.questions.values() if question.block == "red_flags"]
    assert all(question.always for question in block)
    assert [question for question in questions if question.block == "red_flags"] == block
    assert questions[0].id == "age"
    assert questions[1 : 1 + len(block)] == block


def test_red_flags_are_asked_whole_even_of_somebody_who_knows_nothing(knowledge: Knowledge) -> None:
    questions = asked(list(interview(Complaint(), knowledge)))
    block = [question.id for question in knowledge.questions.values() if question.block == "red_flags"]
    assert [question.id for question in questions if question.block == "red_flags"] == block


def test_nothing_is_weighed_as_long_as_something_is_always_asked(steps: list[NextStep]) -> None:
    for step in steps:
        if step.question is not None and step.question.always:
            assert (step.candidates, step.left_out) == ((), ())


def test_the_interview_names_what_it_left_out(knowledge: Knowledge, steps: list[NextStep]) -> None:
    end = steps[-1]
    told = end.complaint.answers
    still_open = {question.id for question in applicable(told, knowledge)} - told.keys()
    assert end.question is None
    assert still_open
    assert set(end.left_out) == still_open


def test_the_question_asked_is_the_one_worth_most(knowledge: Knowledge, steps: list[NextStep]) -> None:
    for step in steps:
        worth = [candidate.worth for candidate in step.candidates]
        assert worth == sorted(worth, reverse=True)
        if step.candidates and step.question is not None:
            assert step.candidates[0].question == step.question.id
            assert worth[0] >= worth_enough(step.complaint.answers, knowledge)
            assert step.question.id not in step.left_out
        elif step.candidates:
            assert worth[0] < worth_enough(step.complaint.answers, knowledge)


def test_no_question_is_asked_twice(steps: list[NextStep]) -> None:
    questions = [question.id for question in asked(steps)]
    assert len(questions) == len(set(questions))


def test_stopping_early_rarely_changes_the_advice(knowledge: Knowledge) -> None:
    same_urgency, fewer = [], []
    for truth in simulated(40, knowledge):
        adaptive, full = adaptive_intake(truth, knowledge), full_intake(truth, knowledge)
        early, late = (advice_after(answers, truth, knowledge) for answers in (adaptive, full))
        same_urgency.append(early.urgency == late.urgency)
        fewer.append(len(adaptive) < len(full))
    assert np.mean(same_urgency) >= 0.85
    assert np.mean(fewer) >= 0.9


def test_an_interview_of_which_everything_is_answered_ends(knowledge: Knowledge) -> None:
    (truth,) = simulated(1, knowledge)
    step = next_step(full_intake(truth, knowledge), knowledge)
    assert (step.question, step.left_out, step.candidates) == (None, (), ())


def test_a_question_that_is_not_worth_it_is_left_out(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    assert next_step(begun(knowledge), knowledge).question is not None
    monkeypatch.setattr(next_question, "STOP_BELOW", 100.0)
    step = next_step(begun(knowledge), knowledge)
    assert step.question is None
    assert set(step.left_out) == {candidate.question for candidate in step.candidates}


def test_a_question_that_makes_no_sense_is_not_weighed(knowledge: Knowledge) -> None:
    def weighed(days: int) -> set[str]:
        step = next_step(begun(knowledge, days_since_onset=days), knowledge)
        return {candidate.question for candidate in step.candidates}

    assert not {"bruise", "treatment"} & weighed(0)
    assert {"bruise", "treatment"} <= weighed(20)


def test_the_complaint_so_far_goes_with_the_step(knowledge: Knowledge) -> None:
    step = next_step(begun(knowledge, days_since_onset=60), knowledge, context="sports_club")
    assert step.complaint.context == "sports_club"
    assert step.complaint.age_years == 27
    assert step.complaint.findings["limp"]
    assert step.complaint.findings["duration_over_6_weeks"]


def test_answers_that_cannot_be_are_refused_all_at_once(knowledge: Knowledge) -> None:
    with pytest.raises(InputError) as refused:
        next_step({"age": 400, "walking": "flying"}, knowledge)
    assert [problem.thing for problem in refused.value.problems] == ["age", "walking"]


@pytest.mark.parametrize(
    ("question", "tried"),
    [
        ("onset", ["sudden", "gradual", "delayed"]),
        ("nerve", [("none",), ("tingling",), ("below_knee",), ("cough",)]),
        ("pain_at_worst", [2, 5, 7, 9]),
    ],
)
def test_every_answer_of_a_question_is_tried(knowledge: Knowledge, question: str, tried: list[object]) -> None:
    assert tried_answers(knowledge.questions[question]) == tried


def test_every_place_is_tried(knowledge: Knowledge) -> None:
    places = tried_answers(knowledge.questions["places"])
    assert len(places) == len(knowledge.questions["places"].options)
    assert ("left.sit_bone",) in places


@pytest.mark.parametrize("question", ["places", "age", "days_since_onset", "pain_at_worst", "onset", "rf_now"])
def test_every_tried_answer_is_an_answer(knowledge: Knowledge, question: str) -> None:
    for answer in tried_answers(knowledge.questions[question]):
        _, problems = check_answers({question: answer}, knowledge)
        assert not problems


def advice(complaint: Complaint, knowledge: Knowledge) -> AdviceGiven:
    """The advice without draws, the long way round."""
    probability, _ = probabilities(complaint, knowledge)
    screening = screen(complaint.facts(), knowledge)
    calm = {f: v for f, v in complaint.findings.items() if f not in warning_signs(knowledge).findings}
    asked_for, _ = probabilities(replace(complaint, findings=calm), knowledge)
    level = level_after(int(rank_by_probability(asked_for, knowledge)), screening)
    judged = judge_grade(probability, complaint, knowledge)
    facts = advice_facts(complaint, probability, judged.most_likely, URGENCY_LEVELS[level], knowledge)
    (likeliest,) = likeliest_by_rank(probability[None, :], knowledge)
    return AdviceGiven(
        urgency=URGENCY_LEVELS[level],
        who=see_at(level, screening, likeliest, knowledge),
        imaging=advise_imaging(facts, knowledge).modality,
        grade=judged.most_likely if judged.applies >= GRADE_TOLD_FROM else None,
    )


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"onset": "sudden", "mechanism": "sprint", "moment": "stopped"},
        {"onset": "delayed", "mechanism": "unaccustomed", "both_legs": "both_same"},
        {"onset": "gradual", "days_since_onset": 90, "nerve": ["tingling"], "places": ["left.buttock"]},
        {"places": ["left.sit_bone"], "onset": "sudden", "mechanism": "overstretch", "age": 45},
        {"walking": "normal", "places": ["left.calf"], "rf_history": ["lying_still"]},
    ],
)
def test_a_question_brings_a_change_exactly_when_one_of_its_answers_would_change_the_advice(
    knowledge: Knowledge, more: dict[str, object]
) -> None:
    step = next_step(begun(knowledge, **more), knowledge)
    assert step.candidates
    now = advice(step.complaint, knowledge)
    for candidate in step.candidates:
        question = knowledge.questions[candidate.question]
        after = [with_duration(add_answer(step.complaint, question, answer)) for answer in tried_answers(question)]
        changes = any(advice(one, knowledge) != now for one in after)
        assert (candidate.expected_change > 0) == changes, candidate.question


def test_a_question_that_teaches_nothing_about_the_conditions_has_no_information(knowledge: Knowledge) -> None:
    (quality,) = weigh_questions(Complaint(age_years=30), [knowledge.questions["quality"]], knowledge)
    (onset,) = weigh_questions(Complaint(age_years=30), [knowledge.questions["onset"]], knowledge)
    assert quality.information_bits == pytest.approx(0, abs=1e-6)
    assert onset.information_bits > 0.01


def test_a_chance_of_more_urgency_is_worth_asking_about(knowledge: Knowledge) -> None:
    (worried,) = weigh_questions(Complaint(age_years=30), [knowledge.questions["worried"]], knowledge)
    assert worried.expected_change > 0
    assert worried.worth >= worried.expected_change


def test_whoever_knows_little_is_asked_less(knowledge: Knowledge) -> None:
    told = begun(knowledge)
    knows, knows_not = (
        {**told, **dict.fromkeys(("mechanism", "pop", "moment", "bruise"), a)} for a in ("no", "unknown")
    )
    assert worth_enough(knows_not, knowledge) > worth_enough(knows, knowledge) > next_question.STOP_BELOW  # type: ignore[arg-type]


def test_the_longer_the_interview_the_more_a_question_must_be_worth(knowledge: Knowledge) -> None:
    asked_so_far = [q.id for q in knowledge.questions.values() if q.block not in ("person", "red_flags")]
    needed = [worth_enough(dict.fromkeys(asked_so_far[:n], "no"), knowledge) for n in (14, 16, 18)]
    assert needed[1] == pytest.approx(2 ** (2 / 2.6) * needed[0], rel=0.05)
    assert needed[2] == pytest.approx(2 ** (4 / 2.6) * needed[0], rel=0.05)
