"""Markers as a camera square to the person would see them, so that each test of a video can be measured on them."""

from typing import Literal

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.joints import Labelled, Part
from herstel.movement.mocap.recording import Markers, unusable
from herstel.movement.pose import INDEX, POINTS, BodySide, FloatArray, PointName, Pose

Camera = Literal["left", "right", "front"]
"""Where the camera stands: at the left or right side of the person, or in front."""
PX_PER_M = 1000.0
_SURELY_UP = 0.8
"""The share of the way from ankle to hip that must go along one axis of the room before it is taken for upright."""
_PARTS: tuple[Part, ...] = ("shoulder", "hip", "knee", "ankle", "heel", "toe")
_NAMED: dict[tuple[BodySide, Part], PointName] = {
    ("left", "shoulder"): "left_shoulder", ("left", "hip"): "left_hip", ("left", "knee"): "left_knee",
    ("left", "ankle"): "left_ankle", ("left", "heel"): "left_heel", ("left", "toe"): "left_toe",
    ("right", "shoulder"): "right_shoulder", ("right", "hip"): "right_hip", ("right", "knee"): "right_knee",
    ("right", "ankle"): "right_ankle", ("right", "heel"): "right_heel", ("right", "toe"): "right_toe",
}  # fmt: skip


def seen(markers: Markers, camera: Camera, thing: str) -> Pose:
    """The points of a person as a camera without perspective sees them, a millimetre to a pixel.

    Parameters
    ----------
    markers : Markers
    camera : {"left", "right", "front"}
    thing : str
        What the recording is called in errors.

    Raises
    ------
    InputError
        When the hips are missing, or nobody stands upright in the first frames, so that up cannot be told.
    """
    points = _points(markers, thing)
    middle = points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1, keepdims=True)
    axes = _axes(points, camera, thing)
    turned = points @ axes.T
    known = np.isfinite(turned).all(axis=2)
    flat = turned[:, :, :2] * PX_PER_M
    corner = np.nanmin(flat, axis=(0, 1)) - PX_PER_M / 10
    size = np.nanmax(flat, axis=(0, 1)) + PX_PER_M / 10 - corner
    return Pose(
        times_s=markers.times_s - markers.times_s[0], xy_px=flat - corner, score=known.astype(float),
        outside=np.zeros_like(known), world_m=(points - middle) @ axes.T,
        width_px=int(np.ceil(size[0])), height_px=int(np.ceil(size[1])),
    )  # fmt: skip


def _points(markers: Markers, thing: str) -> FloatArray:
    """The points of a pose in the room, (frames, points, 3)."""
    labelled = Labelled(markers, thing)
    points = np.full((markers.frames, len(POINTS), 3), np.nan)
    for (side, part), name in _NAMED.items():
        found = labelled.needed(part, side) if part == "hip" else labelled.part(part, side)
        if found is not None:
            points[:, INDEX[name]] = found[0]
    return points


def _axes(points: FloatArray, camera: Camera, thing: str) -> FloatArray:
    """What is right, down and away for the camera, as rows; they stay while the person moves."""
    up = _up(points, thing)
    to_left = np.nanmedian(points[:, INDEX["left_hip"]] - points[:, INDEX["right_hip"]], axis=0)
    to_left = to_left - (to_left @ up) * up
    to_left = to_left / np.linalg.norm(to_left)
    forward = np.cross(to_left, up)
    right, away = {"right": (forward, to_left), "left": (-forward, -to_left), "front": (to_left, -forward)}[camera]
    return np.stack([right, -up, away])


def _up(points: FloatArray, thing: str) -> FloatArray:
    """The axis of the room along which the hips are above the ankles while the person stands."""
    legs = points[:, [INDEX["left_hip"], INDEX["right_hip"]]] - points[:, [INDEX["left_ankle"], INDEX["right_ankle"]]]
    both = legs.reshape(-1, 3)
    known = both[np.isfinite(both).all(axis=1)]
    middle = np.median(known, axis=0) if len(known) else np.zeros(3)
    axis = int(np.argmax(np.abs(middle)))
    if np.abs(middle[axis]) <= _SURELY_UP * np.linalg.norm(middle):
        reason = marked("Which way is up cannot be told: nobody stands upright in this recording.")
        raise unusable(thing, reason, marked("Choose a recording in which the person stands."))
    up = np.zeros(3)
    up[axis] = np.sign(middle[axis])
    return up
