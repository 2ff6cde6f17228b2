"""Legs put together by geometry: the knee, ankle, heel and toe of one leg under one name."""

import numpy as np

from herstel.movement.legs import POINT_OF, SIDES, LegJoint
from herstel.movement.pose import INDEX, BoolArray, FloatArray, IntArray

CHAIN: tuple[tuple[LegJoint, LegJoint], ...] = (("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"))
"""Each joint after the first is put with the joint before it."""
CLEARLY = 0.15
"""Only when the legs fit better the other way round by this much of their lengths, names are exchanged."""


def joined(xy: FloatArray) -> IntArray:
    """Which point belongs under which name, so that each leg is one leg in every frame.

    The names of one joint may be exchanged without those of the next. A shank has the same length all the time, and a
    heel and a toe stay by their ankle: in a frame where both legs fit that clearly better the other way round, the
    joint and what hangs on it are exchanged.

    Parameters
    ----------
    xy : (frames, points, 2)

    Returns
    -------
    (frames, points)
        For every name the row in which its point stands.
    """
    rows = np.tile(np.arange(xy.shape[1]), (len(xy), 1))
    for upper, lower in CHAIN:
        at = np.take_along_axis(xy, rows[..., None], axis=1)
        crossed = _crossed(_pair(at, upper), _pair(at, lower))
        moved: tuple[LegJoint, ...] = ("ankle", "heel", "toe") if lower == "ankle" else (lower,)
        for joint in moved:
            both = [INDEX[POINT_OF[side, joint]] for side in SIDES]
            rows[:, both] = np.where(crossed[:, None], rows[:, both[::-1]], rows[:, both])
    return rows


def _pair(xy: FloatArray, joint: LegJoint) -> FloatArray:
    """(frames, 2, 2): the left and the right point of a joint."""
    return xy[:, [INDEX[POINT_OF[side, joint]] for side in SIDES]]


def _crossed(upper: FloatArray, lower: FloatArray) -> BoolArray:
    """In which frames the lower joints fit the upper ones better the other way round."""
    straight = np.linalg.norm(lower - upper, axis=-1)
    across = np.linalg.norm(lower[:, ::-1] - upper, axis=-1)
    known = np.isfinite(straight).all(axis=1)
    if not known.any():
        return np.zeros(len(upper), dtype=bool)
    usual = np.median(straight[known], axis=0)
    off, off_across = (np.abs(one - usual).sum(axis=1) for one in (straight, across))
    better: BoolArray = np.asarray(known & (off_across + CLEARLY * usual.sum() < off))
    return better
