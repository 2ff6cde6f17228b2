"""What the engine did with the simulated people, against the truth it never saw."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, get_args

from herstel_simulation.assumptions import GateName, TrueGrade

ForecastDay = Literal[1, 7, 21]
FORECAST_DAYS: tuple[ForecastDay, ...] = get_args(ForecastDay)
"""Days since the injury on which a forecast is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A gate that was passed: when, how far the leg truly was, and how long it had been ready (0 when it was not yet).

    ``unready``: further below what the gate asks than any test can tell.
    """

    gate: GateName
    day: int
    fraction: float
    unready: bool
    held_back_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A gate that was still shut at the end although the leg had been ready for so many days."""

    gate: GateName
    held_back_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The forecast of return on a day since the injury, beside the day the leg was truly fit."""

    day: ForecastDay
    low: float
    median: float
    high: float
    truly: float

    @property
    def covers(self) -> bool:
        return self.low <= self.truly <= self.high

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that is counted of one simulated person.

    Attributes
    ----------
    red_flag_told : int or None
        Day of the plan on which a warning sign was first told.
    red_flag_advanced : bool
        Something was moved forward on or after that day without a clinician having looked.
    returned_on, recurrence_on : int or None
        Day of the plan of the return to sport, and of tearing again after it.
    """

    number: int
    grade: TrueGrade
    assessed_grade: str
    track: str
    level: str
    passed: tuple[Passed, ...]
    waiting: tuple[Waiting, ...]
    forecasts: tuple[Scored, ...]
    red_flag_told: int | None
    red_flag_advanced: bool
    returned_on: int | None
    recurrence_on: int | None
    flare_ups: int
    relapses: int


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The figures of the cohort; None where nothing can be counted.

    Parameters
    ----------
    outcomes : sequence of Outcome

    Returns
    -------
    dict
        ``people``; ``red_flag_advanced``, people; ``unready_advanced_share`` of all gates passed;
        ``ready_held_back_median_days`` over all gates a leg was ready for, those still shut at the end counted with the
        days so far (a lower bound, which a median bears); ``coverage80`` of the 80 % interval of return by day, over
        everybody not fit or back by then; ``median_width_days`` of it over the same people on all days, for else it
        would follow who is left; ``recurrence_share`` of the people who returned to sport.
    """
    passed = [one for outcome in outcomes for one in outcome.passed]
    returned = [outcome for outcome in outcomes if outcome.returned_on is not None]
    return {
        "people": len(outcomes),
        "red_flag_advanced": sum(outcome.red_flag_advanced for outcome in outcomes),
        "unready_advanced_share": share(one.unready for one in passed),
        "ready_held_back_median_days": _median(held_back(outcomes)),
        "coverage80": {f"day{day}": share(one.covers for one in scored(outcomes, day)) for day in FORECAST_DAYS},
        "median_width_days": {f"day{day}": _median(of_day) for day, of_day in widths(outcomes).items()},
        "recurrence_share": share(outcome.recurrence_on is not None for outcome in returned),
    }


def held_back(outcomes: Iterable[Outcome], gate: GateName | None = None) -> list[float]:
    """Days between truly ready and let through, of one gate or of all."""
    told: list[float] = []
    for outcome in outcomes:
        told += [one.held_back_days for one in outcome.passed if not one.unready and gate in (None, one.gate)]
        told += [one.held_back_days for one in outcome.waiting if gate in (None, one.gate)]
    return told


def widths(outcomes: Iterable[Outcome]) -> Mapping[ForecastDay, list[float]]:
    """Width of the 80 % interval by day, of the people with a forecast on every one of the days: the same people."""
    made = [{one.day: one.width for one in outcome.forecasts} for outcome in outcomes]
    followed = [of_day for of_day in made if len(of_day) == len(FORECAST_DAYS)]
    return {day: [of_day[day] for of_day in followed] for day in FORECAST_DAYS}


def scored(outcomes: Iterable[Outcome], day: ForecastDay) -> list[Scored]:
    """The forecasts of one day."""
    return [one for outcome in outcomes for one in outcome.forecasts if one.day == day]


def share(held: Iterable[bool]) -> float | None:
    """Share of what holds; None of nothing."""
    listed = list(held)
    return sum(listed) / len(listed) if listed else None


def _median(values: Sequence[float]) -> float | None:
    return float(median(values)) if values else None


def by(outcomes: Iterable[Outcome], attribute: str) -> Mapping[str, list[Outcome]]:
    """The outcomes by grade, track or level, in order."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(str(getattr(outcome, attribute)), []).append(outcome)
    return dict(sorted(groups.items()))
