"""Reads and writes the records that keep score: forecasts as they were told, and what came of them."""

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from herstel.errors import Problem, marked
from herstel.fields import Fields
from herstel.forecast.model import INTERVAL_LEVELS, Level
from herstel.forecast.score import Issued, Outcome, Points
from herstel.knowledge.forecast_entries import MILESTONES
from herstel.knowledge.model import Knowledge
from herstel.quantities import Interval

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_LONGEST_DAYS = 20_000.0
_FORECAST = ("id", "issued", "day", "knowledge_version", "milestone", "median_days", "intervals", "curve")
_OUTCOME = ("forecast", "milestone", "reached_day", "not_reached_by_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The contents of a file that keeps score."""

    forecasts: tuple[Issued, ...]
    outcomes: tuple[Outcome, ...]


def as_record(issued: Issued) -> dict[str, object]:
    """A forecast as a mapping for JSON or YAML, in the form that :func:`read_scored` reads."""
    return {
        "id": issued.id,
        "issued": issued.issued.isoformat(),
        "day": issued.day,
        "knowledge_version": issued.knowledge_version,
        "milestone": issued.milestone,
        "median_days": round(issued.median_days, 2),
        "intervals": {str(level): [round(one.low, 2), round(one.high, 2)] for level, one in issued.intervals.items()},
        "curve": [[round(day, 3), round(share, 5)] for day, share in issued.curve],
    }


def read_scored(raw: object, knowledge: Knowledge) -> Scored:
    """Read a file with ``forecasts`` and ``outcomes``.

    A forecast is a record as :func:`as_record` writes it. An outcome names its forecast and has either ``reached_day``
    or ``not_reached_by_day``, in days since the injury; ``milestone`` is the return when left out.

    Parameters
    ----------
    raw : object
        What the file holds.
    knowledge : Knowledge
        For the names of the milestones.

    Raises
    ------
    InputError
        With every problem found.
    """
    top = Fields(raw, ("forecasts", "outcomes"))
    top.required("forecasts")
    forecasts = [_forecast(one, path, knowledge, top.problems) for path, one in top.listed("forecasts")]
    outcomes = [_outcome(one, path, knowledge, top.problems) for path, one in top.listed("outcomes")]
    known = [one for one in forecasts if one is not None]
    _check_ids(top, known)
    for path, outcome in zip((path for path, _ in top.listed("outcomes")), outcomes, strict=True):
        if outcome is not None:
            _check_outcome(path, outcome, known, top.problems)
    top.stop_if_wrong()
    return Scored(forecasts=tuple(known), outcomes=tuple(one for one in outcomes if one is not None))


def _check_ids(top: Fields, forecasts: list[Issued]) -> None:
    keys = [(one.id, one.milestone) for one in forecasts]
    for label, milestone in sorted({key for key in keys if keys.count(key) > 1}):
        reason = marked("{id} has two forecasts of {milestone}.")
        top.wrong("forecasts", reason, marked("Give each record its own id."), id=label, milestone=milestone)


def _check_outcome(path: str, outcome: Outcome, forecasts: list[Issued], problems: list[Problem]) -> None:
    match = next((one for one in forecasts if (one.id, one.milestone) == (outcome.forecast, outcome.milestone)), None)
    if match is None:
        reason = marked("there is no forecast of {milestone} with the id {id}.")
        remedy = marked("Add the forecast, or leave the outcome out.")
    elif outcome.day < match.day:
        reason = marked("day {outcome} lies before the day of the forecast, {issued}.")
        remedy = marked("Count the days from the injury.")
    else:
        return
    values = {
        "id": outcome.forecast,
        "milestone": outcome.milestone,
        "outcome": f"{outcome.day:g}",
        "issued": f"{match.day:g}" if match else "",
    }
    problems.append(Problem(thing=path, reason=reason, remedy=remedy, values=values))


def _forecast(raw: object, path: str, knowledge: Knowledge, problems: list[Problem]) -> Issued | None:
    before = len(problems)
    fields = Fields(raw, _FORECAST, path, problems)
    fields.required("id", "issued", "day", "median_days", "intervals", "curve")
    label, version = fields.text("id"), fields.text("knowledge_version")
    issued = fields.day("issued", _EARLIEST, _LATEST)
    day = fields.number("day", 0, _LONGEST_DAYS)
    median = fields.number("median_days", 0, _LONGEST_DAYS)
    milestone = fields.choice("milestone", [one for one in MILESTONES if one in knowledge.forecast.milestones])
    intervals, curve = _intervals(fields), _curve(fields)
    if len(problems) > before or issued is None or day is None or median is None or curve is None:
        return None
    return Issued(
        id=label,
        issued=issued,
        day=day,
        knowledge_version=version,
        milestone=milestone or "return",
        median_days=median,
        intervals=intervals,
        curve=curve,
    )


def _intervals(fields: Fields) -> dict[Level, Interval]:
    raw, found = fields.mapping("intervals"), dict[Level, Interval]()
    for level in INTERVAL_LEVELS:
        pair = _pair(raw.get(str(level)))
        if pair is None or not 0 <= pair[0] <= pair[1]:
            reason = marked("the {level} % interval is missing or is not two days in order.")
            fields.wrong("intervals", reason, marked("Write it as [from, to]."), level=level)
        else:
            found[level] = Interval(low=pair[0], high=pair[1])
    return found


def _curve(fields: Fields) -> Points | None:
    points = [_pair(point) for _, point in fields.listed("curve")]
    pairs = [pair for pair in points if pair is not None]
    falls = all(one[0] < after[0] and one[1] >= after[1] for one, after in pairwise(pairs))
    if len(points) < 2 or len(pairs) < len(points) or not falls or not all(0 <= pair[1] <= 1 for pair in pairs):
        reason = marked("the curve is not a list of [day, probability] with rising days and falling probabilities.")
        fields.wrong("curve", reason, marked("Copy the record as it was written."))
        return None
    return tuple(pairs)


def _pair(value: object) -> tuple[float, float] | None:
    """Two finite numbers; None when it is something else."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    if not all(isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in value):
        return None
    return float(value[0]), float(value[1])


def _outcome(raw: object, path: str, knowledge: Knowledge, problems: list[Problem]) -> Outcome | None:
    before = len(problems)
    fields = Fields(raw, _OUTCOME, path, problems)
    fields.required("forecast")
    label = fields.text("forecast")
    milestone = fields.choice("milestone", [one for one in MILESTONES if one in knowledge.forecast.milestones])
    reached = fields.number("reached_day", 0, _LONGEST_DAYS)
    waiting = fields.number("not_reached_by_day", 0, _LONGEST_DAYS)
    if ("reached_day" in fields) is ("not_reached_by_day" in fields):
        reason = marked("an outcome has either reached_day or not_reached_by_day.")
        problems.append(Problem(thing=path, reason=reason, remedy=marked("Keep one of them.")))
    day = waiting if reached is None else reached
    if len(problems) > before or day is None:
        return None
    return Outcome(forecast=label, milestone=milestone or "return", day=day, reached=reached is not None)
