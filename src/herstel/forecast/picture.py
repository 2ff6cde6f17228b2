"""The forecast as a fan: one row per milestone, the wider the less sure, with the familiar range beside it.

Bands differ in pattern and height, not only in colour. The picture is 320 units wide, for the smallest phone.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from herstel.drawing.shapes import Drawing, Ink, Label, Path, Pattern, Shape
from herstel.errors import marked
from herstel.forecast.model import Forecast, Level, MilestoneForecast
from herstel.forecast.words import duration, since, span
from herstel.knowledge.model import Knowledge
from herstel.text import Language, say

WIDTH, LEFT, RIGHT = 320.0, 10.0, 300.0
_TOP, _ROW, _AXIS, _LEGEND_ROW, _TEXT = 18.0, 36.0, 30.0, 17.0, 11.0
_BAND_MIDDLE = 22.0
"""From the top of a row to the middle of its bands."""


class _Look(NamedTuple):
    """How a band is drawn: half its height, ink and pattern."""

    half: float
    ink: Ink
    pattern: Pattern


_BANDS: Mapping[Level, _Look] = {
    95: _Look(2.0, "soft", "solid"),
    80: _Look(5.0, "accent", "hatch"),
    50: _Look(8.0, "accent", "solid"),
}
"""The widest first, so that the sharper ones lie on it."""
_FAMILIAR = _Look(5.0, "warn", "dots")
_TICKS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_MOST_TICKS = 6
_LEGEND = {
    95: marked("95 in 100 people"),
    80: marked("80 in 100"),
    50: marked("half of the people"),
}


def forecast_picture(forecast: Forecast, knowledge: Knowledge, language: Language) -> Drawing:
    """Draw when each milestone may come.

    Parameters
    ----------
    forecast : Forecast
        One that tells a time; without milestones the picture is empty but for its axis.
    knowledge : Knowledge
    language : {"nl", "en"}
    """
    rows = tuple(forecast.milestones.values())
    scale = _Scale(_last_day(forecast))
    bottom = _TOP + _ROW * (len(rows) + (forecast.founding is not None))
    shapes = [
        *_today(forecast, scale, len(rows), language),
        *(shape for i, one in enumerate(rows) for shape in _row(one, _TOP + i * _ROW, scale, knowledge, language)),
        *_founding(forecast, _TOP + len(rows) * _ROW, scale, language),
        *_axis(forecast, scale, bottom, language),
        *_legend(bottom + _AXIS, language),
    ]
    return Drawing(
        width=WIDTH,
        height=bottom + _AXIS + _LEGEND_ROW * (len(_BANDS) + 2),
        shapes=tuple(shapes),
        title=say(language, "When you may reach each milestone"),
        description=_described(forecast, knowledge, language),
    )


class _Scale:
    """Days since the injury to the x of the drawing."""

    def __init__(self, last_day: float) -> None:
        self.last_day = last_day

    def x(self, day: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(max(day, 0.0), self.last_day) / self.last_day

    def beyond(self, day: float) -> bool:
        return day > self.last_day


def _last_day(forecast: Forecast) -> float:
    """The axis ends past the 80 % range of the last milestone; the 95 % range may run off it and says so."""
    ends = [one.intervals[80].high for one in forecast.milestones.values()]
    founding = [] if forecast.founding is None else [forecast.founding.high]
    return 1.08 * max(*ends, *founding, forecast.day, 7.0)


def _row(
    one: MilestoneForecast, top: float, scale: _Scale, knowledge: Knowledge, language: Language
) -> Iterator[Shape]:
    name = knowledge.forecast.milestones[one.milestone].name[language]
    y, x = top + _BAND_MIDDLE, scale.x(one.median_days)
    if one.reached is not None:
        yield Label(at=(LEFT, top + 9), text=say(language, "{name}: reached", name=name), size=_TEXT, bold=True)
        yield Path(points=((x - 5, y), (x - 1, y + 5), (x + 6, y - 5)), ink="good", width=2.5)
        return
    text = say(language, "{name}: about {days}", name=name, days=duration(language, one.median_days))
    yield Label(at=(LEFT, top + 9), text=text, size=_TEXT)
    for level, look in _BANDS.items():
        interval = one.intervals[level]
        yield _bar(scale.x(interval.low), scale.x(interval.high), y, look)
        if scale.beyond(interval.high):
            yield Path(points=((RIGHT, y - 5), (RIGHT + 8, y), (RIGHT, y + 5)), ink="ink", width=1.5)
    yield Path(points=((x, y - 10), (x, y + 10)), ink="ink", width=2.5)


def _bar(start: float, end: float, y: float, look: _Look) -> Path:
    corners = ((start, y - look.half), (end, y - look.half), (end, y + look.half), (start, y + look.half))
    return Path(points=corners, ink=look.ink, width=1.0, closed=True, fill=look.ink, pattern=look.pattern)


def _founding(forecast: Forecast, top: float, scale: _Scale, language: Language) -> Iterator[Shape]:
    """The familiar range in a row of its own, right under the return that it is about."""
    familiar = forecast.founding
    if familiar is not None:
        text = say(language, "rule of thumb for fully back: {span}", span=span(language, familiar.low, familiar.high))
        yield Label(at=(LEFT, top + 9), text=text, size=_TEXT)
        yield _bar(scale.x(familiar.low), scale.x(familiar.high), top + _BAND_MIDDLE, _FAMILIAR)


def _axis(forecast: Forecast, scale: _Scale, bottom: float, language: Language) -> Iterator[Shape]:
    yield Path(points=((LEFT, bottom), (RIGHT, bottom)), ink="ink", width=1.0)
    step = next((one for one in _TICKS_DAYS if scale.last_day / one <= _MOST_TICKS), _TICKS_DAYS[-1])
    day = 0
    while day <= scale.last_day:
        x = scale.x(day)
        yield Path(points=((x, bottom), (x, bottom + 4)), ink="ink", width=1.0)
        yield Label(at=(x, bottom + 15), text=str(day // 7 if step >= 7 else day), size=_TEXT, anchor="middle")
        day += step
    counted = since(language, forecast.counted_from)
    unit = say(language, "weeks {since}", since=counted) if step >= 7 else say(language, "days {since}", since=counted)
    yield Label(at=(RIGHT, bottom + 27), text=unit, size=_TEXT, anchor="end")


def _today(forecast: Forecast, scale: _Scale, rows: int, language: Language) -> Iterator[Shape]:
    """A dashed line through the bands, and not through the words above them."""
    x = scale.x(forecast.day)
    for row in range(rows):
        y = _TOP + row * _ROW + _BAND_MIDDLE
        yield Path(points=((x, y - 10), (x, y + 12)), ink="ink", width=1.0, dashed=True)
    late = x > WIDTH / 2
    yield Label(at=(x, 11), text=say(language, "today"), size=_TEXT, anchor="end" if late else "start", bold=True)


def _legend(top: float, language: Language) -> Iterator[Shape]:
    y = top + _LEGEND_ROW
    for level, look in reversed(list(_BANDS.items())):
        yield _bar(LEFT, LEFT + 30, y, look)
        yield Label(at=(LEFT + 40, y + 4), text=say(language, _LEGEND[level]), size=_TEXT)
        y += _LEGEND_ROW
    yield Path(points=((LEFT + 15, y - 6), (LEFT + 15, y + 6)), ink="ink", width=2.5)
    yield Label(at=(LEFT + 40, y + 4), text=say(language, "middle: half sooner, half later"), size=_TEXT)


def _described(forecast: Forecast, knowledge: Knowledge, language: Language) -> str:
    """The same in words, for who cannot see the picture."""
    parts = []
    for one in forecast.milestones.values():
        name = knowledge.forecast.milestones[one.milestone].name[language]
        if one.reached is not None:
            parts.append(say(language, "{name}: reached", name=name))
        else:
            days = duration(language, one.median_days)
            wide = span(language, one.intervals[80].low, one.intervals[80].high)
            parts.append(
                say(language, "{name}: about {days}, 80 in 100 people {span}", name=name, days=days, span=wide)
            )
    if forecast.founding is not None:
        familiar = span(language, forecast.founding.low, forecast.founding.high)
        parts.append(say(language, "the familiar rule of thumb: {span}", span=familiar))
    return "; ".join(parts) + "."
