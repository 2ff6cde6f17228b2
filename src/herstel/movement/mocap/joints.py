"""From the markers of several laboratories to joint centres, and from these to the angles of hip and knee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.recording import Markers, unusable
from herstel.movement.pose import BodySide, FloatArray

Part = Literal["hip", "knee", "ankle", "heel", "toe", "shoulder"]
_NAMES: Mapping[Part, tuple[tuple[str, ...], ...]] = {
    "hip": (("HJC",), ("HJCREG",), ("HIP",)),
    "knee": (("FEO",), ("KJC",), ("LFC", "MFC"), ("KNEE", "MKNEE"), ("KNE",), ("KNEE",)),
    "ankle": (("TIO",), ("AJC",), ("LMAL", "MMAL"), ("ANKLE", "MANKLE"), ("ANK",), ("ANKLE",)),
    "heel": (("HEE",), ("CALC",), ("CAL",), ("HEEL",)),
    "toe": (("TOE",), ("TOETIP",), ("BIGTOE",), ("MT5",), ("5META",)),
    "shoulder": (("SJC",), ("SHO",), ("SHOULDER",), ("ACR",), ("ACROMIUM",)),
}
"""What laboratories call a part, without the side; two names mean the middle between them. The first found counts."""
_CENTRES = {"HJC", "HJCREG", "KJC", "FEO", "AJC", "TIO"}
_LATERAL_KNEE = ("KNE", "LFC", "KNEE")
_PELVIS_FRONT, _PELVIS_BACK = ("ASI", "ASIS"), ("PSI", "PSIS")
_PELVIS_MIDDLE = ("SACR", "VSACRAL", "MIDPSIS")
LETTER: Mapping[BodySide, str] = {"left": "L", "right": "R"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegPoints:
    """The joint centres of one leg, (frames, 3) in metres.

    Attributes
    ----------
    to_left : (frames, 3)
        Along the axis of the knee towards the left of the body; it needs no length.
    exact : bool
        Whether knee and ankle are joint centres, or markers on the outside of the joint.
    """

    hip: FloatArray
    knee: FloatArray
    ankle: FloatArray
    to_left: FloatArray
    exact: bool


class Labelled:
    """Markers found by what laboratories call them."""

    def __init__(self, markers: Markers, thing: str) -> None:
        self._markers, self._thing = markers, thing
        self._places = {plain(label): number for number, label in reversed(list(enumerate(markers.labels)))}

    def point(self, *names: str) -> FloatArray | None:
        """The first of these markers that is there and was ever seen."""
        for name in names:
            place = self._places.get(name)
            if place is not None:
                found = self._markers.positions_m[:, place]
                if np.isfinite(found).all(axis=1).any():
                    return found
        return None

    def part(self, part: Part, side: BodySide) -> tuple[FloatArray, bool] | None:
        """A part of the body, and whether it is a centre rather than a marker on the skin at one side of it."""
        for names in _NAMES[part]:
            found = [self.point(LETTER[side] + name) for name in names]
            points = [point for point in found if point is not None]
            if len(points) == len(names):
                return np.asarray(np.mean(points, axis=0)), len(names) == 2 or names[0] in _CENTRES
        return None

    def needed(self, part: Part, side: BodySide) -> tuple[FloatArray, bool]:
        """A part that cannot be done without.

        Raises
        ------
        InputError
            With the names by which it was looked for.
        """
        found = self.part(part, side)
        if found is None:
            names = ", ".join("+".join(LETTER[side] + name for name in names) for names in _NAMES[part])
            reason = marked("A joint of the leg has no marker in the file. Looked for: {names}.")
            remedy = marked("Name the markers so, export joint centres, or run OpenSim's inverse kinematics first.")
            raise unusable(self._thing, reason, remedy, names=names)
        return found

    def leg(self, side: BodySide) -> LegPoints:
        """The joint centres of one leg."""
        hip, _ = self.needed("hip", side)
        knee, exact_knee = self.needed("knee", side)
        ankle, exact_ankle = self.needed("ankle", side)
        outside = self.point(*(LETTER[side] + name for name in _LATERAL_KNEE))
        if exact_knee and outside is not None:
            to_left = outside - knee if side == "left" else knee - outside
        else:
            to_left = self.needed("hip", "left")[0] - self.needed("hip", "right")[0]
        return LegPoints(hip=hip, knee=knee, ankle=ankle, to_left=to_left, exact=exact_knee and exact_ankle)

    def pelvis(self) -> tuple[FloatArray, FloatArray, FloatArray] | None:
        """The axes of the pelvis: forward, to the left and up; None without the markers for them."""
        left, right = (self.point(*(letter + name for name in _PELVIS_FRONT)) for letter in "LR")
        backs = [self.point(*(letter + name for name in _PELVIS_BACK)) for letter in "LR"]
        sides = [back for back in backs if back is not None]
        back = np.asarray(np.mean(sides, axis=0)) if len(sides) == 2 else self.point(*_PELVIS_MIDDLE)
        if left is None or right is None or back is None:
            return None
        to_left = _unit(left - right)
        forward = _unit(_square_to((left + right) / 2 - back, to_left))
        return forward, to_left, np.cross(forward, to_left)


def plain(label: str) -> str:
    """A label without marks of writing: ``r.ASIS_study`` is RASIS."""
    letters = "".join(letter for letter in label.upper() if letter.isalnum())
    return letters.removesuffix("STUDY")


def knee_angle_deg(leg: LegPoints) -> FloatArray:
    """Knee flexion about the axis of the knee, over-extension negative, (frames,)."""
    up = _unit(leg.hip - leg.knee)
    to_left = _unit(_square_to(leg.to_left, up))
    shank = leg.knee - leg.ankle
    return np.degrees(np.arctan2(_along(shank, np.cross(to_left, up)), _along(shank, up)))


def hip_angle_deg(leg: LegPoints, pelvis: tuple[FloatArray, FloatArray, FloatArray]) -> FloatArray:
    """Hip flexion of the thigh against the pelvis as Plug-in Gait defines it, extension negative, (frames,)."""
    forward, _, upward = pelvis
    thigh = leg.hip - leg.knee
    return np.degrees(np.arctan2(-_along(thigh, forward), _along(thigh, upward)))


def _along(vectors: FloatArray, axis: FloatArray) -> FloatArray:
    return np.asarray(np.sum(vectors * axis, axis=1))


def _square_to(vectors: FloatArray, axis: FloatArray) -> FloatArray:
    return vectors - _along(vectors, axis)[:, None] * axis


def _unit(vectors: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
