"""What a drawing is made of. Lengths are in the drawing's own units; y runs down, as on a screen."""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Ink = Literal["ink", "soft", "paper", "accent", "good", "warn", "bad", "unknown", "skin", "cloth", "prop"]
"""The role of a colour, never its value; a style sheet or a terminal gives the colour."""
Pattern = Literal["solid", "hatch", "dots", "none"]
"""What tells two fills apart without colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A line through points, closed and filled or not; ``width`` is its thickness."""

    points: tuple[Point, ...]
    ink: Ink = "ink"
    width: float = 1.0
    closed: bool = False
    fill: Ink | None = None
    pattern: Pattern = "solid"
    dashed: bool = False
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    centre: Point
    radius: float
    ink: Ink = "ink"
    width: float = 1.0
    fill: Ink | None = None
    pattern: Pattern = "solid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text at a point."""

    at: Point
    text: str
    size: float = 10.0
    ink: Ink = "ink"
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


Mark = Path | Circle
"""What is drawn, not written."""
Shape = Mark | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes with a title and a description that says the same in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str
