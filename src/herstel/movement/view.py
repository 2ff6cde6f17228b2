"""From where the camera looks: which side is near, and how far it is off square to the side."""

from collections.abc import Mapping

import numpy as np

from herstel.movement.angles import cross, lean
from herstel.movement.legs import JOINTS, SIDES, LegJoint, of_side
from herstel.movement.pose import INDEX, BodySide, FloatArray, IntArray, Pose

ACROSS: tuple[LegJoint, LegJoint] = ("shoulder", "hip")
FRONTAL_DEG = 60.0
"""Further off than this only the shoulders count: who stands on one leg turns the hips."""
_LEFT = [INDEX["left_shoulder"], INDEX["left_hip"]]
_RIGHT = [INDEX["right_shoulder"], INDEX["right_hip"]]
FOCAL_SHARE = 0.85
"""Focal length of a phone's main camera against the longer side of the picture; only a small correction needs it."""


def facing(pose: Pose) -> float:
    """1 when the person faces right (or lies on the back with the feet to the right), -1 the other way.

    A knee bends only one way and a foot stands forward on its shank, whatever the points are called; the nose is in
    front of the ears. So it does not matter whether the backend takes left for right.
    """
    evidence = 0.0
    for side in SIDES:
        hip, knee, ankle, heel, toe = (of_side(pose, side, joint) for joint in JOINTS[1:])
        length = np.sum((knee - hip) ** 2 + (ankle - knee) ** 2, axis=-1)
        evidence -= _sum(cross(ankle - hip, knee - hip), length)
        evidence -= _sum(cross(ankle - knee, toe - heel), length)
    trunk = middle(pose, "shoulder") - middle(pose, "hip")
    head = pose.of("nose") - (pose.of("left_ear") + pose.of("right_ear")) / 2
    evidence += _sum(cross(trunk, head), np.sum(trunk**2, axis=-1))
    return -1.0 if evidence < 0 else 1.0


def _sum(turned: FloatArray, size: FloatArray) -> float:
    """Over the frames in which both are known, each frame by its size."""
    known = np.isfinite(turned) & (size > 0)
    return float(np.sum(turned[known] / size[known]))


def near_side(facing: float) -> BodySide:
    """The side that a camera sees first: the right of somebody who faces right."""
    return "right" if facing > 0 else "left"


def middle(pose: Pose, joint: LegJoint) -> FloatArray:
    """Halfway between the left and the right point."""
    halfway: FloatArray = (of_side(pose, "left", joint) + of_side(pose, "right", joint)) / 2
    return halfway


def lying(pose: Pose, limit_deg: float) -> bool:
    """Whether the trunk lies on its back for most of the time: level, with the shoulders behind the hips."""
    back = lean(middle(pose, "hip"), middle(pose, "shoulder"), facing(pose))
    known = back[np.isfinite(back)]
    return bool(len(known)) and abs(float(np.median(known)) + 90) < limit_deg


def off_sagittal(pose: Pose, limits: Mapping[str, float], *, on_the_back: bool) -> float | None:
    """How many degrees the camera is off square to the side: 90 is the front or the back.

    Somebody who stands is judged by the depth of the shoulder and hip lines in the world landmarks. Lying, those are
    flattened (55 degrees read as 38), so there the lines in the picture decide when they say more; those come out too
    narrow as well, and are widened. A front is judged by the depth, the lines in the picture and the head: the middle
    one of the three, because each is mistaken at times. Without depth the points were measured, not found in a picture,
    and are taken as they are.

    Returns
    -------
    float or None
        None when neither can be told.
    """
    depth = _by_depth(pose)
    if depth is None:
        return _by_proportions(pose, limits)
    proportions = _by_proportions(pose, limits, limits["lying_narrower"] if on_the_back else 1.0)
    if proportions is None:
        return depth
    if on_the_back:
        return max(depth, proportions)
    if depth <= FRONTAL_DEG:
        return depth
    head = _by_head(pose, limits["nose_ahead"])
    if head is None:
        return min(depth, proportions) if proportions < FRONTAL_DEG else depth
    return float(np.median([depth, proportions, head]))


def _by_head(pose: Pose, nose_ahead: float) -> float | None:
    """From how far the nose is off the middle of the ears, for somebody who looks straight ahead."""
    left, right = pose.of("left_ear")[:, 0], pose.of("right_ear")[:, 0]
    off, half = pose.of("nose")[:, 0] - (left + right) / 2, np.abs(left - right) / 2
    known = np.isfinite(off) & (half > 0)
    if not known.any():
        return None
    return 90 - float(np.degrees(np.arctan(abs(np.median(off[known] / half[known])) / nose_ahead)))


def _by_depth(pose: Pose) -> float | None:
    if pose.world_m is None:
        return None
    lines = pose.world_m[:, _LEFT] - pose.world_m[:, _RIGHT]
    known = lines[np.isfinite(lines).all(axis=(1, 2))]
    if not len(known):
        return None
    both, shoulders = _turned_away(known.sum(axis=1)), _turned_away(known[:, 0])
    return shoulders if both > FRONTAL_DEG else both


def _turned_away(lines: FloatArray) -> float:
    return float(np.median(np.degrees(np.arctan2(np.abs(lines[:, 0]), np.abs(lines[:, 2])))))


def _by_proportions(pose: Pose, limits: Mapping[str, float], narrower: float = 1.0) -> float | None:
    """From the width of the shoulder and hip lines against the trunk, in any posture without leaning sideways.

    With the camera turned by an angle t, a level line of true width w across the body shows as w sin t, and a trunk of
    true length L that leans forward shows as (L sin lean cos t, L cos lean). The equation for sin^2 t that follows
    needs only w/L. That something near looks bigger away from the middle of the picture is taken off first.
    """
    trunk = middle(pose, "shoulder") - middle(pose, "hip")
    known = np.flatnonzero(np.isfinite(trunk).all(axis=-1))
    if not len(known):
        return None
    across, up = np.abs(np.median(trunk[known], axis=0))
    near = near_side(facing(pose))
    found = [
        _turned(_width(pose, joint, known, near, narrower * limits[f"{joint}_breadth"]), float(across), float(up))
        for joint in ACROSS
    ]
    return float(np.mean(found))


def _width(pose: Pose, joint: LegJoint, known: IntArray, near: BodySide, breadth: float) -> float:
    """Width of a line across the body as it would be in the middle of the picture, over its share of the trunk."""
    far: BodySide = "left" if near == "right" else "right"
    width = (of_side(pose, near, joint) - of_side(pose, far, joint))[known, 0]
    trunk = np.linalg.norm((middle(pose, "shoulder") - middle(pose, "hip"))[known], axis=-1)
    off_middle = middle(pose, joint)[known, 0] - pose.width_px / 2
    focal_px = FOCAL_SHARE * max(pose.width_px, pose.height_px)
    return abs(float(np.median(width - off_middle * breadth * trunk / focal_px))) / breadth


def _turned(width: float, across: float, up: float) -> float:
    total = across**2 + up**2 + width**2
    if total == 0:
        return 0.0
    square = 2 * width**2 / (total + max(0.0, total**2 - 4 * (up * width) ** 2) ** 0.5)
    return float(np.degrees(np.arcsin(min(1.0, square) ** 0.5)))
