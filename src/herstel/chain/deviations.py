"""What one measurement says: beyond the limit of the norm, outside the error of the test, and against the other leg.

One rule, for a norm as for the other leg: a finding is beyond the limit, AND further from the reference than the error
of the test. The reference is the mean of the population, or the limit itself where no mean is known, or the other leg.
Beyond the limit but not outside the error is told apart from a finding; an error that is not known proves nothing.
Source: chain-dossier, section 3.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from herstel.chain.measures import badness, worse_by
from herstel.chain.model import Measurement, SideDifference, TestResult, TestVerdict
from herstel.chain.populations import Person, describes_uninjured, error_norms, reference_norms, side_limits
from herstel.knowledge.chain_entries import ChainKnowledge, ChainTest
from herstel.knowledge.norm_entries import Norm

DETECTABLE = 1.96 * math.sqrt(2)
"""Standard errors that two measurements must differ by to be sure, 95 %, that something changed (chain-dossier)."""
MILDEST_FIRST: tuple[TestVerdict, ...] = ("normal", "within_error", "deviating")


@dataclass(frozen=True, slots=True, kw_only=True)
class NormJudgement:
    """A value against one norm."""

    norm: Norm
    verdict: TestVerdict
    z: float | None
    threshold: float | None
    error: float | None
    beyond_threshold: bool | None
    beyond_error: bool | None


def judge_against_norms(
    test: ChainTest, measurement: Measurement, norms: Sequence[Norm], person: Person
) -> tuple[NormJudgement, ...]:
    """A value against every norm that may hold of the person, the mildest judgement first; empty outside all norms."""
    judged = [_against(test, measurement, norm, norms, person) for norm in reference_norms(norms, person)]
    return tuple(sorted(judged, key=_mildness))


def judging_norm(result: TestResult, chain: ChainKnowledge) -> Norm | None:
    """The norm that a result was judged by; None when it was judged by none."""
    norms = chain.norms.get(result.test, ())
    return next((norm for norm in norms if norm.population == result.population), None)


def _mildness(one: NormJudgement) -> tuple[int, float]:
    judged = one.verdict in MILDEST_FIRST
    return MILDEST_FIRST.index(one.verdict) if judged else len(MILDEST_FIRST), -(one.z if one.z is not None else -99)


def _against(
    test: ChainTest, measurement: Measurement, norm: Norm, norms: Sequence[Norm], person: Person
) -> NormJudgement:
    threshold = _threshold(test, measurement.value, norm)
    usual = norm.mean if describes_uninjured(norm) else None
    error = error_of(test, measurement, (norm,) if norm.mdc is not None else error_norms(norms, person))
    verdict: TestVerdict = "not_judged"
    beyond = outside = None
    if threshold is not None:
        beyond = _is_beyond(test, measurement.value, norm)
        reference = usual if usual is not None else threshold
        outside = None if error is None else abs(measurement.value - reference) > error
        verdict = verdict_of(beyond, outside)
    return NormJudgement(
        norm=norm,
        verdict=verdict,
        z=_z(test, measurement.value, norm, usual),
        threshold=threshold,
        error=error,
        beyond_threshold=beyond,
        beyond_error=outside,
    )


def verdict_of(beyond: bool, outside: bool | None) -> TestVerdict:
    """Both are needed for a finding; an unknown error is not outside."""
    if not beyond:
        return "normal"
    return "deviating" if outside else "within_error"


def _threshold(test: ChainTest, value: float, norm: Norm) -> float | None:
    """The limit on the side of the value."""
    if test.direction != "middle_better" or norm.deficit is None or norm.deficit_high is None:
        return norm.deficit if norm.deficit is not None else norm.deficit_high
    return norm.deficit_high if value > (norm.deficit + norm.deficit_high) / 2 else norm.deficit


def _is_beyond(test: ChainTest, value: float, norm: Norm) -> bool:
    past = _at_or_past if norm.inclusive else _past
    too_high = past(value, norm.deficit_high)
    if test.direction == "lower_better":
        return past(value, norm.deficit)
    return too_high or past(-value, None if norm.deficit is None else -norm.deficit)


def _past(value: float, limit: float | None) -> bool:
    return limit is not None and value > limit


def _at_or_past(value: float, limit: float | None) -> bool:
    return limit is not None and value >= limit


def _z(test: ChainTest, value: float, norm: Norm, usual: float | None) -> float | None:
    if usual is None or norm.sd is None:
        return None
    return -worse_by(test, value, usual, (norm,)) / norm.sd


def error_of(test: ChainTest, measurement: Measurement, norms: Sequence[Norm]) -> float | None:
    """The smallest difference that is no measurement error, in the unit of the test; None when it is not known.

    The largest detectable change of the norms that may hold, and never less than the measurement's own error allows.
    A yes or no has none.
    """
    if test.unit == "yes_no":
        return 0.0
    known = [in_unit(norm.mdc, norm.mdc_percent, measurement.value) for norm in norms if norm.mdc is not None]
    own = own_error(test, measurement)
    if own is not None:
        known.append(DETECTABLE * own)
    return max(known, default=None)


def own_error(test: ChainTest, measurement: Measurement) -> float | None:
    """One standard error of how it was measured: its own, or that of a phone; None when neither is known."""
    if measurement.standard_error is not None:
        return measurement.standard_error
    return test.phone_error if measurement.method == "phone_video" else None


def in_unit(amount: float, is_percent: bool, of: float) -> float:
    """A limit in the unit of the test, of a value where it is a percentage."""
    return amount / 100 * abs(of) if is_percent else amount


def compare_sides(
    test: ChainTest, injured: Measurement, other: Measurement, norms: Sequence[Norm], person: Person
) -> SideDifference:
    """The injured side against the other.

    Parameters
    ----------
    injured, other : Measurement
        The side of the complaint (or the worse one) and the other.
    norms : sequence of Norm
        Of the test; the limits of the person's own group count, else the widest.
    """
    difference = worse_by(test, injured.value, other.value, norms)
    better = min(injured, other, key=lambda one: badness(test, one.value, norms)).value
    limits = side_limits(norms, person)
    threshold = _widest(
        limits, lambda norm: in_unit(norm.asymmetry, norm.asymmetry_percent, better) if norm.asymmetry else None
    )
    errors = error_norms(norms, person)
    error = max(
        (one for one in (error_of(test, side, errors) for side in (injured, other)) if one is not None), default=None
    )
    verdict: TestVerdict = "not_judged"
    if threshold is not None:
        verdict = verdict_of(difference > threshold, None if error is None else difference > error)
    return SideDifference(
        difference=difference,
        percent=100 * difference / abs(better) if better else None,
        threshold=threshold,
        error=error,
        verdict=verdict,
    )


def _widest(norms: Sequence[Norm], limit: Callable[[Norm], float | None]) -> float | None:
    found = [limit(norm) for norm in norms]
    return max((one for one in found if one is not None), default=None)
