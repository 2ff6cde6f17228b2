"""The forecast of one person on one day: how long it may take, how sure that is, and how likely it comes back."""

import math
from collections.abc import Iterator
from datetime import date

from herstel.assessment.result import Assessment, Referral
from herstel.chain.model import Chain
from herstel.forecast.baseline import Baseline, baseline_of
from herstel.forecast.known import Known, gather
from herstel.forecast.milestones import milestone_forecasts, reached
from herstel.forecast.model import Effect, Forecast, MilestoneForecast, NoForecast
from herstel.forecast.recurrence import forecast_recurrence
from herstel.forecast.signals import NotReached, Signal, measured_ids, not_reached, signals_of
from herstel.forecast.update import update
from herstel.knowledge.forecast_entries import MILESTONES
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.plan.tracks import has_complaint
from herstel.progress.model import Progress
from herstel.quantities import Interval

STILL_RECOVERING, NOT_REACHED = "still_recovering", "not_reached"
"""Updates that are no measure: not back yet today, and the next milestone not reached."""
INJURY_DATE = "injury_date"


def forecast_recovery(
    assessment: Assessment | Referral,
    chain: Chain,
    progress: Progress | None,
    today: date,
    knowledge: Knowledge,
) -> Forecast:
    """Forecast the time to every milestone, and the risk of recurrence after return.

    A mixture of log-normal times over the grades of the assessment, shifted by setting and covariates, given that the
    person is not back yet today, and updated by measures and milestones. Source: prognosis-dossier, and those of the
    entries of ``recovery/``.

    Parameters
    ----------
    assessment : Assessment or Referral
        A referral gets no time: somebody must look first.
    chain : Chain
        Its measurements up to today are used.
    progress : Progress or None
        None before anything was checked in.
    today : date
    knowledge : Knowledge
    """
    known = gather(assessment, chain, progress, today, knowledge)
    baseline = baseline_of(known, measured_ids(known))
    if knowledge.forecast.times[baseline.likeliest].counted_from == "programme":
        known = known.from_programme()
    reason = why_no_forecast(known, baseline)
    if reason is not None:
        return _without_time(known, baseline, reason)
    return _with_time(known, baseline)


def why_no_forecast(known: Known, baseline: Baseline) -> NoForecast | None:
    """The reason why no time can be told; None when it can."""
    numbers = known.knowledge.forecast.constants
    if known.referred:
        return "referral"
    if "return" in known.reached:
        return "returned"
    if baseline.covered < numbers["covered_share"] or not has_complaint(known.assessment.complaint, known.knowledge):
        return "elsewhere"
    first = {rule for time in known.knowledge.forecast.times.values() if time.id != baseline.likeliest
             for rule in time.image_first}  # fmt: skip
    if first.intersection(known.assessment.imaging.rules):
        return "image_first"
    return "too_long" if baseline.mixture.survival(known.day) < numbers["no_ground_share"] else None


def _with_time(known: Known, baseline: Baseline) -> Forecast:
    numbers = known.knowledge.forecast.constants
    signals, ahead = signals_of(known, baseline), not_reached(known)
    posterior = update(baseline.mixture, known.day, signals, ahead)
    founding = _founding(known, baseline)
    return Forecast(
        today=known.today,
        counted_from=known.counted_from,
        injury_date=known.injury_date,
        day=known.day,
        components=dict(zip(baseline.components, posterior.weights.tolist(), strict=True)),
        likeliest=baseline.likeliest,
        milestones=milestone_forecasts(posterior, known),
        effects=tuple(
            sorted(
                (*baseline.effects, *_moved(baseline, known.day, signals, ahead)), key=lambda effect: -abs(effect.shift)
            )
        ),
        founding=founding,
        by_founding_upper=None if founding is None else 1 - float(posterior.survival(founding.high)),
        too_early=known.day < numbers["week_one_days"],
        no_forecast=None,
        longer_than_usual=bool(baseline.mixture.survival(known.day) < numbers["unusual_share"]),
        recurrence=forecast_recurrence(known, baseline),
        updates=_updates(known, signals, ahead),
        unknown=_unknown(known, baseline),
        urgency=known.urgency,
        knowledge_version=known.knowledge.version.version,
    )


def _without_time(known: Known, baseline: Baseline, reason: NoForecast) -> Forecast:
    done: dict[Milestone, MilestoneForecast] = {}
    if reason == "returned":
        done = {one: reached(one, known) for one in MILESTONES if one in known.reached}
    return Forecast(
        today=known.today,
        counted_from=known.counted_from,
        injury_date=known.injury_date,
        day=known.day,
        components=dict(zip(baseline.components, baseline.mixture.weights.tolist(), strict=True)),
        likeliest=baseline.likeliest,
        milestones=done,
        effects=(),
        founding=None,
        by_founding_upper=None,
        too_early=False,
        no_forecast=reason,
        longer_than_usual=reason == "too_long",
        recurrence=forecast_recurrence(known, baseline),
        updates=(),
        unknown=_unknown(known, baseline),
        urgency=known.urgency,
        knowledge_version=known.knowledge.version.version,
    )


def _moved(baseline: Baseline, day: float, signals: tuple[Signal, ...], ahead: NotReached | None) -> Iterator[Effect]:
    """What each reading moved: the median with it against the median without it."""

    def median(readings: tuple[Signal, ...], still: NotReached | None) -> float:
        return float(update(baseline.mixture, day, readings, still).quantile(0.5))

    with_all = median(signals, ahead)
    for one in signals:
        without = median(tuple(other for other in signals if other is not one), ahead)
        yield Effect(id=one.id, shift=math.log(with_all / without), value=one.value)
    if ahead is not None:
        yield Effect(id=NOT_REACHED, shift=math.log(with_all / median(signals, None)), value=ahead.day)


def _founding(known: Known, baseline: Baseline) -> Interval | None:
    time = known.knowledge.forecast.times[baseline.likeliest]
    if time.founding_low_days is None or time.founding_high_days is None:
        return None
    return Interval(low=time.founding_low_days, high=time.founding_high_days)


def _updates(known: Known, signals: tuple[Signal, ...], ahead: NotReached | None) -> tuple[str, ...]:
    waited = [STILL_RECOVERING] if known.day > 0 else []
    return (*waited, *(signal.id for signal in signals), *([NOT_REACHED] if ahead is not None else []))


def _unknown(known: Known, baseline: Baseline) -> tuple[str, ...]:
    return (*([INJURY_DATE] if known.injury_date is None else []), *baseline.unknown)
