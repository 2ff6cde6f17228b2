"""Somebody who lies on the back and moves one leg, as the points that a camera square to that side would see."""

from collections.abc import Mapping, Sequence

import numpy as np

from herstel.movement.model import MovementTest
from herstel.movement.pose import POINTS, BodySide, FloatArray, Pose

FPS, LENGTH_S = 30, 7.0
WIDTH_PX, HEIGHT_PX, PX_PER_M = 1280, 720, 520.0
HIP_PX = (620.0, 590.0)
THIGH_M, SHANK_M, HEEL_M, FOOT_M = 0.43, 0.42, 0.05, 0.17
TRUNK_M: Mapping[str, tuple[float, float]] = {
    "hip": (0.0, 0.0), "shoulder": (-0.5, 0.02), "ear": (-0.68, 0.03), "wrist": (-0.08, 0.13),
}  # fmt: skip
"""Places that stay: towards the feet and up, in metres from the hip."""
NOSE_M = (-0.68, 0.15)
FAR_SIDE_UP_M = 0.05
UNSTEADY_PX = 0.8
"""What was found in a picture is never quite steady."""
Moves = Sequence[tuple[float, float]]


def performed(test: MovementTest, side: BodySide, value_deg: float, seed: int) -> Pose:
    """A leg raise or a knee extension that comes as far as ``value_deg`` and is held there."""
    times_s = np.arange(round(FPS * LENGTH_S)) / FPS
    if test == "straight_leg_raise":
        thigh, knee = over_time(times_s, ((0.6, 0), (2.8, value_deg), (5.2, value_deg), (6.6, 0))), 0 * times_s
    else:
        knee = over_time(times_s, ((0.6, 90), (2.4, value_deg), (5.0, value_deg), (6.4, 90)))
        thigh = 90 + 0 * times_s
    return seen(times_s, thigh, knee, side, seed)


def over_time(times_s: FloatArray, moves: Moves) -> FloatArray:
    """Angles at the times of ``moves``, with a calm beginning and end of each movement between them."""
    numbers = np.arange(len(moves))
    at = np.interp(times_s, [when for when, _ in moves], numbers)
    eased = np.floor(at) + (1 - np.cos(np.pi * (at % 1))) / 2
    angles: FloatArray = np.interp(eased, numbers, [angle for _, angle in moves])
    return angles


def seen(times_s: FloatArray, thigh_deg: FloatArray, knee_deg: FloatArray, side: BodySide, seed: int) -> Pose:
    """The points of the body; the leg of ``side`` is near the camera and moves, the other one lies still."""
    other: BodySide = "left" if side == "right" else "right"
    near = _side(thigh_deg, knee_deg)
    far = {name: place + np.array([0.0, FAR_SIDE_UP_M]) for name, place in _side(0 * times_s, 0 * times_s).items()}
    places = {f"{side}_{name}": place for name, place in near.items()}
    places |= {f"{other}_{name}": place for name, place in far.items()}
    places["nose"] = _stays(NOSE_M, len(times_s))
    metres = np.stack([places[name] for name in POINTS], axis=1)
    xy_px = np.array(HIP_PX) + metres * (PX_PER_M, -PX_PER_M)
    xy_px += np.random.default_rng(seed).normal(0, UNSTEADY_PX, xy_px.shape)
    if side == "left":  # seen from the other side the feet point to the left
        xy_px[..., 0] = WIDTH_PX - xy_px[..., 0]
    known = np.ones(xy_px.shape[:2])
    return Pose(
        times_s=times_s, xy_px=xy_px, score=known, outside=known == 0, width_px=WIDTH_PX, height_px=HEIGHT_PX
    )  # fmt: skip


def _side(thigh_deg: FloatArray, knee_deg: FloatArray) -> dict[str, FloatArray]:
    """The points of one side, in metres from the hip."""
    knee = THIGH_M * _towards(thigh_deg)
    shank, sole = _towards(thigh_deg - knee_deg), _towards(thigh_deg - knee_deg + 90)
    ankle = knee + SHANK_M * shank
    stay = {name: _stays(place, len(thigh_deg)) for name, place in TRUNK_M.items()}
    return {**stay, "knee": knee, "ankle": ankle, "heel": ankle + HEEL_M * (shank - sole), "toe": ankle + FOOT_M * sole}


def _stays(place: tuple[float, float], frames: int) -> FloatArray:
    return np.tile(place, (frames, 1))


def _towards(angle_deg: FloatArray) -> FloatArray:
    """Directions from the angle above level."""
    turned = np.radians(angle_deg)
    return np.stack([np.cos(turned), np.sin(turned)], axis=-1)
