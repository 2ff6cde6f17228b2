"""What came of one case, small enough to count thousands. Days are whole or broken days, counted as each field says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from herstel.chain.model import BodySide
from herstel.errors import marked
from herstel.forecast.score import Judged
from herstel.knowledge.forecast_entries import Component
from herstel.knowledge.plan_entries import PhaseNumber, TrackId
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import GateName

TEARS: tuple[Component, ...] = ("1", "2", "3", "tendon", "avulsion")
"""Complaints with a tear: only these can come back in the sense of the follow-up studies."""
FULL_SESSION: Literal["full_session"] = "full_session"
"""The first whole training or match: what published times to return, and so the forecasts, count to."""
FULL_SESSION_NAME = marked("first whole training or match")
Counted = Milestone | Literal["full_session"]
"""What days are counted to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """What was told in one phase, from its first day up to the last check-in or the return.

    Attributes
    ----------
    days, told_days : int
        Calendar days, and those with a check-in.
    trained_days, planned_days : float
        Days with training, and how many the plan holds for as many days as were told.
    as_planned, fewer : int
        Times an exercise was done with the planned sets and repetitions, and with fewer or left out because of pain.
        What cannot be held against the plan (not told how much, replaced, resting) counts for neither.
    """

    phase: PhaseNumber
    days: int
    told_days: int
    trained_days: int
    planned_days: float
    as_planned: int
    fewer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterReturn:
    """What was told after the return, in days after it.

    Attributes
    ----------
    followed_days : float
        Up to the last check-in, or up to the new complaint where there is one.
    stop_sign_days, overload_days, new_complaint_days : float or None
        The first sharp stab, giving way or new bruise; the first step back for flare-ups; a new complaint with a tear
        on the same side, which only shows beside the person's other cases (``summary.with_new_complaints``).
    """

    followed_days: float
    stop_sign_days: float | None = None
    overload_days: float | None = None
    new_complaint_days: float | None = None

    @property
    def came_back_days(self) -> float | None:
        """The first sign that it came back."""
        days = [one for one in (self.stop_sign_days, self.new_complaint_days) if one is not None]
        return min(days, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutcome:
    """What came of one case up to its last check-in.

    Attributes
    ----------
    person : str
        A label that tells persons apart; never a name.
    of_hamstring : bool
        A complaint with a plan that is probably of the hamstring; of others nothing here is told.
    track : str
        Of the first plan; after the return it becomes another one.
    began : date or None
        Day 0: the injury, or the first day of the programme for an overload. None when it is not known.
    component, setting : str
        The entries of ``recovery/times.yaml`` (a grade or a branch beside them) and of ``settings.yaml`` that tell what
        is usual for such a person.
    followed_from_day, last_day : float or None
        Since day 0: when the case was opened, and the last check-in.
    milestones : mapping of milestone to float
        Days since day 0 on which it was reached.
    sport : bool
        Whether the goal is a sport; without one nobody tells of a whole training or match.
    full_session_day : float or None
        Days since day 0 to the first whole training or match, or to the return by the table when that came first.
    already : frozenset of milestone
        There when the case was opened, or never lost: the day says nothing.
    gates : mapping of gate to bool
        The gates that were passed, and whether strength was measured with a device in the weeks before.
    asked_fields, told_fields : int
        Of the core questions of the check-ins (``derive.CORE``), and how many were answered.
    forecasts : tuple of Judged
        The first forecast of the return in each band of days since the injury, one at most, against
        ``full_session_day``; none without a sport, or made when it had been told already.
    closed : bool
    """

    person: str
    opened: date
    of_hamstring: bool
    track: TrackId
    sides: tuple[BodySide, ...]
    component: Component
    setting: str
    began: date | None
    followed_from_day: float
    last_day: float | None
    last_check_in: date | None
    milestones: Mapping[Milestone, float]
    sport: bool
    full_session_day: float | None
    already: frozenset[Milestone]
    returned_on: date | None
    after_return: AfterReturn | None
    phase: PhaseNumber
    phases: tuple[PhaseTime, ...]
    gates: Mapping[GateName, bool]
    own_goal: bool
    measured: bool
    asked_fields: int
    told_fields: int
    forecasts: tuple[Judged, ...]
    closed: bool = False
