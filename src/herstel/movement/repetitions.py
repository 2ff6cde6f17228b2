"""How often a movement was done."""

import numpy as np

from herstel.movement.pose import FloatArray, IntArray

SHARE = 0.4
"""A repetition goes at least this share of the usual range up and down again."""
LEAST_S = 0.4


def bridged(curve: FloatArray) -> FloatArray:
    """The curve with every hole on a straight line, for counting only; all zero when nothing is known."""
    known = np.flatnonzero(np.isfinite(curve))
    if not len(known):
        return np.zeros_like(curve)
    return np.interp(np.arange(len(curve)), known, curve[known])


def tops(curve: FloatArray, fps: float, least: float, seconds: float = LEAST_S, share: float = SHARE) -> IntArray:
    """The frames in which the curve is at the top of a repetition.

    Parameters
    ----------
    least : float
        What moves less, in the unit of the curve, is no repetition.
    share : float
        Nor is what moves less than this share of the usual range.
    seconds : float
        Two tops are at least this far apart.
    """
    from scipy.signal import find_peaks

    whole = bridged(curve)
    usual = float(np.percentile(whole, 95) - np.percentile(whole, 5))
    found, _ = find_peaks(whole, prominence=max(least, share * usual), distance=max(1, round(seconds * fps)))
    return np.asarray(found, dtype=np.int64)
