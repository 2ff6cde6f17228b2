"""The load over time: what was done in each seven days up to today, and the person's own limit.

The weeks are those that the limit is made of, counted back from today, so that the last bar is what it is about. The
bar of a week with days that are not known is the least it can have been.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from herstel.drawing.shapes import Label, Path, Point, Shape
from herstel.progress.diary import ONE_DAY
from herstel.progress.load import WEEK, session_load
from herstel.progress.model import Progress
from herstel.progress.time_chart import LEFT, RIGHT, ROW, TEXT, Panel, TimeChart, box

_TOP, _BOTTOM = 19.0, 69.0
_ROUND, _LEAST_BAR = 100, 4.0


class LoadWeek(NamedTuple):
    """Seven days, or as many of them as lie after the start; ``load`` is that of the days that are known."""

    first: date
    last: date
    load: float
    days_known: int

    @property
    def complete(self) -> bool:
        return self.days_known == (self.last - self.first).days + 1


def load_weeks(progress: Progress, start: date, first: date) -> tuple[LoadWeek, ...]:
    """The weeks up to today, oldest first.

    Parameters
    ----------
    progress : Progress
    start : date
        Nothing is counted before it.
    first : date
        Weeks that ended before it are left out.
    """
    told = {one.date: session_load(one) for one in progress.check_ins}
    weeks, last = [], progress.today
    while last >= first:
        begun = max(start, last - timedelta(days=WEEK - 1))
        days = [told.get(begun + n * ONE_DAY) for n in range((last - begun).days + 1)]
        known = [load for load in days if load is not None]
        weeks.append(LoadWeek(begun, last, sum(known), len(known)))
        last = begun - ONE_DAY
    return tuple(reversed(weeks))


def load_panel(chart: TimeChart, progress: Progress) -> Panel:
    """The bars and the limit, or a line that says that nothing was told."""
    weeks = load_weeks(progress, chart.start, chart.first)
    if not any(week.days_known for week in weeks):
        return chart.note(chart.t.tell("Training load: not filled in"))
    return _Bars(chart, weeks, progress.load.session_limit).panel()


class _Bars:
    def __init__(self, chart: TimeChart, weeks: Sequence[LoadWeek], limit: float | None) -> None:
        self._chart, self._t, self._weeks, self._limit = chart, chart.t, weeks, limit
        most = max([0.0, limit or 0, *(week.load for week in weeks)])
        self._most = float(ceil((most + 1) / _ROUND) * _ROUND)
        self._partly = not all(week.complete for week in weeks)

    def panel(self) -> Panel:
        rows = (self._limit is not None) + self._partly
        return Panel(height=_BOTTOM + ROW * rows, plot=(_TOP, _BOTTOM), draw=self._draw, words=tuple(self._words()))

    def _draw(self, top: float) -> Iterator[Shape]:
        bottom = top + _BOTTOM

        def y(load: float) -> float:
            return bottom - (_BOTTOM - _TOP) * load / self._most

        yield self._chart.title(self._t.tell("Load per 7 days (minutes × effort)"), top)
        yield from self._chart.grid((0.0, self._most), y)
        for week in self._weeks:
            yield self._bar(week, y(week.load), bottom)
        if self._limit is not None:
            yield _limit((LEFT, y(self._limit)), (RIGHT, y(self._limit)))
        yield from self._legend(bottom + ROW)

    def _bar(self, week: LoadWeek, top: float, bottom: float) -> Path:
        chart = self._chart
        half = chart.day_width / 2 - min(1.5, 0.5 * chart.day_width)
        left, right = max(LEFT, chart.x(week.first) - half), chart.x(week.last) + half
        if week.complete:
            return _filled(box(left, right, top - 0.6, bottom))
        return _at_least(box(left, right, min(top, bottom - _LEAST_BAR), bottom))

    def _legend(self, y: float) -> Iterator[Shape]:
        if self._limit is not None:
            yield _limit((LEFT, y - 4), (LEFT + 18, y - 4))
            yield Label(at=(LEFT + 23, y), text=self._limit_told(self._limit), size=TEXT)
            y += ROW
        if self._partly:
            yield _at_least(box(LEFT, LEFT + 18, y - 9, y))
            text = self._t.tell("at least so much: not every day is known")
            yield Label(at=(LEFT + 23, y), text=text, size=TEXT)

    def _limit_told(self, limit: float) -> str:
        return self._t.tell("own limit of the last 7 days: {limit}", limit=self._t.number(round(limit)))

    def _words(self) -> Iterator[str]:
        """The first and last week of which something is known, and the limit."""
        known = [week for week in self._weeks if week.days_known]
        first, last = self._told(known[0]), self._told(known[-1])
        yield self._t.tell("load per 7 days: {weeks}", weeks=first if len(known) == 1 else f"{first}, {last}")
        if self._limit is not None:
            yield self._limit_told(self._limit)

    def _told(self, week: LoadWeek) -> str:
        load = self._t.number(round(week.load))
        if not week.complete:
            load = self._t.tell("at least {load}", load=load)
        return self._t.tell("{load} up to {day}", load=load, day=self._t.date(week.last))


def _filled(corners: tuple[Point, ...]) -> Path:
    return Path(points=corners, ink="accent", width=0.5, closed=True, fill="accent")


def _at_least(corners: tuple[Point, ...]) -> Path:
    return Path(points=corners, ink="accent", width=0.8, closed=True, fill="accent", pattern="hatch")


def _limit(start: Point, end: Point) -> Path:
    return Path(points=(start, end), ink="bad", width=1.5, dashed=True)
