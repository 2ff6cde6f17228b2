"""Turning the paths of a drawing into straight and curved pieces, for any medium."""

from collections.abc import Iterator

from herstel.drawing.shapes import Path, Point

Cubic = tuple[Point, Point, Point]
"""Two control points and the end of a curve that starts where the one before it ended."""
STEPS_PER_CURVE = 8


def cubics(points: tuple[Point, ...], *, closed: bool) -> Iterator[Cubic]:
    """The Catmull-Rom curve through the points, as Bézier pieces that start at the first point."""
    last = len(points) - 1

    def at(index: int) -> Point:
        return points[index % len(points)] if closed else points[min(max(index, 0), last)]

    for index in range(len(points) if closed else last):
        before, start, end, after = (at(index + step) for step in (-1, 0, 1, 2))
        yield (
            (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
            (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
            end,
        )


def flattened(path: Path) -> tuple[Point, ...]:
    """The points of the path with its curves cut into straight pieces; a closed path ends where it starts."""
    if path.smooth and len(path.points) > 2:
        points = [path.points[0]]
        for first, second, end in cubics(path.points, closed=path.closed):
            points += _cut(points[-1], first, second, end)
        return tuple(points)
    return (*path.points, path.points[0]) if path.closed else path.points


def _cut(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    found = []
    for step in range(1, STEPS_PER_CURVE + 1):
        t = step / STEPS_PER_CURVE
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, first, second, end)
        x, y = (sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
        found.append((x, y))
    return found
