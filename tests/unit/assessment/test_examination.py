from dataclasses import replace

import numpy as np
import pytest

from herstel.assessment.assess import probabilities
from herstel.assessment.examination import examination_log_likelihood
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge


def ratios(knowledge: Knowledge, **tests: bool) -> dict[str, float]:
    """How many times more likely the tests make each condition."""
    logs = examination_log_likelihood(tests, knowledge)
    return dict(zip(knowledge.conditions, np.exp(logs).tolist(), strict=True))


def test_without_an_examination_nothing_changes(knowledge: Knowledge) -> None:
    assert set(ratios(knowledge).values()) == {1.0}


@pytest.mark.parametrize("positive", [True, False])
def test_a_test_counts_with_the_ratio_the_knowledge_allows(knowledge: Knowledge, positive: bool) -> None:
    test = knowledge.tests["sacroiliac_provocation_three"]
    found = ratios(knowledge, sacroiliac_provocation_three=positive)
    assert found["sij_referred"] == pytest.approx(test.use_positive if positive else test.use_negative)
    assert {ratio for condition, ratio in found.items() if condition not in test.targets} == {1.0}


def test_tests_of_one_family_count_once(knowledge: Knowledge) -> None:
    together = ratios(knowledge, puranen_orava=True, bent_knee_stretch=True, modified_bent_knee_stretch=True)
    apart = [
        knowledge.tests[test].use_positive or 0
        for test in ("puranen_orava", "bent_knee_stretch", "modified_bent_knee_stretch")
    ]
    assert together["proximal_tendinopathy"] == pytest.approx(np.exp(np.mean(np.log(apart))))


def test_tests_that_contradict_each_other_weigh_against_each_other(knowledge: Knowledge) -> None:
    split = ratios(knowledge, puranen_orava=True, bent_knee_stretch=False)["proximal_tendinopathy"]
    assert 0.42 < split < 2.05


def test_a_test_without_an_allowed_ratio_says_nothing(knowledge: Knowledge) -> None:
    assert knowledge.tests["wells_dvt_high"].use_positive is None
    assert set(ratios(knowledge, wells_dvt_high=True).values()) == {1.0}


def test_tests_without_a_family_each_count_by_themselves(knowledge: Knowledge) -> None:
    loose = {name: replace(test, family=None) for name, test in knowledge.tests.items()}
    found = ratios(replace(knowledge, tests=loose), puranen_orava=True, bent_knee_stretch=True)
    assert found["proximal_tendinopathy"] == pytest.approx(2.05 * 2.55, rel=1e-4)


def test_a_positive_test_raises_its_condition_in_the_differential(knowledge: Knowledge) -> None:
    without, _ = probabilities(Complaint(), knowledge)
    with_it, _ = probabilities(Complaint(examination={"slump": True}), knowledge)
    column = list(knowledge.conditions).index("lumbar_radiculopathy")
    assert with_it[column] > without[column]
