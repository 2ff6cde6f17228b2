"""Pain and morning stiffness over time, with the phases above it and the days that are not known as gaps.

Nothing is drawn through a day that is not known. The picture is 320 units wide, for the smallest phone; the two lines
of pain differ in thickness and marks as well as in colour.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import CheckIn, Progress
from herstel.progress.words import ProgressTelling
from herstel.text import Language

WIDTH, LEFT, RIGHT = 320.0, 26.0, 312.0
_PHASES_TOP, _PHASES_BOTTOM = 16.0, 34.0
_PAIN_TOP, _PAIN_BOTTOM = 58.0, 148.0
_STIFF_TOP, _STIFF_BOTTOM = 178.0, 222.0
_UNKNOWN_TOP, _UNKNOWN_BOTTOM = 226.0, 232.0
_HEIGHT, _TEXT = 304.0, 11.0
_WORST_PAIN, _LEAST_STIFF_MIN = 10.0, 30.0
_LEAST_DAYS, _MOST_TICKS = 7, 7
_TICKS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_NARROWEST_NAME = 42.0
"""A phase narrower than this shows only its number."""
Band = tuple[int, date, date]
"""A phase from a day up to and including another."""


def progress_picture(
    progress: Progress, knowledge: Knowledge, language: Language, *, since: date | None = None
) -> Drawing:
    """Draw how it went.

    Parameters
    ----------
    progress : Progress
    knowledge : Knowledge
    language : {"nl", "en"}
    since : date, optional
        The first day to show; without it everything since the start of the plan or the first check-in.
    """
    start = min([progress.plan.goal.start, *(one.date for one in progress.check_ins)])
    first = start if since is None else min(max(start, since), progress.today)
    shown = replace(progress, check_ins=tuple(one for one in progress.check_ins if one.date >= first))
    t = ProgressTelling(progress=shown, knowledge=knowledge, language=language)
    chart = _Chart(t, start, first)
    shapes = (*chart.phases(), *chart.pain(), *chart.stiffness(), *chart.unknown(), *chart.axis(), *chart.legend())
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=shapes,
        title=t.tell("Pain and stiffness over time"),
        description=_described(t, chart.bands, first),
    )


class _Chart:
    """The days of one progress on paper."""

    def __init__(self, t: ProgressTelling, start: date, first: date) -> None:
        self._t = t
        progress = t.progress
        self._told = {one.date: one for one in progress.check_ins}
        self._start, self._first = start, first
        self._last = max(progress.today, self._first + timedelta(days=_LEAST_DAYS - 1))
        bands = phase_bands(progress)
        self.bands = tuple((phase, max(since, first), end) for phase, since, end in bands if end >= first)

    def _x(self, day: date) -> float:
        """The middle of a day."""
        return LEFT + ((day - self._first).days + 0.5) * self._day_width

    @property
    def _day_width(self) -> float:
        return (RIGHT - LEFT) / ((self._last - self._first).days + 1)

    # --- the phases -------------------------------------------------------------------------------------------------

    def phases(self) -> Iterator[Shape]:
        for number, (phase, start, end) in enumerate(self.bands):
            left, right = self._x(start) - self._day_width / 2, self._x(end) + self._day_width / 2
            corners = _box(left, right, _PHASES_TOP, _PHASES_BOTTOM)
            fill: Ink = "soft" if number % 2 else "paper"
            yield Path(points=corners, ink="ink", width=1, closed=True, fill=fill, pattern="dots")
            name = self._t.tell("phase {phase}", phase=phase) if right - left >= _NARROWEST_NAME else str(phase)
            middle = (left + right) / 2
            yield Path(points=_box(middle - 3 * len(name) - 2, middle + 3 * len(name) + 2, _PHASES_TOP + 2,
                                   _PHASES_BOTTOM - 2), width=0, closed=True, fill="paper")  # fmt: skip
            yield Label(at=(middle, _PHASES_BOTTOM - 5), text=name, size=_TEXT, anchor="middle", bold=True)
            if number:
                yield Path(points=((left, _PHASES_BOTTOM), (left, _STIFF_BOTTOM)), ink="soft", width=1, dashed=True)

    # --- the lines --------------------------------------------------------------------------------------------------

    def pain(self) -> Iterator[Shape]:
        yield Label(at=(LEFT, _PAIN_TOP - 8), text=self._t.tell("Pain (0 to 10)"), size=_TEXT, bold=True)
        yield from self._grid((0.0, 5.0, _WORST_PAIN), _pain_y)
        yield from self._line(lambda one: one.pain_worst, _pain_y, "bad", 2.5)
        yield from self._line(lambda one: one.pain_next_morning, _pain_y, "accent", 1.2)

    def stiffness(self) -> Iterator[Shape]:
        most = max([one.stiffness_min or 0 for one in self._told.values()] + [_LEAST_STIFF_MIN])

        def y(minutes: float) -> float:
            return _STIFF_BOTTOM - (_STIFF_BOTTOM - _STIFF_TOP) * minutes / most

        title = self._t.tell("Morning stiffness (minutes)")
        yield Label(at=(LEFT, _STIFF_TOP - 8), text=title, size=_TEXT, bold=True)
        yield from self._grid((0.0, most), y)
        for day, one in self._told.items():
            if one.stiffness_min is not None:
                half = max(0.8, 0.35 * self._day_width)
                corners = _box(self._x(day) - half, self._x(day) + half, y(one.stiffness_min) - 0.6, _STIFF_BOTTOM)
                yield Path(points=corners, ink="accent", width=0.5, closed=True, fill="accent")

    def _grid(self, values: Sequence[float], y: Callable[[float], float]) -> Iterator[Shape]:
        for value in values:
            yield Path(points=((LEFT, y(value)), (RIGHT, y(value))), ink="soft", width=0.5)
            yield Label(at=(LEFT - 4, y(value) + 4), text=f"{value:g}", size=_TEXT, anchor="end")

    def _line(
        self, of: Callable[[CheckIn], float | None], y: Callable[[float], float], ink: Ink, width: float
    ) -> Iterator[Shape]:
        """A line through days that follow each other, and a mark on each; broken where a day is not known."""
        told = [(day, value) for day, one in sorted(self._told.items()) if (value := of(one)) is not None]
        stretch: list[Point] = []
        for number, (day, value) in enumerate(told):
            stretch.append((self._x(day), y(value)))
            last = number + 1 == len(told)
            if last or told[number + 1][0] != day + ONE_DAY:
                if len(stretch) > 1:
                    yield Path(points=tuple(stretch), ink=ink, width=width)
                stretch = []
        radius = min(width + 0.4, max(1.0, 0.4 * self._day_width))
        for day, value in told:
            yield Circle(centre=(self._x(day), y(value)), radius=radius, ink=ink, width=1, fill=ink)

    def unknown(self) -> Iterator[Shape]:
        """A strip below the days that were not filled in."""
        day = self._first
        while day <= self._t.progress.today:
            if day not in self._told:
                half = self._day_width / 2
                corners = _box(self._x(day) - half, self._x(day) + half, _UNKNOWN_TOP, _UNKNOWN_BOTTOM)
                yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
            day += ONE_DAY

    # --- around it --------------------------------------------------------------------------------------------------

    def axis(self) -> Iterator[Shape]:
        first, last = (self._first - self._start).days, (self._last - self._start).days
        step = next((one for one in _TICKS_DAYS if (last - first) / one <= _MOST_TICKS), _TICKS_DAYS[-1])
        for number in range(-(-first // step) * step, last + 1, step):
            x = self._x(self._start + timedelta(days=number))
            yield Path(points=((x, _UNKNOWN_BOTTOM), (x, _UNKNOWN_BOTTOM + 3)), ink="ink", width=1)
            text = str(number // 7 if step >= 7 else number)
            yield Label(at=(x, _UNKNOWN_BOTTOM + 13), text=text, size=_TEXT, anchor="middle")
        unit = self._t.tell("weeks of the plan") if step >= 7 else self._t.tell("days of the plan")
        yield Label(at=(RIGHT, _UNKNOWN_BOTTOM + 25), text=unit, size=_TEXT, anchor="end")

    def legend(self) -> Iterator[Shape]:
        y, middle = _HEIGHT - 28, LEFT + (RIGHT - LEFT) / 2
        entries: tuple[tuple[float, Ink, float, str], ...] = (
            (LEFT, "bad", 2.5, self._t.tell("worst of the day")),
            (middle, "accent", 1.2, self._t.tell("in the morning")),
        )
        for x, ink, width, text in entries:
            yield Path(points=((x, y - 4), (x + 18, y - 4)), ink=ink, width=width)
            yield Circle(centre=(x + 9, y - 4), radius=width + 0.4, ink=ink, width=1, fill=ink)
            yield Label(at=(x + 23, y), text=text, size=_TEXT)
        y = _HEIGHT - 10
        corners = _box(LEFT, LEFT + 18, y - 8, y - 1)
        yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
        yield Label(at=(LEFT + 23, y), text=self._t.tell("day not filled in"), size=_TEXT)


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


def _pain_y(pain: float) -> float:
    return _PAIN_BOTTOM - (_PAIN_BOTTOM - _PAIN_TOP) * pain / _WORST_PAIN


def _box(left: float, right: float, top: float, bottom: float) -> tuple[Point, ...]:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _described(t: ProgressTelling, bands: Sequence[Band], first_day: date) -> str:
    """The same in words: the phases, the pain of the first and last days, and how many days are not known."""
    parts = [
        t.tell("phase {phase} from {start} to {end}", phase=phase, start=t.date(start), end=t.date(end))
        for phase, start, end in bands
    ]
    for name, of in (
        (t.tell("worst pain"), [(one.date, one.pain_worst) for one in t.progress.check_ins]),
        (t.tell("morning stiffness in minutes"), [(one.date, one.stiffness_min) for one in t.progress.check_ins]),
    ):
        known = [(day, value) for day, value in of if value is not None]
        if known:
            (start, first), (end, last) = known[0], known[-1]
            text = marked("{name}: {first} on {start}, {last} on {end}")
            parts.append(
                t.tell(
                    text, name=name, first=t.number(first), start=t.date(start), last=t.number(last), end=t.date(end)
                )
            )
    days = (t.progress.today - first_day).days + 1
    parts.append(t.tell("{known} of {days} days were filled in", known=len(t.progress.check_ins), days=days))
    return "; ".join(parts) + "."
