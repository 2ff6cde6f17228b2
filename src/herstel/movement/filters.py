"""Smoothing without delay: what moves faster than a body does is noise of the points."""

import numpy as np

from herstel.movement.gaps import runs
from herstel.movement.pose import FloatArray

ORDER = 2
"""Of the Butterworth filter; running it forward and back makes it of the fourth order without delay."""
LEAST_FRAMES = 9
UNEVEN = 0.1
"""Steps of time that differ from the usual one by more than this share are first put on an even grid."""


def smooth(times_s: FloatArray, values: FloatArray, cutoff_hz: float) -> FloatArray:
    """Zero-phase Butterworth low-pass of each column, between its holes.

    A stretch that is too short, or filmed too slowly for the cut-off to mean anything, is left as it is.
    """
    from scipy.signal import butter

    step_s = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0
    if step_s <= 0 or cutoff_hz >= 0.45 / step_s:
        return values
    sections = butter(ORDER, cutoff_hz, fs=1 / step_s, output="sos")
    flat = values.reshape(len(values), -1).copy()
    for column in flat.T:
        for start, stop in runs(np.isfinite(column)):
            if stop - start >= LEAST_FRAMES:
                column[start:stop] = _stretch(times_s[start:stop], column[start:stop], sections, step_s)
    return flat.reshape(values.shape)


def _stretch(times_s: FloatArray, values: FloatArray, sections: FloatArray, step_s: float) -> FloatArray:
    from scipy.signal import sosfiltfilt

    even = bool(np.all(np.abs(np.diff(times_s) - step_s) <= UNEVEN * step_s))
    grid_s = times_s if even else np.arange(times_s[0], times_s[-1] + step_s, step_s)
    sampled = values if even else np.interp(grid_s, times_s, values)
    padding = min(len(sampled) - 1, round(1 / step_s))
    done: FloatArray = sosfiltfilt(sections, sampled, padlen=padding)
    return done if even else np.interp(times_s, grid_s, done)
