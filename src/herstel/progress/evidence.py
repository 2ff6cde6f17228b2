"""What a criterion of a gate is judged on: measurements, check-ins, runs, sport sessions, what was agreed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from herstel.chain.measures import measured_sides, side_difference, side_ratio, value
from herstel.chain.model import BodySide, Measurement
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import GateCriterion, Measure
from herstel.progress.diary import ONE_DAY, Diary, number_told
from herstel.progress.model import Confirmation

DAYS_A_WEEK = 7
Found = tuple[float, date | None]
"""What was found, and when it was measured or told."""
Sides = tuple[BodySide, ...]


class GoodRun(NamedTuple):
    """A run without symptoms, the morning after included."""

    date: date
    step: int
    in_fatigue: bool


@dataclass(slots=True)
class Evidence:
    """Everything a criterion may be judged on, as it grows day by day."""

    diary: Diary
    measurements: dict[str, list[Measurement]] = field(default_factory=dict)
    """By test, in the order in which they came."""
    runs: list[GoodRun] = field(default_factory=list)
    sessions: list[date] = field(default_factory=list)
    """Full sport sessions without symptoms, the morning after included."""
    confirmations: list[Confirmation] = field(default_factory=list)

    def measure(self, taken: Iterable[Measurement]) -> None:
        """Add measurements; one of the same test, side and date as an earlier one corrects it."""
        for one in taken:
            kept = self.measurements.setdefault(one.test, [])
            kept[:] = [old for old in kept if (old.side, old.date) != (one.side, one.date)]
            kept.append(one)


class Limit(NamedTuple):
    """What a criterion asks: within the bounds, so many times."""

    at_least: float | None
    at_most: float | None
    times: int

    def holds(self, found: float) -> bool:
        return (self.at_least is None or found >= self.at_least) and (self.at_most is None or found <= self.at_most)

    def worst(self, found: Sequence[float]) -> float:
        """Of several values the one that is furthest from the limit."""
        return max(found) if self.at_least is None else min(found)


class Question(NamedTuple):
    """A criterion asked on a day."""

    criterion: GateCriterion
    limit: Limit
    on: date
    evidence: Evidence
    sides: Sides
    """The injured ones; empty when not known."""
    knowledge: Knowledge

    @property
    def side(self) -> BodySide | None:
        """The injured side; None when it is both or unknown, for then there is no other side to compare with."""
        return self.sides[0] if len(self.sides) == 1 else None

    @property
    def measurements(self) -> Sequence[Measurement]:
        return self.evidence.measurements.get(self.criterion.subject, ())

    @property
    def oldest(self) -> date:
        """The first day that still counts."""
        return self.on - timedelta(days=self.criterion.days)


def look_up(asked: Question) -> Found | None:
    """What is known about a criterion; None when nothing is."""
    measured = _MEASURED.get(asked.criterion.measure)
    if measured is None:
        return _TOLD[asked.criterion.measure](asked)
    return measured(asked) if asked.measurements else None


# --- measured -------------------------------------------------------------------------------------------------------


def _side_ratio(asked: Question) -> Found | None:
    return side_ratio(asked.measurements, asked.criterion.subject, asked.side, asked.on, asked.criterion.days)


def _side_difference(asked: Question) -> Found | None:
    return _difference(asked, asked.on)


def _difference(asked: Question, on: date) -> tuple[float, date] | None:
    one = asked.criterion
    return side_difference(asked.measurements, one.subject, asked.side, on, one.days, asked.knowledge)


def _value(asked: Question) -> Found | None:
    """The value of every injured side (of both when it is not known which); the worst of them counts."""
    one, test = asked.criterion, asked.knowledge.chain.tests[asked.criterion.subject]
    of_sides: Iterable[BodySide | None] = (asked.sides or measured_sides(test)) if test.per_side else (None,)
    found = [value(asked.measurements, one.subject, side, asked.on, one.days) for side in of_sides]
    told = [each for each in found if each is not None]
    if len(told) < len(found):
        return None
    return asked.limit.worst([number for number, _ in told]), min(day for _, day in told)


def _change(asked: Question) -> Found | None:
    """How much the side difference changed since the measurement before it."""
    now = _difference(asked, asked.on)
    before = None if now is None else _difference(asked, now[1] - ONE_DAY)
    return None if now is None or before is None else (now[0] - before[0], now[1])


# --- told -----------------------------------------------------------------------------------------------------------


def _check_in(asked: Question) -> Found | None:
    """The worst of the last known values; None with fewer than asked for."""
    one, told = asked.criterion, []
    for check_in in asked.evidence.diary.lately(asked.on, one.days):
        number = number_told(check_in, one.subject)
        if number is not None:
            told.append((number, check_in.date))
        if len(told) == one.times:
            return asked.limit.worst([number for number, _ in told]), told[0][1]
    return None


def _run(asked: Question) -> Found:
    return _counted([run.date for run in _runs(asked)])


def _run_in_fatigue(asked: Question) -> Found:
    return _counted([run.date for run in _runs(asked) if run.in_fatigue])


def _run_weeks(asked: Question) -> Found:
    dates = [run.date for run in _runs(asked)]
    return float(len({(asked.on - day).days // DAYS_A_WEEK for day in dates})), max(dates, default=None)


def _runs(asked: Question) -> Iterator[GoodRun]:
    step = int(asked.criterion.subject)
    return (run for run in asked.evidence.runs if run.step >= step and asked.oldest <= run.date <= asked.on)


def _sessions(asked: Question) -> Found:
    return _counted([day for day in asked.evidence.sessions if asked.oldest <= day <= asked.on])


def _counted(dates: Sequence[date]) -> Found:
    return float(len(dates)), max(dates, default=None)


def _confirmed(asked: Question) -> Found | None:
    """The last word of a role: 1 agrees, 0 does not."""
    of_role = (one for one in asked.evidence.confirmations if one.role == asked.criterion.subject)
    said = [one for one in of_role if asked.oldest <= one.date <= asked.on]
    last = max(said, key=lambda one: one.date, default=None)
    return None if last is None else (float(last.agrees), last.date)


_MEASURED: Mapping[Measure, Callable[[Question], Found | None]] = {
    "side_ratio": _side_ratio,
    "side_difference": _side_difference,
    "value": _value,
    "norm": _value,
    "change": _change,
}
_TOLD: Mapping[Measure, Callable[[Question], Found | None]] = {
    "check_in": _check_in,
    "run": _run,
    "run_in_fatigue": _run_in_fatigue,
    "run_weeks": _run_weeks,
    "sessions": _sessions,
    "confirmed": _confirmed,
}
COUNTED: tuple[Measure, ...] = ("run", "run_in_fatigue", "sessions", "confirmed")
"""Judged by how often."""
