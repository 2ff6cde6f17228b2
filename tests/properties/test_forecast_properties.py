"""What must hold of the forecast of any person whatsoever."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.assessment.assess import assessed
from herstel.assessment.result import GRADES, Assessment
from herstel.chain.model import Measurement
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.model import INTERVAL_LEVELS, Forecast
from herstel.forecast.signals import NotReached, Signal, weighed
from herstel.forecast.survival import LogNormalMixture
from herstel.forecast.update import update
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn
from tests.forecast_people import SPRINT, chain_of, extension_deficit, mirrored, on, outer_range, progress_of

KNOWLEDGE = load_knowledge()
BASE = assessed(SPRINT, KNOWLEDGE)
SHARES = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
NUMBERS = KNOWLEDGE.forecast.constants
ROUNDING = 1 - 2e-3
"""A step of the grid is 0.7 %; inside it a quantile is interpolated."""

holds = settings(deadline=None, derandomize=True, max_examples=60)

deficits = st.floats(0, 60)
ratios = st.floats(0.1, 1.2)
pains = st.floats(0, 10)
levels = st.sampled_from([None, "recreational", "competitive", "semi_professional", "professional"])


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """The sprinter with any grades, level, age and pain."""
    parts = np.array([draw(st.floats(0.01, 1)) for _ in GRADES])
    probabilities = dict(zip(GRADES, (parts / parts.sum()).tolist(), strict=True))
    complaint = replace(
        SPRINT, level=draw(levels), age_years=draw(st.integers(18, 70)), pain_nrs=draw(st.integers(0, 10))
    )
    return replace(BASE, complaint=complaint, grade=replace(BASE.grade, probabilities=probabilities))


@st.composite
def mixtures(draw: st.DrawFn) -> LogNormalMixture:
    count = draw(st.integers(1, 4))
    weights = np.array([draw(st.floats(0.05, 1)) for _ in range(count)])
    means = np.array([draw(st.floats(1.5, 5.5)) for _ in range(count)])
    sds = np.array([draw(st.floats(0.3, 0.9)) for _ in range(count)])
    return LogNormalMixture(weights=weights / weights.sum(), means=means, sds=sds)


@st.composite
def readings(draw: st.DrawFn) -> Signal:
    return Signal(
        id="x",
        log_time=draw(st.floats(1.5, 5.5)),
        log_sd=draw(st.floats(0.1, 1.0)),
        day=draw(st.floats(1, 40)),
        value=0.0,
        only_lengthens=draw(st.booleans()),
        weight=draw(st.floats(0.1, 1)),
    )


def forecast_of(
    assessment: Assessment,
    *measurements: Measurement,
    day: int,
    check_ins: tuple[CheckIn, ...] = (),
    milestones: dict[Milestone, int] | None = None,
) -> Forecast:
    chain = chain_of(assessment, measurements)
    progress = progress_of(chain, check_ins, milestones, today=day)
    return forecast_recovery(assessment, chain, progress, on(day), KNOWLEDGE)


def median(forecast: Forecast) -> float:
    return forecast.milestones["return"].median_days


@holds
@given(assessments(), st.integers(0, 30), ratios, deficits, pains)
def test_intervals_are_nested_curves_fall_and_milestones_keep_their_order(
    assessment: Assessment, day: int, ratio: float, deficit: float, pain: float
) -> None:
    told = (CheckIn(date=on(day), pain_worst=pain, predicted_days=20),)
    tests = (outer_range(ratio, day), *extension_deficit(30, 0), *extension_deficit(deficit, day))
    forecast = forecast_of(assessment, *tests, day=day, check_ins=told)
    assert sum(forecast.components.values()) == pytest.approx(1)
    for one in forecast.milestones.values():
        narrow, wide, widest = (one.intervals[level] for level in INTERVAL_LEVELS)
        assert widest.low <= wide.low <= narrow.low <= one.median_days <= narrow.high <= wide.high <= widest.high
        assert widest.low >= day
        assert one.curve[0][1] == 1
        assert all(a[0] < b[0] and a[1] >= b[1] - 1e-12 for a, b in pairwise(one.curve))
    for before, after in pairwise(forecast.milestones.values()):
        assert before.median_days <= after.median_days + 1e-9
        for level in INTERVAL_LEVELS:
            assert before.intervals[level].high <= after.intervals[level].high + 1e-9


@holds
@given(mixtures(), st.lists(readings(), max_size=3), st.floats(0, 60), st.floats(0.1, 40))
def test_a_later_day_without_news_never_brings_the_return_nearer(
    mixture: LogNormalMixture, signals: list[Signal], day: float, later: float
) -> None:
    jog = KNOWLEDGE.forecast.milestones["jog"]
    before = update(mixture, day, signals, NotReached(milestone=jog, day=max(day, 0.5)))
    after = update(mixture, day + later, signals, NotReached(milestone=jog, day=max(day, 0.5) + later))
    assert (after.quantile(SHARES) >= before.quantile(SHARES) * ROUNDING).all()
    assert (update(mixture, day + later, signals).quantile(SHARES) >= day + later - 1e-6).all()


@holds
@given(mixtures(), st.lists(readings(), min_size=1, max_size=3), st.floats(0, 60), st.floats(0.01, 2))
def test_a_worse_reading_never_shortens(
    mixture: LogNormalMixture, signals: list[Signal], day: float, worse: float
) -> None:
    first, *rest = signals
    lengthened = [replace(first, log_time=first.log_time + worse), *rest]
    better, after = update(mixture, day, signals), update(mixture, day, lengthened)
    assert (after.quantile(SHARES) >= better.quantile(SHARES) * ROUNDING).all()


@holds
@given(assessments(), st.integers(2, 60), ratios, ratios)
def test_less_strength_never_shortens(assessment: Assessment, day: int, one: float, other: float) -> None:
    strong, weak = (
        forecast_of(assessment, outer_range(ratio, day), day=day) for ratio in (max(one, other), min(one, other))
    )
    assert median(weak) >= median(strong) * ROUNDING


@holds
@given(assessments(), st.integers(6, 60), deficits, deficits)
def test_a_larger_deficit_never_shortens(assessment: Assessment, day: int, one: float, other: float) -> None:
    small, large = (
        forecast_of(assessment, *extension_deficit(35, 1), *extension_deficit(deficit, day), day=day)
        for deficit in sorted((one, other))
    )
    assert median(large) >= median(small) * ROUNDING


@holds
@given(assessments(), st.integers(1, 60), pains, pains)
def test_more_pain_in_a_check_in_never_shortens(assessment: Assessment, day: int, one: float, other: float) -> None:
    less, more = (
        forecast_of(assessment, day=day, check_ins=(CheckIn(date=on(day), pain_worst=pain),))
        for pain in sorted((one, other))
    )
    assert median(more) >= median(less) * ROUNDING


@holds
@given(assessments(), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_at_the_injury_never_shortens_for_the_same_grades(
    assessment: Assessment, one: int, other: int
) -> None:
    less, more = (
        forecast_of(replace(assessment, complaint=replace(assessment.complaint, pain_nrs=pain)), day=0)
        for pain in sorted((one, other))
    )
    assert median(more) >= median(less) * ROUNDING


@holds
@given(assessments(), st.integers(12, 40), st.integers(1, 12), st.integers(1, 12))
def test_reaching_a_milestone_later_never_shortens(assessment: Assessment, day: int, one: int, other: int) -> None:
    sooner, later = (forecast_of(assessment, day=day, milestones={"jog": when}) for when in sorted((one, other)))
    assert median(later) >= median(sooner) * ROUNDING


@holds
@given(st.lists(readings(), min_size=1, max_size=6), st.floats(0.3, 0.9), st.floats(1, 7))
def test_the_first_week_never_explains_more_than_seventy_per_cent(signals: list[Signal], sd: float, day: float) -> None:
    mixture = LogNormalMixture(weights=np.array([1.0]), means=np.array([3.0]), sds=np.array([sd]))
    early = weighed(tuple(replace(one, day=day, only_lengthens=False) for one in signals), (sd, sd), NUMBERS)
    assert update(mixture, 0, early).sd() >= 0.55 * sd - 5e-3


def test_readings_narrow_the_range_on_average() -> None:
    rng = np.random.default_rng(8)
    mixture = LogNormalMixture(weights=np.array([0.4, 0.6]), means=np.array([2.9, 3.6]), sds=np.array([0.65, 0.6]))
    widths = []
    for _ in range(300):
        log_time = float(rng.normal(mixture.means[int(rng.random() < 0.6)], 0.6))
        reads = [
            Signal(id="x", log_time=log_time + float(rng.normal(0, sd)), log_sd=sd, day=20, value=0.0)
            for sd in (0.5, 0.3)
        ]
        posteriors = [update(mixture, 0, reads[:count]) for count in range(3)]
        widths.append([float(np.diff(one.quantile([0.1, 0.9]))[0]) for one in posteriors])
    none, one, two = np.mean(widths, axis=0)
    assert two < one < none


@holds
@given(assessments(), st.integers(2, 30), ratios)
def test_the_mirror_image_gets_the_same_forecast(assessment: Assessment, day: int, ratio: float) -> None:
    tests = (outer_range(ratio, day), *extension_deficit(30, 1), *extension_deficit(12, day))
    swapped = tuple(replace(t, side={"left": "right", "right": "left"}.get(t.side or "")) for t in tests)  # type: ignore[arg-type]
    other = replace(assessment, complaint=mirrored(assessment.complaint))
    left = forecast_recovery(assessment, chain_of(assessment, tests), None, on(day), KNOWLEDGE)
    right = forecast_recovery(other, chain_of(other, swapped, side="right"), None, on(day), KNOWLEDGE)
    assert left == right


@holds
@given(assessments(), st.integers(1, 100), st.integers(0, 60))
def test_after_the_return_no_return_is_forecast(assessment: Assessment, back: int, since: int) -> None:
    forecast = forecast_of(assessment, day=back + since, milestones={"return": back})
    assert forecast.no_forecast == "returned"
    assert forecast.milestones["return"].reached == on(back)
    assert forecast.milestones["return"].median_days == back
    assert forecast.recurrence.days_since_return == since


@holds
@given(assessments(), st.integers(0, 60), st.booleans(), ratios)
def test_the_risk_of_recurrence_keeps_to_its_caps(
    assessment: Assessment, day: int, discomfort: bool, ratio: float
) -> None:
    discomforted = replace(outer_range(float(discomfort), 0), test="knee_extension_discomfort", side="left")
    risk = forecast_of(assessment, outer_range(ratio, day), discomforted, day=day).recurrence
    assert 0.4 <= risk.ratio_low <= risk.hazard_ratio <= risk.ratio_high <= 4.0
    assert 0 < risk.year.low <= risk.year.high < 0.6
    assert not {*risk.raises, *risk.lowers} & {*risk.unknown}
    for before, after in pairwise(risk.curve):
        assert before[0] < after[0]
        assert all(a <= b and math.isfinite(b) for a, b in zip(before[1:], after[1:], strict=True))
