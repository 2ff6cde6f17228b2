"""Measuring now: what a value that is being entered would say, and one value from several repetitions."""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal, get_args

from herstel.chain.measures import badness, standing
from herstel.chain.model import Chain, Measurement, TestResult
from herstel.chain.populations import person_of
from herstel.chain.results import judge_results
from herstel.knowledge.chain_entries import ChainTest, Unit
from herstel.knowledge.model import Knowledge

Take = Literal["mean", "best"]
TAKES: tuple[Take, ...] = get_args(Take)
BEST_OF: tuple[Unit, ...] = ("N", "N/kg", "Nm/kg", "kg", "km/h", "reps", "s")
"""Of a greatest effort the best counts, of a position the mean (chain-dossier, section 2; for other units elicited)."""


def results_with(chain: Chain, entered: Sequence[Measurement], knowledge: Knowledge) -> tuple[TestResult, ...]:
    """What the tests that are being entered would say beside everything that was measured before.

    Parameters
    ----------
    chain : Chain
    entered : sequence of Measurement
        Not recorded yet. Where one side is missing, what was measured of it before counts, if it is recent enough.
    knowledge : Knowledge
    """
    stand, _ = standing([*chain.measurements, *entered])
    person = person_of(chain.assessment.complaint, chain.phase, knowledge.chain.rules)
    tests = {one.test for one in entered}
    judged = judge_results(stand, person, chain.injured_side, knowledge.chain)
    return tuple(one for one in judged if one.test in tests)


def usual_take(test: ChainTest) -> Take:
    """What usually counts of several repetitions of a test."""
    return "best" if test.unit in BEST_OF else "mean"


def of_repetitions(values: Sequence[float], take: Take, test: ChainTest, knowledge: Knowledge) -> float:
    """One value of several repetitions, in the unit of the test.

    Parameters
    ----------
    values : sequence of float
        At least one.
    take : {"mean", "best"}
    test : ChainTest
    knowledge : Knowledge
        Its norms say where the middle is of a test whose middle is best.
    """
    if take == "mean":
        return round(fmean(values), 4)
    norms = knowledge.chain.norms.get(test.id, ())
    return min(values, key=lambda value: badness(test, value, norms))
