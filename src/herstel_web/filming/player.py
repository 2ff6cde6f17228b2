"""What the player draws over the video: the points of the body and the angle that was measured."""

from typing import Any

import numpy as np

from herstel.movement.model import DrawnAngle, MovementReport
from herstel.movement.pose import POINTS, Pose
from herstel_web.filming.plotting import DRAWN, drawn_curve

LINES: tuple[tuple[str, str], ...] = (
    ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
    *((f"{side}_{a}", f"{side}_{b}") for side in ("left", "right") for a, b in (
        ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"),
        ("shoulder", "wrist"), ("ear", "shoulder"),
    )),
)  # fmt: skip
"""Which points are joined by a line."""


def as_drawn(pose: Pose, report: MovementReport | None) -> dict[str, Any]:
    """Plain values for a script: places in the picture by point and frame, None where not known."""
    curve = drawn_curve(report) if report else None
    shown = [(one, one.shown) for one in (report.measurements if report else ()) if one.shown]
    live = DRAWN[report.test][1] if report else ""
    return {
        "times": [round(float(one - pose.times_s[0]), 3) for one in pose.times_s],
        "width": pose.width_px,
        "height": pose.height_px,
        "points": {name: _places(pose, number) for number, name in enumerate(POINTS)},
        "lines": LINES,
        "curve": None if curve is None else [None if np.isnan(one) else round(float(one), 1) for one in curve],
        "marks": [_mark(drawn, live=one.name == live) for one, drawn in shown],
        "first": next((number for number, (one, _) in enumerate(shown) if one.test and one.unit == "deg"), 0),
    }


def _mark(drawn: DrawnAngle, *, live: bool) -> dict[str, Any]:
    """What is drawn for a number; ``live`` when the curve says its value in every frame."""
    told = {"frame": drawn.frame, "points": drawn.points, "label": drawn.label, "against": drawn.against}
    return {**told, "live": live}


def _places(pose: Pose, number: int) -> list[list[float] | None]:
    return [
        None if np.isnan(place).any() else [round(float(one), 1) for one in place] for place in pose.xy_px[:, number]
    ]
