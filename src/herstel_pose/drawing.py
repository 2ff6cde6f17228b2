"""The points and the measured angle drawn over a picture of the video."""

from collections.abc import Sequence

import numpy as np

from herstel.movement.model import DrawnAngle
from herstel.movement.pose import BONES, INDEX, FloatArray, Pose
from herstel_pose.backend import Picture

DARK, PALE, MEASURED = (18, 32, 38), (235, 242, 240), (255, 176, 32)
LINE_SHARE, TEXT_SHARE, DASH = 0.004, 0.035, 0.02
"""Widths of lines, text and dashes against the longer side of the picture."""


class Pen:
    """Draws on one picture, in sizes that fit it."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._unit = float(max(picture.shape[:2]))

    @property
    def width(self) -> int:
        return max(1, round(self._unit * LINE_SHARE))

    def line(self, ends: FloatArray, colour: Sequence[int], times: float = 1.0) -> None:
        """A line with a dark edge; ends (2, 2). Nothing where an end is not known."""
        import cv2

        if not np.isfinite(ends).all():
            return
        start, end = (tuple(round(float(value)) for value in place) for place in ends)
        width = max(1, round(self.width * times))
        cv2.line(self.picture, start, end, DARK, width + 2 * max(1, width // 2), cv2.LINE_AA)
        cv2.line(self.picture, start, end, colour, width, cv2.LINE_AA)

    def dashes(self, start: FloatArray, end: FloatArray) -> None:
        """A broken line: what is measured against."""
        steps = max(2, round(float(np.linalg.norm(end - start)) / (DASH * self._unit)))
        places = start + (end - start) * np.linspace(0, 1, steps)[:, None]
        for one in range(0, steps - 1, 2):
            self.line(places[one : one + 2], PALE)

    def dot(self, place: FloatArray, colour: Sequence[int], times: float = 1.0) -> None:
        """A point; nothing where it is not known."""
        import cv2

        if np.isfinite(place).all():
            middle = (round(float(place[0])), round(float(place[1])))
            size = max(2, round(self.width * times))
            cv2.circle(self.picture, middle, size + max(1, size // 3), DARK, -1, cv2.LINE_AA)
            cv2.circle(self.picture, middle, size, colour, -1, cv2.LINE_AA)

    def text(self, words: str, place: FloatArray) -> None:
        """Words on a dark plate that stays within the picture."""
        import cv2

        size = max(12, round(self._unit * TEXT_SHARE))
        face = cv2.FontFace("sans")
        wide = round(size * 0.62 * len(words))
        height, width = self.picture.shape[:2]
        x = int(np.clip(place[0] + size, 4, max(4, width - wide - 8)))
        y = int(np.clip(place[1], size + 8, height - 8))
        cv2.rectangle(self.picture, (x - 6, y - size - 2), (x + wide, y + size // 3), DARK, -1)
        cv2.putText(self.picture, words, (x, y), PALE, face, size)


def skeleton(pen: Pen, points: FloatArray) -> None:
    """The lines between the points of one frame; (points, 2), what is not known is left out."""
    for one, other in BONES:
        pen.line(points[[INDEX[one], INDEX[other]]], PALE, 0.6)
    for place in points:
        pen.dot(place, PALE, 0.8)


def angle(pen: Pen, points: FloatArray, shown: DrawnAngle) -> None:
    """The lines of a measured angle, what it is measured against, and its value."""
    places = points[[INDEX[name] for name in shown.points]]
    for pair in shown.lines(places):
        pen.line(pair, MEASURED, 1.4)
    if shown.against and np.isfinite(places[0]).all():
        pen.dashes(*shown.reference(places))
    for place in places:
        pen.dot(place, MEASURED, 1.6)
    corner = places[1] if len(places) == 3 else places[0]
    if np.isfinite(corner).all():
        pen.text(shown.label, corner)


def evidence(picture: Picture, pose: Pose, shown: DrawnAngle) -> Picture:
    """A copy of the picture of one frame with the angle drawn over it."""
    pen = Pen(np.ascontiguousarray(picture).copy())
    points = pose.xy_px[shown.frame]
    skeleton(pen, points)
    angle(pen, points, shown)
    return pen.picture
