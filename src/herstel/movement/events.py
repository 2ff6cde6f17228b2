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
    return _furthest(body, _heel_ahead(body, leg))


def offs(body: Body, leg: Leg = "measured") -> IntArray:
    """Frames in which the foot leaves the ground."""
    return _furthest(body, _toe_behind(body, leg))


def _heel_ahead(body: Body, leg: Leg) -> FloatArray:
    return body.facing * (body.of("heel", leg) - body.of("hip", leg))[:, 0]


def _toe_behind(body: Body, leg: Leg) -> FloatArray:
    return body.facing * (body.of("hip", leg) - body.of("toe", leg))[:, 0]


def _moments_s(body: Body, leg: Leg) -> list[FloatArray]:
    """When the foot comes down and when it leaves, finer than a frame: the top of the parabola through three frames."""
    times, step = body.pose.times_s, 1 / body.pose.fps
    found = []
    for forward in (_heel_ahead(body, leg), _toe_behind(body, leg)):
        frames = _furthest(body, forward)
        frames = frames[(frames > 0) & (frames < len(forward) - 1)]
        before, at, after = forward[frames - 1], forward[frames], forward[frames + 1]
        bend = before - 2 * at + after
        with np.errstate(all="ignore"):
            beside = np.where(bend < 0, (before - after) / (2 * bend), 0.0)
        found.append(times[frames] + step * np.clip(np.nan_to_num(beside), -0.5, 0.5))
    return found


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
    for leg in LEGS:
        strides = np.concatenate([np.diff(moments) for moments in _moments_s(body, leg)])
        if len(strides):
            return float(np.median(strides))
    both = zip(_moments_s(body, "measured"), _moments_s(body, "other"), strict=True)
    steps = [abs(one - two) for measured, other in both for one in measured for two in other]
    return 2 * float(np.median(steps)) if steps else None
