"""How long the hamstring muscles are, with their tendons, in a posture: a polynomial in four angles.

The polynomial was fitted to OpenSim (``tools/fit_muscle_length.py``), which is needed to fit and to check, not to run.
Outside the angles it was fitted to a length is not known: NaN, with the angle that is to blame. What comes out is the
length of an average body, told as a share of its length standing upright. It is no strain of the muscle fibres.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from herstel.movement.pose import BoolArray, FloatArray

Muscle = Literal["semimembranosus", "semitendinosus", "biceps_femoris_long", "biceps_femoris_short"]
MUSCLES: tuple[Muscle, ...] = get_args(Muscle)
LengthAngle = Literal["hip_flexion", "hip_adduction", "hip_rotation", "knee_flexion"]
ANGLES: tuple[LengthAngle, ...] = get_args(LengthAngle)
Way = Literal["four_angles", "two_angles"]
"""From motion capture, or from a video that shows hip and knee flexion alone; the other two are then taken as 0."""

DOMAIN_DEG: Mapping[LengthAngle, tuple[float, float]] = {
    "hip_flexion": (-40, 125),
    "hip_adduction": (-25, 25),
    "hip_rotation": (-30, 30),
    "knee_flexion": (0, 150),
}
"""Where the polynomial was fitted, and where alone it says something."""
SCALE_RAD = 1.5
COEFFICIENTS = Path(__file__).parent / "data" / "muscle_length.json"
ERROR_PERCENT: Mapping[Way, float] = {"four_angles": 2.0, "two_angles": 3.3}
"""One standard error in percent of upright length: of the average body; and with the pelvis, which no video shows."""
COMPARED_ERROR_PERCENT: Mapping[Way, float] = {"four_angles": 1.0, "two_angles": 3.3}
"""The same of one recording beside another of the same person: the body cancels, the place of the markers does not.

Elicited for four angles. From video the pelvis differs from clip to clip, so nothing cancels.
"""
TILT_DEG = 5.0
_AT_ONCE = 1024
"""Postures for which the terms fit in the cache of the processor."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegAngles:
    """The angles of one leg in every frame, in degrees: flexion, adduction and inward rotation positive.

    Without adduction and rotation (both None) the two-angle form is used.
    """

    hip_flexion_deg: FloatArray
    knee_flexion_deg: FloatArray
    hip_adduction_deg: FloatArray | None = None
    hip_rotation_deg: FloatArray | None = None

    @property
    def way(self) -> Way:
        return "two_angles" if self.hip_adduction_deg is None or self.hip_rotation_deg is None else "four_angles"

    def table_deg(self) -> FloatArray:
        """The angles side by side in the order of ``ANGLES``, (frames, 4)."""
        hip, knee = np.asarray(self.hip_flexion_deg, float), np.asarray(self.knee_flexion_deg, float)
        adduction, rotation = self.hip_adduction_deg, self.hip_rotation_deg
        if adduction is None or rotation is None:
            adduction = rotation = np.zeros_like(hip)
        return np.stack([hip, np.asarray(adduction, float), np.asarray(rotation, float), knee], axis=-1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MuscleLengths:
    """Lengths in every frame.

    Attributes
    ----------
    length_m : mapping of muscle to (frames,)
        Of the average body of the model; NaN where it is not known.
    normalised : mapping of muscle to (frames,)
        Divided by the length standing upright.
    outside : mapping of angle to (frames,)
        Where an angle is outside what the polynomial was fitted to.
    unknown : (frames,)
        Where an angle itself is not known.
    """

    way: Way
    length_m: Mapping[Muscle, FloatArray]
    normalised: Mapping[Muscle, FloatArray]
    outside: Mapping[LengthAngle, BoolArray]
    unknown: BoolArray

    @property
    def error_percent(self) -> float:
        return ERROR_PERCENT[self.way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Where a muscle is longest.

    Attributes
    ----------
    tilted : float or None
        The normalised length at the same moment with the pelvis tipped five degrees further forward, trunk and thigh
        unchanged: five degrees more hip flexion. None when that is outside the domain.
    """

    muscle: Muscle
    frame: int
    normalised: float
    hip_flexion_deg: float
    knee_flexion_deg: float
    tilted: float | None

    @property
    def percent(self) -> float:
        """How much longer than upright, in percent."""
        return 100 * (self.normalised - 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Polynomial:
    """The polynomial as a sum over what the first two angles give times what the last two give.

    Attributes
    ----------
    exponents : (pairs, 2)
        The powers of two angles: the first two, or the last two.
    coefficients_m : (pairs, muscles x pairs)
        By the powers of the first two angles, the muscle, and the powers of the last two.
    """

    exponents: npt.NDArray[np.int64]
    coefficients_m: FloatArray
    upright_m: FloatArray

    def lengths_m(self, scaled: FloatArray) -> FloatArray:
        """(postures, muscles) for scaled angles, (postures, 4)."""
        first, last = terms(scaled[:, :2], self.exponents), terms(scaled[:, 2:], self.exponents)
        by_last = (first @ self.coefficients_m).reshape(len(scaled), len(MUSCLES), len(self.exponents))
        return np.asarray(np.matmul(by_last, last[:, :, None])[:, :, 0])


@cache
def _polynomial() -> _Polynomial:
    written = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    rows = np.array(written["rows"])
    upright = np.array([written["upright_length_m"][muscle] for muscle in MUSCLES])
    powers = rows[:, : len(ANGLES)].astype(np.int64)
    pairs = np.unique(np.concatenate([powers[:, :2], powers[:, 2:]]), axis=0)
    place = {(int(a), int(b)): number for number, (a, b) in enumerate(pairs)}
    coefficients = np.zeros((len(pairs), len(MUSCLES), len(pairs)))
    for (a, b, c, d), row in zip(powers.tolist(), rows[:, len(ANGLES) :], strict=True):
        coefficients[place[a, b], :, place[c, d]] = row
    return _Polynomial(pairs, coefficients.reshape(len(pairs), -1), upright)


def terms(scaled: FloatArray, exponents: npt.NDArray[np.int64]) -> FloatArray:
    """The terms of a polynomial: for every posture the product of its scaled angles to the given powers."""
    powers = np.ones((scaled.shape[1], int(exponents.max()) + 1, len(scaled)))
    for power in range(1, powers.shape[1]):
        powers[:, power] = powers[:, power - 1] * scaled.T
    product = powers[0, exponents[:, 0]]
    for angle in range(1, scaled.shape[1]):
        product *= powers[angle, exponents[:, angle]]
    return np.asarray(product.T)


def muscle_lengths(angles: LegAngles) -> MuscleLengths:
    """The lengths of the hamstring muscles of one leg in every frame.

    Parameters
    ----------
    angles : LegAngles

    Returns
    -------
    MuscleLengths
        NaN wherever an angle is not known or outside ``DOMAIN_DEG``; nothing is extrapolated or clipped.
    """
    table = angles.table_deg()
    unknown = np.asarray(np.isnan(table).any(axis=1))
    limits = [DOMAIN_DEG[angle] for angle in ANGLES]
    beyond = [(table[:, i] < low) | (table[:, i] > high) for i, (low, high) in enumerate(limits)]
    length = np.full((len(table), len(MUSCLES)), np.nan)
    known = np.flatnonzero(~unknown & ~np.any(beyond, axis=0))
    poly = _polynomial()
    for start in range(0, len(known), _AT_ONCE):
        some = known[start : start + _AT_ONCE]
        length[some] = poly.lengths_m(np.radians(table[some]) / SCALE_RAD)
    return MuscleLengths(
        way=angles.way,
        length_m=dict(zip(MUSCLES, length.T, strict=True)),
        normalised=dict(zip(MUSCLES, (length / poly.upright_m).T, strict=True)),
        outside=dict(zip(ANGLES, beyond, strict=True)),
        unknown=unknown,
    )


def longest(angles: LegAngles, muscle: Muscle) -> Peak | None:
    """Where a muscle is longest, and what five degrees of tilt would make of it; None when no length is known."""
    normalised = muscle_lengths(angles).normalised[muscle]
    if np.isnan(normalised).all():
        return None
    frame = int(np.nanargmax(normalised))
    hip, adduction, rotation, knee = angles.table_deg()[frame]
    tipped = LegAngles(
        hip_flexion_deg=np.array([hip + TILT_DEG]),
        knee_flexion_deg=np.array([knee]),
        hip_adduction_deg=np.array([adduction]),
        hip_rotation_deg=np.array([rotation]),
    )
    tilted = float(muscle_lengths(tipped).normalised[muscle][0])
    return Peak(
        muscle=muscle,
        frame=frame,
        normalised=float(normalised[frame]),
        hip_flexion_deg=float(hip),
        knee_flexion_deg=float(knee),
        tilted=None if np.isnan(tilted) else tilted,
    )
