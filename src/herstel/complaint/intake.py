"""From answers to a complaint: the first step of the flow."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from herstel.complaint.answers import check_answers
from herstel.complaint.model import (
    NONE_OF_THESE,
    SIDES,
    UNKNOWN,
    UNSURE,
    WEEKS_6_DAYS,
    AnswerValue,
    Complaint,
    Place,
)
from herstel.errors import InputError, Problem, marked
from herstel.knowledge.model import Context, Knowledge, Option, Question


def take_complaint(
    answers: Mapping[str, object], knowledge: Knowledge, *, context: Context = "self_report_web"
) -> Complaint:
    """Turn answers into a complaint.

    Parameters
    ----------
    answers : mapping of question id to answer
        An option id, a list of option ids, a number, or ``"unknown"``. A question left out is unknown.
    knowledge : Knowledge
    context : Context
        Where the complaint is told; decides the priors.

    Raises
    ------
    InputError
        With every answer that is not one of its question's answers, and every contradiction.
    """
    checked, problems = check_answers(answers, knowledge)
    complaint = Complaint(context=context, answers=checked)
    for question in applicable(checked, knowledge, complaint):
        if question.id in checked:
            complaint = add_answer(complaint, question, checked[question.id])
    problems.extend(contradictions(complaint))
    if problems:
        raise InputError(problems)
    return with_duration(complaint)


def applicable(
    answers: Mapping[str, AnswerValue], knowledge: Knowledge, complaint: Complaint | None = None
) -> Iterator[Question]:
    """The questions that apply, in order, given the answers to the ones before them."""
    so_far = complaint or Complaint()
    for question in knowledge.questions.values():
        if is_applicable(question, so_far):
            yield question
            if question.id in answers:
                so_far = add_answer(so_far, question, answers[question.id])


def is_applicable(question: Question, complaint: Complaint) -> bool:
    """Whether a question makes sense; what is unknown does not make it senseless."""
    return question.ask_when is None or question.ask_when.holds(complaint.facts()) is not False


def add_answer(complaint: Complaint, question: Question, answer: AnswerValue) -> Complaint:
    """A complaint with one more answer; present is never overruled by a later absent."""
    if answer == UNKNOWN:
        return complaint
    changes: dict[str, Any] = {}
    if question.fact is not None:
        changes[question.fact] = answer
        return replace(complaint, **changes)
    findings, ladder = dict(complaint.findings), dict(complaint.ladder)
    chosen, others = _choices(question, answer)
    if question.kind == "places" or _narrows(question):
        for option in question.options:
            for finding in option.present:
                findings.pop(finding, None)
    for option in others:
        for finding in option.present:
            findings.setdefault(finding, False)
    for option in chosen:
        for finding in option.absent:
            findings.setdefault(finding, False)
        findings.update(dict.fromkeys(option.present, True))
        ladder.update(option.ladder)
        changes.update(option.facts)
    places = _places(answer) if question.kind == "places" else complaint.places
    return replace(complaint, findings=findings, ladder=ladder, places=places, **changes)


def _narrows(question: Question) -> bool:
    return question.id == "worst_place"


def _choices(question: Question, answer: AnswerValue) -> tuple[list[Option], list[Option]]:
    """The options chosen, and those thereby denied (the unticked ones of a finished tick list)."""
    ids = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, tuple) else set()
    if question.kind == "places":
        ids = {one.partition(".")[2] for one in ids}
    chosen = [option for option in question.options if option.id in ids]
    if question.kind != "several" or UNSURE in ids:
        return chosen, []
    if NONE_OF_THESE in ids:
        return [], list(question.options)
    return chosen, [option for option in question.options if option.id not in ids]


def _places(answer: AnswerValue) -> frozenset[Place]:
    pairs = (one.partition(".") for one in answer) if isinstance(answer, tuple) else ()
    return frozenset(Place(side, place) for name, _, place in pairs for side in SIDES if side == name)


_ONE_SIDE_MARKED = {
    "left": marked("both legs are said to feel the same, but only the left side is marked."),
    "right": marked("both legs are said to feel the same, but only the right side is marked."),
}


def contradictions(complaint: Complaint) -> list[Problem]:
    """What cannot be true together."""
    one_sided = len(complaint.sides - {"middle"}) == 1 and "middle" not in complaint.sides
    if complaint.findings.get("both_legs_similar") and one_sided:
        (side,) = complaint.sides
        return [
            Problem(
                thing="both_legs_similar",
                reason=_ONE_SIDE_MARKED[side],
                remedy=marked("Mark the other side as well, or say that one leg is worse."),
            )
        ]
    return []


def with_duration(complaint: Complaint) -> Complaint:
    """Add what follows from the number of days alone."""
    if complaint.days_since_onset is None:
        return complaint
    lasting = complaint.days_since_onset > WEEKS_6_DAYS
    return replace(complaint, findings={**complaint.findings, "duration_over_6_weeks": lasting})
