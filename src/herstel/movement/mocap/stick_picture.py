"""Where a number of motion capture comes from: the figure that the markers make in one frame, with the angle drawn."""

from collections.abc import Iterator

import numpy as np

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Point, Shape
from herstel.movement.model import DrawnAngle
from herstel.movement.pose import BONES, INDEX, FloatArray, Pose

SIDE, MARGIN = 320.0, 36.0
DOT, BONE, MEASURED, AGAINST = 2.5, 2.0, 4.0, 1.5
TEXT = 16.0


def stick_picture(pose: Pose, shown: DrawnAngle, title: str) -> Drawing:
    """The figure of one frame with the measured angle and its value.

    Parameters
    ----------
    pose : Pose
        As a camera would see the markers.
    shown : DrawnAngle
    title : str
        What is measured, with its value, in words.
    """
    places = _placed(pose.xy_px[shown.frame])
    return Drawing(
        width=SIDE, height=SIDE, shapes=(*_bones(places), *_angle(places, shown)), title=title, description=title
    )


def _placed(xy_px: FloatArray) -> FloatArray:
    """The points of one frame, (points, 2), as large as the picture allows."""
    known = xy_px[np.isfinite(xy_px).all(axis=1)]
    if not len(known):
        return xy_px
    low, high = known.min(axis=0), known.max(axis=0)
    scale = (SIDE - 2 * MARGIN) / max(float((high - low).max()), 1.0)
    placed: FloatArray = (xy_px - (low + high) / 2) * scale + SIDE / 2
    return placed


def _bones(places: FloatArray) -> Iterator[Shape]:
    for bone in BONES:
        yield from _line(places[[INDEX[name] for name in bone]], "soft", BONE)
    for place in places[np.isfinite(places).all(axis=1)]:
        yield Circle(centre=_point(place), radius=DOT, ink="soft", fill="soft")


def _angle(places: FloatArray, shown: DrawnAngle) -> Iterator[Shape]:
    along = places[[INDEX[name] for name in shown.points]]
    for ends in shown.lines(along):
        yield from _line(ends, "accent", MEASURED)
    if shown.against is not None and np.isfinite(along[0]).all():
        yield from _line(shown.reference(along), "ink", AGAINST, dashed=True)
    corner = along[1] if len(along) == 3 else along[0]
    if np.isfinite(corner).all():
        beside = float(np.clip(corner[0] + MARGIN / 2, 0, SIDE - 2 * MARGIN))
        yield Label(at=(beside, float(corner[1])), text=shown.label, size=TEXT, bold=True)


def _line(ends: FloatArray, ink: Ink, width: float, *, dashed: bool = False) -> Iterator[Shape]:
    """A line between two places; nothing where one is not known."""
    if np.isfinite(ends).all():
        yield Path(points=(_point(ends[0]), _point(ends[1])), ink=ink, width=width, dashed=dashed)


def _point(place: FloatArray) -> Point:
    return float(place[0]), float(place[1])
