"""Angles in the picture, in degrees, with one convention of signs for everything.

A picture has x to the right and y down. ``facing`` is 1 when the person faces right, standing, or lies on the back with
the feet to the right; -1 the other way. Turned that way:

- *flexion* is how far three points are from one line: 0 is straight. It has no sign.
- *lean* is how far a line from below to above is off upright: forward is plus, on the back is -90.
- *to the horizontal* is how a line from the body outward points: straight forward is 0, up is 90, down is -90, and a
  little behind straight down is less than -90.
- *hip flexion with its sign* has the thigh in front of the line of the trunk as plus, behind it as minus.
- *inward* is towards the other leg.
"""

import numpy as np

from herstel.movement.pose import FloatArray

_LOWEST = -240.0
"""Directions run from here over 360 degrees: no limb that is measured points backward and up."""


def cross(one: FloatArray, other: FloatArray) -> FloatArray:
    """Plus when ``other`` is turned clockwise from ``one`` as one sees the picture."""
    product: FloatArray = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return product


def _turn(one: FloatArray, other: FloatArray) -> FloatArray:
    turned: FloatArray = np.degrees(np.arctan2(cross(one, other), np.sum(one * other, axis=-1)))
    return turned


def flexion(above: FloatArray, joint: FloatArray, below: FloatArray) -> FloatArray:
    """How far three points are from one line."""
    return np.abs(_turn(joint - above, below - joint))


def lean(below: FloatArray, above: FloatArray, facing: float) -> FloatArray:
    """How far a line leans forward of upright."""
    line = above - below
    angle: FloatArray = np.degrees(np.arctan2(facing * line[..., 0], -line[..., 1]))
    return angle


def to_horizontal(near_end: FloatArray, far_end: FloatArray, facing: float) -> FloatArray:
    """Where a line points."""
    line = far_end - near_end
    angle: FloatArray = np.degrees(np.arctan2(-line[..., 1], facing * line[..., 0]))
    return (angle - _LOWEST) % 360 + _LOWEST


def hip_flexion(trunk_lean: FloatArray, thigh_to_horizontal: FloatArray) -> FloatArray:
    """How far the thigh is in front of the line of the trunk, with its sign."""
    return trunk_lean + thigh_to_horizontal + 90


def knee_in_plane(hip: FloatArray, knee: FloatArray, ankle: FloatArray) -> FloatArray:
    """How the leg bends in a picture from the front: plus when the knee is to the left of the line in the picture."""
    return -_turn(knee - hip, ankle - knee)
