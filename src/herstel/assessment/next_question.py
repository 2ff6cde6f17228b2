"""Which question next: the one expected to change the advice most, and when to stop asking.

For every open question every answer is tried: how likely it is by the present probabilities, and whether urgency,
whom to see, imaging or grade would then differ. What an answer would teach about the conditions counts a little, so
that two questions that only together change the advice are not both skipped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.assess import advice_facts
from herstel.assessment.examination import examination_log_likelihood
from herstel.assessment.imaging import imaging_of, imaging_rules
from herstel.assessment.matrix import band_of, compiled, posterior
from herstel.assessment.red_flags import Screening, red_flag_rules, screening_of
from herstel.assessment.result import GradeName
from herstel.assessment.rules import CONCLUDED, Truths, once_per_knowledge, what_changed
from herstel.assessment.severity import LADDER_ASKS, grades_by_row, judge_grade
from herstel.assessment.urgency import final_rank, rank_by_probability, see_at
from herstel.complaint.answers import check_answers
from herstel.complaint.intake import add_answer, applicable, with_duration
from herstel.complaint.model import NONE_OF_THESE, AnswerValue, Complaint, ReportedFacts
from herstel.errors import InputError
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Context, Knowledge, Question

CHANGE_WEIGHTS = {"urgency": 1.0, "see": 0.3, "imaging": 0.5, "grade": 0.5}
"""What a change of each part of the advice is worth (elicited)."""
MORE_URGENT_WEIGHT = 2.0
"""A change to more urgency is worth this many times a change to less (elicited: missing it harms)."""
INFORMATION_WEIGHT = 0.6
"""Worth of one bit about the kind of care needed, beside a certain change of urgency."""
STOP_BELOW = 0.02
"""A question expected to be worth less than this is not asked. Both numbers were set on simulated complaints: they
give the same advice as the full intake in 95 % of them with a median of 14 questions (see benchmarks/interview.py)."""
SAFETY_RATE = 0.02
"""Assumed share of people with a safety finding the matrix does not hold (elicited)."""
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
    best = candidates[0] if candidates and candidates[0].worth >= STOP_BELOW else None
    return NextStep(
        question=knowledge.questions[best.question] if best else None,
        left_out=tuple(one.question for one in candidates if one is not best),
        candidates=candidates,
        complaint=complaint,
    )


def weigh_questions(complaint: Complaint, questions: Sequence[Question], knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What each question is expected to bring, best first."""
    tried = [(question, tried_answers(question)) for question in questions]
    outcomes = _Outcomes(complaint, [(q, answer) for q, answers in tried for answer in answers], knowledge)
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


class _Outcomes:
    """Every tried answer's chance, change of advice and information, computed together."""

    def __init__(
        self, complaint: Complaint, tried: Sequence[tuple[Question, AnswerValue]], knowledge: Knowledge
    ) -> None:
        matrix = compiled(knowledge)
        after = [with_duration(add_answer(complaint, question, answer)) for question, answer in tried]
        changed = [what_changed(complaint, one) for one in after]
        now = matrix.encode(complaint)
        codes = np.stack([now, *(matrix.encode_after(now, a, c) for a, c in zip(after, changed, strict=True))])
        band = band_of(complaint.age_years)
        log_likelihood = matrix.log_likelihood(codes, complaint.context, band)
        log_likelihood += examination_log_likelihood(complaint.examination, knowledge)
        log_prior = np.log(matrix.prior(complaint.context, band)).astype(np.float32)
        self._posterior = posterior(log_prior, log_likelihood)
        ratio = np.exp(log_likelihood[1:] - log_likelihood[0])
        self._chance = (ratio @ self._posterior[0]) * _safety_chance(after, changed, knowledge)
        kinds = self._posterior @ kinds_of_condition(knowledge).table
        self.bits = _divergence_bits(kinds[1:], kinds[0])
        advice = _Advice(complaint, self._posterior, knowledge)
        self.change = np.array(
            [advice.change(i + 1, a, c) for i, (a, c) in enumerate(zip(after, changed, strict=True))]
        )

    def chance(self, part: slice, *, exclusive: bool) -> NDArray[np.floating]:
        """Chance of each answer of one question; the answers of an exclusive question share one."""
        chance = self._chance[part]
        return np.asarray(chance / chance.sum() if exclusive else np.minimum(chance, 1.0))


def _safety_chance(
    after: Sequence[Complaint], changed: Sequence[frozenset[str]], knowledge: Knowledge
) -> NDArray[np.floating]:
    """Chance factor of newly present findings that the matrix does not hold."""

    def newly_present(complaint: Complaint, names: frozenset[str]) -> int:
        return sum(complaint.findings.get(name) is True and _kind(name, knowledge) == "safety" for name in names)

    return np.array([SAFETY_RATE ** newly_present(a, c) for a, c in zip(after, changed, strict=True)])


def _kind(name: str, knowledge: Knowledge) -> str:
    return knowledge.findings[name].kind if name in knowledge.findings else ""


@dataclass(frozen=True, eq=False)
class ConditionKinds:
    """Which conditions ask for the same care: ones and zeros, shape (conditions, kinds)."""

    table: NDArray[np.float32]


@once_per_knowledge
def kinds_of_condition(knowledge: Knowledge) -> ConditionKinds:
    """Conditions alike in urgency and severity; telling these apart is what can change the advice."""
    care = [(condition.urgency, condition.severity) for condition in knowledge.conditions.values()]
    kinds = list(dict.fromkeys(care))
    return ConditionKinds(np.array([[one == kind for kind in kinds] for one in care], dtype=np.float32))


def _divergence_bits(after: NDArray[np.floating], before: NDArray[np.floating]) -> NDArray[np.floating]:
    """Kullback-Leibler divergence of each row from ``before``, in bits."""
    floor = np.float32(1e-12)
    return np.asarray(np.sum(after * np.log2((after + floor) / (before + floor)), axis=1))


class _Advice:
    """The advice for every row of probabilities; what the rows share is computed once.

    Row 0 is the present complaint. A rule is tried again only when a tried answer changes something it asks for, or
    carries a conclusion across one of its thresholds.
    """

    def __init__(self, complaint: Complaint, probability: NDArray[np.floating], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._complaint = complaint
        self._probability = probability
        self._ranks = rank_by_probability(probability, knowledge)
        self._grades = grades_by_row(probability, complaint, knowledge)
        self._flags, self._imaging = red_flag_rules(knowledge), imaging_rules(knowledge)
        self._crossings = self._imaging.thresholds_met(probability, tuple(knowledge.conditions))
        self._flag_truths = self._flags.truths(complaint.facts())
        screening = screening_of(self._flag_truths, self._flags)
        self._level = level = int(final_rank(self._ranks[0], screening))
        self._imaging_truths = self._imaging.truths(self._facts(0, complaint, self._grades[0], level))
        self._now = self._parts(0, screening, level, self._grades[0], self._imaging_truths)

    def change(self, row: int, after: Complaint, changed: frozenset[str]) -> float:
        """Weighted parts of the advice that one tried answer would change."""
        flags = self._flags.truths_after(self._flag_truths, changed, after.facts())
        screening = screening_of(flags, self._flags)
        level = int(final_rank(self._ranks[row], screening))
        grade = self._grades[row]
        if changed & LADDER_ASKS:
            grade = judge_grade(self._probability[row], after, self._knowledge).most_likely
        concluded = CONCLUDED if self._conclusions_differ(row, level, grade) else frozenset()
        asked = changed | concluded
        imaging = self._imaging_truths
        if any(asks & asked for asks in self._imaging.asks):
            imaging = self._imaging.truths_after(imaging, asked, self._facts(row, after, grade, level))
        then = self._parts(row, screening, level, grade, imaging)
        worth = sum(weight for part, weight in CHANGE_WEIGHTS.items() if then[part] != self._now[part])
        return worth * MORE_URGENT_WEIGHT if level > self._level else worth

    def _conclusions_differ(self, row: int, level: int, grade: GradeName) -> bool:
        same_conclusions = (level, grade) == (self._level, self._grades[0])
        return not same_conclusions or bool((self._crossings[row] != self._crossings[0]).any())

    def _facts(self, row: int, complaint: Complaint, grade: GradeName, level: int) -> ReportedFacts:
        return advice_facts(complaint, self._probability[row], grade, URGENCY_LEVELS[level], self._knowledge)

    def _parts(
        self, row: int, screening: Screening, level: int, grade: GradeName, imaging: Truths
    ) -> dict[str, object]:
        return {
            "urgency": level,
            "see": see_at(level, screening, self._probability[row], self._knowledge),
            "imaging": imaging_of(imaging, self._imaging).modality,
            "grade": grade,
        }
