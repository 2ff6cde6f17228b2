"""Many cases together. Every figure says on how many persons it rests, and is not shown of too few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from herstel.forecast.recurrence import CHECKS_DAYS
from herstel.forecast.score import DAY_BANDS, Tally, in_band, tally
from herstel.knowledge.forecast_entries import MILESTONES
from herstel.outcomes.kaplan_meier import Followed, KaplanMeier, kaplan_meier
from herstel.outcomes.model import FULL_SESSION, TEARS, AfterReturn, CaseOutcome, Counted
from herstel.quantities import Proportion

LEAST_PERSONS = 5
"""Figures of fewer persons are not shown: they would say something of one of them, and nothing of the practice."""
ALL = "all"
Cases = Sequence[CaseOutcome]


def persons_in(cases: Iterable[CaseOutcome]) -> int:
    """How many different persons these cases are of."""
    return len({one.person for one in cases})


def enough(persons: int) -> bool:
    """Whether a figure of so many persons may be shown."""
    return persons >= LEAST_PERSONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of how many persons, and how many of how many cases (or other things that were counted)."""

    persons: int
    counted: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A number of each case: the middle one and the middle half; the ends are of one person each, and left out."""

    persons: int
    count: int
    median: float
    low_quarter: float
    high_quarter: float


def spread_of(pairs: Sequence[tuple[str, float]]) -> Spread | None:
    """The spread of numbers, each with the person it is of; None when there are none."""
    if not pairs:
        return None
    values = np.array([value for _, value in pairs])
    low, middle, high = (float(one) for one in np.quantile(values, (0.25, 0.5, 0.75)))
    return Spread(
        persons=len({person for person, _ in pairs}),
        count=len(pairs),
        median=middle,
        low_quarter=low,
        high_quarter=high,
    )


# --- forecasts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastScore:
    """How right the forecasts of the return were, of one group."""

    persons: int
    tally: Tally


def forecast_scores(cases: Cases) -> Mapping[str, ForecastScore]:
    """The score of the first forecast of each case, and of the first in each band of days since the injury.

    One forecast of each case in a group: the forecasts of one person hang together, and a person with many would count
    for many.
    """
    told = [(one.person, one.forecasts) for one in cases]
    groups = {ALL: [(person, forecasts[0]) for person, forecasts in told if forecasts]}
    for band in DAY_BANDS:
        groups[band] = [(person, one) for person, forecasts in told for one in forecasts if in_band(one.day, band)]
    return {
        name: ForecastScore(persons=len({person for person, _ in group}), tally=tally([one for _, one in group]))
        for name, group in groups.items()
    }


# --- milestones -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneTimes:
    """Days from day 0 to a milestone.

    Attributes
    ----------
    persons, reached, waiting : int
        Of those whose day can count: how many persons, cases that reached it, and cases still under way.
    already, unknown : int
        Left out: there when the case was opened or never lost; day 0 not known, or nothing was told.
    days : Spread or None
        Of those who reached it.
    estimate : KaplanMeier
        Of all that count, those still under way included.
    """

    milestone: Counted
    persons: int
    reached: int
    waiting: int
    already: int
    unknown: int
    days: Spread | None
    estimate: KaplanMeier


def milestone_times(cases: Cases) -> tuple[MilestoneTimes, ...]:
    """How long each milestone took, in the order in which they are reached; the first whole session before the return.

    Of that only cases with a sport count.
    """
    with_sport = [one for one in cases if one.sport]
    return (
        *(_milestone(one, cases) for one in MILESTONES[:-1]),
        _milestone(FULL_SESSION, with_sport),
        _milestone(MILESTONES[-1], cases),
    )


def days_to_the_table(cases: Cases) -> Spread | None:
    """Days from the first whole training or match to the return by the table, of cases that have both."""
    return spread_of(
        [
            (one.person, one.milestones["return"] - one.full_session_day)
            for one in cases
            if one.full_session_day is not None and "return" in one.milestones
        ]
    )


def _milestone(milestone: Counted, cases: Cases) -> MilestoneTimes:
    open_cases = [one for one in cases if not _already(one, milestone)]
    told = [(one.person, _followed(one, milestone)) for one in open_cases if one.began is not None]
    known = [(person, one) for person, one in told if one.until > one.since]
    reached = [(person, one.until) for person, one in known if one.happened]
    return MilestoneTimes(
        milestone=milestone,
        persons=len({person for person, _ in known}),
        reached=len(reached),
        waiting=len(known) - len(reached),
        already=len(cases) - len(open_cases),
        unknown=len(open_cases) - len(known),
        days=spread_of(reached),
        estimate=kaplan_meier([one for _, one in known], least_at_risk=LEAST_PERSONS),
    )


def _already(one: CaseOutcome, milestone: Counted) -> bool:
    if milestone == FULL_SESSION:
        return one.full_session_day is not None and one.full_session_day <= one.followed_from_day
    return milestone in one.already


def _day(one: CaseOutcome, milestone: Counted) -> float | None:
    return one.full_session_day if milestone == FULL_SESSION else one.milestones.get(milestone)


def _followed(one: CaseOutcome, milestone: Counted) -> Followed:
    """From the opening of the case to the milestone, or to the last check-in when it is not reached."""
    day, since = _day(one, milestone), max(one.followed_from_day, 0.0)
    if day is not None:
        return Followed(day, True, since)
    return Followed(since if one.last_day is None else one.last_day, False, since)


# --- recurrence -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrences:
    """What came back after the return, of people who had a tear.

    Attributes
    ----------
    persons, followed : int
        Persons and cases about whom something was told after the return.
    silent : int
        Cases without a word after it: not counted.
    stop_signs, new_complaints, overloads : int
        Cases by how it showed; one case can stand in several. Overload alone does not count as come back.
    by_time : mapping of day to int
        Cases that came back up to and including this day, from the day of the one before it.
    later : int
        After the last of these.
    followed_days : tuple of float
        Of each case, up to when it came back or to the last word.
    estimate : KaplanMeier
        The share to whom it did not come back, by days after return.
    """

    persons: int
    followed: int
    silent: int
    stop_signs: int
    new_complaints: int
    overloads: int
    by_time: Mapping[int, int]
    later: int
    followed_days: tuple[float, ...]
    estimate: KaplanMeier

    def still_followed(self, day: float) -> int:
        """How many cases were followed for this long without its coming back before."""
        return sum(one >= day for one in self.followed_days)

    @property
    def came_back(self) -> int:
        return sum(self.by_time.values()) + self.later


def recurrences(cases: Cases) -> Recurrences:
    """What came back after the return; complaints without a tear are left out."""
    back = [(one, one.after_return) for one in cases if one.after_return is not None and one.component in TEARS]
    told = [(one, after) for one, after in back if after.followed_days > 0]
    followed = [_until_back(after) for _, after in told]
    days = [one.until for one in followed if one.happened]
    edges = (0, *CHECKS_DAYS[:-1])
    return Recurrences(
        persons=persons_in(one for one, _ in told),
        followed=len(told),
        silent=len(back) - len(told),
        stop_signs=sum(after.stop_sign_days is not None for _, after in told),
        new_complaints=sum(after.new_complaint_days is not None for _, after in told),
        overloads=sum(after.overload_days is not None for _, after in told),
        by_time={
            until: sum(since < day <= until for day in days) for since, until in zip(edges, CHECKS_DAYS, strict=True)
        },
        later=sum(day > CHECKS_DAYS[-1] for day in days),
        followed_days=tuple(one.until for one in followed),
        estimate=kaplan_meier(followed, least_at_risk=LEAST_PERSONS),
    )


def _until_back(after: AfterReturn) -> Followed:
    came_back = after.came_back_days
    return Followed(until=after.followed_days if came_back is None else came_back, happened=came_back is not None)


def with_new_complaints(cases: Cases) -> list[CaseOutcome]:
    """The same cases, with the new complaints of the same person that show that an earlier one came back.

    A new complaint counts when it was opened after the return, has a tear, and is on a side of the earlier one.
    """
    of_person: dict[str, list[CaseOutcome]] = {}
    for one in cases:
        of_person.setdefault(one.person, []).append(one)
    return [_beside(one, of_person[one.person]) if len(of_person[one.person]) > 1 else one for one in cases]


def _beside(one: CaseOutcome, others: Cases) -> CaseOutcome:
    back, after = one.returned_on, one.after_return
    if back is None or after is None:
        return one
    later = [
        other.opened if other.began is None else max(other.began, back)
        for other in others
        if other.opened > back and other.component in TEARS and set(other.sides).intersection(one.sides)
    ]
    if not later:
        return one
    days = max(float((min(later) - back).days), 1.0)
    followed = max(after.followed_days, days)
    return replace(one, after_return=replace(after, new_complaint_days=days, followed_days=followed))
