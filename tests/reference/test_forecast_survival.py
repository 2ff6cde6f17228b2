"""The survival mathematics agrees with scipy and lifelines, who are not used by the forecast itself."""

import warnings

import numpy as np
import pytest
from scipy import stats

from herstel.forecast.recurrence import hazard_of
from herstel.forecast.survival import LogNormalMixture, RecurrenceHazard
from herstel.forecast.update import update
from herstel.knowledge.model import Knowledge

DAYS = np.geomspace(0.5, 2000, 200)
MIXTURE = LogNormalMixture(
    weights=np.array([0.1, 0.25, 0.45, 0.2]),
    means=np.array([1.6, 2.66, 3.62, 5.19]),
    sds=np.array([0.35, 0.7, 0.6, 0.4]),
)
EXACT = 1e-8


def scipy_survival(days: np.ndarray) -> np.ndarray:
    parts = zip(MIXTURE.weights, MIXTURE.means, MIXTURE.sds, strict=True)
    return sum(weight * stats.lognorm(s=sd, scale=np.exp(mean)).sf(days) for weight, mean, sd in parts)


def test_the_mixture_survives_as_in_scipy() -> None:
    assert MIXTURE.survival(DAYS) == pytest.approx(scipy_survival(DAYS), abs=EXACT)


def test_quantiles_lie_where_scipy_puts_them() -> None:
    shares = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    assert 1 - scipy_survival(MIXTURE.quantile(shares)) == pytest.approx(shares, abs=EXACT)


def test_one_component_is_the_log_normal_of_scipy() -> None:
    one = LogNormalMixture(weights=np.array([1.0]), means=np.array([3.02]), sds=np.array([0.52]))
    authority = stats.lognorm(s=0.52, scale=np.exp(3.02))
    assert one.mean_days == pytest.approx(authority.mean(), abs=EXACT)
    assert one.quantile([0.1, 0.5, 0.9]) == pytest.approx(authority.ppf([0.1, 0.5, 0.9]), abs=1e-7)
    after = authority.sf(DAYS) / authority.sf(20.0)
    assert one.survival_given(DAYS, 20.0) == pytest.approx(np.minimum(after, 1), abs=EXACT)


def test_the_posterior_on_the_grid_is_the_mixture_left_after_today() -> None:
    left = np.minimum(scipy_survival(DAYS) / scipy_survival(np.array([25.0])), 1)
    assert update(MIXTURE, 25.0).survival(DAYS) == pytest.approx(left, abs=2e-5)


def test_recurrence_survives_as_in_scipy(knowledge: Knowledge) -> None:
    days = np.geomspace(0.5, 360, 100)
    ours = RecurrenceHazard(scale_days=44900, shape=0.351)
    theirs = stats.weibull_min(c=0.351, scale=44900)
    assert ours.survival(days) == pytest.approx(theirs.sf(days), abs=EXACT)
    assert ours.hazard(days) == pytest.approx(theirs.pdf(days) / theirs.sf(days), abs=EXACT)
    assert hazard_of(1.0, knowledge.forecast.constants).survival(days) == pytest.approx(theirs.sf(days), abs=EXACT)


def test_fitted_models_of_lifelines_survive_as_ours() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of importing and fitting with lifelines, not of ours
        from lifelines import LogNormalFitter, WeibullFitter

        returns = stats.lognorm(s=0.6, scale=30).rvs(200, random_state=1)
        again = stats.weibull_min(c=0.7, scale=400).rvs(200, random_state=2)
        log_normal, weibull = LogNormalFitter().fit(returns), WeibullFitter().fit(again, event_observed=again < 365)
    ours = LogNormalMixture(
        weights=np.array([1.0]), means=np.array([log_normal.mu_]), sds=np.array([log_normal.sigma_])
    )
    assert ours.survival(DAYS) == pytest.approx(log_normal.survival_function_at_times(DAYS).to_numpy(), abs=EXACT)
    hazard = RecurrenceHazard(scale_days=weibull.lambda_, shape=weibull.rho_)
    assert hazard.survival(DAYS) == pytest.approx(weibull.survival_function_at_times(DAYS).to_numpy(), abs=EXACT)
    summed = weibull.cumulative_hazard_at_times(DAYS).to_numpy()
    assert hazard.cumulative_hazard(DAYS) == pytest.approx(summed, abs=EXACT)


def test_the_floored_hazard_adds_up_to_its_own_integral(knowledge: Knowledge) -> None:
    from scipy.integrate import quad

    low = hazard_of(0.4, knowledge.forecast.constants)
    summed = quad(lambda day: float(low.hazard(day)), 10, 365, points=[105.0], epsabs=1e-11, limit=200)[0]
    between = float(low.cumulative_hazard(365) - low.cumulative_hazard(10))
    assert between == pytest.approx(summed, abs=EXACT)
