"""What the illustrations share: their width, wrapped words, boxes."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from herstel.drawing.shapes import Circle, Ink, Label, Path, Point

WIDTH = 330.0
"""For the smallest phone."""
TEXT, SMALL = 11.0, 10.0
_CHARACTER, _BOLD_CHARACTER, _LINE = 0.53, 0.58, 1.22
"""Mean width of a character and height of a line, in sizes of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How words are written: their size, weight and side of the point they begin at."""

    size: float = TEXT
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    ink: Ink = "ink"

    def lines(self, text: str, width: float) -> list[str]:
        """The text in lines of at most this width."""
        character = self.size * (_BOLD_CHARACTER if self.bold else _CHARACTER)
        return textwrap.wrap(text, max(1, int(width / character)), break_long_words=False)

    def height(self, text: str, width: float) -> float:
        """How high the text becomes in this width."""
        return len(self.lines(text, width)) * _LINE * self.size

    def at(self, point: Point, text: str, width: float) -> Iterator[Label]:
        """The text from the base of its first line downwards."""
        for number, line in enumerate(self.lines(text, width)):
            where = (point[0], point[1] + number * _LINE * self.size)
            yield Label(at=where, text=line, size=self.size, bold=self.bold, anchor=self.anchor, ink=self.ink)


def box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def pointer(label: Point, target: Point) -> Iterator[Path | Circle]:
    """A thin line from beside a label to a dot on what it names."""
    yield Path(points=(label, target), ink="ink", width=0.8)
    yield Circle(centre=target, radius=1.8, ink="ink", width=0, fill="ink")
