"""The days of somebody's progress on paper: what the pictures over time share.

Nothing is drawn through a day that is not known. A picture is 320 units wide, for the smallest phone.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from herstel.drawing.shapes import Ink, Label, Path, Point, Shape
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import Progress
from herstel.progress.words import ProgressTelling

WIDTH, LEFT, RIGHT, TEXT = 320.0, 26.0, 312.0, 11.0
_PHASES_TOP, _PHASES_BOTTOM = 16.0, 34.0
_LEAST_DAYS, _MOST_TICKS = 7, 7
_TICKS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_NARROWEST_NAME = 42.0
"""A phase narrower than this shows only its number."""
Band = tuple[int, date, date]
"""A phase from a day up to and including another."""


class TimeChart:
    """The days of one progress on paper, down to ``foot``, below which stand the unknown days and the axis."""

    foot: float

    def __init__(self, t: ProgressTelling, start: date, first: date) -> None:
        self.t = t
        progress = t.progress
        self.told = {one.date: one for one in progress.check_ins}
        self.start, self.first = start, first
        self.last = max(progress.today, self.first + timedelta(days=_LEAST_DAYS - 1))
        bands = phase_bands(progress)
        self.bands = tuple((phase, max(since, first), end) for phase, since, end in bands if end >= first)

    def x(self, day: date) -> float:
        """The middle of a day."""
        return LEFT + ((day - self.first).days + 0.5) * self.day_width

    @property
    def _unknown_top(self) -> float:
        return self.foot + 4

    @property
    def _unknown_bottom(self) -> float:
        return self.foot + 10

    @property
    def day_width(self) -> float:
        return (RIGHT - LEFT) / ((self.last - self.first).days + 1)

    # --- the phases -------------------------------------------------------------------------------------------------

    def phases(self) -> Iterator[Shape]:
        for number, (phase, start, end) in enumerate(self.bands):
            left, right = self.x(start) - self.day_width / 2, self.x(end) + self.day_width / 2
            corners = box(left, right, _PHASES_TOP, _PHASES_BOTTOM)
            fill: Ink = "soft" if number % 2 else "paper"
            yield Path(points=corners, ink="ink", width=1, closed=True, fill=fill, pattern="dots")
            name = self.t.tell("phase {phase}", phase=phase) if right - left >= _NARROWEST_NAME else str(phase)
            middle = (left + right) / 2
            yield Path(points=box(middle - 3 * len(name) - 2, middle + 3 * len(name) + 2, _PHASES_TOP + 2,
                                   _PHASES_BOTTOM - 2), width=0, closed=True, fill="paper")  # fmt: skip
            yield Label(at=(middle, _PHASES_BOTTOM - 5), text=name, size=TEXT, anchor="middle", bold=True)
            if number:
                yield Path(points=((left, _PHASES_BOTTOM), (left, self.foot)), ink="soft", width=1, dashed=True)

    def grid(self, values: Sequence[float], y: Callable[[float], float]) -> Iterator[Shape]:
        for value in values:
            yield Path(points=((LEFT, y(value)), (RIGHT, y(value))), ink="soft", width=0.5)
            yield Label(at=(LEFT - 4, y(value) + 4), text=f"{value:g}", size=TEXT, anchor="end")

    # --- around it --------------------------------------------------------------------------------------------------

    def unknown(self) -> Iterator[Shape]:
        """A strip below the days that were not filled in."""
        day = self.first
        while day <= self.t.progress.today:
            if day not in self.told:
                half = self.day_width / 2
                corners = box(self.x(day) - half, self.x(day) + half, self._unknown_top, self._unknown_bottom)
                yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
            day += ONE_DAY

    def axis(self) -> Iterator[Shape]:
        first, last = (self.first - self.start).days, (self.last - self.start).days
        step = next((one for one in _TICKS_DAYS if (last - first) / one <= _MOST_TICKS), _TICKS_DAYS[-1])
        for number in range(-(-first // step) * step, last + 1, step):
            x = self.x(self.start + timedelta(days=number))
            yield Path(points=((x, self._unknown_bottom), (x, self._unknown_bottom + 3)), ink="ink", width=1)
            text = str(number // 7 if step >= 7 else number)
            yield Label(at=(x, self._unknown_bottom + 13), text=text, size=TEXT, anchor="middle")
        unit = self.t.tell("weeks of the plan") if step >= 7 else self.t.tell("days of the plan")
        yield Label(at=(RIGHT, self._unknown_bottom + 25), text=unit, size=TEXT, anchor="end")


def first_days(progress: Progress, since: date | None) -> tuple[date, date]:
    """The first day of all, from which days count, and the first day to show."""
    start = min([progress.plan.goal.start, *(one.date for one in progress.check_ins)])
    return start, start if since is None else min(max(start, since), progress.today)


def phase_bands(progress: Progress) -> Iterator[Band]:
    """The phases one after another, from the start of the plan up to today."""
    phase: int = progress.plan.position.phase
    since = progress.plan.goal.start
    moves = [(one.date, int(one.numbers["phase"])) for one in progress.decisions if "phase" in one.numbers]
    for day, to in moves:
        if to != phase:
            if day > since:
                yield phase, since, day - ONE_DAY
            phase, since = to, day
    if since <= progress.today:
        yield phase, since, progress.today


def box(left: float, right: float, top: float, bottom: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return (left, top), (right, top), (right, bottom), (left, bottom)
