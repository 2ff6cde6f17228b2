"""A forecast, as values. Days count from the injury, or from the start of the programme where a forecast says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from herstel.knowledge.criterion import Urgency
from herstel.knowledge.forecast_entries import Component, CountedFrom
from herstel.knowledge.progress_entries import Milestone
from herstel.quantities import Interval

Level = Literal[50, 80, 95]
INTERVAL_LEVELS: tuple[Level, ...] = get_args(Level)
NoForecast = Literal["referral", "returned", "elsewhere", "image_first", "too_long"]
"""Why no time is told: somebody must look first, already back, probably not the hamstring, an X-ray comes first, or it
takes so long that the studies say nothing about it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneForecast:
    """When a milestone may be reached.

    Attributes
    ----------
    median_days : float
        Days since the injury.
    intervals : mapping of 50, 80, 95 to Interval
        Central intervals in days since the injury.
    curve : tuple of (day, probability not yet reached)
        From today on; one at today's day.
    reached : date or None
        Already reached; then the rest repeats that day.
    """

    milestone: Milestone
    median_days: float
    intervals: Mapping[Level, Interval]
    curve: tuple[tuple[float, float], ...]
    reached: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What moved the forecast: a covariate, the setting or a measure, as a shift on ln T.

    ``value`` is the value of the covariate (0 or 1 for one with a criterion) or of the measure; None for the setting.
    """

    id: str
    shift: float
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceForecast:
    """Risk of recurrence after return, as a band and never to a decimal.

    ``curve`` holds (days after return, low, middle, high) cumulative probabilities.
    """

    hazard_ratio: float
    ratio_low: float
    ratio_high: float
    curve: tuple[tuple[float, float, float, float], ...]
    band: Literal["low", "middle", "high"]
    raises: tuple[str, ...]
    """Ids of the factors that count now, strongest first."""
    lowers: tuple[str, ...]
    unknown: tuple[str, ...]
    watch_days: int
    checks_days: tuple[int, ...]
    """Days after return on which to check: 2, 6 and 12 weeks and 12 months."""
    days_since_return: float | None
    """None before the return."""
    year: Interval
    """Probability of recurrence in the 12 months after return, low and high end."""
    usual_year: float
    """The same for the average person of the study."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How long it may take, honestly."""

    today: date
    counted_from: CountedFrom
    """What day 0 is: the injury, or the start of the programme for an overload that has no moment."""
    injury_date: date | None
    """The date of day 0; None when it is not known."""
    day: float
    """Days since day 0."""
    components: Mapping[Component, float]
    """Weight of each grade or branch after updating; they sum to one."""
    likeliest: Component
    """By the assessment alone: whose founding range is shown."""
    milestones: Mapping[Milestone, MilestoneForecast]
    effects: tuple[Effect, ...]
    """Largest first."""
    founding: Interval | None
    """The founding document's range for the likeliest grade, in days."""
    by_founding_upper: float | None
    """Probability of being back by the upper end of that range."""
    too_early: bool
    """In the first week the guideline says that it cannot be known yet."""
    no_forecast: NoForecast | None
    """Reason why no time can be given (id), such as a referral first."""
    longer_than_usual: bool
    """Hardly anybody with this complaint takes so long: somebody should look again."""
    recurrence: RecurrenceForecast
    updates: tuple[str, ...]
    """What updated it beyond the first assessment."""
    unknown: tuple[str, ...]
    """Ids of what could have moved it but is not known."""
    urgency: Urgency
    """Of the assessment, or of the referral that a check-in led to."""
    knowledge_version: str
