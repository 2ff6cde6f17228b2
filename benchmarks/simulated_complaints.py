"""People with a complaint who answer truthfully: sampled from the matrix, or retold from a published case.

What is true of such a person is a :class:`~herstel.complaint.model.Complaint`; a finding it does not hold is something
the person does not know. Used by the benchmarks and by the tests of the interview.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from herstel.assessment.assess import assess
from herstel.assessment.matrix import Matrix, band_of, compiled
from herstel.assessment.next_question import next_step
from herstel.assessment.result import Assessment, GradeName, Referral
from herstel.assessment.severity import GRADE_TOLD_FROM
from herstel.complaint.answers import check_answers
from herstel.complaint.intake import applicable, take_complaint, with_duration
from herstel.complaint.model import (
    NONE_OF_THESE,
    UNKNOWN,
    UNSURE,
    Complaint,
    Place,
    Sex,
    Side,
)
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.model import GROUPS, Destination, Knowledge, Modality, Option, Question, urgency_rank

SEED = 7
AGES_YEARS: Mapping[int, float] = {
    14: 0.08,
    16: 0.06,
    22: 0.15,
    28: 0.20,
    35: 0.15,
    45: 0.14,
    55: 0.10,
    68: 0.07,
    75: 0.05,
}
DAYS_SINCE_ONSET = (0, 1, 2, 3, 5, 8, 14, 30)
LONG_AGO_DAYS = 90
SIGN_RATE, CIRCUMSTANCE_RATE, CONTEXT_RATE = 0.003, 0.05, 0.2
"""Share of people with a finding the matrix does not hold: a danger sign, a circumstance, a matter of context."""
CIRCUMSTANCES = frozenset(
    {
        "blood_thinner_or_bleeding_disorder",
        "corticosteroids",
        "effort_was_light",
        "hamstring_operated",
        "no_progress_after_treatment",
        "not_at_ease",
        "pregnancy_pill_hormones",
        "second_contact",
    }
)
IMPLIED: tuple[tuple[str, str], ...] = (
    ("cannot_weight_bear_4_steps", "limp"),
    ("limp", "pain_walking"),
    ("bruise_large_spreading", "bruise_visible_by_day5"),
    ("heel_pull_weak", "marked_weakness"),
    ("marked_weakness", "heel_pull_weak"),
    ("recurrent_same_leg", "previous_hamstring_injury"),
)
"""What cannot be without the other, so that a simulated story is coherent."""
EXCLUDED: tuple[tuple[str, str], ...] = (
    ("worsening_after_day3", "clear_improvement_by_72h"),
    ("pain_walking", "pain_only_fast_running"),
    ("extreme_effort_heat_drugs", "effort_was_light"),
)
"""What the first rules out."""
MARKED_TOO: Mapping[str, str] = {
    "low_back_pain_now": "low_back",
    "radiates_below_knee": "calf",
    "groin_pain": "groin_front",
}
"""Where a person with this finding marks pain as well, besides the worst place."""


class AdviceGiven(NamedTuple):
    """The parts of the advice that the next question is chosen for."""

    urgency: Urgency
    who: Destination
    imaging: Modality
    grade: GradeName | None
    """None where no grade is told, because muscle or tendon is hardly the matter."""

    @property
    def urgency_rank(self) -> int:
        return urgency_rank(self.urgency)


def simulated(count: int, knowledge: Knowledge, seed: int = SEED) -> Iterator[Complaint]:
    """Complaints with everything known, their conditions drawn by the priors and their findings by the matrix."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        yield _simulate(random, knowledge)


def _simulate(random: np.random.Generator, knowledge: Knowledge) -> Complaint:
    matrix = compiled(knowledge)
    age = int(random.choice(list(AGES_YEARS), p=list(AGES_YEARS.values())))
    prior = matrix.prior("self_report_web", band_of(age))
    findings = _findings(int(random.choice(len(prior), p=prior)), matrix, random)
    sport = str(random.choice([option.facts["sport"] for option in knowledge.questions["sport"].options]))
    findings["endurance_sport"] = sport.startswith("endurance")
    sexes: tuple[Sex, ...] = ("female", "male")
    person = Complaint(
        findings=findings,
        places=_places(findings, matrix, random),
        age_years=age,
        days_since_onset=LONG_AGO_DAYS if findings["duration_over_6_weeks"] else int(random.choice(DAYS_SINCE_ONSET)),
        pain_nrs=int(random.integers(8, 11) if findings["severe_pain"] else random.integers(2, 8)),
        sex=sexes[int(random.integers(2))],
        sport=sport,
        level="none" if sport == "none" else str(random.choice(["recreational", "competitive"])),
    )
    return with_duration(replace(person, ladder=_ladder(person, knowledge, random)))


def _findings(column: int, matrix: Matrix, random: np.random.Generator) -> dict[str, bool]:
    present = random.random(len(matrix.findings)) < matrix.probability[:, column]
    for rows in matrix.group_rows.values():
        share = matrix.probability[rows, column].astype(float)
        present[rows] = np.arange(len(rows)) == random.choice(len(rows), p=share / share.sum())
    found = dict(zip(matrix.findings, present.tolist(), strict=True))
    for finding in matrix.knowledge.findings.values():
        if finding.kind != "matrix":
            rare = CIRCUMSTANCE_RATE if finding.id in CIRCUMSTANCES else SIGN_RATE
            found[finding.id] = bool(random.random() < (rare if finding.kind == "safety" else CONTEXT_RATE))
    for one, implied in IMPLIED:
        found[implied] = found[implied] or found[one]
    for one, excluded in EXCLUDED:
        found[excluded] = found[excluded] and not found[one]
    return found


def _places(findings: Mapping[str, bool], matrix: Matrix, random: np.random.Generator) -> frozenset[Place]:
    """The worst place and where the pain shows besides, on the side or sides it is."""
    options = matrix.knowledge.questions["places"].options
    marked = {option.id for option in options if findings[option.present[0]]}
    marked |= {place for finding, place in MARKED_TOO.items() if findings[finding]}
    side: Side = "left" if random.random() < 0.5 else "right"
    sides: tuple[Side, ...] = ("left", "right") if findings["both_legs_similar"] else (side,)
    return frozenset(Place(one, place) for one in sides for place in marked)


def _ladder(person: Complaint, knowledge: Knowledge, random: np.random.Generator) -> dict[str, int]:
    """Graded answers that agree with the findings; where several do, any of them."""
    ladder: dict[str, int] = {}
    for question in knowledge.questions.values():
        graded = [option for option in question.options if option.ladder and _agrees(option, person)]
        if graded:
            ladder.update(graded[int(random.integers(len(graded)))].ladder)
    return ladder


def with_groups_closed(truth: Complaint, knowledge: Knowledge) -> Complaint:
    """A complaint in which what is present of an exclusive group denies the group's other members."""
    findings = dict(truth.findings)
    for group in GROUPS:
        members = knowledge.group_members(group)
        if any(findings.get(member) for member in members):
            findings.update((member, bool(findings.get(member))) for member in members)
    return replace(truth, findings=findings)


def answer_truthfully(question: Question, truth: Complaint) -> object:
    """What a person answers of whom this is true; ``unknown`` where the truth does not say."""
    if question.fact is not None:
        number = getattr(truth, question.fact)
        return UNKNOWN if number is None else min(max(number, question.min or 0), question.max or 0)
    if question.kind == "places":
        marked = [f"{place.side}.{place.place}" for place in truth.places]
        return sorted(marked) or UNKNOWN
    if question.kind == "several":
        return _ticks(question, truth)
    return _choice(question, truth)


def _ticks(question: Question, truth: Complaint) -> object:
    ticked = [option.id for option in question.options if all(truth.findings.get(one) for one in option.present)]
    told = [one in truth.findings for option in question.options for one in option.present]
    if not any(told):
        return UNKNOWN
    if not all(told):
        return [*ticked, UNSURE]
    return ticked or [NONE_OF_THESE]


def _choice(question: Question, truth: Complaint) -> str:
    """The option that says most, of those that agree with what is true."""
    fitting = [option for option in question.options if _fits(option, truth)]
    if not fitting:
        return UNKNOWN
    return max(fitting, key=lambda option: len(option.present) + len(option.absent)).id


def _fits(option: Option, truth: Complaint) -> bool:
    """Every part is known to be so; or the graded answer is this one, and nothing known speaks against it."""
    if not all(truth.ladder.get(item, level) == level for item, level in option.ladder.items()):
        return False
    graded = bool(option.ladder) and option.ladder.keys() <= truth.ladder.keys()
    return _agrees(option, truth) or (graded and not _contradicted(option, truth))


def _agrees(option: Option, truth: Complaint) -> bool:
    return all(truth.findings.get(finding) is present for finding, present in _said(option).items()) and all(
        getattr(truth, name) == value for name, value in option.facts.items()
    )


def _contradicted(option: Option, truth: Complaint) -> bool:
    return any(truth.findings.get(finding, present) is not present for finding, present in _said(option).items())


def _said(option: Option) -> dict[str, bool]:
    """What an option says about findings."""
    return {**dict.fromkeys(option.absent, False), **dict.fromkeys(option.present, True)}


def full_intake(truth: Complaint, knowledge: Knowledge) -> dict[str, object]:
    """The answers to every question that applies."""
    answers: dict[str, object] = {}
    while True:
        checked, _ = check_answers(answers, knowledge)
        question = next((one for one in applicable(checked, knowledge) if one.id not in answers), None)
        if question is None:
            return answers
        answers[question.id] = answer_truthfully(question, truth)


def adaptive_intake(truth: Complaint, knowledge: Knowledge) -> dict[str, object]:
    """The answers to the questions that the interview chooses, until it stops."""
    answers: dict[str, object] = {}
    while (question := next_step(answers, knowledge, context=truth.context).question) is not None:
        answers[question.id] = answer_truthfully(question, truth)
    return answers


def advice_after(answers: Mapping[str, object], truth: Complaint, knowledge: Knowledge) -> AdviceGiven:
    """The advice that these answers lead to."""
    result = assess(take_complaint(answers, knowledge, context=truth.context), knowledge)
    return advice_given(result)


def advice_given(result: Assessment | Referral) -> AdviceGiven:
    """The parts of the advice that the next question is chosen for."""
    assessment = result.assessment if isinstance(result, Referral) else result
    grade = assessment.grade
    return AdviceGiven(
        urgency=assessment.urgency.level,
        who=assessment.urgency.see,
        imaging=assessment.imaging.modality,
        grade=grade.most_likely if grade.applies >= GRADE_TOLD_FROM else None,
    )


def questions_beyond_red_flags(answers: Mapping[str, object], knowledge: Knowledge) -> int:
    """How many questions were asked besides the block that is always asked whole."""
    return sum(knowledge.questions[question].block != "red_flags" for question in answers)
