"""What must hold of the assessment of any complaint whatsoever."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.assessment.assess import assess, probabilities
from herstel.assessment.explain import reasons
from herstel.assessment.matrix import band_of, compiled, posterior_batch
from herstel.assessment.next_question import next_step
from herstel.assessment.red_flags import red_flag_rules, warning_signs
from herstel.assessment.result import Assessment, Referral
from herstel.assessment.rules import what_changed
from herstel.assessment.uncertainty import Draws
from herstel.complaint.answers import check_answers
from herstel.complaint.intake import add_answer, is_applicable, take_complaint, with_duration
from herstel.complaint.model import UNKNOWN, Complaint
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import AGE_BANDS, CONTEXTS, Context, Question, urgency_rank
from herstel.quantities import Probability
from tests.answer_strategies import Answers, answers_to, known_answer_to, mirrored

KNOWLEDGE = load_knowledge()
MATRIX = compiled(KNOWLEDGE)
FEW_DRAWS = Draws(MATRIX, count=60)
SIGNS = sorted(
    {finding.id for finding in KNOWLEDGE.findings.values() if finding.kind == "safety"}
    | set(warning_signs(KNOWLEDGE).findings)
)
"""Findings that only safety rules use, and those that make an emergency by themselves."""
UNGROUPED = [finding for finding in KNOWLEDGE.matrix_findings if KNOWLEDGE.findings[finding].group is None]

any_answers = answers_to(KNOWLEDGE)
all_answers = answers_to(KNOWLEDGE, complete=True)
any_context = st.sampled_from(CONTEXTS)
any_question = st.sampled_from(list(KNOWLEDGE.questions.values()))

# The same examples on every machine, so that a run that passed once passes again.
holds = settings(deadline=None, derandomize=True, max_examples=40)
holds_slowly = settings(holds, max_examples=15)


def judged(complaint: Complaint) -> Assessment:
    result = assess(complaint, KNOWLEDGE, draws=FEW_DRAWS)
    return result.assessment if isinstance(result, Referral) else result


def judgement(answers: Mapping[str, object]) -> Assessment:
    """What is said about a person, without what the person said."""
    return replace(judged(take_complaint(answers, KNOWLEDGE)), complaint=Complaint())


@holds
@given(any_answers, any_context)
def test_posteriors_sum_to_one(answers: Answers, context: Context) -> None:
    complaint = take_complaint(answers, KNOWLEDGE, context=context)
    posterior, prior = probabilities(complaint, KNOWLEDGE)
    drawn = FEW_DRAWS.posterior(MATRIX.encode(complaint), context, band_of(complaint.age_years))
    assessment = judged(complaint)
    assert posterior.sum() == pytest.approx(1)
    assert prior.sum() == pytest.approx(1)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(FEW_DRAWS.count), abs=1e-5)
    assert sum(assessment.grade.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert sum(assessment.nature.probabilities.values()) == pytest.approx(1, abs=1e-5)


@holds
@given(any_answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers: Answers, random: Random) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert judgement(dict(shuffled)) == judgement(answers)


@holds_slowly
@given(any_answers, st.sampled_from(UNGROUPED), st.booleans(), st.floats(0.05, 0.95))
def test_an_uninformative_finding_changes_nothing(answers: Answers, finding: str, present: bool, chance: float) -> None:
    says_nothing = replace(KNOWLEDGE, likelihoods={**KNOWLEDGE.likelihoods, **_equal_cells(finding, chance)})
    complaint = take_complaint(answers, KNOWLEDGE)
    unknown = replace(complaint, findings={f: known for f, known in complaint.findings.items() if f != finding})
    known = replace(complaint, findings={**complaint.findings, finding: present})
    assert probabilities(known, says_nothing)[0] == pytest.approx(probabilities(unknown, says_nothing)[0], abs=1e-6)
    for reason in reasons(known, "strain_grade2", says_nothing):
        assert reason.findings != (finding,) or reason.log_weight == pytest.approx(0, abs=1e-5)


def _equal_cells(finding: str, chance: float) -> dict[tuple[str, str], Probability]:
    return {
        (finding, condition): replace(KNOWLEDGE.likelihoods[finding, condition], low=chance, value=chance, high=chance)
        for condition in KNOWLEDGE.conditions
    }


@pytest.mark.parametrize("sign", SIGNS)
@settings(holds, max_examples=10)
@given(answers=any_answers, context=any_context, denied=st.booleans())
def test_adding_a_red_flag_never_lowers_urgency(sign: str, answers: Answers, context: Context, denied: bool) -> None:
    complaint = take_complaint(answers, KNOWLEDGE, context=context)
    findings = {finding: known for finding, known in complaint.findings.items() if finding != sign}
    without = replace(complaint, findings={**findings, sign: False} if denied else findings)
    with_it = replace(complaint, findings={**findings, sign: True})
    assert urgency_rank(judged(with_it).urgency.level) >= urgency_rank(judged(without).urgency.level)


@holds
@given(st.sets(st.sampled_from(list(KNOWLEDGE.questions))), any_context)
def test_unknown_everywhere_gives_the_prior_and_says_cannot_tell(questions: set[str], context: Context) -> None:
    complaint = take_complaint(dict.fromkeys(sorted(questions), UNKNOWN), KNOWLEDGE, context=context)
    assessment = judged(complaint)
    for one in assessment.differential:
        assert one.probability == pytest.approx(one.prior, abs=1e-7)
    assert assessment.cannot_tell
    assert assessment.red_flags == ()
    assert assessment.nature.verdict is None
    assert assessment.grade.ladder_grade is None


@holds
@given(any_answers)
def test_the_mirror_image_gets_the_mirrored_result(answers: Answers) -> None:
    here, there = take_complaint(answers, KNOWLEDGE), take_complaint(mirrored(answers), KNOWLEDGE)
    swapped = {"left": "right", "right": "left", "middle": "middle"}
    assert {(swapped[place.side], place.place) for place in here.places} == {
        (place.side, place.place) for place in there.places
    }
    assert judgement(mirrored(answers)) == judgement(answers)


@holds
@given(all_answers, st.sets(st.sampled_from(list(KNOWLEDGE.questions))), any_context)
def test_any_subset_of_answers_gives_a_valid_assessment(answers: Answers, kept: set[str], context: Context) -> None:
    subset = {question: answer for question, answer in answers.items() if question in kept}
    complaint = take_complaint(subset, KNOWLEDGE, context=context)
    result = assess(complaint, KNOWLEDGE, draws=FEW_DRAWS)
    assessment = judged(complaint)
    assert sorted(assessment.ranking) == sorted(KNOWLEDGE.conditions)
    assert all(0 <= one.low <= one.probability <= one.high <= 1 for one in assessment.differential)
    assert assessment.urgency.level in URGENCY_LEVELS
    assert 0 <= assessment.urgency.share_same <= 1
    assert (assessment.imaging.modality == "none") == (assessment.imaging.by_days is None)
    assert not set(assessment.red_flags) & set(assessment.open_red_flags)
    assert isinstance(result, Referral) <= (urgency_rank(assessment.urgency.level) >= urgency_rank("same_day"))


@holds_slowly
@given(all_answers, st.sets(st.sampled_from(list(KNOWLEDGE.questions))))
def test_the_interview_goes_on_from_any_subset_of_answers(answers: Answers, kept: set[str]) -> None:
    subset = {question: answer for question, answer in answers.items() if question in kept}
    step = next_step(subset, KNOWLEDGE)
    asked = {step.question.id} if step.question else set()
    assert not asked & subset.keys()
    assert not set(step.left_out) & (subset.keys() | asked)
    assert all(one.worth >= 0 for one in step.candidates)


@holds_slowly
@given(any_answers, st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_result(answers: Answers, seed: int) -> None:
    complaint = take_complaint(answers, KNOWLEDGE)
    first, again = (assess(complaint, KNOWLEDGE, draws=Draws(MATRIX, count=20, seed=seed)) for _ in range(2))
    assert first == again


@holds
@given(any_answers, any_context)
def test_the_intervals_hold_the_estimates(answers: Answers, context: Context) -> None:
    assessment = judged(take_complaint(answers, KNOWLEDGE, context=context))
    for one in assessment.differential:
        assert one.low <= one.probability <= one.high
    for grade, share in assessment.grade.probabilities.items():
        assert assessment.grade.ranges[grade].low <= share <= assessment.grade.ranges[grade].high
    for nature, share in assessment.nature.probabilities.items():
        assert assessment.nature.ranges[nature].low <= share <= assessment.nature.ranges[nature].high


@holds_slowly
@given(st.lists(any_answers, min_size=1, max_size=6), any_context, st.integers(1, 4))
def test_a_batch_gives_what_each_complaint_gives_by_itself(people: list[Answers], context: Context, chunk: int) -> None:
    complaints = [take_complaint(answers, KNOWLEDGE, context=context) for answers in people]
    codes = np.stack([MATRIX.encode(complaint) for complaint in complaints])
    ages = [complaint.age_years for complaint in complaints]
    batch = posterior_batch(KNOWLEDGE, codes, ages, context=context, chunk=chunk)
    for row, complaint in zip(batch, complaints, strict=True):
        assert row == pytest.approx(probabilities(complaint, KNOWLEDGE)[0], abs=1e-5)


@holds
@given(any_answers, any_question, st.data())
def test_one_more_answer_changes_what_it_would_have_changed_from_the_start(
    answers: Answers, asked: Question, data: st.DataObject
) -> None:
    """The short cuts of the interview give what encoding and trying everything anew gives."""
    complaint = take_complaint({one: told for one, told in answers.items() if one != asked.id}, KNOWLEDGE)
    checked, _ = check_answers({asked.id: data.draw(known_answer_to(asked))}, KNOWLEDGE)
    if not is_applicable(asked, complaint):
        return
    after = with_duration(add_answer(complaint, asked, checked[asked.id]))
    changed = what_changed(complaint, after, asked.findings)
    rules = red_flag_rules(KNOWLEDGE)
    codes = MATRIX.encode_after(MATRIX.encode(complaint), after, changed)
    truths = rules.truths_after(rules.truths(complaint.facts()), changed, after.facts())
    assert codes.tolist() == MATRIX.encode(after).tolist()
    assert truths == rules.truths(after.facts())


def test_every_age_has_a_band() -> None:
    assert [band_of(age) for age in (10, 17.9, 18, 39.9, 40, 64.9, 65, 110)] == [
        band for band in AGE_BANDS for _ in range(2)
    ]
    assert band_of(None) is None
