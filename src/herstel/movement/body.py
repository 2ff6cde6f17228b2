"""One person's points made ready to measure: legs told apart, holes filled, noise taken off."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from herstel.movement import angles
from herstel.movement.filters import smooth
from herstel.movement.gaps import filled
from herstel.movement.legs import JOINTS, POINT_OF, LegJoint, both, off_path, wild
from herstel.movement.pose import INDEX, BodySide, BoolArray, FloatArray, PointName, Pose

Leg = Literal["measured", "other"]
LEGS: tuple[Leg, Leg] = ("measured", "other")


@dataclass(frozen=True, kw_only=True, eq=False)
class Body:
    """The points by what they are used for.

    Attributes
    ----------
    near : {"left", "right"} or None
        The side towards the camera; None from the front.
    left : (frames,)
        Whether the measured leg is the one that the backend calls left.
    points : (frames, 2, joints, 2)
        The measured leg and the other one, smoothed.
    """

    pose: Pose
    facing: float
    near: BodySide | None
    left: BoolArray
    points: FloatArray

    def of(self, joint: LegJoint, leg: Leg = "measured") -> FloatArray:
        """One joint over time, (frames, 2)."""
        return self.points[:, int(leg == "other"), JOINTS.index(joint)]

    def named(self, joint: LegJoint, leg: Leg, frame: int) -> PointName:
        """What the backend calls a joint in a frame."""
        left = bool(self.left[frame]) != (leg == "other")
        if joint == "shoulder" and self.near is not None:
            left = self.near == "left"
        return POINT_OF["left" if left else "right", joint]

    def score(self, joint: LegJoint, leg: Leg = "measured") -> FloatArray:
        return self._picked(self.pose.score, joint, leg)

    def outside(self, joint: LegJoint, leg: Leg = "measured") -> BoolArray:
        return self._picked(self.pose.outside.astype(np.float64), joint, leg) > 0

    def _picked(self, values: FloatArray, joint: LegJoint, leg: Leg) -> FloatArray:
        left = self.left != (leg == "other")
        return np.where(
            left, values[:, INDEX[POINT_OF["left", joint]]], values[:, INDEX[POINT_OF["right", joint]]]
        )  # fmt: skip

    @cached_property
    def curves(self) -> Mapping[str, FloatArray]:
        """The angles of the measured leg and the trunk over time."""
        return self._curves("measured")

    @cached_property
    def other_curves(self) -> Mapping[str, FloatArray]:
        """The same of the other leg."""
        return self._curves("other")

    def _curves(self, leg: Leg) -> Mapping[str, FloatArray]:
        shoulder, hip, knee, ankle, heel, toe = (self.of(joint, leg) for joint in JOINTS)
        trunk = angles.lean(hip, shoulder, self.facing)
        thigh = angles.to_horizontal(hip, knee, self.facing)
        return {
            "trunk_lean_fwd": trunk,
            "knee_flex": angles.flexion(hip, knee, ankle),
            "trunk_thigh_flex": angles.flexion(shoulder, hip, knee),
            "hip_flex": angles.hip_flexion(trunk, thigh),
            "thigh_to_horizontal": thigh,
            "shank_to_horizontal": angles.to_horizontal(knee, ankle, self.facing),
            "hip_ankle_line_to_horizontal": angles.to_horizontal(hip, ankle, self.facing),
            "shank_fwd_lean": angles.lean(ankle, knee, self.facing),
            "ankle_dorsiflexion": angles.flexion(knee, ankle, ankle + (toe - heel)) - 90,
        }


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """How points are made ready: limits of the knowledge, the cut-off, and whether the limbs keep their length."""

    limits: Mapping[str, float]
    cutoff_hz: float
    in_plane: bool


def prepared(pose: Pose, facing: float, near: BodySide | None, left: BoolArray, how: Preparation) -> Body:
    """Put the legs in order, drop wild frames, fill short holes and smooth."""
    raw = both(pose)
    points = np.where(left[:, None, None, None], raw, raw[:, ::-1]).copy()
    points[:, 0, 0], points[:, 1, 0] = _shoulders(raw, near, points)
    limits = how.limits
    for leg in (0, 1):
        if how.in_plane:
            drop = wild(points[:, leg], limits["shank_ratio_low"], limits["shank_ratio_high"])
            points[drop, leg, JOINTS.index("knee") :] = np.nan
        points[:, leg][off_path(points[:, leg], _length(points[:, leg]))] = np.nan
    points = smooth(pose.times_s, filled(pose.times_s, points, limits["gap_s"]), how.cutoff_hz)
    return Body(pose=pose, facing=facing, near=near, left=left, points=points)


def _length(leg: FloatArray) -> float:
    """From hip to ankle at its longest, in pixels; infinite when never known."""
    size = np.linalg.norm(leg[:, JOINTS.index("hip")] - leg[:, JOINTS.index("ankle")], axis=-1)
    size = size[np.isfinite(size)]
    return float(np.percentile(size, 95)) if len(size) else float("inf")


def _shoulders(raw: FloatArray, near: BodySide | None, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """From the side always the near shoulder, since the other is hidden behind the trunk; else each its own."""
    if near is None:
        return points[:, 0, 0].copy(), points[:, 1, 0].copy()
    shoulder = raw[:, int(near == "right"), 0]
    return shoulder, shoulder
