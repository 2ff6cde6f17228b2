"""What each possible answer would do to the advice, all tried together.

Whatever the tried answers share is computed once for all of them. A rule is tried again only when an answer changes
something it asks for, or carries a conclusion across one of its thresholds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.assess import advice_facts
from herstel.assessment.examination import examination_log_likelihood
from herstel.assessment.imaging import imaging_of, imaging_rules
from herstel.assessment.matrix import Codes, Floats, band_of, compiled, posterior
from herstel.assessment.red_flags import red_flag_rules, screening_of
from herstel.assessment.result import GradeName
from herstel.assessment.rules import once_per_knowledge, threshold_name, what_changed
from herstel.assessment.severity import GRADE_TOLD_FROM, LADDER_ASKS, grade_mass, grades_by_row
from herstel.assessment.urgency import (
    evidence_for_urgency,
    level_after,
    likeliest_by_rank,
    rank_by_probability,
    see_at,
)
from herstel.complaint.intake import add_answer, with_duration
from herstel.complaint.model import AnswerValue, Complaint, ReportedFacts
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge, Question

CHANGE_WEIGHTS = {"urgency": 1.0, "see": 0.3, "imaging": 0.7, "grade": 0.5}
"""What a change of each part of the advice is worth (elicited)."""
MORE_URGENT_WEIGHT = 2.0
"""A change to more urgency is worth this many times a change to less (elicited: missing it harms)."""
Tried = Sequence[tuple[Question, AnswerValue]]


def matters(question: Question, knowledge: Knowledge) -> bool:
    """Whether any answer could change the advice: something in the differential or in a rule asks for it.

    The others describe the complaint (how it feels, one's sex): they are in the bank, and left out of the interview.
    """
    graded_or_measured = question.fact is not None or any(option.ladder for option in question.options)
    known_to_rules = red_flag_rules(knowledge).asked_by.keys() | imaging_rules(knowledge).asked_by.keys()
    told = question.findings | {name for option in question.options for name in option.facts}
    return graded_or_measured or not told.isdisjoint(known_to_rules | compiled(knowledge).row.keys())


class Outcomes:
    """Every tried answer's chance, change of advice and information.

    Attributes
    ----------
    change : float array (answers,)
        Weighted parts of the advice that the answer would change.
    bits : float array (answers,)
        What the answer would teach about the kind of care needed.
    """

    def __init__(self, complaint: Complaint, tried: Tried, knowledge: Knowledge) -> None:
        matrix, band = compiled(knowledge), band_of(complaint.age_years)
        after = [_with(complaint, question, answer) for question, answer in tried]
        about = {question.id: question.findings for question, _ in tried}
        changed = [what_changed(complaint, a, about[q.id]) for a, (q, _) in zip(after, tried, strict=True)]
        now = matrix.encode(complaint)
        codes = np.stack([now, *(matrix.encode_after(now, a, c) for a, c in zip(after, changed, strict=True))])
        likelihood = matrix.log_likelihood(codes, complaint.context, band)
        likelihood += examination_log_likelihood(complaint.examination, knowledge)
        log_prior = np.log(matrix.prior(complaint.context, band)).astype(np.float32)
        probability = np.asarray(posterior(log_prior, likelihood), dtype=np.float32)
        ratio = np.exp(likelihood[1:] - likelihood[0])
        self._chance = (ratio @ probability[0]) * _safety_chance(after, changed, knowledge)
        kinds = probability @ kinds_of_condition(knowledge).table
        self.bits = _divergence_bits(kinds[1:], kinds[0])
        ranks = _ranks(codes, complaint, knowledge)
        advice = _Advice(complaint, probability, ranks, knowledge)
        self.change = np.array(
            [advice.change(i + 1, a, c) for i, (a, c) in enumerate(zip(after, changed, strict=True))]
        )

    def chance(self, part: slice, *, exclusive: bool) -> NDArray[np.floating]:
        """Chance of each answer of one question; the answers of an exclusive question share one."""
        chance = self._chance[part]
        return np.asarray(chance / chance.sum() if exclusive else np.minimum(chance, 1.0))


def _with(complaint: Complaint, question: Question, answer: AnswerValue) -> Complaint:
    after = add_answer(complaint, question, answer)
    return with_duration(after) if question.fact == "days_since_onset" else after


def _ranks(codes: Codes, complaint: Complaint, knowledge: Knowledge) -> NDArray[np.intp]:
    """The urgency the probabilities ask for in each row; warning signs are left to the rules here."""
    matrix, band = compiled(knowledge), band_of(complaint.age_years)
    without_signs = evidence_for_urgency(codes, knowledge)
    likelihood = matrix.log_likelihood(without_signs, complaint.context, band)
    likelihood += examination_log_likelihood(complaint.examination, knowledge)
    log_prior = np.log(matrix.prior(complaint.context, band)).astype(np.float32)
    return rank_by_probability(posterior(log_prior, likelihood), knowledge)


def _safety_chance(
    after: Sequence[Complaint], changed: Sequence[frozenset[str]], knowledge: Knowledge
) -> NDArray[np.floating]:
    """Chance factor of newly present safety findings, of which the matrix knows nothing."""

    def factor(complaint: Complaint, names: frozenset[str]) -> float:
        new = (knowledge.findings[name] for name in names if complaint.findings.get(name) is True)
        return math.prod(finding.assumed_rate for finding in new if finding.kind == "safety")

    return np.array([factor(a, c) for a, c in zip(after, changed, strict=True)])


@dataclass(frozen=True, eq=False)
class ConditionKinds:
    """Which conditions ask for the same care: ones and zeros, shape (conditions, kinds)."""

    table: Floats


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
    """The advice for every row of probabilities; row 0 is the present complaint."""

    def __init__(
        self, complaint: Complaint, probability: Floats, ranks: NDArray[np.intp], knowledge: Knowledge
    ) -> None:
        self._knowledge, self._probability, self._ranks = knowledge, probability, ranks.tolist()
        self._flags, self._imaging = red_flag_rules(knowledge), imaging_rules(knowledge)
        self._grades = grades_by_row(probability, complaint, knowledge)
        self._told = (grade_mass(probability, knowledge).sum(axis=1) >= GRADE_TOLD_FROM).tolist()
        self._likeliest = likeliest_by_rank(probability, knowledge)
        met = self._imaging.thresholds_met(probability, tuple(knowledge.conditions))
        names = [threshold_name(leaf) for leaf in self._imaging.thresholds]
        self._crossed = [{name for name, crossed in zip(names, row, strict=True) if crossed} for row in met != met[0]]
        self._flag_truths = self._flags.truths(complaint.facts())
        self._screening = screening_of(self._flag_truths, self._flags)
        self._level = level_after(self._ranks[0], self._screening)
        facts = self._facts(0, complaint, self._grades[0], self._level)
        self._imaging_truths = self._imaging.truths(facts)
        self._modality = imaging_of(self._imaging_truths, self._imaging).modality
        self._see = see_at(self._level, self._screening, self._likeliest[0], knowledge)

    def change(self, row: int, after: Complaint, changed: frozenset[str]) -> float:
        """Weighted parts of the advice that one tried answer would change."""
        screening = self._screening
        if self._flags.touched_by(changed):
            truths = self._flags.truths_after(self._flag_truths, changed, after.facts())
            screening = screening_of(truths, self._flags)
        level = level_after(self._ranks[row], screening)
        grade = self._grades[row]
        if changed & LADDER_ASKS:
            (grade,) = grades_by_row(self._probability[row : row + 1], after, self._knowledge)
        worth = {
            "urgency": level != self._level,
            "see": see_at(level, screening, self._likeliest[row], self._knowledge) != self._see,
            "imaging": self._image(row, after, grade, level, changed) != self._modality,
            "grade": (self._told[row] and grade) != (self._told[0] and self._grades[0]),
        }
        total = sum(CHANGE_WEIGHTS[part] for part, differs in worth.items() if differs)
        return total * MORE_URGENT_WEIGHT if level > self._level else total

    def _image(self, row: int, after: Complaint, grade: GradeName, level: int, changed: frozenset[str]) -> str:
        """The image that would be asked for."""
        differs = {"urgency": level != self._level, "grade": grade != self._grades[0]}
        asked = changed | self._crossed[row] | {conclusion for conclusion, other in differs.items() if other}
        if not self._imaging.touched_by(asked):
            return self._modality
        facts = self._facts(row, after, grade, level)
        return imaging_of(self._imaging.truths_after(self._imaging_truths, asked, facts), self._imaging).modality

    def _facts(self, row: int, complaint: Complaint, grade: GradeName, level: int) -> ReportedFacts:
        return advice_facts(complaint, self._probability[row], grade, URGENCY_LEVELS[level], self._knowledge)
