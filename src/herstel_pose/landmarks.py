"""The points of one body: the BlazePose ``full`` landmark network and what its numbers mean.

Source: movement-notes, section 1; the layout of the numbers is that of mediapipe 0.10.21.
"""

from dataclasses import dataclass

import numpy as np

from herstel.movement.pose import FloatArray, PointName
from herstel_pose.backend import Person, Picture
from herstel_pose.crop import Crop, upright
from herstel_pose.network import Network

SIZE, MAP_SIZE, POINTS_OUT = 256, 64, 39
WINDOW, LEAST_HEAT = 3, 0.5
WIDER = 1.25
HIPS, WHOLE_BODY = 33, 34
NUMBERS: dict[PointName, int] = {
    "nose": 0, "left_ear": 7, "right_ear": 8, "left_shoulder": 11, "right_shoulder": 12, "left_wrist": 15,
    "right_wrist": 16, "left_hip": 23, "right_hip": 24, "left_knee": 25, "right_knee": 26, "left_ankle": 27,
    "right_ankle": 28, "left_heel": 29, "right_heel": 30, "left_toe": 31, "right_toe": 32,
}  # fmt: skip
"""What number a point has in the network."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """The 39 points of the network: places, visibility, metres from the hips; and whether anybody is there."""

    xy_px: FloatArray
    visible: FloatArray
    world_m: FloatArray
    present: float

    @property
    def person(self) -> Person:
        """Where to look in the next frame."""
        return upright(self.xy_px[HIPS], self.xy_px[WHOLE_BODY], WIDER)


class Landmarks:
    """Finds the points of a person whose place is known."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def of(self, picture: Picture, person: Person) -> Body:
        """The points of a person."""
        crop = Crop.around(person, SIZE)
        small = crop.cut(picture, edges_repeated=True)
        points, present, heat, world = self._network(small.astype(np.float32) * np.float32(1 / 255))
        rows = points.reshape(POINTS_OUT, 5).astype(np.float64)
        return Body(
            xy_px=crop.back(refined(rows[:, :2], heat[0])), visible=sigmoid(rows[:, 3]),
            world_m=crop.turned_back(world.reshape(POINTS_OUT, 3).astype(np.float64)),
            present=float(present.ravel()[0]),
        )  # fmt: skip


def refined(xy: FloatArray, heat: FloatArray) -> FloatArray:
    """Places moved to the middle of the heat around them, where there is any.

    Parameters
    ----------
    xy : (points, 2)
        In the crop.
    heat : (64, 64, points)
        Logits.
    """
    found = xy.copy()
    at = np.floor(xy / SIZE * MAP_SIZE).astype(int)
    for number, (column, row) in enumerate(at):
        if not (0 <= column < MAP_SIZE and 0 <= row < MAP_SIZE):
            continue
        top, left = max(0, row - WINDOW), max(0, column - WINDOW)
        around = sigmoid(heat[top : row + WINDOW + 1, left : column + WINDOW + 1, number].astype(np.float64))
        if around.max() >= LEAST_HEAT:
            total = around.sum()
            rows, columns = np.arange(top, top + around.shape[0]), np.arange(left, left + around.shape[1])
            place = np.array([around.sum(axis=0) @ columns, around.sum(axis=1) @ rows]) / total
            found[number] = place / MAP_SIZE * SIZE
    return found


def sigmoid(logits: FloatArray) -> FloatArray:
    """Logits as 0 to 1."""
    share: FloatArray = 1 / (1 + np.exp(-np.clip(logits, -60, 60)))
    return share
