"""Everything that daily training writes: check-ins, sets, and what waited on a device until there was a connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction

from herstel.errors import InputError, Problem
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.actions import NewFact, record_fact
from herstel_web.cases.models import Case, Fact
from herstel_web.training import bridge, queries
from herstel_web.training.forms import Entry, Form, check_in_entry, day_of, set_entry, told_together
from herstel_web.training.models import CalendarFeed

TOLD_AGAIN = "told again for the same day"
"""The reason of a correction on the day itself: something was added, or told a second time."""
UNDONE = "not done after all"
Kind = Literal["check_in", "set", "undo"]
State = Literal["recorded", "known", "refused"]


@transaction.atomic
def record_check_in(*, case: Case, form: Form, key: UUID, by: User, today: date) -> Fact:
    """Record a check-in. A second one of the same day completes the first, and takes no sign away.

    Raises
    ------
    InputError
        With every problem; nothing is kept then.
    """
    known: Fact | None = Fact.objects.filter(case=case, key=key).first()
    if known is not None:
        return known
    entry = entry_of(case, form)
    earlier = queries.check_in_of(case, day_of(form))
    if earlier is not None and earlier.entry is not None:
        entry = told_together(earlier.entry, entry)
    fact = NewFact(
        part=Fact.Part.CHECK_INS,
        entry=entry,
        day=day_of(form),
        key=key,
        corrects=earlier,
        reason=TOLD_AGAIN if earlier else "",
    )
    return record_fact(case=case, fact=fact, by=by, today=today)


@transaction.atomic
def correct_check_in(*, earlier: Fact, form: Form, reason: str, by: User, today: date) -> Fact:
    """Put a check-in in the place of an earlier one of the same day, with the reason; the earlier one stays readable.

    What the form does not ask stays as it was.

    Raises
    ------
    InputError
        With every problem, also when it was corrected elsewhere in the meantime.
    """
    case = earlier.case
    kept = {name: value for name, value in (earlier.entry or {}).items() if name in NOT_ASKED}
    entry = kept | entry_of(case, form) | {"date": earlier.day.isoformat()}
    if "done" in entry:
        entry["done"] = [_as_told_before(one, earlier) for one in entry["done"]]
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=earlier.day, corrects=earlier, reason=reason)
    return record_fact(case=case, fact=fact, by=by, today=today)


def _as_told_before(done: Entry, earlier: Fact) -> Entry:
    """An exercise whose sets did not change, with the amount and the pain that were told with it."""
    told = (earlier.entry or {}).get("done", ())
    same = (one for one in told if (one["exercise"], one.get("sets")) == (done["exercise"], done.get("sets")))
    return next(same, done)


NOT_ASKED = ("sport_share", "answers", "predicted_days", "confidence", "fear_of_movement")
"""What a check-in asks only on some days; a correction on another day keeps it."""


def entry_of(case: Case, form: Form) -> Entry:
    """The entry of a check-in form, beside the sets that were ticked off on its day."""
    ticked = queries.counted(queries.sets_of(case, day_of(form)))
    return check_in_entry(form, ticked, bridge.sign_findings())


@transaction.atomic
def tick_set(*, case: Case, form: Form, key: UUID, by: User, today: date) -> Fact:
    """Tick a set off. The same set of the same day is one set, whichever page or device ticked it.

    Raises
    ------
    InputError
        With every problem; nothing is kept then.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    known: Fact | None = Fact.objects.filter(case=case, key=key).first()
    if known is not None:
        return known
    entry = set_entry(form)
    standing = queries.set_of(case, entry)
    if standing is not None and standing.entry == entry:
        return standing
    fact = NewFact(
        part=Fact.Part.SETS,
        entry=entry,
        day=day_of(form),
        key=key,
        corrects=standing,
        reason=TOLD_AGAIN if standing else "",
    )
    return record_fact(case=case, fact=fact, by=by, today=today)


@transaction.atomic
def untick_set(*, case: Case, form: Form, key: UUID, by: User, today: date) -> Fact | None:
    """Take a set back that was ticked off by mistake; None when it was not ticked off."""
    Case.objects.select_for_update().get(pk=case.pk)
    known = Fact.objects.filter(case=case, key=key).first()
    standing = queries.set_of(case, set_entry(form))
    if known is not None or standing is None:
        return known
    fact = NewFact(part=Fact.Part.SETS, entry=None, day=day_of(form), key=key, corrects=standing, reason=UNDONE)
    return record_fact(case=case, fact=fact, by=by, today=today)


# --- what waited on a device -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that was filled in without a connection: the form as it was, with the key that makes it one."""

    key: UUID
    kind: Kind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it: recorded now, known already, or refused and why."""

    key: UUID
    state: State
    problems: tuple[Problem, ...] = ()


_TAKE_IN: dict[Kind, Callable[..., Fact | None]] = {
    "check_in": record_check_in,
    "set": tick_set,
    "undo": untick_set,
}


def take_in(*, case: Case, waiting: Waiting, by: User, today: date) -> Outcome:
    """Record what waited, exactly once; what is refused leaves the others alone."""
    if Fact.objects.filter(case=case, key=waiting.key).exists():
        return Outcome(key=waiting.key, state="known")
    try:
        made = _TAKE_IN[waiting.kind](case=case, form=waiting.form, key=waiting.key, by=by, today=today)
    except InputError as error:
        return Outcome(key=waiting.key, state="refused", problems=error.problems)
    return Outcome(key=waiting.key, state="recorded" if made is not None and made.key == waiting.key else "known")


# --- the calendar ----------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_feed(*, case: Case, by: User) -> CalendarFeed:
    """Give the plan an address for a calendar program; a new one in the place of an earlier one."""
    CalendarFeed.objects.filter(case=case).delete()
    feed = CalendarFeed.objects.create(case=case)
    _to_trail(case, by, "calendar_feed:made")
    return feed


@transaction.atomic
def end_feed(*, case: Case, by: User) -> None:
    """Stop it: the address shows nothing any more."""
    CalendarFeed.objects.filter(case=case).delete()
    _to_trail(case, by, "calendar_feed:ended")


def _to_trail(case: Case, by: User, what: str) -> None:
    audit.record(
        action=Event.Action.MANAGE,
        what=what,
        by=by,
        practice_id=case.practice_id,
        person_id=case.person_id,
        case_id=case.pk,
    )
