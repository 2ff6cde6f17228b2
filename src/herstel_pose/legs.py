"""Legs put together by geometry: the knee, ankle, heel and toe of one leg under one name."""

import numpy as np

from herstel.movement.gaps import runs
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
    joint that moves more smoothly so is exchanged, with what hangs on it.

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
        jumped = _smoother(crossed, _pair(at, lower))
        _exchange(rows, jumped, ("ankle", "heel", "toe") if lower == "ankle" else (lower,))
        if upper == "knee":
            _exchange(rows, _smoother(crossed & ~jumped, _pair(at, upper)), (upper,))
    return rows


def _exchange(rows: IntArray, frames: BoolArray, joints: tuple[LegJoint, ...]) -> None:
    for joint in joints:
        both = [INDEX[POINT_OF[side, joint]] for side in SIDES]
        rows[:, both] = np.where(frames[:, None], rows[:, both[::-1]], rows[:, both])


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


def _smoother(crossed: BoolArray, joint: FloatArray) -> BoolArray:
    """Only those stretches of frames in which a joint jumps less when its two sides are exchanged.

    A shank that turns away from the camera gets shorter too; but then nothing jumps.
    """
    kept = np.zeros_like(crossed)
    for start, end in runs(crossed):
        straight = across = 0.0
        for one, other in ((start - 1, start), (end - 1, end)):
            if one >= 0 and other < len(joint):
                straight += float(np.nansum(np.linalg.norm(joint[other] - joint[one], axis=-1)))
                across += float(np.nansum(np.linalg.norm(joint[other, ::-1] - joint[one], axis=-1)))
        kept[start:end] = across < straight
    return kept
