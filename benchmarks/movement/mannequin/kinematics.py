"""From joint angles to places in the room: x is where the person faces, y up, z to the person's right (metres)."""

from dataclasses import dataclass, replace

import numpy as np

from herstel.movement.pose import FloatArray

Curve = FloatArray | float
Pair = tuple[Curve, Curve]
SIDES = ("r", "l")
OUTWARD = {"r": 1.0, "l": -1.0}
HEEL_M, TOE_M = (-0.054, 0.0535), (0.159, 0.06)
"""Heel and toe from the ankle: forward along the foot, and further along the shank."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """The size of a body, and how thick its limbs are against the usual."""

    trunk_m: float = 0.50
    thigh_m: float = 0.43
    shank_m: float = 0.43
    half_shoulder_m: float = 0.181
    half_hip_m: float = 0.083
    girth: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Motion:
    """Angles over time in degrees; each a number or one value a frame. Pairs are (right, left).

    Attributes
    ----------
    trunk_lean : forward of upright; lying on the back is -90.
    side_lean : of the trunk, to the person's right.
    pelvis_drop : how far the left end of the pelvis hangs below the right end.
    thigh : to the horizontal: straight forward 0, up 90, down -90.
    inward : how far the thigh points to the other leg.
    knee, ankle : flexion of the knee, and the foot beyond square to the shank.
    shank_inward : how far the shank points to the other leg.
    pelvis_lean : of the pelvis as ``trunk_lean``; None moves with the trunk. No camera sees it.
    arm, elbow : the upper arm forward of the trunk, and flexion.
    middle_m : (frames, 3), the middle of the hips.
    """

    frames: int
    fps: float
    trunk_lean: Curve = 0.0
    side_lean: Curve = 0.0
    pelvis_drop: Curve = 0.0
    thigh: Pair = (-90.0, -90.0)
    inward: Pair = (0.0, 0.0)
    knee: Pair = (0.0, 0.0)
    ankle: Pair = (0.0, 0.0)
    shank_inward: Pair = (0.0, 0.0)
    pelvis_lean: Curve | None = None
    arm: Pair = (12.0, 12.0)
    elbow: Pair = (20.0, 20.0)
    middle_m: FloatArray | None = None
    lies: bool = False

    def curve(self, angle: Curve) -> FloatArray:
        """One value a frame."""
        return np.broadcast_to(np.asarray(angle, dtype=float), (self.frames,))

    def exchanged(self) -> "Motion":
        """The same with left and right exchanged."""
        pairs = {
            name: getattr(self, name)[::-1]
            for name in ("thigh", "inward", "knee", "ankle", "shank_inward", "arm", "elbow")
        }
        middle = None if self.middle_m is None else self.middle_m * (1, 1, -1)
        return replace(
            self, side_lean=-self.curve(self.side_lean), pelvis_drop=-self.curve(self.pelvis_drop),
            middle_m=middle, **pairs,
        )  # fmt: skip


def direction(to_horizontal: FloatArray, sideways: FloatArray | float = 0.0) -> FloatArray:
    """A unit vector from its angle to the horizontal in the plane of walking, and its angle to the right out of it."""
    angle, aside = np.radians(to_horizontal), np.radians(sideways)
    return np.stack(
        np.broadcast_arrays(np.cos(angle) * np.cos(aside), np.sin(angle) * np.cos(aside), np.sin(aside)), axis=-1
    )


def centres(motion: Motion, build: Build) -> dict[str, FloatArray]:
    """Where every joint and the head is, each (frames, 3)."""
    middle = np.zeros((motion.frames, 3)) if motion.middle_m is None else motion.middle_m
    lean, side = motion.curve(motion.trunk_lean), motion.curve(motion.side_lean)
    up, right = direction(90 - lean, side), direction(90 - lean, side + 90)
    ahead = direction(-lean)
    level = direction(np.full(motion.frames, 90.0), 90 - motion.curve(motion.pelvis_drop))  # rises to the right
    neck = middle + build.trunk_m * up
    head = neck + 0.20 * up + 0.01 * ahead
    found = {"middle": middle, "neck": neck, "head": head, "up": up, "right": right, "ahead": ahead}
    found["nose"] = head + 0.105 * ahead - 0.015 * up
    for number, side_name in enumerate(SIDES):
        out = OUTWARD[side_name]
        found[f"ear_{side_name}"] = head + out * 0.078 * right
        found[f"sh_{side_name}"] = neck + out * build.half_shoulder_m * right
        found[f"hip_{side_name}"] = middle + out * build.half_hip_m * level
        _leg(found, motion, build, number)
        _arm(found, motion, number)
    return found


def _leg(found: dict[str, FloatArray], motion: Motion, build: Build, number: int) -> None:
    name, inward = SIDES[number], -OUTWARD[SIDES[number]]
    thigh = motion.curve(motion.thigh[number])
    shank = thigh - motion.curve(motion.knee[number])
    foot = shank + 90 + motion.curve(motion.ankle[number])
    found[f"knee_{name}"] = found[f"hip_{name}"] + build.thigh_m * direction(
        thigh, inward * motion.curve(motion.inward[number])
    )
    found[f"ankle_{name}"] = found[f"knee_{name}"] + build.shank_m * direction(
        shank, inward * motion.curve(motion.shank_inward[number])
    )
    forward, down = direction(foot), direction(foot - 90)
    for point, (along, below) in (("heel", HEEL_M), ("toe", TOE_M)):
        found[f"{point}_{name}"] = found[f"ankle_{name}"] + along * forward + below * down


def _arm(found: dict[str, FloatArray], motion: Motion, number: int) -> None:
    name = SIDES[number]
    upper = -90 - motion.curve(motion.trunk_lean) + motion.curve(motion.arm[number])
    aside = OUTWARD[name] * 10.0
    found[f"elbow_{name}"] = found[f"sh_{name}"] + 0.28 * direction(upper, aside)
    found[f"wrist_{name}"] = found[f"elbow_{name}"] + 0.25 * direction(
        upper + motion.curve(motion.elbow[number]), aside
    )


def _included(one: FloatArray, other: FloatArray) -> FloatArray:
    cosine = np.sum(one * other, axis=-1) / np.linalg.norm(one, axis=-1) / np.linalg.norm(other, axis=-1)
    angle: FloatArray = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return angle


def _sagittal(line: FloatArray) -> FloatArray:
    """Angle to the horizontal, between -240 and 120 degrees."""
    return (np.degrees(np.arctan2(line[:, 1], line[:, 0])) + 240) % 360 - 240


def angles(motion: Motion, build: Build) -> dict[str, FloatArray]:
    """The true angles in every frame, from the places of the joints."""
    at = centres(motion, build)
    pelvis = motion.trunk_lean if motion.pelvis_lean is None else motion.pelvis_lean
    pelvis = motion.curve(pelvis)
    trunk = at["neck"] - at["middle"]
    found = {
        "trunk_lean_fwd": np.degrees(np.arctan2(trunk[:, 0], trunk[:, 1])),
        "pelvis_tilt_osim": -pelvis - 90 * motion.lies,
    }
    for number, side in enumerate(SIDES):
        hip, knee, ankle = (at[f"{joint}_{side}"] for joint in ("hip", "knee", "ankle"))
        thigh = _sagittal(knee - hip)
        found |= {
            f"knee_flex_{side}": _included(knee - hip, ankle - knee),
            f"hip_flex_anatomical_{side}": thigh + 90 + pelvis,
            f"trunk_thigh_flex_{side}": _included(trunk, hip - knee),
            f"thigh_to_horizontal_{side}": thigh,
            f"shank_to_horizontal_{side}": _sagittal(ankle - knee),
            f"hip_ankle_line_to_horizontal_{side}": _sagittal(ankle - hip),
            f"shank_fwd_lean_{side}": -90 - _sagittal(ankle - knee),
            f"ankle_dorsiflexion_{side}": motion.curve(motion.ankle[number]),
        }
    return found
