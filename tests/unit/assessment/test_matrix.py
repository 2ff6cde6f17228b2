from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from herstel.assessment.assess import probabilities
from herstel.assessment.matrix import compiled, posterior, posterior_batch
from herstel.complaint.model import Complaint
from herstel.knowledge.model import AGE_BANDS, CONTEXTS, AgeBand, Context, Knowledge

WEB: Context = "self_report_web"


def log_likelihood(knowledge: Knowledge, **findings: bool) -> NDArray[np.float32]:
    matrix = compiled(knowledge)
    codes = matrix.encode(Complaint(findings=findings))
    return matrix.log_likelihood(codes[None, :], WEB, None).ravel()


def estimate(knowledge: Knowledge, complaint: Complaint) -> list[float]:
    return [float(one) for one in probabilities(complaint, knowledge)[0]]


def test_a_knowledge_is_compiled_once(knowledge: Knowledge) -> None:
    assert compiled(knowledge) is compiled(knowledge)
    assert compiled(replace(knowledge)) is not compiled(knowledge)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("band", [None, *AGE_BANDS])
def test_the_priors_of_every_context_and_age_sum_to_one(
    knowledge: Knowledge, context: Context, band: AgeBand | None
) -> None:
    prior = compiled(knowledge).prior(context, band)
    assert prior.sum() == pytest.approx(1)
    assert (prior > 0).all()


@pytest.mark.parametrize("context", CONTEXTS)
def test_an_unknown_age_takes_the_ages_of_the_visitors_of_the_context(knowledge: Knowledge, context: Context) -> None:
    matrix = compiled(knowledge)
    mixed = sum(knowledge.age_weights[context][band] * matrix.prior(context, band) for band in AGE_BANDS)
    assert matrix.prior(context, None) == pytest.approx(mixed, rel=1e-3)


@pytest.mark.parametrize("finding", ["bruise_visible_by_day5", "bruise_large_spreading"])
@pytest.mark.parametrize("present", [True, False])
def test_no_bruise_on_day_zero_says_nothing(knowledge: Knowledge, finding: str, present: bool) -> None:
    nothing_known = estimate(knowledge, Complaint(days_since_onset=0))
    assert estimate(knowledge, Complaint(days_since_onset=0, findings={finding: present})) == nothing_known
    assert estimate(knowledge, Complaint(days_since_onset=2, findings={finding: present})) != nothing_known


@pytest.mark.parametrize("finding", ["clear_improvement_by_72h", "worsening_after_day3"])
def test_improvement_counts_only_from_day_three(knowledge: Knowledge, finding: str) -> None:
    nothing_known = estimate(knowledge, Complaint(days_since_onset=2))
    assert estimate(knowledge, Complaint(days_since_onset=2, findings={finding: True})) == nothing_known
    assert estimate(knowledge, Complaint(days_since_onset=3, findings={finding: True})) != nothing_known


def test_a_finding_of_an_unknown_day_counts(knowledge: Knowledge) -> None:
    assert estimate(knowledge, Complaint(findings={"bruise_visible_by_day5": True})) != estimate(knowledge, Complaint())


def test_findings_of_one_cluster_weigh_less_together(knowledge: Knowledge) -> None:
    untempered = replace(
        knowledge, clusters={name: replace(one, temper=1.0) for name, one in knowledge.clusters.items()}
    )
    temper = knowledge.clusters["walking"].temper
    both = log_likelihood(knowledge, pain_walking=True, limp=True)
    independent = log_likelihood(untempered, pain_walking=True, limp=True)
    assert temper < 1
    assert both == pytest.approx(temper * independent, abs=1e-5)
    assert np.ptp(both) < np.ptp(independent)


def temper_of(finding: str, knowledge: Knowledge) -> float:
    cluster = knowledge.findings[finding].cluster
    return knowledge.clusters[cluster].temper if cluster else 1.0


def test_a_finding_weighs_as_its_cells_say_tempered_by_its_cluster(knowledge: Knowledge) -> None:
    cells = np.array([knowledge.likelihoods["tender_one_spot", one].value for one in knowledge.conditions])
    temper = temper_of("tender_one_spot", knowledge)
    assert log_likelihood(knowledge, tender_one_spot=True) == pytest.approx(temper * np.log(cells), abs=1e-5)
    assert log_likelihood(knowledge, tender_one_spot=False) == pytest.approx(temper * np.log1p(-cells), abs=1e-5)


def onset(knowledge: Knowledge, *members: str) -> NDArray[np.float64]:
    """The tempered log-likelihood that the onset was one of these."""
    cells = {
        member: np.array([knowledge.likelihoods[member, condition].value for condition in knowledge.conditions])
        for member in knowledge.group_members("onset")
    }
    chance = np.sum([cells[member] for member in members], axis=0) / np.sum(list(cells.values()), axis=0)
    return np.asarray(temper_of("onset_sudden", knowledge) * np.log(chance))


def test_one_member_of_an_exclusive_group_is_enough(knowledge: Knowledge) -> None:
    sudden = log_likelihood(knowledge, onset_sudden=True)
    assert sudden == pytest.approx(onset(knowledge, "onset_sudden"), abs=1e-5)
    denied_too = log_likelihood(knowledge, onset_sudden=True, onset_gradual=False, onset_delayed_12_72h=False)
    assert denied_too == pytest.approx(sudden)


def test_a_denied_member_leaves_the_others_possible(knowledge: Knowledge) -> None:
    others = onset(knowledge, "onset_gradual", "onset_delayed_12_72h")
    assert log_likelihood(knowledge, onset_sudden=False) == pytest.approx(others, abs=1e-5)


def test_several_present_members_mean_one_of_these(knowledge: Knowledge) -> None:
    either = onset(knowledge, "onset_sudden", "onset_gradual")
    assert log_likelihood(knowledge, onset_sudden=True, onset_gradual=True) == pytest.approx(either, abs=1e-5)


def test_a_group_of_which_everything_is_denied_counts_as_not_answered(knowledge: Knowledge) -> None:
    denied = log_likelihood(knowledge, onset_sudden=False, onset_gradual=False, onset_delayed_12_72h=False)
    assert denied == pytest.approx(np.zeros(len(denied)), abs=1e-5)


def test_a_finding_that_mostly_tells_age_speaks_only_about_what_it_is_specific_for(knowledge: Knowledge) -> None:
    weights = dict(zip(knowledge.conditions, log_likelihood(knowledge, statin_use=True).tolist(), strict=True))
    specific = weights.pop("drug_myalgia")
    assert np.ptp(list(weights.values())) < 1e-5
    assert specific > max(weights.values()) + 1


def test_a_finding_the_matrix_does_not_hold_leaves_the_probabilities_alone(knowledge: Knowledge) -> None:
    complaint = Complaint(findings={"severe_pain": True})
    assert not compiled(knowledge).encode(complaint).any()
    assert not compiled(knowledge).bears_on(complaint)
    assert estimate(knowledge, complaint) == estimate(knowledge, Complaint())


def test_a_matrix_finding_or_an_examination_bears_on_the_conditions(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    assert matrix.bears_on(Complaint(findings={"limp": False}))
    assert matrix.bears_on(Complaint(examination={"slump": True}))


def test_a_bruise_reported_too_early_stays_unknown_after_a_further_answer(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    before = Complaint(days_since_onset=1)
    after = replace(before, findings={"bruise_visible_by_day5": True, "limp": True})
    codes = matrix.encode_after(matrix.encode(before), after, frozenset({"bruise_visible_by_day5", "limp"}))
    assert codes[matrix.row["bruise_visible_by_day5"]] == 0
    assert codes[matrix.row["limp"]] == 1


def test_a_known_number_of_days_makes_every_finding_look_again(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    before = Complaint(findings={"bruise_visible_by_day5": True})
    after = replace(before, days_since_onset=0)
    assert matrix.encode(before).any()
    assert not matrix.encode_after(matrix.encode(before), after, frozenset({"days"})).any()


def test_a_posterior_does_not_overflow_on_extreme_evidence() -> None:
    certain = posterior(np.log([0.5, 0.5]), np.array([-2000.0, 0.0]))
    assert certain.tolist() == [0.0, 1.0]


def test_a_batch_without_ages_takes_the_mix_of_all_ages(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    codes = matrix.encode(Complaint(findings={"pop_heard_felt": True}))[None, :]
    expected = estimate(knowledge, Complaint(findings={"pop_heard_felt": True}))
    assert posterior_batch(knowledge, codes)[0] == pytest.approx(expected, abs=1e-6)


def test_the_result_of_a_batch_does_not_depend_on_its_chunks(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    random = np.random.default_rng(1)
    codes = random.integers(-1, 2, (40, len(matrix.findings)), dtype=np.int8)
    ages = random.choice([12.0, 30.0, 50.0, 70.0, np.nan], 40)
    whole = posterior_batch(knowledge, codes, ages)
    assert posterior_batch(knowledge, codes, ages, chunk=3) == pytest.approx(whole, abs=1e-4)
