"""When a foot comes down and leaves the ground: the heel furthest before the hip, the toe furthest behind it."""

import numpy as np

from herstel.movement.body import LEGS, Body, Leg
from herstel.movement.pose import FloatArray, IntArray
from herstel.movement.repetitions import tops

LEAST_SHARE = 0.25
"""A step takes the heel at least this share of the leg's length forward and back."""
APART_S = 0.35


def leg_length(body: Body) -> float:
    """Thigh and shank of the measured leg in pixels; NaN when never known."""
    hip, knee, ankle = body.of("hip"), body.of("knee"), body.of("ankle")
    length = np.linalg.norm(knee - hip, axis=-1) + np.linalg.norm(ankle - knee, axis=-1)
    length = length[np.isfinite(length)]
    return float(np.median(length)) if len(length) else float("nan")


def strikes(body: Body, leg: Leg = "measured") -> IntArray:
    """Frames in which the foot comes down."""
    return _furthest(body, body.facing * (body.of("heel", leg) - body.of("hip", leg))[:, 0])


def offs(body: Body, leg: Leg = "measured") -> IntArray:
    """Frames in which the foot leaves the ground."""
    return _furthest(body, body.facing * (body.of("hip", leg) - body.of("toe", leg))[:, 0])


def _furthest(body: Body, forward: FloatArray) -> IntArray:
    length = leg_length(body)
    if not np.isfinite(length):
        return np.array([], dtype=np.int64)
    found = tops(forward, body.pose.fps, LEAST_SHARE * length, APART_S, share=0)
    return found[np.isfinite(forward[found])]


def regular(body: Body, spread: float) -> bool:
    """Whether the strides of the measured leg are alike; where two legs were confused, some are half as long."""
    for event in (strikes, offs):
        strides = np.diff(body.pose.times_s[event(body)])
        if len(strides) and np.abs(strides / np.median(strides) - 1).max() > spread:
            return False
    return True


def stride_s(body: Body) -> float | None:
    """Time of a whole stride: the middle time between the same event of the same leg, near leg first.

    A recording that is too short for that still holds a step: the same event of one leg and then of the other.

    Returns
    -------
    float or None
        None when no event comes twice.
    """
    times = body.pose.times_s
    for leg in LEGS:
        found = [np.diff(times[event(body, leg)]) for event in (strikes, offs)]
        strides = np.concatenate(found)
        if len(strides):
            return float(np.median(strides))
    steps = [
        abs(one - two) for event in (strikes, offs) for one in times[event(body)] for two in times[event(body, "other")]
    ]
    return 2 * float(np.median(steps)) if steps else None
