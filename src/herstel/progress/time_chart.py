"""What pictures over time share: the days from left to right, the phases above them, and the days that are not known.

Nothing is drawn through a day that is not known. A picture is 320 units wide, for the smallest phone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from herstel.drawing.shapes import Circle, Ink, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import CheckIn, Progress
from herstel.progress.words import ProgressTelling
from herstel.text import Language

WIDTH, LEFT, RIGHT, TEXT = 320.0, 26.0, 312.0, 11.0
PHASES_TOP, PHASES_BOTTOM = 16.0, 34.0
UNKNOWN_HEIGHT, ROW = 6.0, 15.0
_LEAST_DAYS, _MOST_TICKS = 7, 7
_TICKS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_ROOM_FOR_MARKS = 2.0
"""Days narrower than this have no room for a mark each: the line that joins them shows them."""
_NARROWEST_NAME = 42.0
"""A phase narrower than this shows only its number."""
_DIGIT = 7.2
"""No digit is wider than this; a long number may reach into the plot, never off the paper."""
Band = tuple[int, date, date]
"""A phase from a day up to and including another."""
Value = tuple[date, float]
"""What was told on a day."""
Span = tuple[float, float]
"""From a height down to another."""


class Panel(NamedTuple):
    """A part of a picture over time, from a top that the picture chooses; ``plot`` lies below that top."""

    height: float
    plot: Span
    draw: Callable[[float], Iterator[Shape]]
    words: tuple[str, ...]
    """What it shows, for the description of the picture."""


class TimeChart:
    """The days of one progress on paper, from the first one to show up to today.

    Parameters
    ----------
    progress : Progress
    knowledge : Knowledge
    language : {"nl", "en"}
    since : date or None
        The first day to show; None for everything since the start of the plan or the first check-in.
    """

    def __init__(self, progress: Progress, knowledge: Knowledge, language: Language, since: date | None) -> None:
        self.start = first_day_of(progress)
        self.first = self.start if since is None else min(max(self.start, since), progress.today)
        self.last = max(progress.today, self.first + timedelta(days=_LEAST_DAYS - 1))
        shown = tuple(one for one in progress.check_ins if one.date >= self.first)
        self.told = {one.date: one for one in shown}
        self.t = ProgressTelling(progress=replace(progress, check_ins=shown), knowledge=knowledge, language=language)
        bands = phase_bands(progress)
        self.bands = tuple((phase, max(begun, self.first), end) for phase, begun, end in bands if end >= self.first)

    def x(self, day: date) -> float:
        """The middle of a day."""
        return LEFT + ((day - self.first).days + 0.5) * self.day_width

    @property
    def day_width(self) -> float:
        return (RIGHT - LEFT) / ((self.last - self.first).days + 1)

    # --- drawn ------------------------------------------------------------------------------------------------------

    def phases(self, plots: Sequence[Span]) -> Iterator[Shape]:
        """The phases, and a line through the plots where one follows another."""
        for number, (phase, start, end) in enumerate(self.bands):
            left, right = self.x(start) - self.day_width / 2, self.x(end) + self.day_width / 2
            corners = box(left, right, PHASES_TOP, PHASES_BOTTOM)
            fill: Ink = "soft" if number % 2 else "paper"
            yield Path(points=corners, ink="ink", width=1, closed=True, fill=fill, pattern="dots")
            name = self.t.tell("phase {phase}", phase=phase) if right - left >= _NARROWEST_NAME else str(phase)
            middle = (left + right) / 2
            yield Path(points=box(middle - 3 * len(name) - 2, middle + 3 * len(name) + 2, PHASES_TOP + 2,
                                  PHASES_BOTTOM - 2), width=0, closed=True, fill="paper")  # fmt: skip
            yield Label(at=(middle, PHASES_BOTTOM - 5), text=name, size=TEXT, anchor="middle", bold=True)
            for top, bottom in plots if number else ():
                yield Path(points=((left, top), (left, bottom)), ink="soft", width=1, dashed=True)

    def grid(self, values: Sequence[float], y: Callable[[float], float]) -> Iterator[Shape]:
        """A thin line at each value, with the number before it."""
        for value in values:
            yield Path(points=((LEFT, y(value)), (RIGHT, y(value))), ink="soft", width=0.5)
            text = f"{value:g}"
            yield Label(at=(max(LEFT - 4, _DIGIT * len(text)), y(value) + 4), text=text, size=TEXT, anchor="end")

    def line(
        self, of: Callable[[CheckIn], float | None], y: Callable[[float], float], ink: Ink, width: float
    ) -> Iterator[Shape]:
        """A line through days that follow each other, and a mark on each; broken where a day is not known.

        Where the days are too many for a mark each, only days that stand alone have one.
        """
        stretches = list(self._stretches(of))
        for told in stretches:
            if len(told) > 1:
                yield Path(points=tuple((self.x(day), y(value)) for day, value in _bends(told)), ink=ink, width=width)
        radius = min(width + 0.4, max(1.0, 0.4 * self.day_width))
        for day, value in (one for told in stretches if len(told) == 1 or self.marks_each_day for one in told):
            yield Circle(centre=(self.x(day), y(value)), radius=radius, ink=ink, width=1, fill=ink)

    @property
    def marks_each_day(self) -> bool:
        """Whether there is room for a mark on each day."""
        return self.day_width >= _ROOM_FOR_MARKS

    def _stretches(self, of: Callable[[CheckIn], float | None]) -> Iterator[list[Value]]:
        """What was told on days that follow each other."""
        stretch: list[Value] = []
        for day, one in sorted(self.told.items()):
            value = of(one)
            if stretch and (value is None or day != stretch[-1][0] + ONE_DAY):
                yield stretch
                stretch = []
            if value is not None:
                stretch.append((day, value))
        if stretch:
            yield stretch

    def unknown(self, top: float) -> Iterator[Shape]:
        """A strip below the days that were not filled in."""
        half, day = self.day_width / 2, self.first
        begun: date | None = None
        while day <= self.t.progress.today:
            known = day in self.told
            begun = None if known else begun or day
            if begun is not None and (day == self.t.progress.today or day + ONE_DAY in self.told):
                corners = box(self.x(begun) - half, self.x(day) + half, top, top + UNKNOWN_HEIGHT)
                yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
            day += ONE_DAY

    def unknown_legend(self, y: float) -> Iterator[Shape]:
        """What the strip says."""
        corners = box(LEFT, LEFT + 18, y - 8, y - 1)
        yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
        yield Label(at=(LEFT + 23, y), text=self.t.tell("day not filled in"), size=TEXT)

    def axis(self, top: float) -> Iterator[Shape]:
        """The days or weeks of the plan."""
        first, last = (self.first - self.start).days, (self.last - self.start).days
        step = next((one for one in _TICKS_DAYS if (last - first) / one <= _MOST_TICKS), _TICKS_DAYS[-1])
        for number in range(-(-first // step) * step, last + 1, step):
            x = self.x(self.start + timedelta(days=number))
            yield Path(points=((x, top), (x, top + 3)), ink="ink", width=1)
            text = str(number // 7 if step >= 7 else number)
            middle = min(x, WIDTH - _DIGIT * len(text) / 2)
            yield Label(at=(middle, top + 13), text=text, size=TEXT, anchor="middle")
        unit = self.t.tell("weeks of the plan") if step >= 7 else self.t.tell("days of the plan")
        yield Label(at=(RIGHT, top + 25), text=unit, size=TEXT, anchor="end")

    def title(self, text: str, top: float) -> Label:
        """What a panel shows, above it."""
        return Label(at=(LEFT, top + 11), text=text, size=TEXT, bold=True)

    def note(self, text: str) -> Panel:
        """A line that says why there is no panel."""
        return Panel(18, (0, 0), lambda top: iter([Label(at=(LEFT, top + 11), text=text, size=TEXT)]), (text,))

    # --- in words ---------------------------------------------------------------------------------------------------

    def phases_in_words(self) -> Iterator[str]:
        t = self.t
        for phase, start, end in self.bands:
            yield t.tell("phase {phase} from {start} to {end}", phase=phase, start=t.date(start), end=t.date(end))

    def first_and_last(
        self, name: str, of: Callable[[CheckIn], float | None], said: Callable[[float], str] | None = None
    ) -> Iterator[str]:
        """What was told first and last; nothing when it was not told."""
        t, said = self.t, said or self.t.number
        known = [(one.date, value) for one in t.progress.check_ins if (value := of(one)) is not None]
        if known:
            (start, first), (end, last) = known[0], known[-1]
            text = marked("{name}: {first} on {start}, {last} on {end}")
            yield t.tell(text, name=name, first=said(first), start=t.date(start), last=said(last), end=t.date(end))

    def days_in_words(self) -> str:
        """How many days are known."""
        days = (self.t.progress.today - self.first).days + 1
        return self.t.tell("{known} of {days} days were filled in", known=len(self.told), days=days)


def first_day_of(progress: Progress) -> date:
    """The start of the plan, or the first check-in when that is earlier."""
    return min([progress.plan.goal.start, *(one.date for one in progress.check_ins)])


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


def _bends(told: Sequence[Value]) -> Iterator[Value]:
    """The first and the last, and those where the line through all of them bends."""
    for number, (day, value) in enumerate(told):
        inside = 0 < number < len(told) - 1
        if not inside or value - told[number - 1][1] != told[number + 1][1] - value:
            yield day, value


def box(left: float, right: float, top: float, bottom: float) -> tuple[Point, ...]:
    """The corners of an upright rectangle."""
    return (left, top), (right, top), (right, bottom), (left, bottom)
