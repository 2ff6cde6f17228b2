"""Function, load and strength over time, below the same days and phases as the picture of pain.

Nothing is drawn through a day that is not known, and what was never told or measured is said to be so. Every level,
mark and bar is told apart by its place, form or pattern as well as by its colour.
"""

from collections.abc import Iterator
from datetime import date

from herstel.drawing.shapes import Drawing, Label, Path, Shape
from herstel.knowledge.model import Knowledge
from herstel.progress.diary import ONE_DAY, walking_of
from herstel.progress.load_panel import load_panel
from herstel.progress.model import Progress
from herstel.progress.strength_panel import strength_panel
from herstel.progress.time_chart import (
    LEFT,
    PHASES_BOTTOM,
    RIGHT,
    TEXT,
    UNKNOWN_HEIGHT,
    WIDTH,
    Panel,
    TimeChart,
    box,
)
from herstel.progress.words import WALKING_WORDS
from herstel.text import Language

_BELOW_PHASES, _BETWEEN, _FOOT = 6.0, 10.0, 46.0
_LEVELS_TOP, _LEVEL, _STRIP_TOP, _STRIP_BOTTOM = 16.0, 23.0, 14.0, 21.0
_TRUST_TOP, _TRUST_BOTTOM, _MOST_TRUST = 19.0, 59.0, 10.0


def function_picture(
    progress: Progress, knowledge: Knowledge, language: Language, *, since: date | None = None
) -> Drawing:
    """Draw what the person could do, how much was done, and how strong the leg is.

    Parameters
    ----------
    progress : Progress
    knowledge : Knowledge
    language : {"nl", "en"}
    since : date, optional
        The first day to show; without it everything since the start of the plan or the first check-in.
    """
    chart = TimeChart(progress, knowledge, language, since)
    panels = (_walking(chart), _trust(chart), load_panel(chart, progress), strength_panel(chart, progress))
    shapes: list[Shape] = []
    plots, y = [], PHASES_BOTTOM + _BELOW_PHASES
    for panel in panels:
        shapes.extend(panel.draw(y))
        plots.append((y + panel.plot[0], y + panel.plot[1]))
        y += panel.height + _BETWEEN
    around = (*chart.unknown(y), *chart.axis(y + UNKNOWN_HEIGHT), *chart.unknown_legend(y + UNKNOWN_HEIGHT + 25))
    words = [*chart.phases_in_words(), *(text for panel in panels for text in panel.words), chart.days_in_words()]
    return Drawing(
        width=WIDTH,
        height=y + _FOOT,
        shapes=(*chart.phases(plots), *shapes, *around),
        title=chart.t.tell("Function, load and strength over time"),
        description="; ".join(words) + ".",
    )


def _walking(chart: TimeChart) -> Panel:
    """A row for each level of walking, the best on top, filled on the days on which it was told."""
    t = chart.t

    def said(level: float) -> str:
        return t.tell(WALKING_WORDS[int(level)])

    words = tuple(chart.first_and_last(t.tell("walking"), walking_of, said))
    if not words:
        return chart.note(t.tell("Walking: not filled in"))

    def draw(top: float) -> Iterator[Shape]:
        yield chart.title(t.tell("Walking"), top)
        for level, word in enumerate(WALKING_WORDS):
            y = top + _LEVELS_TOP + _LEVEL * level
            yield Label(at=(LEFT, y + _STRIP_TOP - 3), text=t.tell(word), size=TEXT)
            yield Path(points=((LEFT, y + _STRIP_BOTTOM), (RIGHT, y + _STRIP_BOTTOM)), ink="soft", width=0.5)
            yield from _stretches(chart, level, y)

    bottom = _LEVELS_TOP + _LEVEL * len(WALKING_WORDS)
    return Panel(height=bottom, plot=(_LEVELS_TOP, bottom), draw=draw, words=words)


def _stretches(chart: TimeChart, level: int, top: float) -> Iterator[Shape]:
    """A bar for the days one after another on which this level was told."""
    days = {day for day, one in chart.told.items() if walking_of(one) == level}
    half = chart.day_width / 2
    for start in sorted(day for day in days if day - ONE_DAY not in days):
        end = start
        while end + ONE_DAY in days:
            end += ONE_DAY
        corners = box(chart.x(start) - half, chart.x(end) + half, top + _STRIP_TOP, top + _STRIP_BOTTOM)
        yield Path(points=corners, ink="accent", width=0.5, closed=True, fill="accent")


def _trust(chart: TimeChart) -> Panel:
    """How much the leg is trusted. It is asked once a week, so most marks stand alone."""
    t = chart.t
    words = tuple(chart.first_and_last(t.tell("trust in the leg"), lambda one: one.confidence))
    if not words:
        return chart.note(t.tell("Trust in the leg: not filled in"))

    def draw(top: float) -> Iterator[Shape]:
        def y(trust: float) -> float:
            return top + _TRUST_BOTTOM - (_TRUST_BOTTOM - _TRUST_TOP) * trust / _MOST_TRUST

        yield chart.title(t.tell("Trust in the leg (0 to 10)"), top)
        yield from chart.grid((0.0, 5.0, _MOST_TRUST), y)
        yield from chart.line(lambda one: one.confidence, y, "accent", 2.0)

    return Panel(height=_TRUST_BOTTOM + 4, plot=(_TRUST_TOP, _TRUST_BOTTOM), draw=draw, words=words)
