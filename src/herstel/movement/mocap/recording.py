"""What a motion-capture file holds: markers in metres, joint angles, events of the feet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from herstel.errors import InputError, Problem, marked
from herstel.movement.pose import BodySide, FloatArray

EventKind = Literal["foot_strike", "foot_off"]
METRES: Mapping[str, float] = {"m": 1.0, "cm": 0.01, "mm": 0.001}
"""Units of length that files name, in metres."""
SMALLEST_PERSON_M, LARGEST_PERSON_M = 0.2, 2.6
"""What most markers on one person span: not a toddler's leg, not more than a tall person on the toes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitEvent:
    """A foot touches the ground or leaves it; ``time_s`` counts from the first frame."""

    kind: EventKind
    side: BodySide
    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Markers:
    """Points on a person over time.

    Attributes
    ----------
    times_s : (frames,)
    labels : tuple of str
        As they stand in the file, without the name of the person before a colon.
    positions_m : (frames, labels, 3)
        NaN where a marker was not seen.
    events : tuple of GaitEvent
        Events that the laboratory put into the file.
    lab_angles_deg : mapping of name to (frames, 3)
        Joint angles that the laboratory put into the file.
    """

    times_s: FloatArray
    labels: tuple[str, ...]
    positions_m: FloatArray
    events: tuple[GaitEvent, ...] = ()
    lab_angles_deg: Mapping[str, FloatArray] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        return len(self.times_s)

    @property
    def rate_hz(self) -> float:
        """Frames per second over the whole recording, so that rounded times do no harm."""
        return float((self.frames - 1) / (self.times_s[-1] - self.times_s[0]))


def unusable(thing: str, reason: str, remedy: str, **values: object) -> InputError:
    """The error of a file that cannot be used: the thing, the reason and the remedy."""
    return InputError([Problem(thing=thing, reason=reason, remedy=remedy, values=values)])


def metres_per(unit: str, thing: str) -> float:
    """How many metres one unit of a file is.

    Raises
    ------
    InputError
        When the file names no unit that we know.
    """
    known = METRES.get(unit.strip().lower())
    if known is None:
        raise unusable(
            thing,
            marked('The unit of length is "{unit}", which is not one of m, cm and mm.'),
            marked("Export the recording again with its unit."),
            unit=unit.strip()[:20],
        )
    return known


def check_times(times_s: FloatArray, thing: str) -> None:
    """Refuse times that are missing or do not run forward."""
    if len(times_s) < 2:
        reason = marked("The recording has {count} pictures; at least two are needed.")
        raise unusable(thing, reason, marked("Choose a recording of the whole movement."), count=len(times_s))
    if not np.isfinite(times_s).all() or (np.diff(times_s) <= 0).any():
        frame = int(np.flatnonzero(~np.isfinite(times_s) | (np.diff(times_s, prepend=-np.inf) <= 0))[0]) + 1
        reason = marked("The time of picture {frame} is missing or not later than the one before.")
        raise unusable(thing, reason, marked("Export the recording again."), frame=frame)


def check_size(positions_m: FloatArray, thing: str) -> None:
    """Refuse markers that span what no person spans: then the unit of the file is not what it says."""
    with np.errstate(all="ignore"):
        seen = positions_m[np.isfinite(positions_m).all(axis=2).sum(axis=1) >= 2]
        if not len(seen):
            reason = marked("No picture shows two markers or more.")
            raise unusable(thing, reason, marked("Choose a recording in which the markers were seen."))
        some = seen[:: max(1, len(seen) // 200)]
        low, high = np.nanquantile(some, [0.1, 0.9], axis=1)
        span_m = float(np.median(np.nanmax(high - low, axis=1)))
    if not SMALLEST_PERSON_M <= span_m <= LARGEST_PERSON_M:
        raise unusable(
            thing,
            marked("By the unit in the file the markers span {span} metres, which no person does."),
            marked("Correct the unit in the file, or export it again."),
            span=f"{span_m:.4g}",
        )
