"""Pain and morning stiffness over time, with the phases above it and the days that are not known as gaps.

Nothing is drawn through a day that is not known. The picture is 320 units wide, for the smallest phone; the two lines
of pain differ in thickness and marks as well as in colour.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import CheckIn, Progress
from herstel.progress.time_chart import LEFT, RIGHT, TEXT, WIDTH, Band, TimeChart, box, first_days
from herstel.progress.words import ProgressTelling
from herstel.text import Language

_PAIN_TOP, _PAIN_BOTTOM = 58.0, 148.0
_STIFF_TOP, _STIFF_BOTTOM = 178.0, 222.0
_HEIGHT = 304.0
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
    start, first = first_days(progress, since)
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


class _Chart(TimeChart):
    """Pain and stiffness."""

    foot = _STIFF_BOTTOM

    # --- the lines --------------------------------------------------------------------------------------------------

    def pain(self) -> Iterator[Shape]:
        yield Label(at=(LEFT, _PAIN_TOP - 8), text=self.t.tell("Pain (0 to 10)"), size=TEXT, bold=True)
        yield from self.grid((0.0, 5.0, _WORST_PAIN), _pain_y)
        yield from self._line(lambda one: one.pain_worst, _pain_y, "bad", 2.5)
        yield from self._line(lambda one: one.pain_next_morning, _pain_y, "accent", 1.2)

    def stiffness(self) -> Iterator[Shape]:
        most = max([one.stiffness_min or 0 for one in self.told.values()] + [_LEAST_STIFF_MIN])

        def y(minutes: float) -> float:
            return _STIFF_BOTTOM - (_STIFF_BOTTOM - _STIFF_TOP) * minutes / most

        title = self.t.tell("Morning stiffness (minutes)")
        yield Label(at=(LEFT, _STIFF_TOP - 8), text=title, size=TEXT, bold=True)
        yield from self.grid((0.0, most), y)
        for day, one in self.told.items():
            if one.stiffness_min is not None:
                half = max(0.8, 0.35 * self.day_width)
                corners = box(self.x(day) - half, self.x(day) + half, y(one.stiffness_min) - 0.6, _STIFF_BOTTOM)
                yield Path(points=corners, ink="accent", width=0.5, closed=True, fill="accent")

    def _line(
        self, of: Callable[[CheckIn], float | None], y: Callable[[float], float], ink: Ink, width: float
    ) -> Iterator[Shape]:
        """A line through days that follow each other, and a mark on each; broken where a day is not known."""
        told = [(day, value) for day, one in sorted(self.told.items()) if (value := of(one)) is not None]
        stretch: list[Point] = []
        for number, (day, value) in enumerate(told):
            stretch.append((self.x(day), y(value)))
            last = number + 1 == len(told)
            if last or told[number + 1][0] != day + ONE_DAY:
                if len(stretch) > 1:
                    yield Path(points=tuple(stretch), ink=ink, width=width)
                stretch = []
        radius = min(width + 0.4, max(1.0, 0.4 * self.day_width))
        for day, value in told:
            yield Circle(centre=(self.x(day), y(value)), radius=radius, ink=ink, width=1, fill=ink)

    # --- around it --------------------------------------------------------------------------------------------------

    def legend(self) -> Iterator[Shape]:
        y, middle = _HEIGHT - 28, LEFT + (RIGHT - LEFT) / 2
        entries: tuple[tuple[float, Ink, float, str], ...] = (
            (LEFT, "bad", 2.5, self.t.tell("worst of the day")),
            (middle, "accent", 1.2, self.t.tell("in the morning")),
        )
        for x, ink, width, text in entries:
            yield Path(points=((x, y - 4), (x + 18, y - 4)), ink=ink, width=width)
            yield Circle(centre=(x + 9, y - 4), radius=width + 0.4, ink=ink, width=1, fill=ink)
            yield Label(at=(x + 23, y), text=text, size=TEXT)
        y = _HEIGHT - 10
        corners = box(LEFT, LEFT + 18, y - 8, y - 1)
        yield Path(points=corners, ink="unknown", width=0, closed=True, fill="unknown")
        yield Label(at=(LEFT + 23, y), text=self.t.tell("day not filled in"), size=TEXT)


def _pain_y(pain: float) -> float:
    return _PAIN_BOTTOM - (_PAIN_BOTTOM - _PAIN_TOP) * pain / _WORST_PAIN


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
