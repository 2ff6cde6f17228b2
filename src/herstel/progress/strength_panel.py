"""Strength over time: the injured leg in per cent of the other, on each day on which both were measured.

Each test has a mark of its own and no line joins them: what lies between two days was not measured. Not measured is
not normal, so the picture says it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import floor
from typing import NamedTuple

from herstel.chain.measures import side_ratio
from herstel.chain.model import Chain
from herstel.drawing.shapes import Circle, Label, Mark, Path, Point, Shape
from herstel.progress.gates import Gates
from herstel.progress.model import Gate, Progress
from herstel.progress.strength import TESTS
from herstel.progress.time_chart import LEFT, RIGHT, ROW, TEXT, Panel, TimeChart

SHOWN = (*TESTS, "mid_range_ratio", "inner_range_ratio", "nordic_force", "single_leg_bridge", "outer_range_ratio")
_SAME_AS = {"outer_range_ratio": "outer_range_strength"}
"""The same test, written down as the share itself."""
_TOP, _BOTTOM = 19.0, 83.0
_LEAST_PERCENT, _MOST_PERCENT = 50.0, 105.0
_ROUND: tuple[Point, ...] = ()
_FORMS: tuple[tuple[Point, ...], ...] = (
    _ROUND,
    ((-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)),
    ((0, -4.4), (4.2, 3.2), (-4.2, 3.2)),
    ((0, -4.6), (4.6, 0), (0, 4.6), (-4.6, 0)),
)
"""The forms of the marks, by their corners around the middle."""
_MARKS = tuple(product((True, False), _FORMS))
"""Filled for the first tests and open for the others."""
_APART = 7.0
"""How far beside each other the marks of one day stand."""


class Measured(NamedTuple):
    """The injured leg as a share of the other, on one day."""

    date: date
    ratio: float


def strength_measured(chain: Chain, first: date, today: date) -> Mapping[str, tuple[Measured, ...]]:
    """What was measured of both legs, by test and in the order of the days.

    Parameters
    ----------
    chain : Chain
    first, today : date
        What was measured on other days is left out.

    Returns
    -------
    mapping of test to tuple of Measured
        Empty when nothing was, and when it is both legs or not known which: there is nothing to compare with then.
    """
    found: dict[str, list[Measured]] = {}
    for test in SHOWN if chain.injured_side is not None else ():
        own = [one for one in chain.measurements if one.test == test]
        for day in sorted({one.date for one in own if first <= one.date <= today}):
            ratio = side_ratio(own, test, chain.injured_side, day, 0)
            if ratio is not None:
                found.setdefault(_SAME_AS.get(test, test), []).append(Measured(day, ratio[0]))
    return {test: tuple(sorted(measured)) for test, measured in found.items()}


def strength_panel(chart: TimeChart, progress: Progress) -> Panel:
    """The marks with what the gate asks, or a line that says why there is nothing to show."""
    t, chain = chart.t, progress.plan.chain
    if chain.injured_side is None:
        return chart.note(t.tell("Strength: no sound leg to compare with"))
    measured = strength_measured(chain, chart.first, progress.today)
    if not measured:
        return chart.note(t.tell("Strength: not measured on both legs in this time"))
    return _Marks(chart, measured, progress).panel()


class _Marks:
    def __init__(self, chart: TimeChart, measured: Mapping[str, Sequence[Measured]], progress: Progress) -> None:
        self._chart, self._t, self._measured = chart, chart.t, measured
        self._gate = progress.gate
        self._asked = () if progress.gate is None else self._asked_now(progress, progress.gate)
        ratios = [one.ratio for days in measured.values() for one in days]
        lowest, highest = 100 * min([*ratios, *self._asked]), 100 * max(ratios)
        self._least = min(_LEAST_PERCENT, 10.0 * floor(lowest / 10))
        self._most = max(_MOST_PERCENT, highest)

    def _asked_now(self, progress: Progress, gate: Gate) -> tuple[float, ...]:
        """What the gate asks of the tests that were done, each share once."""
        asked = Gates(progress.plan, self._t.knowledge).asked_ratios(gate.name)
        return tuple(sorted({asked[test] for test in self._measured if test in asked}))

    def panel(self) -> Panel:
        rows = len(self._measured) + bool(self._asked)
        return Panel(height=_BOTTOM + ROW * rows, plot=(_TOP, _BOTTOM), draw=self._draw, words=tuple(self._words()))

    def _draw(self, top: float) -> Iterator[Shape]:
        bottom = top + _BOTTOM

        def y(percent: float) -> float:
            return bottom - (_BOTTOM - _TOP) * (percent - self._least) / (self._most - self._least)

        yield self._chart.title(self._t.tell("Strength: injured leg in % of the other"), top)
        yield from self._chart.grid((self._least, 100.0), y)
        yield Path(points=((LEFT, y(100)), (RIGHT, y(100))), ink="ink", width=1)
        for ratio in self._asked:
            yield _asked_line((LEFT, y(100 * ratio)), (RIGHT, y(100 * ratio)))
        for kind, test in enumerate(self._measured):
            for one in self._measured[test]:
                yield _mark(kind, (self._x(test, one.date), y(100 * one.ratio)))
        yield from self._legend(bottom + ROW)

    def _x(self, test: str, day: date) -> float:
        """The middle of the day, a little beside it when more was measured on that day."""
        tests = [name for name, days in self._measured.items() if any(one.date == day for one in days)]
        beside = _APART * (tests.index(test) - (len(tests) - 1) / 2)
        return min(max(self._chart.x(day) + beside, LEFT + 4), RIGHT - 4)

    def _legend(self, y: float) -> Iterator[Shape]:
        for kind, test in enumerate(self._measured):
            yield _mark(kind, (LEFT + 9, y - 4))
            yield Label(at=(LEFT + 23, y), text=self._name(test), size=TEXT)
            y += ROW
        if self._asked:
            yield _asked_line((LEFT, y - 4), (LEFT + 18, y - 4))
            yield Label(at=(LEFT + 23, y), text=self._asked_told(), size=TEXT)

    def _name(self, test: str) -> str:
        """What the test is called, without the unit or comparison that follows a comma: all are shares here."""
        return self._t.of(self._t.knowledge.chain.tests[test].name).partition(",")[0]

    def _asked_told(self) -> str:
        percent = ", ".join(f"{self._t.number(100 * ratio)} %" for ratio in self._asked)
        if self._gate is None or self._gate.name == "return":
            return self._t.tell("asked for going back: {percent}", percent=percent)
        return self._t.tell("asked for phase {phase}: {percent}", phase=int(self._gate.name) + 1, percent=percent)

    def _words(self) -> Iterator[str]:
        """The first and last of each test, and what the gate asks."""
        for test, days in self._measured.items():
            told = [self._told(one) for one in (days[0], days[-1])]
            shares = told[0] if len(days) == 1 else ", ".join(told)
            yield self._t.tell("strength in % of the other leg, {test}: {shares}", test=self._name(test), shares=shares)
        if self._asked:
            yield self._asked_told()

    def _told(self, one: Measured) -> str:
        percent = self._t.number(round(100 * one.ratio))
        return self._t.tell("{percent} % on {day}", percent=percent, day=self._t.date(one.date))


def _mark(kind: int, middle: Point) -> Mark:
    filled, form = _MARKS[kind % len(_MARKS)]
    x, y = middle
    if form is _ROUND:
        return Circle(centre=middle, radius=3.6, ink="accent", width=1.2, fill="accent" if filled else "paper")
    corners = tuple((x + dx, y + dy) for dx, dy in form)
    return Path(points=corners, ink="accent", width=1.2, closed=True, fill="accent" if filled else "paper")


def _asked_line(start: Point, end: Point) -> Path:
    return Path(points=(start, end), ink="good", width=1.5, dashed=True)
