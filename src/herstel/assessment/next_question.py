"""Which question next: the one expected to change the advice most, and when to stop asking.

For every open question every answer is tried: how likely it is by the present probabilities, and whether urgency,
whom to see, imaging or grade would then differ. What an answer would teach about the conditions counts a little, so
that two questions that only together change the advice are not both skipped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from herstel.assessment.lookahead import Outcomes, matters
from herstel.complaint.answers import check_answers
from herstel.complaint.intake import add_answer, applicable, with_duration
from herstel.complaint.model import NONE_OF_THESE, UNKNOWN, AnswerValue, Complaint
from herstel.errors import InputError
from herstel.knowledge.model import Context, Knowledge, Question

INFORMATION_WEIGHT = 0.6
"""Worth of one bit about the kind of care needed, beside a certain change of urgency."""
STOP_BELOW = 0.0145
"""A question expected to be worth less than this is not asked. Set on simulated complaints (benchmarks/interview.py)
so that the median interview has 14 questions beyond the red flags and nearly always the advice of all questions."""
KNOWN_BEFORE = 4
"""Answers assumed known of five before the first question (elicited)."""
PATIENCE, PATIENCE_DOUBLES_EVERY = 14, 2.6
"""After so many questions beyond the red flags, what a question must be worth doubles with every so many more."""
TRIED_NUMBERS: Mapping[str, tuple[int, ...]] = {
    "age_years": (14, 25, 50, 70),
    "days_since_onset": (0, 2, 5, 14, 60),
    "pain_nrs": (2, 5, 7, 9),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that could be asked now, and what it is expected to bring."""

    question: str
    expected_change: float
    """Expected weighted change of the advice, 0 to about 2."""
    information_bits: float

    @property
    def worth(self) -> float:
        return self.expected_change + INFORMATION_WEIGHT * self.information_bits


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Where the interview stands: the question to ask (None when it can stop), and what would be left out."""

    question: Question | None
    left_out: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    complaint: Complaint


def next_step(
    answers: Mapping[str, object],
    knowledge: Knowledge,
    *,
    context: Context = "self_report_web",
    again: Sequence[str] = (),
) -> NextStep:
    """Choose the next question.

    Parameters
    ----------
    answers : mapping of question id to answer
        As for :func:`herstel.complaint.intake.take_complaint`.
    again : sequence of str
        Questions that a re-check takes anew: asked before any choice is made.

    Raises
    ------
    InputError
        When an answer is not one of its question's answers.
    """
    checked, problems = check_answers(answers, knowledge)
    if problems:
        raise InputError(problems)
    complaint, open_questions = Complaint(context=context, answers=checked), []
    for question in applicable(checked, knowledge):
        if question.id in checked:
            complaint = add_answer(complaint, question, checked[question.id])
        else:
            open_questions.append(question)
    complaint = with_duration(complaint)
    first = next((one for one in open_questions if one.always or one.id in again), None)
    if first is not None:
        return NextStep(question=first, left_out=(), candidates=(), complaint=complaint)
    candidates = weigh_questions(complaint, open_questions, knowledge)
    enough = worth_enough(checked, knowledge)
    best = candidates[0] if candidates and candidates[0].worth >= enough else None
    return NextStep(
        question=knowledge.questions[best.question] if best else None,
        left_out=tuple(one.question for one in candidates if one is not best),
        candidates=candidates,
        complaint=complaint,
    )


def worth_enough(answers: Mapping[str, AnswerValue], knowledge: Knowledge) -> float:
    """What the next question must be worth to be asked.

    More when earlier answers were often "I don't know", for then this one will often be too; and more the longer the
    interview has lasted.
    """
    asked = [answers[name] for name in answers if knowledge.questions[name].block not in ("person", "red_flags")]
    known = sum(answer != UNKNOWN for answer in asked)
    chance_of_an_answer = (KNOWN_BEFORE + known) / (KNOWN_BEFORE + 1 + len(asked))
    return STOP_BELOW / chance_of_an_answer * float(2 ** max(0, (len(asked) - PATIENCE) / PATIENCE_DOUBLES_EVERY))


def weigh_questions(complaint: Complaint, questions: Sequence[Question], knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What each question is expected to bring, best first."""
    tried = [(question, tried_answers(question) if matters(question, knowledge) else []) for question in questions]
    outcomes = Outcomes(complaint, [(q, answer) for q, answers in tried for answer in answers], knowledge)
    candidates, start = [], 0
    for question, answers in tried:
        part = slice(start, start + len(answers))
        start += len(answers)
        chance = outcomes.chance(part, exclusive=question.kind != "several")
        candidates.append(
            Candidate(
                question=question.id,
                expected_change=float(chance @ outcomes.change[part]),
                information_bits=float(chance @ outcomes.bits[part]),
            )
        )
    return tuple(sorted(candidates, key=lambda one: -one.worth))


def tried_answers(question: Question) -> list[AnswerValue]:
    """The answers to try: every option, each tick by itself and none, or a few telling numbers."""
    if question.fact is not None:
        return list(TRIED_NUMBERS[question.fact])
    if question.kind == "single":
        return [option.id for option in question.options]
    if question.kind == "places":
        return [(f"left.{option.id}",) for option in question.options]
    return [(NONE_OF_THESE,), *((option.id,) for option in question.options)]
