"""What a recording says, as values: measurements with their error, refusals with a remedy, flags, and curves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from herstel.knowledge.movement_entries import MOVEMENT_TESTS, MovementTest, MovementUnit
from herstel.movement.pose import BodySide, FloatArray, PointName

__all__ = [
    "CODES", "MOVEMENT_TESTS", "Code", "DrawnAngle", "MovementMeasurement", "MovementReport", "MovementTest",
    "MovementUnit", "Notice", "Quality",
]  # fmt: skip

Code = Literal[
    "wrong_view", "feet_not_visible", "occluded", "not_still", "knee_not_straight", "knees_bent", "several_people",
    "no_person", "too_dark", "low_frame_rate", "camera_moving",
]  # fmt: skip
CODES: tuple[Code, ...] = get_args(Code)
Quality = Literal["good", "fair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnAngle:
    """What must be drawn over a frame to show where a number comes from: the points along an angle or line."""

    frame: int
    points: tuple[PointName, ...]
    label: str
    against: Literal["horizontal", "vertical"] | None = None

    def lines(self, places: FloatArray) -> Iterator[FloatArray]:
        """The ends (2, 2) of each line along the places of the points: three are one angle, four are two lines."""
        if len(places) == 4:
            yield from (places[:2], places[2:])
            return
        yield from (places[number : number + 2] for number in range(len(places) - 1))

    def reference(self, places: FloatArray) -> FloatArray:
        """The ends (2, 2) of what is measured against: as long as the figure, level towards it or straight up."""
        far = float(np.nanmax(np.linalg.norm(places - places[0], axis=-1)))
        forward = -far if places[-1, 0] < places[0, 0] else far
        away = np.array([forward, 0.0]) if self.against == "horizontal" else np.array([0.0, -far])
        return np.stack([places[0], places[0] + away])


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementMeasurement:
    """One number out of a recording.

    Attributes
    ----------
    name : str
        What was measured, with its unit where it has one: ``hold_knee_flexion_deg``.
    standard_error, detectable : float
        In the unit: one standard error of the way of measuring, and the smallest change between two recordings that is
        more than error (1.96 x sqrt(2) x standard error).
    test : str or None
        The test of the chain whose result this is; None when it is only told.
    """

    name: str
    value: float
    unit: MovementUnit
    side: BodySide | None
    standard_error: float
    quality: Quality
    frame: int
    shown: DrawnAngle | None = None
    test: str | None = None

    @property
    def detectable(self) -> float:
        return 1.96 * 2**0.5 * self.standard_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A refusal or a flag. ``message`` and ``remedy`` are English catalogue texts, filled from ``values``.

    ``pictured`` says whether the picture of the code shows this remedy.
    """

    code: Code
    message: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)
    pictured: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementReport:
    """What one recording of one test says.

    A refused recording has no measurements. A flag stands beside measurements that are to be read with care.

    Attributes
    ----------
    near_side : {"left", "right"} or None
        The side towards the camera; None seen from the front.
    view_off_sagittal_deg : float or None
        0 square to the side, 90 to the front; None when it cannot be told.
    not_measured : mapping of name to Notice-like English text
        What this recording cannot tell, and why.
    series : mapping of name to (frames,)
        Curves by frame, NaN where not known.
    """

    test: MovementTest
    side: BodySide | None
    near_side: BodySide | None
    view_off_sagittal_deg: float | None
    fps: float
    frames: int
    measurements: tuple[MovementMeasurement, ...] = ()
    refusals: tuple[Notice, ...] = ()
    flags: tuple[Notice, ...] = ()
    not_measured: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, FloatArray] = field(default_factory=dict)
