"""When somebody is free: spans of time, half-open and in UTC. Knows nothing of the database.

Times on the clock become moments here and nowhere else; steps are then counted in UTC, so that a day of 23 or 25 hours
needs no rule of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=5)
DAY = timedelta(days=1)
NOON, EVENING = time(12), time(17, 30)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """From a moment up to another; the end is not in it."""

    begin: datetime
    end: datetime

    @classmethod
    def on(cls, day: date, begins: time, ends: time, zone: ZoneInfo) -> Self:
        """Between two times on the clock of a day."""
        return cls(begin=moment(day, begins, zone), end=moment(day, ends, zone))

    @classmethod
    def of_days(cls, first: date, last: date, zone: ZoneInfo) -> Self:
        """Whole days, the last included."""
        return cls(begin=moment(first, time.min, zone), end=moment(last + DAY, time.min, zone))

    def steps(self) -> Iterator[datetime]:
        """The steps of five minutes in it."""
        at = self.begin
        while at < self.end:
            yield at
            at += STEP


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A time on the clock as a moment; of an hour that comes twice the first one."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def exists(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether the clock shows this time on this day; it skips an hour when summer time begins."""
    there = moment(day, clock, zone).astimezone(zone)
    return (there.date(), there.time()) == (day, clock)


def without(spans: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """What is left of spans when the busy ones are taken out, in order."""
    left = sorted(spans)
    for taken in busy:
        left = [
            part
            for span in left
            for part in (
                Span(begin=span.begin, end=min(span.end, taken.begin)),
                Span(begin=max(span.begin, taken.end), end=span.end),
            )
            if part.begin < part.end
        ]
    return sorted(set(left))


def begins_in(free: Span, length: timedelta, not_before: datetime) -> Iterator[datetime]:
    """Where appointments of a length can begin in a free span: one behind the other, so that no gaps arise."""
    at = whole_step(max(free.begin, not_before))
    while at + length <= free.end:
        yield at
        at += length


def whole_step(at: datetime) -> datetime:
    """The first whole step at or after a moment."""
    past = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at + (STEP - past if past else timedelta(0))


def joined(steps: Sequence[datetime]) -> list[Span]:
    """Steps of five minutes as spans, those that touch as one."""
    spans: list[Span] = []
    for at in sorted(steps):
        if spans and spans[-1].end >= at:
            spans[-1] = Span(begin=spans[-1].begin, end=at + STEP)
        else:
            spans.append(Span(begin=at, end=at + STEP))
    return spans


def part_of_day(at: datetime, zone: ZoneInfo) -> str:
    """m(orning), a(fternoon) or e(vening), on the clock of the place."""
    clock = at.astimezone(zone).time()
    return "m" if clock < NOON else "a" if clock < EVENING else "e"
