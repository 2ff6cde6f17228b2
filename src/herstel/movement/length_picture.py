"""The length of a hamstring muscle over the stride or the test, as a drawing.

320 units wide, for the smallest phone. The lines differ in thickness and dashes as well as in colour, and nothing is
drawn through frames in which the length is not known.
"""

from collections.abc import Iterator

import numpy as np

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.movement.length_report import (
    BESIDE_NAMES,
    MUSCLE_NAMES,
    LegRecording,
    LengthQuestion,
    length_sentences,
)
from herstel.movement.muscle_length import Peak, longest, muscle_lengths
from herstel.movement.pose import FloatArray
from herstel.text import Language, say

WIDTH, HEIGHT = 320.0, 250.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 36.0, 310.0, 34.0, 168.0
_TEXT = 11.0
_MOST_POINTS = 240
_STEP_PERCENT = 5.0
_TICKS = 4


def length_picture(question: LengthQuestion, language: Language) -> Drawing:
    """Draw how long the muscle is over the stride or the test, beside the recording it is compared with.

    Parameters
    ----------
    question : LengthQuestion
    language : {"nl", "en"}
    """
    chart = _Chart(question, language)
    name = say(language, MUSCLE_NAMES[question.muscle])
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        shapes=(*chart.axes(), *chart.lines(), *chart.peak(), *chart.legend()),
        title=say(language, "Length of {muscle}", muscle=name),
        description=" ".join(length_sentences(question, language)),
    )


class _Chart:
    def __init__(self, question: LengthQuestion, language: Language) -> None:
        self._question, self._language = question, language
        self._curves = [_percent(question.recording, question)]
        if question.other is not None:
            self._curves.append(_percent(question.other, question))
        self._peak: Peak | None = longest(question.recording.angles, question.muscle)
        tilted = [] if self._peak is None or self._peak.tilted is None else [100 * (self._peak.tilted - 1)]
        known = [value for _, curve in self._curves for value in curve[~np.isnan(curve)].tolist()]
        heights = [0.0, *known, *tilted]
        self._ticks = _whole_fives(min(heights), max(heights))
        self._low, self._high = self._ticks[0], self._ticks[-1]
        self._end = max([float(across[-1]) for across, _ in self._curves] + [1e-9])

    def _at(self, across: float, percent: float) -> Point:
        x = _LEFT + (_RIGHT - _LEFT) * across / self._end
        return (x, _BOTTOM - (_BOTTOM - _TOP) * (percent - self._low) / (self._high - self._low))

    def axes(self) -> Iterator[Shape]:
        title = say(self._language, "Length beside standing upright (percent)")
        yield Label(at=(4, 14), text=title, size=_TEXT, bold=True)
        for percent in self._ticks:
            left, right = self._at(0, percent), self._at(self._end, percent)
            yield Path(points=(left, right), ink="soft", width=0.5)
            text = f"{percent:+.0f}" if percent else "0"
            yield Label(at=(_LEFT - 5, left[1] + 4), text=text, size=_TEXT, ink="soft", anchor="end")
        yield Path(points=(self._at(0, 0), self._at(self._end, 0)), ink="ink", width=1.2)
        yield from self._axis_below()

    def _axis_below(self) -> Iterator[Shape]:
        stride = self._question.along == "stride"
        for step in range(_TICKS + 1):
            across = step * self._end / _TICKS
            text = f"{across:.0f}" if stride else f"{across:.1f}"
            text = text.replace(".", ",") if self._language == "nl" else text
            x = self._at(across, self._low)[0]
            yield Label(at=(x, _BOTTOM + 14), text=text, size=_TEXT, ink="soft", anchor="middle")
        below = marked("percent of the stride") if stride else marked("seconds")
        yield Label(at=(_RIGHT, _BOTTOM + 28), text=say(self._language, below), size=_TEXT, anchor="end")

    def lines(self) -> Iterator[Shape]:
        for number, (across, curve) in reversed(list(enumerate(self._curves))):
            ink: Ink = "soft" if number else "accent"
            for piece in _pieces(across, curve):
                points = tuple(self._at(x, percent) for x, percent in piece)
                yield Path(points=points, ink=ink, width=1.4 if number else 2.5, dashed=bool(number))

    def peak(self) -> Iterator[Shape]:
        if self._peak is None:
            return
        across = float(self._curves[0][0][self._peak.frame])
        place = self._at(across, self._peak.percent)
        yield Circle(centre=place, radius=4.5, ink="accent", width=2, fill="paper")
        if self._peak.tilted is not None:
            tipped = self._at(across, 100 * (self._peak.tilted - 1))
            yield Path(points=(place, tipped), ink="warn", width=1.2, dashed=True)
            yield Circle(centre=tipped, radius=3, ink="warn", width=1.5, fill="warn")

    def legend(self) -> Iterator[Shape]:
        rows: list[tuple[Ink, float, bool, str]] = [("accent", 2.5, False, marked("this recording; circle: longest"))]
        if self._question.other is not None:
            rows.append(("soft", 1.4, True, BESIDE_NAMES[self._question.beside]))
        if self._peak is not None and self._peak.tilted is not None:
            rows.append(("warn", 1.2, True, marked("dot: with the pelvis tipped 5 degrees further")))
        for number, (ink, width, dashed, text) in enumerate(rows):
            y = _BOTTOM + 44 + 16 * number
            yield Path(points=((8, y - 4), (32, y - 4)), ink=ink, width=width, dashed=dashed)
            yield Label(at=(38, y), text=say(self._language, text), size=_TEXT)


def _percent(recording: LegRecording, question: LengthQuestion) -> tuple[FloatArray, FloatArray]:
    normalised = muscle_lengths(recording.angles).normalised[question.muscle]
    return recording.along(question.along), 100 * (normalised - 1)


def _whole_fives(low: float, high: float) -> tuple[float, ...]:
    """The percents at which the axis has a line: multiples of five around everything drawn, ten at the least."""
    start, end = np.floor(low / _STEP_PERCENT), np.ceil(high / _STEP_PERCENT)
    return tuple((_STEP_PERCENT * np.arange(start, max(end, start + 2) + 1)).tolist())


def _pieces(across: FloatArray, curve: FloatArray) -> Iterator[list[Point]]:
    """The stretches of a curve without a gap, with no more points than the eye can part."""
    known = np.flatnonzero(~np.isnan(curve))
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        if len(run) > 1:
            kept = run[np.unique(np.linspace(0, len(run) - 1, min(len(run), _MOST_POINTS)).astype(int))]
            yield [(float(across[frame]), float(curve[frame])) for frame in kept]
