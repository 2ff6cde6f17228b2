import math

import numpy as np
import pytest

from herstel.forecast.signals import NotReached, Signal, milestone_signal, weighed
from herstel.forecast.survival import LogNormalMixture
from herstel.forecast.update import update
from herstel.knowledge.model import Knowledge

ONE = LogNormalMixture(weights=np.array([1.0]), means=np.array([3.0]), sds=np.array([0.6]))
MIXED = LogNormalMixture(
    weights=np.array([0.3, 0.5, 0.2]), means=np.array([2.2, 3.0, 4.4]), sds=np.array([0.5, 0.6, 0.7])
)


def reading(
    days: float, log_sd: float = 0.4, *, day: float = 10, weight: float = 1.0, at_least: bool = False
) -> Signal:
    return Signal(
        id="x", log_time=math.log(days), log_sd=log_sd, day=day, value=0, weight=weight, only_lengthens=at_least
    )


def test_without_news_on_day_zero_it_is_the_mixture_itself() -> None:
    posterior = update(MIXED, 0)
    days = np.array([5.0, 20.0, 60.0, 200.0])
    assert posterior.survival(days) == pytest.approx(MIXED.survival(days), abs=1e-5)
    assert posterior.quantile([0.1, 0.5, 0.9]) == pytest.approx(MIXED.quantile([0.1, 0.5, 0.9]), rel=1e-4)
    assert posterior.weights == pytest.approx(MIXED.weights, abs=1e-9)


def test_not_being_back_yet_is_the_mixture_from_that_day_on() -> None:
    posterior = update(MIXED, 25.0)
    days = np.array([10.0, 25.0, 40.0, 90.0])
    assert posterior.survival(days) == pytest.approx(MIXED.survival_given(days, 25.0), abs=1e-4)
    assert float(posterior.quantile(1e-9)) == pytest.approx(25.0, rel=1e-3)
    assert posterior.weights[0] < MIXED.weights[0]
    assert posterior.weights[2] > MIXED.weights[2]


def test_one_reading_gives_the_textbook_normal_posterior() -> None:
    posterior = update(ONE, 0, [reading(40)])
    precision = 1 / 0.6**2 + 1 / 0.4**2
    mean = (3.0 / 0.6**2 + math.log(40) / 0.4**2) / precision
    assert math.log(float(posterior.quantile(0.5))) == pytest.approx(mean, abs=1e-4)
    assert posterior.sd() == pytest.approx(1 / math.sqrt(precision), abs=1e-4)


def test_half_a_weight_is_half_a_reading() -> None:
    posterior = update(ONE, 0, [reading(40, weight=0.5)])
    assert posterior.sd() == pytest.approx(1 / math.sqrt(1 / 0.6**2 + 0.5 / 0.4**2), abs=1e-4)


def test_a_reading_that_only_lengthens_says_nothing_when_it_is_low() -> None:
    bare = float(update(ONE, 0).quantile(0.5))
    assert float(update(ONE, 0, [reading(2, at_least=True)]).quantile(0.5)) == pytest.approx(bare, rel=1e-3)
    assert float(update(ONE, 0, [reading(60, at_least=True)]).quantile(0.5)) > 1.3 * bare


def test_a_milestone_that_stays_out_lengthens(knowledge: Knowledge) -> None:
    jog = knowledge.forecast.milestones["jog"]
    medians = [
        float(update(ONE, day, ahead=NotReached(milestone=jog, day=day)).quantile(0.5))
        for day in (3.0, 8.0, 15.0, 25.0)
    ]
    assert medians == sorted(medians)
    assert medians[-1] > 2 * medians[0]


def test_a_milestone_says_its_day_divided_by_its_share(knowledge: Knowledge) -> None:
    signal = milestone_signal(knowledge.forecast.milestones["jog"], "jog", 7)
    assert math.exp(signal.log_time) == pytest.approx(20)
    assert signal.log_sd == 0.30
    at_once = milestone_signal(knowledge.forecast.milestones["walk_pain_free"], "walk_pain_free", 0)
    assert math.isfinite(at_once.log_time)


def test_readings_tell_much_the_same_so_the_sharpest_counts_in_full(knowledge: Knowledge) -> None:
    numbers = knowledge.forecast.constants
    signals = tuple(reading(20, log_sd, day=60) for log_sd in (0.6, 0.3, 0.45))
    assert [one.weight for one in weighed(signals, (0.6, 0.6), numbers)] == [0.5, 1.0, 0.5]
    assert weighed((), (0.6, 0.6), numbers) == ()


def test_readings_of_the_first_week_never_explain_more_than_seventy_per_cent(knowledge: Knowledge) -> None:
    numbers = knowledge.forecast.constants
    signals = weighed(tuple(reading(25, 0.1, day=6) for _ in range(6)), (0.6, 0.6), numbers)
    assert update(ONE, 0, signals).sd() == pytest.approx(0.55 * 0.6, abs=1e-3)
    later = weighed(tuple(reading(25, 0.3, day=60) for _ in range(3)), (0.6, 0.6), numbers)
    assert [one.weight for one in later] == [1.0, 0.5, 0.5], "far along nothing is held back"


def test_what_readings_may_explain_grows_with_the_days(knowledge: Knowledge) -> None:
    numbers = knowledge.forecast.constants
    spreads = [
        update(ONE, 0, weighed((reading(25, 0.1, day=day),), (0.6, 0.6), numbers)).sd()
        for day in (3, 7, 8, 14, 28, 300)
    ]
    assert spreads[0] == spreads[1] == pytest.approx(0.33, abs=1e-3)
    assert spreads[1:] == sorted(spreads[1:], reverse=True)
    assert spreads[2] == pytest.approx(spreads[1], abs=0.035), "no jump after the first week"
    early_and_late = weighed((reading(25, 0.1, day=5), reading(25, 0.2, day=20)), (0.6, 0.6), numbers)
    late = weighed((reading(25, 0.2, day=20),), (0.6, 0.6), numbers)
    assert update(ONE, 0, early_and_late).sd() <= update(ONE, 0, late).sd() + 1e-9, "more known is never less"
