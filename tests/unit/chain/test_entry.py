from datetime import timedelta

import pytest

from herstel.chain.analysis import analyse_chain
from herstel.chain.entry import of_repetitions, results_with, usual_take
from herstel.chain.model import Chain, Measurement
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, measured


def chain_of(*measurements: Measurement) -> Chain:
    return analyse_chain(assessed(), measurements, KNOWLEDGE)


def test_what_is_being_entered_is_judged_as_it_will_be_once_it_is_recorded() -> None:
    entered = both("straight_leg_raise", 40, 75)
    now = results_with(chain_of(measured("outer_range_ratio", 0.7)), entered, KNOWLEDGE)
    recorded = chain_of(measured("outer_range_ratio", 0.7), *entered).results
    assert now == tuple(one for one in recorded if one.test == "straight_leg_raise")
    assert [one.verdict for one in now] == ["deviating", "normal"]


def test_one_side_is_compared_with_what_was_measured_of_the_other_before() -> None:
    before = measured("straight_leg_raise", 75, "right", date=DAY - timedelta(days=3))
    left = next(one for one in results_with(chain_of(before), both("straight_leg_raise", 40, 0)[:1], KNOWLEDGE))
    assert left.difference is not None
    assert left.difference.difference == 35
    alone = results_with(chain_of(), both("straight_leg_raise", 40, 0)[:1], KNOWLEDGE)
    assert alone[0].difference is None


def test_nothing_entered_says_nothing() -> None:
    assert results_with(chain_of(*both("straight_leg_raise", 40, 75)), [], KNOWLEDGE) == ()


@pytest.mark.parametrize(
    ("test", "values", "take", "one"),
    [
        ("straight_leg_raise", [60, 64, 65], "mean", 63),
        ("straight_leg_raise", [60, 64, 65], "best", 65),
        ("active_knee_extension", [30, 20, 25], "best", 20),
        ("side_plank", [70], "mean", 70),
    ],
)
def test_repetitions_give_one_value(test: str, values: list[float], take: str, one: float) -> None:
    assert of_repetitions(values, take, CHAIN.tests[test], KNOWLEDGE) == one  # type: ignore[arg-type]


def test_of_a_greatest_effort_the_best_counts_and_of_a_position_the_mean() -> None:
    assert usual_take(CHAIN.tests["side_plank"]) == "best"
    assert usual_take(CHAIN.tests["straight_leg_raise"]) == "mean"
