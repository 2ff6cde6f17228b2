import math
from itertools import pairwise

import numpy as np
import pytest

from herstel.forecast.truth import Truth, draw_place, draw_recurrence_day, draw_truth
from herstel.knowledge.model import Knowledge


def drawn(knowledge: Knowledge, count: int, **values: float) -> list[Truth]:
    rng = np.random.default_rng(4)
    return [draw_truth("2", "professional", values, knowledge, rng) for _ in range(count)]


def test_the_true_median_is_that_of_the_grade(knowledge: Knowledge) -> None:
    days = [one.time_to_return_days for one in drawn(knowledge, 4000)]
    assert np.median(days) == pytest.approx(math.exp(3.02), rel=0.04)


def test_true_times_have_heavier_tails_than_the_model(knowledge: Knowledge) -> None:
    logs = np.log([one.time_to_return_days for one in drawn(knowledge, 20_000)])
    z = (logs - logs.mean()) / logs.std()
    assert float((z**4).mean()) > 3.5, "a normal distribution has 3"


def test_a_true_effect_moves_the_median_by_its_mean(knowledge: Knowledge) -> None:
    stretch = [one.time_to_return_days for one in drawn(knowledge, 4000, stretch_mechanism=1.0)]
    assert np.median(stretch) == pytest.approx(math.exp(3.02 + 0.61 * 0.85), rel=0.05)
    slow = [one.time_to_return_days for one in drawn(knowledge, 4000, place=0.4)]
    assert np.median(slow) == pytest.approx(math.exp(3.42), rel=0.05)


def test_an_avulsion_knows_no_covariates_of_a_strain(knowledge: Knowledge) -> None:
    rng = np.random.default_rng(1)
    days = [
        draw_truth("avulsion", None, {"stretch_mechanism": 1.0}, knowledge, rng).time_to_return_days
        for _ in range(3000)
    ]
    assert np.median(days) == pytest.approx(180, rel=0.04)


def test_milestones_come_in_their_order_and_none_after_the_return(knowledge: Knowledge) -> None:
    for one in drawn(knowledge, 300):
        assert all(before <= after for before, after in pairwise(one.milestones.values()))
        assert one.milestones["full_training"] < one.milestones["return"] == one.time_to_return_days


def test_the_same_seed_gives_the_same_truth(knowledge: Knowledge) -> None:
    assert drawn(knowledge, 5) == drawn(knowledge, 5)


def test_places_differ_as_whole_cohorts_do(knowledge: Knowledge) -> None:
    rng = np.random.default_rng(2)
    assert np.std([draw_place(knowledge, rng) for _ in range(4000)]) == pytest.approx(0.25, rel=0.05)


def test_recurrences_are_as_frequent_as_the_hazard_says(knowledge: Knowledge) -> None:
    rng = np.random.default_rng(3)
    days = np.array([draw_recurrence_day(1.0, knowledge, rng) for _ in range(4000)])
    assert float((days < 365).mean()) == pytest.approx(0.169, abs=0.02)
    assert np.isinf(days).any()
