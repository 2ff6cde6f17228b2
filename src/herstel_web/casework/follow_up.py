"""The planned looks of a case up to a year after the return, and what became of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext, ngettext

from herstel.flow import Recovery
from herstel_web.cases.bridge import phase_name
from herstel_web.cases.models import Case, DecisionMade, Fact
from herstel_web.casework import bridge
from herstel_web.language import current_language

State = Literal["done", "due", "missed", "planned"]
HALF_A_YEAR_WEEKS = 26.0
"""Between the looks that the rule of progress names after 12 and 52 weeks stands one more (elicited)."""
DAYS_TO_LOOK = 7
"""A look after the return may be done within so many days, as the rule of progress asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A planned look; ``day`` is None when it depends on what comes before."""

    what: str
    day: date | None
    state: State


def follow_up(case: Case, recovery: Recovery) -> tuple[Look, ...]:
    """Every planned look, in order."""
    return (*_rechecks(case, recovery), *_phases(case, recovery), *_after_return(case, recovery))


def _rechecks(case: Case, recovery: Recovery) -> Iterator[Look]:
    today, days = recovery.progress.today, bridge.planned_rechecks(recovery)
    answered = Fact.objects.filter(case=case, part=Fact.Part.CHECK_INS, corrected_by=None, entry__has_key="answers")
    looked = {*answered.values_list("day", flat=True), *bridge.looked_on(recovery)}
    for day, following in zip(days, (*days[1:], date.max), strict=False):  # without a planned look there is none to end
        yield Look(
            what=gettext("Look again at the complaint"), day=day, state=_recheck_state(day, following, looked, today)
        )


def _recheck_state(day: date, following: date, looked: Iterable[date], today: date) -> State:
    """Done when somebody looked from this day on, before the next one."""
    if any(day <= one < following for one in looked):
        return "done"
    return "planned" if day > today else "due" if day == today else "missed"


def _phases(case: Case, recovery: Recovery) -> Iterator[Look]:
    if recovery.plan_now.track in ("see_first", "prevention") and not recovery.progress.position.discharged:
        return
    made = DecisionMade.objects.filter(case=case, superseded_at=None, rule="gate_open").order_by("day")
    reached = {int(numbers["phase"]): day for numbers, day in made.values_list("numbers", "day")}
    for number in range(2, 5):
        done = number <= recovery.progress.phase
        day = reached.get(number) if done else None
        yield Look(what=phase_name(number, current_language()), day=day, state="done" if done else "planned")
    returned = _returned(recovery)
    yield Look(what=gettext("Return"), day=returned, state="done" if returned else "planned")


def _returned(recovery: Recovery) -> date | None:
    """The day of the return; None while the person is not back, or no longer is."""
    return recovery.progress.milestones.get("return") if recovery.progress.position.discharged else None


def _after_return(case: Case, recovery: Recovery) -> Iterator[Look]:
    returned, today = _returned(recovery), recovery.progress.today
    weeks = sorted({*bridge.weeks_after_return(), HALF_A_YEAR_WEEKS})
    told = _told_since(case, returned) if returned else set()
    for one in weeks:
        what = ngettext("{n} week after the return", "{n} weeks after the return", int(one)).format(n=int(one))
        if returned is None:
            yield Look(what=what, day=None, state="planned")
            continue
        day = returned + timedelta(weeks=one)
        yield Look(what=what, day=day, state=_state(day, told, today))


def _told_since(case: Case, day: date) -> set[date]:
    found = Fact.objects.filter(case=case, part=Fact.Part.CHECK_INS, corrected_by=None, day__gte=day)
    return set(found.values_list("day", flat=True))


def _state(day: date, told: Iterable[date], today: date) -> State:
    until = day + timedelta(days=DAYS_TO_LOOK)
    if any(day <= one < until for one in told):
        return "done"
    if today < day:
        return "planned"
    return "due" if today < until else "missed"
