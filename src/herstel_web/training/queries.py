"""Everything that daily training reads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts, last_fact

if TYPE_CHECKING:
    from django.db.models import QuerySet

WEEK = timedelta(days=7)
CORRECTABLE = timedelta(days=14)
"""So far back a day can be filled in that was forgotten; a check-in that exists can always be corrected."""


def check_in_of(case: Case, day: date) -> Fact | None:
    """The check-in that stands for a day."""
    return facts(case, Fact.Part.CHECK_INS).filter(day=day).last()


def check_ins(case: Case) -> "QuerySet[Fact]":
    """All check-ins that stand, newest first."""
    return facts(case, Fact.Part.CHECK_INS).order_by("-day", "-pk")


def first_day(case: Case) -> date:
    """The first day of the plan, as far as a check-in may look back."""
    goal = last_fact(case, Fact.Part.GOAL)
    started = goal.entry.get("start") if goal and goal.entry else None
    return min(case.opened_on, date.fromisoformat(started)) if started else case.opened_on


def last_week(case: Case, today: date) -> list[Fact]:
    """The check-ins of the last seven days, oldest first."""
    return list(facts(case, Fact.Part.CHECK_INS, since=today - WEEK))


def sets_of(case: Case, day: date) -> list[Fact]:
    """The sets that stand as ticked off on a day, in the order in which they were."""
    return list(facts(case, Fact.Part.SETS).filter(day=day).order_by("pk"))


def set_of(case: Case, entry: Mapping[str, object]) -> Fact | None:
    """The set that stands for the same day, exercise and number."""
    same = {f"entry__{name}": entry[name] for name in ("exercise", "set")}
    return facts(case, Fact.Part.SETS).filter(entry__date=entry["date"], **same).last()


def counted(ticks: Iterable[Fact]) -> Mapping[str, int]:
    """How many sets of each exercise were ticked off."""
    return Counter(str(one.entry["exercise"]) for one in ticks if one.entry)
