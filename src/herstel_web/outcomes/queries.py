"""What came of the cases of one practice, and of no other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from herstel.forecast.score import DAY_BANDS
from herstel.outcomes.model import CaseOutcome
from herstel_web.access import Member
from herstel_web.cases.models import Case, ForecastIssued
from herstel_web.outcomes import bridge

MONTHS = (3, 6, 12)
MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which cases are counted: opened in the last months, of everybody or mine, of one kind of complaint or track."""

    months: int | None = None
    mine: bool = False
    component: str = ""
    track: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Chosen":
        """What an address asks for; what it does not know counts as not asked."""
        months = next((one for one in MONTHS if asked.get("months") == str(one)), None)
        kind, _, name = asked.get("of", "").partition("-")
        return cls(
            months=months,
            mine=asked.get("whose") == "mine",
            component=name if kind == "kind" and name in dict(bridge.kinds("en")) else "",
            track=name if kind == "track" and name in dict(bridge.tracks("en")) else "",
        )

    @property
    def of_what(self) -> str:
        """The kind or track as the form writes it."""
        return f"kind-{self.component}" if self.component else f"track-{self.track}" if self.track else ""

    @property
    def narrowed(self) -> bool:
        return self != Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The cases that are counted, and how many are not.

    Attributes
    ----------
    elsewhere : int
        Probably not of the hamstring, seen by somebody first, or prevention without a complaint.
    missing : int
        Not worked out yet, or not possible.
    worked_out_at : datetime or None
        When the newest of them was worked out.
    """

    cases: tuple[CaseOutcome, ...]
    elsewhere: int
    missing: int
    worked_out_at: datetime | None


def found(member: Member, chosen: Chosen, today: date) -> Found:
    """The cases shared with the practice of a member that fit what was chosen, in one query."""
    fields = ("outcome__value", "outcome__form", "outcome__worked_out_at", "opened_on", "closed_on", "therapist_id")
    rows = list(Case.objects.filter(practice=member.practice).order_by("opened_at", "pk").values(*fields))
    kept = [row for row in rows if row["outcome__value"] and row["outcome__form"] == bridge.FORM]
    outcomes = bridge.beside_each_other(bridge.from_texts(row["outcome__value"] for row in kept))
    since = None if chosen.months is None else today - timedelta(days=round(chosen.months * MONTH_DAYS))

    def in_time(row: Mapping[str, Any]) -> bool:
        own = not chosen.mine or row["therapist_id"] == member.user.pk
        return own and (since is None or row["opened_on"] >= since)

    wanted = [
        replace(one, closed=True) if row["closed_on"] else one
        for row, one in zip(kept, outcomes, strict=True)
        if in_time(row) and (chosen.component or one.component) == one.component
        and (chosen.track or one.track) == one.track
    ]  # fmt: skip
    return Found(
        cases=tuple(one for one in wanted if one.of_hamstring),
        elsewhere=sum(not one.of_hamstring for one in wanted),
        missing=sum(in_time(row) for row in rows) - sum(in_time(row) for row in kept),
        worked_out_at=max((row["outcome__worked_out_at"] for row in kept), default=None),
    )


def first_forecasts(case: Case) -> list[object]:
    """The first forecast of a case, and the first in each band of days since the injury, as they were kept."""
    told = ForecastIssued.objects.filter(case=case).order_by("day")
    first = told.first()
    if first is None:
        return []
    began = first.day - timedelta(days=float(first.record["day"]))
    starts = (began + timedelta(days=low) for low, _ in DAY_BANDS.values())
    records = {one.pk: one.record for start in starts if (one := told.filter(day__gte=start).first()) is not None}
    return [first.record, *(record for key, record in records.items() if key != first.pk)]
