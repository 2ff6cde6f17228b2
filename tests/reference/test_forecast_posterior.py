"""The update on the grid agrees with a posterior by Markov chain Monte Carlo."""

import numpy as np
import pytest

from benchmarks.forecast_posterior import SHARES, examples, sampled
from herstel.forecast.update import update
from herstel.knowledge.model import Knowledge

SAMPLING_ERROR = 0.03


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_grid_finds_the_posterior_that_pymc_samples(number: int, knowledge: Knowledge) -> None:
    example = examples(knowledge)[number]
    on_the_grid = update(example.mixture, example.day, example.signals, example.ahead).quantile(SHARES)
    assert on_the_grid == pytest.approx(np.quantile(sampled(example, draws=2500), SHARES), rel=SAMPLING_ERROR)
