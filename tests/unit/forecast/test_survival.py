import numpy as np
import pytest

from herstel.forecast.survival import LogNormalMixture, RecurrenceHazard

MIXTURE = LogNormalMixture(
    weights=np.array([0.3, 0.5, 0.2]), means=np.array([2.0, 3.0, 4.0]), sds=np.array([0.4, 0.5, 0.7])
)
ZEIN = RecurrenceHazard(scale_days=44900, shape=0.351)


def test_nobody_is_back_before_the_injury_and_everybody_in_the_end() -> None:
    assert MIXTURE.survival([-1, 0, 1e9]) == pytest.approx([1, 1, 0])


def test_a_quantile_is_the_day_by_which_that_share_is_back() -> None:
    shares = np.array([0.025, 0.1, 0.5, 0.9, 0.975])
    assert 1 - MIXTURE.survival(MIXTURE.quantile(shares)) == pytest.approx(shares, abs=1e-12)


def test_who_is_not_back_yet_starts_again_at_one() -> None:
    assert MIXTURE.survival_given([5, 20], 20.0) == pytest.approx([1, 1])
    assert float(MIXTURE.survival_given(40, 20.0)) == pytest.approx(float(MIXTURE.survival(40) / MIXTURE.survival(20)))


def test_the_mean_and_the_spread_are_those_of_the_components() -> None:
    one = LogNormalMixture(weights=np.array([1.0]), means=np.array([2.66]), sds=np.array([0.6]))
    assert one.mean_days == pytest.approx(np.exp(2.66 + 0.18))
    assert one.component_sd == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("day", "percent"), [(7, 4.5), (14, 5.7), (30, 7.4), (60, 9.3), (105, 11.3), (180, 13.4), (365, 16.9)]
)
def test_the_weibull_gives_the_printed_table_of_recurrence(day: float, percent: float) -> None:
    assert 100 * (1 - float(ZEIN.survival(day))) == pytest.approx(percent, abs=0.07)


def test_the_hazard_is_the_slope_of_the_cumulative_hazard() -> None:
    floored = RecurrenceHazard(scale_days=44900, shape=0.351, ratio=0.5, floor_per_day=1.8e-4, floor_from_days=105)
    for day in (3.0, 60.0, 300.0):
        slope = (floored.cumulative_hazard(day + 1e-3) - floored.cumulative_hazard(day - 1e-3)) / 2e-3
        assert float(slope) == pytest.approx(float(floored.hazard(day)), rel=1e-6)


def test_the_floor_holds_only_after_the_watch_and_where_the_hazard_is_below_it() -> None:
    low = RecurrenceHazard(scale_days=44900, shape=0.351, ratio=0.4, floor_per_day=1.8e-4, floor_from_days=105)
    bare = RecurrenceHazard(scale_days=44900, shape=0.351, ratio=0.4)
    usual = RecurrenceHazard(scale_days=44900, shape=0.351, floor_per_day=1.8e-4, floor_from_days=105)
    assert low.survival([10, 104]) == pytest.approx(bare.survival([10, 104]))
    assert float(low.hazard(200)) == 1.8e-4
    assert float(low.survival(365)) < float(bare.survival(365))
    assert float(usual.survival(300)) == pytest.approx(float(ZEIN.survival(300)))
