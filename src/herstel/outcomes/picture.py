"""Two charts: what forecasts promised against what happened, and the return of everybody beside what is usual.

Marks differ in shape and pattern, not only in colour. The pictures are 320 units wide, for the smallest phone.
"""

from collections.abc import Iterator, Mapping, Sequence

from herstel.drawing.shapes import Circle, Drawing, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.forecast.model import INTERVAL_LEVELS, Level
from herstel.forecast.score import Coverage
from herstel.outcomes.kaplan_meier import KaplanMeier
from herstel.outcomes.reference import UsualDays
from herstel.outcomes.summary import ALL, ForecastScore, enough
from herstel.quantities import Interval, Proportion
from herstel.text import Language, say

WIDTH, LEFT, RIGHT = 320.0, 46.0, 304.0
_TEXT, _HEADING, _ROW, _TOP = 11.0, 20.0, 26.0, 8.0
_PLOT_TOP, _PLOT_BOTTOM = 28.0, 188.0
_LEGEND_ROW = 17.0
_TICKS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_MOST_TICKS = 6
GROUPS: Mapping[str, str] = {
    ALL: marked("The first forecast of everybody"),
    "0-6": marked("Made in the first week"),
    "7-20": marked("Made in the second or third week"),
    "21+": marked("Made after three weeks"),
}


def promise_picture(scores: Mapping[str, ForecastScore], language: Language) -> Drawing:
    """Draw of each interval the share that was promised and the share that came true.

    Parameters
    ----------
    scores : mapping of group to ForecastScore
        Groups of too few persons, or of which nothing can be told yet, are left out.
    language : {"nl", "en"}
    """
    shapes: list[Shape] = []
    words: list[str] = []
    y = _TOP
    for group, score in scores.items():
        if not tellable(score):
            continue
        shapes.append(Label(at=(6, y + 12), text=say(language, GROUPS[group]), size=_TEXT, bold=True))
        y += _HEADING
        for level in INTERVAL_LEVELS:
            coverage = score.tally.coverage[level]
            shapes += _promise(level, coverage, y)
            words.append(f"{say(language, GROUPS[group])}: {promise_words(level, coverage, language)}")
            y += _ROW
    shapes += [*_shares_axis(y, language), *_promise_legend(y + 34, language)]
    return Drawing(
        width=WIDTH,
        height=y + 34 + 4 * _LEGEND_ROW,
        shapes=tuple(shapes),
        title=say(language, "What the intervals promised, and what happened"),
        description="; ".join(words) + ".",
    )


def tellable(score: ForecastScore) -> bool:
    """Whether there are enough persons, and enough forecasts of whom it is known how they ended."""
    return enough(score.persons) and enough(told_of(score.tally.coverage[80]))


def told_of(coverage: Coverage) -> int:
    """Of how many it is known whether they lay inside."""
    return coverage.inside + coverage.outside


def promise_words(level: Level, coverage: Coverage, language: Language) -> str:
    """A promise and what came of it, in words with its interval."""
    share = happened(coverage)
    interval = interval_of(share)
    return say(
        language,
        "promised {level} in 100, came true so far {share} in 100 ({low} to {high}), {inside} of {told}",
        level=level,
        share=round(100 * (share.value or 0)),
        low=round(100 * interval.low),
        high=round(100 * interval.high),
        inside=share.k,
        told=share.n,
    )


def interval_of(share: Proportion) -> Interval:
    """The 95 % interval of a share; of nothing everything is possible."""
    return share.wilson() or Interval(low=0, high=1)


def happened(coverage: Coverage) -> Proportion:
    """The share inside, of those of whom it is known."""
    return Proportion(k=coverage.inside, n=told_of(coverage))


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _promise(level: Level, coverage: Coverage, top: float) -> Iterator[Shape]:
    """A row: the promise as an upright line, what happened as a dot on its interval."""
    y, share = top + 10, happened(coverage)
    yield Label(at=(6, y + 4), text=f"{level} %", size=_TEXT)
    yield Path(points=((LEFT, y), (RIGHT, y)), ink="soft", width=0.5)
    promised = _x(level / 100)
    yield Path(points=((promised, y - 9), (promised, y + 9)), ink="warn", width=3)
    if coverage.undecided and coverage.bounds is not None:
        yield _open_box(_x(coverage.bounds.low), _x(coverage.bounds.high), y)
    interval = interval_of(share)
    yield Path(points=((_x(interval.low), y), (_x(interval.high), y)), ink="accent", width=2)
    for end in (interval.low, interval.high):
        yield Path(points=((_x(end), y - 4), (_x(end), y + 4)), ink="accent", width=2)
    yield Circle(centre=(_x(share.value or 0), y), radius=5, ink="accent", width=1, fill="accent")


def _open_box(start: float, end: float, y: float) -> Path:
    """Where the share may end up when everybody is back: an open box, so that what lies in it stays readable."""
    corners = ((start, y - 8), (end, y - 8), (end, y + 8), (start, y + 8))
    return Path(points=corners, ink="soft", width=1, closed=True, dashed=True)


def _shares_axis(y: float, language: Language) -> Iterator[Shape]:
    yield Path(points=((LEFT, y), (RIGHT, y)), ink="ink", width=1)
    for share in (0, 25, 50, 75, 100):
        x = _x(share / 100)
        yield Path(points=((x, y), (x, y + 4)), ink="ink", width=1)
        yield Label(at=(x, y + 15), text=str(share), size=_TEXT, anchor="middle")
    yield Label(at=(RIGHT, y + 27), text=say(language, "of 100 people"), size=_TEXT, anchor="end")


def _promise_legend(top: float, language: Language) -> Iterator[Shape]:
    yield Path(points=((16, top - 4), (16, top + 10)), ink="warn", width=3)
    yield Label(at=(36, top + 7), text=say(language, "promised: so many inside the interval"), size=_TEXT)
    y = top + _LEGEND_ROW + 3
    yield Path(points=((6, y), (26, y)), ink="accent", width=2)
    yield Circle(centre=(16, y), radius=5, ink="accent", width=1, fill="accent")
    yield Label(at=(36, y + 4), text=say(language, "happened so far, with its 95 % interval"), size=_TEXT)
    y += _LEGEND_ROW + 4
    yield _open_box(6, 26, y)
    yield Label(at=(36, y + 4), text=say(language, "where it may end when everybody is back"), size=_TEXT)


# --- the return -------------------------------------------------------------------------------------------------------


def return_picture(estimate: KaplanMeier, usual: UsualDays | None, language: Language) -> Drawing:
    """Draw which share was back by each day since day 0, with its interval, beside what is usual.

    Parameters
    ----------
    estimate : KaplanMeier
        Of the share not back yet, with at least one day on which enough people were followed.
    usual : UsualDays or None
    language : {"nl", "en"}
    """
    last = estimate.last_day or 1.0
    plot = _Plot(max(1.1 * last, usual.range80.high if usual else 0.0))
    shapes = [
        *plot.axes(language),
        *_band(estimate, plot),
        *_usual_line(usual, plot),
        *_line(estimate, plot),
        *_return_legend(usual, language),
    ]
    return Drawing(
        width=WIDTH,
        height=_PLOT_BOTTOM + 34 + _LEGEND_ROW * (3 if usual else 2),
        shapes=tuple(shapes),
        title=say(language, "Who was back in a whole training or match by which day"),
        description=_described(estimate, usual, language),
    )


class _Plot:
    """Days and shares to the drawing."""

    def __init__(self, last_day: float) -> None:
        self.last_day = last_day

    def at(self, day: float, share: float) -> Point:
        x = LEFT + (RIGHT - LEFT) * min(day, self.last_day) / self.last_day
        return x, _PLOT_BOTTOM - (_PLOT_BOTTOM - _PLOT_TOP) * share

    def axes(self, language: Language) -> Iterator[Shape]:
        yield Label(at=(6, 12), text=say(language, "back, of 100 people"), size=_TEXT)
        for share in (0, 50, 100):
            y = self.at(0, share / 100)[1]
            yield Path(points=((LEFT, y), (RIGHT, y)), ink="soft", width=0.5)
            yield Label(at=(LEFT - 4, y + 4), text=str(share), size=_TEXT, anchor="end")
        yield Path(points=((LEFT, _PLOT_BOTTOM), (RIGHT, _PLOT_BOTTOM)), ink="ink", width=1)
        step = next((one for one in _TICKS_DAYS if self.last_day / one <= _MOST_TICKS), _TICKS_DAYS[-1])
        for day in range(0, int(self.last_day) + 1, step):
            x = self.at(day, 0)[0]
            yield Path(points=((x, _PLOT_BOTTOM), (x, _PLOT_BOTTOM + 4)), ink="ink", width=1)
            yield Label(at=(x, _PLOT_BOTTOM + 15), text=str(day), size=_TEXT, anchor="middle")
        yield Label(at=(RIGHT, _PLOT_BOTTOM + 27), text=say(language, "days since day 0"), size=_TEXT, anchor="end")


def _stairs(estimate: KaplanMeier, values: Sequence[float]) -> list[tuple[float, float]]:
    """The corners of the share that is back, from the first day with enough people to the last."""
    first, last = estimate.first_day or 0.0, estimate.last_day or 0.0
    corners = [(first, 0.0)]
    for step, value in zip(estimate.steps, values, strict=True):
        corners += [(step.day, corners[-1][1]), (step.day, 1 - value)]
    return [*corners, (last, corners[-1][1])]


def _line(estimate: KaplanMeier, plot: _Plot) -> Iterator[Shape]:
    corners = _stairs(estimate, [one.share for one in estimate.steps])
    yield Path(points=tuple(plot.at(*corner) for corner in corners), ink="accent", width=2.5)


def _band(estimate: KaplanMeier, plot: _Plot) -> Iterator[Shape]:
    """The interval between its stairs, from the first step on."""
    if not estimate.steps:
        return
    upper = _stairs(estimate, [one.interval.low for one in estimate.steps])
    lower = _stairs(estimate, [one.interval.high for one in estimate.steps])
    points = tuple(plot.at(*corner) for corner in (*upper, *reversed(lower)))
    yield Path(points=points, width=0, closed=True, fill="accent", pattern="hatch")


def _usual_line(usual: UsualDays | None, plot: _Plot) -> Iterator[Shape]:
    if usual is not None:
        days = [plot.last_day * number / 60 for number in range(61)]
        shares = 1 - usual.mixture.survival(days)
        points = tuple(plot.at(day, float(share)) for day, share in zip(days, shares, strict=True))
        yield Path(points=points, ink="warn", width=2, dashed=True)


def _return_legend(usual: UsualDays | None, language: Language) -> Iterator[Shape]:
    y = _PLOT_BOTTOM + 34 + 8
    yield Path(points=((6, y), (30, y)), ink="accent", width=2.5)
    yield Label(at=(40, y + 4), text=say(language, "back, those still under way included"), size=_TEXT)
    y += _LEGEND_ROW
    corners = ((6, y - 5), (30, y - 5), (30, y + 5), (6, y + 5))
    yield Path(points=corners, width=0, closed=True, fill="accent", pattern="hatch")
    yield Label(at=(40, y + 4), text=say(language, "its 95 % interval"), size=_TEXT)
    if usual is not None:
        y += _LEGEND_ROW
        yield Path(points=((6, y), (30, y)), ink="warn", width=2, dashed=True)
        yield Label(at=(40, y + 4), text=say(language, "what is usual for such complaints"), size=_TEXT)


def _described(estimate: KaplanMeier, usual: UsualDays | None, language: Language) -> str:
    parts = [
        say(language, "day {day}: {share} in 100 back", day=round(one.day), share=round(100 * (1 - one.share)))
        for one in estimate.steps
    ]
    if usual is not None:
        parts.append(
            say(
                language,
                "usual: half by day {median}, 80 in 100 people between day {low} and day {high}",
                median=round(usual.median),
                low=round(usual.range80.low),
                high=round(usual.range80.high),
            )
        )
    return "; ".join(parts) + "."
