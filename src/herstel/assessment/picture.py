"""The main possibilities as a picture: for each an estimate on a scale of 0 to 100, with the range it can lie in.

The picture is 320 units wide, for the smallest phone. A line is the range, a dot the estimate; the numbers stand
beside them, so that nothing is told by place or colour alone.
"""

import textwrap
from collections.abc import Iterator, Sequence

from herstel.assessment.report_parts import Bar
from herstel.assessment.report_sections.telling import SUREST
from herstel.drawing.shapes import Circle, Drawing, Label, Path, Shape
from herstel.text import Language, say

WIDTH, LEFT, RIGHT = 320.0, 10.0, 236.0
_TOP, _LINE, _SCALE, _GAP, _AXIS = 6.0, 13.0, 14.0, 9.0, 22.0
_TEXT, _LONGEST = 11.0, 54
_TICKS = (0, 25, 50, 75, 100)


def differential_picture(bars: Sequence[Bar], language: Language) -> Drawing:
    """Draw the possibilities of a report, in its order.

    Parameters
    ----------
    bars : sequence of Bar
        Of the section ``differential``: probability and its interval, 0 to 1.
    language : {"nl", "en"}

    Returns
    -------
    Drawing
        Its description says the same in words.
    """
    shapes: list[Shape] = []
    top = _TOP
    for bar in bars:
        lines = textwrap.wrap(bar.label, _LONGEST)
        shapes.extend(_row(bar, lines, top, language))
        top += _LINE * len(lines) + _SCALE + _GAP
    shapes.extend(_axis(top, language))
    return Drawing(
        width=WIDTH,
        height=top + _AXIS + _LINE,
        shapes=tuple(shapes),
        title=say(language, "The main possibilities side by side"),
        description="; ".join(f"{bar.label}: {bar.text}" for bar in bars) + ".",
    )


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _row(bar: Bar, lines: Sequence[str], top: float, language: Language) -> Iterator[Shape]:
    """The name, below it the scale with the range and the estimate, beside it the numbers."""
    for number, line in enumerate(lines):
        yield Label(at=(LEFT, top + _LINE * (number + 1) - 3), text=line, size=_TEXT)
    y = top + _LINE * len(lines) + _SCALE / 2
    yield Path(points=((_x(0), y), (_x(1), y)), ink="soft", width=0.6)
    yield Path(points=((_x(bar.low), y), (_x(bar.high), y)), ink="accent", width=5)
    yield Circle(centre=(_x(bar.probability), y), radius=5, ink="paper", width=1.5, fill="ink")
    yield Label(at=(RIGHT + 10, y + 4), text=_numbers(bar, language), size=_TEXT)


def _numbers(bar: Bar, language: Language) -> str:
    """The estimate with its range, never surer than an estimate is."""
    of_100, low, high = (round(100 * share) for share in (bar.probability, bar.low, bar.high))
    if of_100 == 0:
        return say(language, "{n} ({low} to {high})", n="< 1", low=0, high=max(high, 1))
    if of_100 > SUREST:
        return say(language, "{n} ({low} to {high})", n=f"> {SUREST}", low=min(low, SUREST), high=100)
    return say(language, "{n} ({low} to {high})", n=of_100, low=low, high=high)


def _axis(top: float, language: Language) -> Iterator[Shape]:
    yield Path(points=((_x(0), top), (_x(1), top)), ink="ink", width=1)
    for tick in _TICKS:
        x = _x(tick / 100)
        yield Path(points=((x, top), (x, top + 4)), ink="ink", width=1)
        yield Label(at=(x, top + 15), text=str(tick), size=_TEXT, anchor="middle")
    text = say(language, "of 100 people with these answers")
    yield Label(at=(LEFT, top + _AXIS + 7), text=text, size=_TEXT)
