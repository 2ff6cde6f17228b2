"""Pain and morning stiffness over time, with the phases above it and the days that are not known as gaps.

The two lines of pain differ in thickness and marks as well as in colour.
"""

from collections.abc import Iterator
from datetime import date

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Shape
from herstel.knowledge.model import Knowledge
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import Progress
from herstel.progress.time_chart import LEFT, PHASES_BOTTOM, RIGHT, TEXT, UNKNOWN_HEIGHT, WIDTH, TimeChart, box
from herstel.text import Language

_PAIN_TOP, _PAIN_BOTTOM = 58.0, 148.0
_STIFF_TOP, _STIFF_BOTTOM = 178.0, 222.0
_UNKNOWN_TOP, _HEIGHT = 226.0, 304.0
_WORST_PAIN, _LEAST_STIFF_MIN = 10.0, 30.0


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
    chart = TimeChart(progress, knowledge, language, since)
    shapes = (
        *chart.phases([(PHASES_BOTTOM, _STIFF_BOTTOM)]),
        *_pain(chart),
        *_stiffness(chart),
        *chart.unknown(_UNKNOWN_TOP),
        *chart.axis(_UNKNOWN_TOP + UNKNOWN_HEIGHT),
        *_legend(chart),
    )
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=shapes,
        title=chart.t.tell("Pain and stiffness over time"),
        description=_described(chart),
    )


def _pain(chart: TimeChart) -> Iterator[Shape]:
    yield Label(at=(LEFT, _PAIN_TOP - 8), text=chart.t.tell("Pain (0 to 10)"), size=TEXT, bold=True)
    yield from chart.grid((0.0, 5.0, _WORST_PAIN), _pain_y)
    yield from chart.line(lambda one: one.pain_worst, _pain_y, "bad", 2.5)
    yield from chart.line(lambda one: one.pain_next_morning, _pain_y, "accent", 1.2)


def _pain_y(pain: float) -> float:
    return _PAIN_BOTTOM - (_PAIN_BOTTOM - _PAIN_TOP) * pain / _WORST_PAIN


def _stiffness(chart: TimeChart) -> Iterator[Shape]:
    most = max([one.stiffness_min or 0 for one in chart.told.values()] + [_LEAST_STIFF_MIN])

    def y(minutes: float) -> float:
        return _STIFF_BOTTOM - (_STIFF_BOTTOM - _STIFF_TOP) * minutes / most

    title = chart.t.tell("Morning stiffness (minutes)")
    yield Label(at=(LEFT, _STIFF_TOP - 8), text=title, size=TEXT, bold=True)
    yield from chart.grid((0.0, most), y)
    half = max(0.8, 0.35 * chart.day_width)
    for first, last, minutes in _stiff_days(chart):
        corners = box(chart.x(first) - half, chart.x(last) + half, y(minutes) - 0.6, _STIFF_BOTTOM)
        yield Path(points=corners, ink="accent", width=0.5, closed=True, fill="accent")


def _stiff_days(chart: TimeChart) -> Iterator[tuple[date, date, float]]:
    """A bar for each day; where days are too narrow to stand apart, one for days that follow with the same minutes."""
    begun: tuple[date, date, float] | None = None
    for day, one in sorted(chart.told.items()):
        minutes = one.stiffness_min
        if begun and not chart.marks_each_day and begun[1] + ONE_DAY == day and begun[2] == minutes:
            begun = begun[0], day, begun[2]
            continue
        if begun:
            yield begun
        begun = None if minutes is None else (day, day, minutes)
    if begun:
        yield begun


def _legend(chart: TimeChart) -> Iterator[Shape]:
    y, middle = _HEIGHT - 28, LEFT + (RIGHT - LEFT) / 2
    entries: tuple[tuple[float, Ink, float, str], ...] = (
        (LEFT, "bad", 2.5, chart.t.tell("worst of the day")),
        (middle, "accent", 1.2, chart.t.tell("in the morning")),
    )
    for x, ink, width, text in entries:
        yield Path(points=((x, y - 4), (x + 18, y - 4)), ink=ink, width=width)
        yield Circle(centre=(x + 9, y - 4), radius=width + 0.4, ink=ink, width=1, fill=ink)
        yield Label(at=(x + 23, y), text=text, size=TEXT)
    yield from chart.unknown_legend(_HEIGHT - 10)


def _described(chart: TimeChart) -> str:
    """The same in words: the phases, the pain of the first and last days, and how many days are not known."""
    t = chart.t
    parts = (
        *chart.phases_in_words(),
        *chart.first_and_last(t.tell("worst pain"), lambda one: one.pain_worst),
        *chart.first_and_last(t.tell("morning stiffness in minutes"), lambda one: one.stiffness_min),
        chart.days_in_words(),
    )
    return "; ".join(parts) + "."
