"""What progress says about the time to return: measures and milestones, each as a noisy reading of ln T."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from herstel.forecast.baseline import Baseline
from herstel.forecast.known import STRENGTH_TESTS, Dated, Known
from herstel.knowledge.forecast_entries import MILESTONES, MilestoneTime, RecoveryMeasure
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import Progress

SELF_PREDICTION = "self_prediction"
_HALF_DAY = 0.5
"""What happened on the day of the injury itself counts as half-way that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One reading: ln T is about ``log_time``, with spread ``log_sd``.

    Attributes
    ----------
    day : float
        Days since the injury of the reading.
    value : float
        As it was measured, in the unit of the measure.
    only_lengthens : bool
        The reading says "at least about this": a low one is no reason to expect less.
    only_shortens : bool
        The reading says "at most about this": a late one is no reason to expect more.
    weight : float
        Power that its likelihood is raised to, 0 to 1.
    """

    id: str
    log_time: float
    log_sd: float
    day: float
    value: float
    only_lengthens: bool = False
    only_shortens: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """A milestone that was not reached yet on a day since the injury."""

    milestone: MilestoneTime
    day: float
    weight: float = 1.0


def measured_ids(known: Known) -> frozenset[str]:
    """Measures and milestones at hand; they take the place of covariates that say the same."""
    deficits = {name for name, measure in known.knowledge.forecast.measures.items() if _deficit(measure, known)}
    return frozenset({*filter(known.was_lost, known.reached), *deficits})


def signals_of(known: Known, baseline: Baseline) -> tuple[Signal, ...]:
    """Every reading at hand: deficits that shrink, the own prediction, and the furthest milestone reached.

    Only the furthest milestone counts: the ones before it lie on the way there and say the same. Each reading comes
    with its weight. Sources: the entries of ``recovery/measures.yaml`` and ``recovery/milestones.yaml``.
    """
    found = (*_deficits(known, baseline), *_prediction(known, baseline.reference_days), *_furthest(known))
    spreads = (baseline.mixture.component_sd, baseline.cohort_sd)
    return weighed(found, spreads, known.knowledge.forecast.constants)


def not_reached(known: Known) -> NotReached | None:
    """The next milestone that the person could have reached and has not, as far as the check-ins tell.

    Without check-ins it is not known. A running milestone that the plan has not offered yet says nothing about the leg:
    the plan waits for days of rest and for other criteria too.
    """
    if known.progress is None or not known.check_ins:
        return None
    furthest = known.furthest
    ahead = MILESTONES[MILESTONES.index(furthest) + 1 :] if furthest else MILESTONES
    following = next((one for one in ahead if one != "return"), None)
    day = known.day_of(known.check_ins[-1].date)
    if following is None or day <= 0 or not _offered(following, known.progress, known.knowledge):
        return None
    forecast = known.knowledge.forecast
    return NotReached(
        milestone=forecast.milestones[following], day=day, weight=forecast.constants["not_reached_weight"]
    )


def _offered(milestone: Milestone, progress: Progress, knowledge: Knowledge) -> bool:
    """Whether nothing but the leg stands between the person and a milestone: walking, or a running step in turn."""
    steps = (step for step in knowledge.progress.running.values() if step.milestone == milestone)
    return milestone == "walk_pain_free" or any(step.number <= progress.position.running_step for step in steps)


def weighed(
    signals: tuple[Signal, ...], spreads: tuple[float, float], constants: Mapping[str, float]
) -> tuple[Signal, ...]:
    """The readings with how much each one counts.

    Readings tell much the same, so the sharpest counts in full and every other for ``overlap_weight``. Those of the
    first week together leave at least ``residual_floor`` of the spread c within a cohort: for a normal ln T with
    standard deviation s, readings with summed precision P leave 1 / sqrt(1 / s^2 + P), so P is held at
    1 / (floor c)^2 - 1 / s^2. For readings up to a later day that limit grows in proportion to the day. If it fell away
    at once, a milestone reached one day later could shorten the forecast, because it would suddenly count in full.

    Parameters
    ----------
    signals : tuple of Signal
    spreads : tuple of float
        Standard deviation of ln T within the components, s, and within one cohort, c; c is at most s.
    constants : mapping of str to float
    """
    if not signals:
        return ()
    precision = np.array([1 / signal.log_sd**2 for signal in signals])
    days = np.maximum([signal.day for signal in signals], constants["week_one_days"])
    spread, within_cohort = spreads
    most = 1 / (constants["residual_floor"] * within_cohort) ** 2 - 1 / spread**2
    limits = days / constants["week_one_days"] * most
    allowed = np.minimum(precision, limits)
    counted = allowed * constants["overlap_weight"]
    counted[allowed.argmax()] = allowed.max()
    used = 0.0
    for limit in np.unique(limits):
        same = limits == limit
        asked = float(counted[same].sum())
        given = min(asked, limit - used)
        counted[same] *= given / asked
        used += given
    weights = counted / precision
    return tuple(replace(signal, weight=float(weight)) for signal, weight in zip(signals, weights, strict=True))


def _deficits(known: Known, baseline: Baseline) -> Iterator[Signal]:
    for measure in known.knowledge.forecast.measures.values():
        reading = _deficit(measure, known)
        if reading is not None:
            yield _signal(measure, reading, known, baseline.reference_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deficit:
    """A deficit now, and the first one it came from."""

    value: float
    day: float
    left: float
    first: float
    first_day: float
    first_is_own: bool


def _deficit(measure: RecoveryMeasure, known: Known) -> _Deficit | None:
    """The latest deficit beside the first; None when there is nothing to compare it with."""
    found = _worst_pain(known) if measure.id == "pain" else _first_and_latest(measure, known)
    if found is None:
        return None
    latest, own = found
    day, left = known.day_of(latest[1]), _left(measure, latest[0])
    if day <= 0:
        return None
    if own is not None:
        first, first_day = _left(measure, own[0]), known.day_of(own[1])
        if first >= measure.least_first:
            return _Deficit(
                value=latest[0], day=day, left=left, first=first, first_day=max(first_day, 0), first_is_own=True
            )
    if measure.first is None:
        return None
    return _Deficit(value=latest[0], day=day, left=left, first=measure.first, first_day=0.0, first_is_own=False)


def _left(measure: RecoveryMeasure, value: float) -> float:
    return value if measure.full is None else measure.full - value


def _first_and_latest(measure: RecoveryMeasure, known: Known) -> tuple[Dated, Dated | None] | None:
    """The latest result, and the person's own first when it lies far enough before it."""
    if measure.id == "outer_range_ratio":
        results = [(known.strength_ratio(day), day) for day in known.dates_of(*STRENGTH_TESTS)]
    else:
        results = [(known.difference(measure.id, day), day) for day in known.dates_of(measure.id)]
    dated = [(result[0], day) for result, day in results if result is not None]
    if not dated:
        return None
    gap = timedelta(days=known.knowledge.forecast.constants["first_gap_days"])
    own = dated[0] if measure.own_first and dated[-1][1] - dated[0][1] >= gap else None
    return dated[-1], own


def _worst_pain(known: Known) -> tuple[Dated, None] | None:
    told = [(one.pain_worst, one.date) for one in known.check_ins if one.pain_worst is not None]
    if not told:
        return None
    last: date = told[-1][1]
    window = timedelta(days=known.knowledge.forecast.constants["pain_window_days"])
    return (max(pain for pain, day in told if day > last - window), last), None


def _signal(measure: RecoveryMeasure, deficit: _Deficit, known: Known, reference_days: float) -> Signal:
    """T from first x exp(-rate (t - t_first) / T), held between the shares of the road a test can speak for."""
    numbers = known.knowledge.forecast.constants
    shortest, longest = deficit.day / numbers["furthest_share"], deficit.day / numbers["least_share"]
    shrunk = math.log(deficit.first / deficit.left) if deficit.left > 0 else math.inf
    told = measure.rate * (deficit.day - deficit.first_day) / shrunk if shrunk > 0 else longest
    return Signal(
        id=measure.id,
        log_time=math.log(min(max(told, shortest), longest)),
        log_sd=_noise(measure, deficit, reference_days, numbers),
        day=deficit.day,
        value=deficit.value,
        only_lengthens=measure.only_lengthens,
    )


def _noise(measure: RecoveryMeasure, deficit: _Deficit, reference_days: float, numbers: Mapping[str, float]) -> float:
    """Spread on ln T of what a deficit tells: of the measure, of the test and of the first deficit.

    It goes by how far along the person is on the reference median, not by the reading itself: otherwise a worse reading
    could count for less and shorten the forecast.
    """
    share = deficit.day / reference_days
    if share < numbers["early_share"]:
        noise = measure.noise_early
    else:
        noise = measure.noise_middle if share < numbers["late_share"] else measure.noise_late
    shrunk = measure.rate * (deficit.day - deficit.first_day) / reference_days
    of_test = measure.test_error / (deficit.first * math.exp(-min(shrunk, measure.rate)))
    of_first = measure.test_error / deficit.first if deficit.first_is_own else measure.first_relative_sd
    return math.hypot(noise, of_test / shrunk, of_first / shrunk)


def _prediction(known: Known, reference_days: float) -> Iterator[Signal]:
    """The person's own prediction; the noise is on the days still ahead, for those that passed are certain.

    How many lie ahead goes by the reference median, as for the deficits, and never below a least share.
    """
    told = [one for one in known.check_ins if one.predicted_days is not None]
    if told:
        day, ahead = known.day_of(told[-1].date), told[-1].predicted_days or 0.0
        numbers = known.knowledge.forecast.constants
        sd = numbers["self_prediction_sd"] * max(1 - day / reference_days, numbers["self_prediction_least_ahead"])
        time = max(day + ahead, _HALF_DAY)
        yield Signal(id=SELF_PREDICTION, log_time=math.log(time), log_sd=sd, day=day, value=ahead)


def _furthest(known: Known) -> Iterator[Signal]:
    milestone = known.furthest
    if milestone is not None and milestone != "return" and known.was_lost(milestone):
        yield milestone_signal(
            known.knowledge.forecast.milestones[milestone], milestone, known.day_of(known.reached[milestone])
        )


def milestone_signal(entry: MilestoneTime, milestone: Milestone, day: float) -> Signal:
    """What reaching a milestone on a day since the injury says: T is about day / fraction.

    Of running it is at most that: the plan lets one run only after days of rest and when other criteria are met, so the
    leg may have been able to earlier.
    """
    counted = max(day, _HALF_DAY)
    return Signal(
        id=milestone,
        log_time=math.log(counted / entry.fraction),
        log_sd=entry.log_sd,
        day=day,
        value=day,
        only_shortens=milestone != "walk_pain_free",
    )
