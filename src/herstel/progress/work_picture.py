"""Function, load and strength over time, below the phases and on the same days as pain and stiffness.

Function is how somebody walks, load the minutes times the effort of a week, strength the injured leg against the
other. What was not told or not measured is not drawn, and the words say so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from herstel.chain.measures import side_ratio
from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Pattern, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.progress.load import WEEK, session_load
from herstel.progress.model import WALKING, Progress
from herstel.progress.strength import TESTS
from herstel.progress.time_chart import LEFT, RIGHT, TEXT, WIDTH, TimeChart, box, first_days
from herstel.progress.words import ProgressTelling
from herstel.text import Language

_WALK_TOP, _WALK_BOTTOM = 58.0, 106.0
_LOAD_TOP, _LOAD_BOTTOM = 136.0, 196.0
_STRONG_TOP, _STRONG_BOTTOM = 226.0, 286.0
_HEIGHT = 388.0
_LEAST_LOAD, _LEAST_PERCENT, _MOST_PERCENT = 100.0, 60.0, 120.0
_SAME_DAY = 0
Strength = tuple[str, tuple[tuple[date, float], ...]]
"""A test with its days: the injured leg in percent of the other."""
Week = tuple[date, float, bool]
"""First day, minutes times effort, and whether every day of it up to today is known."""


def work_picture(progress: Progress, knowledge: Knowledge, language: Language, *, since: date | None = None) -> Drawing:
    """Draw how the leg worked.

    Parameters
    ----------
    progress : Progress
    knowledge : Knowledge
    language : {"nl", "en"}
    since : date, optional
        The first day to show; without it everything since the start of the plan or the first check-in.
    """
    start, first = first_days(progress, since)
    shown = replace(progress, check_ins=tuple(one for one in progress.check_ins if one.date >= first))
    chart = _WorkChart(ProgressTelling(progress=shown, knowledge=knowledge, language=language), start, first)
    parts = (chart.phases(), chart.walking(), chart.load(), chart.strength(), chart.unknown(), chart.axis())
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=(*(shape for part in parts for shape in part), *chart.legend()),
        title=chart.t.tell("Walking, load and strength over time"),
        description=chart.described(),
    )


class _WorkChart(TimeChart):
    """Function, load and strength."""

    foot = _STRONG_BOTTOM

    def __init__(self, t: ProgressTelling, start: date, first: date) -> None:
        super().__init__(t, start, first)
        self.weeks = tuple(self._weeks())
        self.strengths = tuple(self._strengths())

    # --- what is known ----------------------------------------------------------------------------------------------

    def _weeks(self) -> Iterator[Week]:
        """The weeks of the plan in which any load was told, the first one from the first day that is shown."""
        today, day = self.t.progress.today, self.start
        while day <= today:
            days = [day + timedelta(days=number) for number in range(WEEK)]
            told = [session_load(self.told[one]) if one in self.told else None for one in days if one <= today]
            known = [load for load in told if load is not None]
            if known:
                yield max(day, self.first), sum(known), len(known) == len(told)
            day += timedelta(days=WEEK)

    def _strengths(self) -> Iterator[Strength]:
        sides = self.t.progress.plan.injured_sides
        measured = self.t.progress.plan.chain.measurements
        for test in TESTS if len(sides) == 1 else ():
            days = sorted({one.date for one in measured if one.test == test and self.first <= one.date <= self.last})
            found = [(day, side_ratio(measured, test, sides[0], day, _SAME_DAY)) for day in days]
            values = tuple((day, 100 * ratio[0]) for day, ratio in found if ratio is not None)
            if values:
                yield test, values

    # --- the panels -------------------------------------------------------------------------------------------------

    def walking(self) -> Iterator[Shape]:
        title = self.t.tell("Walking (3 free of pain, 2 pain, 1 limp, 0 not)")
        yield Label(at=(LEFT, _WALK_TOP - 8), text=title, size=TEXT, bold=True)
        best = len(WALKING) - 1

        def y(level: float) -> float:
            return _WALK_BOTTOM - (_WALK_BOTTOM - _WALK_TOP) * level / best

        yield from self.grid(range(best + 1), y)
        for day, one in self.told.items():
            if one.walking is not None:
                centre = (self.x(day), y(best - WALKING.index(one.walking)))
                yield Circle(centre=centre, radius=self._mark, ink="accent", width=1, fill="accent")

    def load(self) -> Iterator[Shape]:
        title = self.t.tell("Load of the week (minutes x effort)")
        yield Label(at=(LEFT, _LOAD_TOP - 8), text=title, size=TEXT, bold=True)
        most = max([load for _, load, _ in self.weeks] + [_LEAST_LOAD])

        def y(load: float) -> float:
            return _LOAD_BOTTOM - (_LOAD_BOTTOM - _LOAD_TOP) * load / most

        yield Path(points=((LEFT, y(0)), (RIGHT, y(0))), ink="soft", width=0.5)
        yield Label(at=(RIGHT, _LOAD_TOP - 8), text=self.t.number(round(most)), size=TEXT, anchor="end")
        for day, load, whole in self.weeks:
            past = self.start + timedelta(days=((day - self.start).days // WEEK + 1) * WEEK - 1)
            left = self.x(day) - self.day_width / 2
            right = min(self.x(past) + self.day_width / 2, RIGHT) - min(1.0, self.day_width / 4)
            yield Path(points=box(left, right, y(load), _LOAD_BOTTOM), ink="accent", width=1, closed=True,
                       fill="accent", pattern="solid" if whole else "hatch")  # fmt: skip

    def strength(self) -> Iterator[Shape]:
        title = self.t.tell("Strength of this leg (% of the other)")
        yield Label(at=(LEFT, _STRONG_TOP - 8), text=title, size=TEXT, bold=True)
        if not self.strengths:
            text = self.t.tell("not measured on both sides in these days")
            yield Label(at=(LEFT, (_STRONG_TOP + _STRONG_BOTTOM) / 2 + 4), text=text, size=TEXT, ink="soft")
            return

        def y(percent: float) -> float:
            within = min(max(percent, _LEAST_PERCENT), _MOST_PERCENT)
            return _STRONG_BOTTOM - (_STRONG_BOTTOM - _STRONG_TOP) * (within - _LEAST_PERCENT) / (
                _MOST_PERCENT - _LEAST_PERCENT
            )

        yield from self.grid((_LEAST_PERCENT, 80.0, 100.0, _MOST_PERCENT), y)
        for number, (_test, values) in enumerate(self.strengths):
            points = tuple((self.x(day), y(percent)) for day, percent in values)
            if len(points) > 1:
                yield Path(points=points, ink="ink", width=1, dashed=number % 2 == 1)
            for point in points:
                yield _strength_mark(number, point)

    @property
    def _mark(self) -> float:
        return min(2.5, max(1.0, 0.4 * self.day_width))

    # --- around it --------------------------------------------------------------------------------------------------

    def legend(self) -> Iterator[Shape]:
        y, middle = _HEIGHT - 46, LEFT + (RIGHT - LEFT) / 2
        entries: tuple[tuple[float, Pattern, str], ...] = (
            (LEFT, "solid", self.t.tell("whole week known")),
            (middle, "hatch", self.t.tell("at least so much")),
        )
        for x, pattern, text in entries:
            corners = box(x, x + 18, y - 8, y - 1)
            yield Path(points=corners, ink="accent", width=1, closed=True, fill="accent", pattern=pattern)
            yield Label(at=(x + 23, y), text=text, size=TEXT)
        for number, (test, _values) in enumerate(self.strengths):
            x, y = LEFT if number % 2 == 0 else middle, _HEIGHT - 28 + 18 * (number // 2)
            yield _strength_mark(number, (x + 9, y - 4))
            yield Label(at=(x + 23, y), text=self.t.tell(_SHORT[test]), size=TEXT)

    def described(self) -> str:
        """The same in words: walking on the first and last day, the last load, each strength, and what is not known."""
        parts = []
        walked = [(day, one.walking) for day, one in sorted(self.told.items()) if one.walking is not None]
        if walked:
            (start, first), (end, last) = walked[0], walked[-1]
            text = marked("walking: {first} on {start}, {last} on {end}")
            told = {"first": self.t.tell(_WALKS[first]), "last": self.t.tell(_WALKS[last])}
            parts.append(self.t.tell(text, start=self.t.date(start), end=self.t.date(end), **told))
        for day, load, whole in self.weeks[-1:]:
            text = marked("load of the week from {day}: {load}") if whole else marked(
                "load of the week from {day}: at least {load}"
            )  # fmt: skip
            parts.append(self.t.tell(text, day=self.t.date(day), load=self.t.number(round(load))))
        for test, values in self.strengths:
            day, percent = values[-1]
            text, name = marked("{name}: {percent} per cent of the other leg on {day}"), self.t.tell(_SHORT[test])
            parts.append(self.t.tell(text, name=name, percent=self.t.number(round(percent)), day=self.t.date(day)))
        if not self.strengths:
            parts.append(self.t.tell("strength: not measured on both sides in these days"))
        return "; ".join(parts) + "."


def _strength_mark(number: int, at: Point) -> Shape:
    """A mark of its own for each test: filled and open rounds, then filled and open squares."""
    fill: Ink = "ink" if number % 2 == 0 else "paper"
    if number < 2:
        return Circle(centre=at, radius=3.2, ink="ink", width=1.2, fill=fill)
    x, y = at
    return Path(points=box(x - 3, x + 3, y - 3, y + 3), ink="ink", width=1.2, closed=True, fill=fill)


_WALKS = {
    "pain_free": marked("free of pain"),
    "some_pain": marked("with some pain"),
    "limping": marked("limping"),
    "cannot": marked("not possible"),
}
_SHORT = {
    "isometric_90": marked("knee at 90 degrees"),
    "isometric_30": marked("knee at 30 degrees"),
    "isometric_15": marked("knee at 15 degrees"),
    "outer_range_strength": marked("muscle at length"),
}
