"""One line of time of a case, from the first complaint to the look a year later.

What happened comes from several apps. Each registers a kind with a function that tells its entries of a few weeks::

    @tells("notes", gettext_lazy("Notes"))
    def notes(stretch: Stretch) -> Iterable[Entry]: ...

It is asked only for the weeks that are shown, so that a page does not grow with the history.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.functional import Promise

from herstel.flow import Recovery
from herstel_web.cases.models import Case

Tone = Literal["", "is-warn", "is-bad"]
WEEKS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days that are shown, the first and the last included; ``recovery`` is how the case stands now."""

    case: Case
    recovery: Recovery
    first: date
    last: date

    @property
    def between(self) -> tuple[datetime, datetime]:
        """The same as moments, for what is kept with a time."""
        zone = timezone.get_current_timezone()
        begin, end = (datetime.combine(day, time.min, zone) for day in (self.first, self.last + timedelta(days=1)))
        return begin, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened on a day.

    ``at`` orders what happened on one day; ``who`` is the name of who did it, ``url`` where it can be read in full.
    """

    day: date
    title: str
    lines: tuple[str, ...] = ()
    at: datetime | None = None
    who: str = ""
    tone: Tone = ""
    url: str = ""
    kind: str = ""


Tell = Callable[[Stretch], Iterable[Entry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    id: str
    name: str | Promise
    tell: Tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The entries of one stretch, newest first; ``earlier`` and ``later`` are the numbers of the next stretches."""

    entries: tuple[Entry, ...]
    first: date
    last: date
    earlier: int | None
    later: int | None


_KINDS: dict[str, Kind] = {}


def kinds() -> Mapping[str, Kind]:
    """Every kind that was registered, by its id."""
    return _KINDS


def tells(kind: str, name: str | Promise) -> Callable[[Tell], Tell]:
    """Register a function that tells the entries of one kind."""

    def register(tell: Tell) -> Tell:
        _KINDS[kind] = Kind(id=kind, name=name, tell=tell)
        return tell

    return register


def timeline(case: Case, recovery: Recovery, back: int = 0, only: str = "") -> Timeline:
    """The entries of four weeks.

    Parameters
    ----------
    back : int
        0 for the last four weeks, 1 for the four before them, and so on.
    only : str
        The id of a kind; "" for all.
    """
    step = timedelta(weeks=WEEKS_SHOWN)
    today, start = recovery.progress.today, case.opened_on
    most = max(0, (today - start).days) // step.days
    back = min(max(0, back), most)
    last = today - back * step
    first = start if back == most else last - step + timedelta(days=1)
    stretch = Stretch(case=case, recovery=recovery, first=first, last=last)
    return Timeline(
        entries=tuple(_told(stretch, only)),
        first=first,
        last=last,
        earlier=back + 1 if back < most else None,
        later=back - 1 if back else None,
    )


def _told(stretch: Stretch, only: str) -> Iterable[Entry]:
    """Newest first; of one day what has a time first, the latest on top."""
    found = [
        replace(one, kind=str(kind.name))
        for kind in _KINDS.values()
        if only in ("", kind.id)
        for one in kind.tell(stretch)
    ]
    return sorted(found, key=lambda one: (one.day, one.at.timestamp() if one.at else 0.0), reverse=True)
