"""Outcomes written by hand, so that every figure of them can be worked out on paper."""

from dataclasses import replace
from datetime import date

from herstel.forecast.score import Judged
from herstel.outcomes.model import AfterReturn, CaseOutcome, PhaseTime

OPENED = date(2026, 3, 3)
BEGAN = date(2026, 3, 2)
CASE = CaseOutcome(
    person="a",
    opened=OPENED,
    of_hamstring=True,
    track="strain",
    sides=("left",),
    component="2",
    setting="recreational",
    began=BEGAN,
    followed_from_day=1.0,
    last_day=30.0,
    last_check_in=date(2026, 4, 1),
    milestones={},
    sport=True,
    full_session_day=None,
    already=frozenset(),
    returned_on=None,
    after_return=None,
    phase=2,
    phases=(),
    gates={},
    own_goal=True,
    measured=True,
    asked_fields=10,
    told_fields=9,
    forecasts=(),
)


def case(person: str, **changes: object) -> CaseOutcome:
    """A case of a person, like ``CASE`` but for these."""
    return replace(CASE, person=person, **changes)  # type: ignore[arg-type]


def returned(person: str, *, followed: float, **signs: float) -> CaseOutcome:
    """Somebody who came back on 1 May 2026 and was followed for so many days after it."""
    after = AfterReturn(followed_days=followed, **signs)
    return case(person, milestones={"return": 60.0}, returned_on=date(2026, 5, 1), after_return=after)


def phase(number: int, *, days: int, told: int, trained: int = 0, planned: float = 0, **amounts: int) -> PhaseTime:
    return PhaseTime(
        phase=number,  # type: ignore[arg-type]
        days=days,
        told_days=told,
        trained_days=trained,
        planned_days=planned,
        **{"as_planned": 0, "fewer": 0, **amounts},
    )


def judged(inside: bool | None, *, day: float = 3.0, reached: bool | None = True, error: float = 2.0) -> Judged:
    told = reached is not None
    return Judged(
        day=day,
        reached=reached,
        inside=(inside,) * 3,
        crps_days=1.5 if told else None,
        error_days=error if told else None,
    )
