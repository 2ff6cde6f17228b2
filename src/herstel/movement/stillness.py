"""Where a position is held at the end of a movement, and how still."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from herstel.movement.gaps import runs
from herstel.movement.pose import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Frames ``start`` up to ``stop`` in which a position was held, and the range of the angle over them."""

    start: int
    stop: int
    range_deg: float
    still: bool

    @property
    def frames(self) -> slice:
        return slice(self.start, self.stop)

    def median(self, curve: FloatArray) -> float:
        """The middle value over the hold, of what is known."""
        held = curve[self.frames]
        held = held[np.isfinite(held)]
        return float(np.median(held)) if len(held) else float("nan")

    def frame(self, curve: FloatArray) -> int:
        """The frame that shows the middle value best."""
        distance = np.abs(curve[self.frames] - self.median(curve))
        return self.start + int(np.argmin(np.where(np.isfinite(distance), distance, np.inf)))


def find_hold(
    curve: FloatArray, fps: float, limits: Mapping[str, float], allowed: BoolArray | None = None
) -> Hold | None:
    """The position that is held where the curve is highest.

    The highest stretch decides, not the stillest: somebody who rests still first and then trembles at the end is not
    still. When there is a still stretch near the highest one, the hold is that stretch as far as it stays still.

    Parameters
    ----------
    allowed : (frames,) or None
        Frames in which the position counts.

    Returns
    -------
    Hold or None
        None when no stretch is long enough.
    """
    length = max(2, round(limits["hold_s"] * fps))
    usable = np.isfinite(curve) if allowed is None else np.isfinite(curve) & allowed
    starts = [start for first, stop in runs(usable) for start in range(first, stop - length + 1)]
    if not starts:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(curve, length)[starts]
    middle, spread = np.median(windows, axis=1), np.ptp(windows, axis=1)
    limit = limits["still_range_deg"]
    highest = middle.max()
    still = (spread <= limit) & (middle >= highest - 2 * limit)
    if not still.any():
        return _unsteady(curve, usable, starts[int(np.argmax(middle))], limits["hold_reach_deg"])
    best = starts[int(np.argmax(np.where(still, middle, -np.inf)))]
    return _extended(curve, usable, (best, best + length), limit)


def _extended(curve: FloatArray, usable: BoolArray, window: tuple[int, int], limit: float) -> Hold:
    start, stop = window
    low, high = float(curve[start:stop].min()), float(curve[start:stop].max())
    for step in (1, -1):
        while True:
            frame = stop if step == 1 else start - 1
            if not 0 <= frame < len(curve) or not usable[frame]:
                break
            wider = min(low, curve[frame]), max(high, curve[frame])
            if wider[1] - wider[0] > limit:
                break
            low, high = wider
            start, stop = min(start, frame), max(stop, frame + 1)
    return Hold(start=start, stop=stop, range_deg=high - low, still=True)


def _unsteady(curve: FloatArray, usable: BoolArray, first: int, reach: float) -> Hold:
    around = usable & (np.abs(np.where(usable, curve, np.inf) - curve[first]) <= reach)
    start, stop = next((a, b) for a, b in runs(around) if a <= first < b)
    return Hold(start=start, stop=stop, range_deg=float(np.ptp(curve[start:stop])), still=False)
