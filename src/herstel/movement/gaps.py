"""Short holes in a curve filled on a straight line; long ones stay holes."""

import numpy as np

from herstel.movement.pose import BoolArray, FloatArray


def runs(known: BoolArray) -> list[tuple[int, int]]:
    """Where an array is true without a break, as (first, one past the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], known.astype(np.int8), [0]))))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def filled(times_s: FloatArray, values: FloatArray, limit_s: float) -> FloatArray:
    """Fill holes between known values no more than ``limit_s`` apart, never before the first or after the last.

    Parameters
    ----------
    values : (frames,) or (frames, ...)
        Each column by itself; NaN is a hole.
    """
    flat = values.reshape(len(values), -1).copy()
    for column in flat.T:
        known = np.isfinite(column)
        for start, stop in runs(~known):
            if start > 0 and stop < len(column) and times_s[stop] - times_s[start - 1] <= limit_s + 1e-9:
                ends = [start - 1, stop]
                column[start:stop] = np.interp(times_s[start:stop], times_s[ends], column[ends])
    return flat.reshape(values.shape)
