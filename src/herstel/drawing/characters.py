"""A drawing as characters for a terminal: dots of Braille, with the labels as text over them. No colour is needed."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, cos, hypot, pi, sin

from herstel.drawing.curves import flattened
from herstel.drawing.shapes import Circle, Drawing, Label, Path, Pattern, Point

MOST_ROWS = 44
_DOTS_ACROSS, _DOTS_DOWN = 2, 4
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille character, by row and column (source: Unicode, block Braille Patterns)."""
_BLANK = 0x2800
_CIRCLE_CORNERS = 48


def as_characters(drawing: Drawing, columns: int, *, rows: int = MOST_ROWS) -> str:
    """The drawing as lines of characters.

    A solid fill sets every dot, a hatched one every fourth diagonal, a dotted one every third dot; a fill in the
    colour of the paper wipes out what lies below it.

    Parameters
    ----------
    drawing : Drawing
    columns, rows : int
        The room there is, in characters; the drawing is as large as fits and keeps its shape.
    """
    scale = min(_DOTS_ACROSS * columns / drawing.width, _DOTS_DOWN * rows / drawing.height)
    raster = _Raster(ceil(drawing.width * scale), ceil(drawing.height * scale), scale)
    texts = _Texts(columns)
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            texts.write(shape, scale)
        else:
            raster.draw(_path(shape) if isinstance(shape, Circle) else shape)
    return "\n".join(texts.over(raster.rows())) + "\n"


class _Raster:
    """A grid of dots that paths are drawn on."""

    def __init__(self, width: int, height: int, scale: float) -> None:
        self._width, self._height, self._scale = width, height, scale
        self._dots: set[tuple[int, int]] = set()

    def draw(self, path: Path) -> None:
        points = [(x * self._scale, y * self._scale) for x, y in flattened(path)]
        if path.fill is not None:
            for dot in _inside(points):
                self._mark(dot, on=path.fill != "paper" and _in_pattern(dot, path.pattern), wipe=path.pattern != "none")
        if path.width > 0:
            for dot in _along(points, max(path.width * self._scale, 1), dashed=path.dashed):
                self._mark(dot, on=path.ink != "paper", wipe=True)

    def _mark(self, dot: tuple[int, int], *, on: bool, wipe: bool) -> None:
        if on and 0 <= dot[0] < self._width and 0 <= dot[1] < self._height:
            self._dots.add(dot)
        elif wipe:
            self._dots.discard(dot)

    def rows(self) -> list[list[str]]:
        """The dots as rows of characters."""
        cells = [[_BLANK] * ceil(self._width / _DOTS_ACROSS) for _ in range(ceil(self._height / _DOTS_DOWN))]
        for x, y in self._dots:
            cells[y // _DOTS_DOWN][x // _DOTS_ACROSS] |= _BITS[y % _DOTS_DOWN][x % _DOTS_ACROSS]
        return [[" " if cell == _BLANK else chr(cell) for cell in row] for row in cells]


class _Texts:
    """The labels, each in the row of its point or the nearest one where it stands free."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._rows: dict[int, dict[int, str]] = {}

    def write(self, label: Label, scale: float) -> None:
        text = label.text if len(label.text) <= self._columns else label.text[: self._columns - 1] + "…"
        before = {"start": 0.0, "middle": len(text) / 2, "end": float(len(text))}[label.anchor]
        column = round(label.at[0] * scale / _DOTS_ACROSS - before)
        column = min(max(column, 0), self._columns - len(text))
        middle = (
            (label.at[1] - label.size / 3) * scale / _DOTS_DOWN
        )  # a label stands on its point; its middle is higher
        wanted = max(int(middle), 0)
        near = (wanted, wanted + 1, wanted - 1, wanted + 2)
        row = next((one for one in near if one >= 0 and self._is_free(one, column, len(text))), wanted)
        self._rows.setdefault(row, {}).update({column + index: letter for index, letter in enumerate(text)})

    def _is_free(self, row: int, column: int, length: int) -> bool:
        taken = self._rows.get(row, {})
        return not any(place in taken for place in range(column - 1, column + length + 1))

    def over(self, rows: list[list[str]]) -> Iterator[str]:
        """The rows with the labels written over them, each letter with room around it."""
        for index in range(max([len(rows), *(row + 1 for row in self._rows)])):
            letters = self._rows.get(index, {})
            cells = dict(enumerate(rows[index] if index < len(rows) else ()))
            beside = {place + step for place in letters for step in (-1, 1)}
            cells |= dict.fromkeys(beside, " ") | letters
            yield "".join(cells.get(place, " ") for place in range(max(cells, default=-1) + 1)).rstrip()


def _path(circle: Circle) -> Path:
    (x, y), turn = circle.centre, 2 * pi / _CIRCLE_CORNERS
    points = [(x + circle.radius * cos(turn * k), y + circle.radius * sin(turn * k)) for k in range(_CIRCLE_CORNERS)]
    return Path(
        points=tuple(points), ink=circle.ink, width=circle.width, closed=True, fill=circle.fill, pattern=circle.pattern
    )


def _in_pattern(dot: tuple[int, int], pattern: Pattern) -> bool:
    x, y = dot
    return {"solid": True, "hatch": (x + y) % 4 == 0, "dots": x % 3 == 0 and y % 3 == 0, "none": False}[pattern]


def _inside(points: list[Point]) -> Iterator[tuple[int, int]]:
    """The dots whose middle lies within the closed line (even-odd rule)."""
    closed = [*points, points[0]]
    lowest, highest = min(y for _, y in points), max(y for _, y in points)
    for row in range(int(lowest), ceil(highest)):
        middle = row + 0.5
        crossings = sorted(
            x0 + (middle - y0) / (y1 - y0) * (x1 - x0)
            for (x0, y0), (x1, y1) in pairwise(closed)
            if (y0 <= middle) is not (y1 <= middle)
        )
        for start, end in zip(crossings[::2], crossings[1::2], strict=True):
            yield from ((column, row) for column in range(ceil(start - 0.5), ceil(end - 0.5)))


def _along(points: list[Point], width: float, *, dashed: bool) -> Iterator[tuple[int, int]]:
    """The dots of a line with round ends; of a dashed one every other stretch is left out."""
    dash, walked = max(3.0, 2 * width), 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        length = hypot(x1 - x0, y1 - y0)
        steps = max(ceil(2 * length), 1)
        for step in range(steps + 1):
            share = step / steps
            if not (dashed and (walked + share * length) % (2 * dash) >= dash):
                yield from _disc(x0 + share * (x1 - x0), y0 + share * (y1 - y0), width / 2)
        walked += length


def _disc(x: float, y: float, radius: float) -> Iterator[tuple[int, int]]:
    yield int(x), int(y)
    for row in range(int(y - radius), int(y + radius) + 1):
        for column in range(int(x - radius), int(x + radius) + 1):
            if hypot(column + 0.5 - x, row + 0.5 - y) < radius:
                yield column, row
