"""Which leg is which: names that jump are put right by how the legs move, and lying by which is the higher one."""

import warnings
from collections.abc import Mapping
from typing import Literal

import numpy as np

from herstel.movement.pose import INDEX, BodySide, BoolArray, FloatArray, PointName, Pose

LegJoint = Literal["shoulder", "hip", "knee", "ankle", "heel", "toe"]
JOINTS: tuple[LegJoint, ...] = ("shoulder", "hip", "knee", "ankle", "heel", "toe")
SIDES: tuple[BodySide, BodySide] = ("left", "right")
POINT_OF: Mapping[tuple[BodySide, LegJoint], PointName] = {
    (side, joint): name for side in SIDES for joint in JOINTS for name in INDEX if name == f"{side}_{joint}"
}
"""What the points of a side are called."""
_MOVING = slice(JOINTS.index("knee"), len(JOINTS))
MOST = 0.15
"""No point counts for more sudden change than this, in leg lengths: a wild one must not decide which leg is which."""
LAGS = (1, 2, 3)
"""Sudden change is looked for over so many frames."""
OFF_PATH = 0.12
"""A point that is further than this off the path of the frames around it, in leg lengths, is a wild one."""
AROUND = 2
ROUNDS = 3
DEPTH_M = 0.03
"""A nearer hip by less than this does not say which leg is near."""


def both(pose: Pose) -> FloatArray:
    """The points of both sides as (frames, 2, joints, 2): left first."""
    order = [[INDEX[POINT_OF[side, joint]] for joint in JOINTS] for side in SIDES]
    return pose.xy_px[:, np.array(order)]


def of_side(pose: Pose, side: BodySide, joint: LegJoint) -> FloatArray:
    """One point of a side over time, (frames, 2)."""
    return pose.of(POINT_OF[side, joint])


def swapped(points: FloatArray, frame_cost: float) -> BoolArray:
    """In which frames left and right are exchanged, judged by the smoothest movement of both legs.

    A leg that keeps its speed is the same leg, also where the legs cross; a name that jumps makes both legs jump. Of
    all ways to name the legs, this is the one with the least sudden change of speed, in leg lengths.

    Parameters
    ----------
    points : (frames, 2, joints, 2)
    frame_cost : float
        What an exchanged frame costs, so that good names stay.
    """
    frames = len(points)
    legs = points[:, :, _MOVING]
    size = np.linalg.norm(points[:, :, JOINTS.index("hip")] - points[:, :, JOINTS.index("ankle")], axis=-1)
    if frames <= 2 * LAGS[-1] or not np.isfinite(size).any():
        return np.zeros(frames, dtype=bool)
    legs = legs / np.nanmax(size)
    chosen = _cheapest(_costs(legs), frame_cost)
    return np.logical_not(chosen) if chosen.mean() > 0.5 else chosen


def _costs(legs: FloatArray) -> FloatArray:
    """What three names cost by the change of speed between three frames that are one, two or three apart.

    Over one frame it sees where legs cross; over three it also sees a leg that was halfway the other for a frame.

    Parameters
    ----------
    legs : (frames, 2, joints, 2)
        In leg lengths.

    Returns
    -------
    (lags, frames, 2, 2, 2)
        By the names two lags ago, one lag ago, and now.
    """
    named = np.stack([legs, legs[:, ::-1]])
    cost = np.zeros((len(LAGS), len(legs), 2, 2, 2))
    for number, lag in enumerate(LAGS):
        for a, b, c in np.ndindex(2, 2, 2):
            change = named[c, 2 * lag :] - 2 * named[b, lag:-lag] + named[a, : -2 * lag]
            sudden = np.minimum(np.linalg.norm(change, axis=-1) / lag**2, MOST)
            cost[number, 2 * lag :, a, b, c] = np.nansum(sudden, axis=(1, 2))
    return cost


def _cheapest(costs: FloatArray, frame_cost: float) -> BoolArray:
    """The cheapest name of every frame, where the cost depends on the names of the frames before it.

    A state is the names of the last six frames, the newest in the lowest bit.
    """
    frames, bits = costs.shape[1], 2 * LAGS[-1]
    states = np.arange(2**bits)
    ago = [(states >> (back - 1)) & 1 for back in range(1, bits + 1)]
    total, older = np.zeros(2**bits), np.zeros((frames, 2**bits), dtype=np.int64)
    for frame in range(frames):
        now = [one[frame, ago[2 * lag - 1], ago[lag - 1]] for one, lag in zip(costs, LAGS, strict=True)]
        paths = (total[:, None] + np.sum(now, axis=0) + [0.0, frame_cost]).reshape(2, -1)
        older[frame], total = np.argmin(paths, axis=0), np.min(paths, axis=0)
    chosen = np.zeros(frames, dtype=bool)
    state = int(np.argmin(total))
    for frame in range(frames - 1, -1, -1):
        chosen[frame] = bool(state & 1)
        state = (state >> 1) | (int(older[frame, state]) << (bits - 1))
    return chosen


def left_by_name(pose: Pose, near: BodySide, frame_cost: float) -> BoolArray:
    """In which frames the near leg is the one that is called left.

    Names that jump are put right first. When the world landmarks say that the leg of that name is the far one all the
    time, the names are the wrong way round and the nearer leg is taken.
    """
    left: BoolArray = np.logical_xor(swapped(both(pose), frame_cost), near == "left")
    if pose.world_m is not None:
        ahead = pose.world_m[:, INDEX["right_hip"], 2] - pose.world_m[:, INDEX["left_hip"], 2]
        nearer = np.where(left, ahead, -ahead)
        nearer = nearer[np.isfinite(nearer)]
        if len(nearer) and float(np.median(nearer)) < -DEPTH_M:
            return np.logical_not(left)
    return left


def left_by_height(pose: Pose, *, higher: bool) -> BoolArray:
    """In which frames the leg that is called left is the higher (or lower) of the two, by knee and ankle together."""
    points = both(pose)[:, :, [JOINTS.index("knee"), JOINTS.index("ankle")], 1]
    below = np.where(np.isfinite(points), points, 0).sum(axis=2)
    known = np.isfinite(points).all(axis=(1, 2))
    difference = np.where(known, below[:, 1] - below[:, 0], 0.0)
    left = difference > 0 if higher else difference < 0
    usual = float(np.median(difference[known])) > 0 if known.any() else True
    named: BoolArray = np.where(known, left, usual == higher)
    return named


def left_in_front(pose: Pose, facing: float, frame_cost: float) -> BoolArray:
    """In which frames the leg that stands in front all the time is the one that is called left."""
    exchanged = swapped(both(pose), frame_cost)
    ankles = both(pose)[:, :, JOINTS.index("ankle"), 0] * facing
    ahead = np.where(exchanged, -1, 1) * (ankles[:, 0] - ankles[:, 1])
    ahead = ahead[np.isfinite(ahead)]
    left: BoolArray = np.logical_xor(exchanged, bool(len(ahead)) and float(np.median(ahead)) > 0)
    return left


def off_path(leg: FloatArray, size: float) -> BoolArray:
    """Which points jump away from their own path for a frame or two; (frames, joints, 2) of one leg.

    The middle of five frames of a smooth movement is the frame in between; a wild point is far from it. What is found
    is left out and the rest looked at again: wild points in every other frame are the middle of some five frames.
    """
    left, found = leg.copy(), np.zeros(leg.shape[:2], dtype=bool)
    if len(leg) <= 2 * AROUND:
        return found
    for _ in range(ROUNDS):
        around = np.lib.stride_tricks.sliding_window_view(left, 2 * AROUND + 1, axis=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # five frames of which nothing is known
            middle = np.nanmedian(around, axis=-1)
        off = np.linalg.norm(left[AROUND:-AROUND] - middle, axis=-1) / size > OFF_PATH
        if not off.any():
            break
        found[AROUND:-AROUND] |= off
        left[found] = np.nan
    return found


def wild(leg: FloatArray, low: float, high: float) -> BoolArray:
    """In which frames the thigh is out of proportion to the shank; (frames, joints, 2) of one leg."""
    hip, knee, ankle = (leg[:, JOINTS.index(joint)] for joint in ("hip", "knee", "ankle"))
    shank = np.linalg.norm(ankle - knee, axis=-1)
    ratio = np.linalg.norm(knee - hip, axis=-1) / np.where(shank > 0, shank, np.nan)
    odd: BoolArray = np.logical_or(ratio < low, ratio > high)
    return odd
