"""The points of one body: the BlazePose ``full`` landmark network and what its numbers mean.

Source: movement-notes, section 1; the layout of the numbers is that of mediapipe 0.10.21.
"""

from dataclasses import dataclass

import numpy as np

from herstel.movement.pose import BoolArray, FloatArray, IntArray, PointName
from herstel_pose.backend import Person, Picture
from herstel_pose.crop import Crop, upright
from herstel_pose.network import Network

SIZE, MAP_SIZE, POINTS_OUT = 256, 64, 39
WINDOW, LEAST_HEAT = 3, 0.5
WIDER = 1.25
HIPS, WHOLE_BODY = 33, 34
BETWEEN_LEGS = (25, 27, 29, 31)
"""Knee, ankle, heel and toe of the left; the right one has the next number."""
BETWEEN, OTHER_LEG, SAME_PLACE = 0.7, 0.3, 12.0
"""With less heat around it than this share of the peak a point is between the legs; with this much elsewhere there is
another leg; and points that are closer than this in the crop are in one place. Elicited, from drawn people with their
legs apart.
"""
REACHED = np.arange(-WINDOW, WINDOW + 1)
Cell = tuple[int, int]
"""A column and a row of the map of heat."""
NUMBERS: dict[PointName, int] = {
    "nose": 0, "left_ear": 7, "right_ear": 8, "left_shoulder": 11, "right_shoulder": 12, "left_wrist": 15,
    "right_wrist": 16, "left_hip": 23, "right_hip": 24, "left_knee": 25, "right_knee": 26, "left_ankle": 27,
    "right_ankle": 28, "left_heel": 29, "right_heel": 30, "left_toe": 31, "right_toe": 32,
}  # fmt: skip
"""What number a point has in the network."""
USED = np.array([*NUMBERS.values(), HIPS, WHOLE_BODY])
"""The points that are asked for. The others (eyes, mouth, fingers) stay where the network puts them."""
IN_MIRROR = np.arange(POINTS_OUT)
IN_MIRROR[1:7] = [4, 5, 6, 1, 2, 3]
IN_MIRROR[7:33] = np.arange(7, 33).reshape(-1, 2)[:, ::-1].ravel()
"""What number a point has in the mirror, where left is right."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """The 39 points of the network: places, visibility, heat, metres from the hips; and whether anybody is there."""

    xy_px: FloatArray
    visible: FloatArray
    sure: FloatArray
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

    def of(self, picture: Picture, person: Person, *, mirrored: bool = False) -> Body:
        """The points of a person, who may be looked at in the mirror."""
        crop = Crop.around(person, SIZE, mirrored=mirrored)
        small = crop.cut(picture, edges_repeated=True)
        points, present, heat, world = self._network(small, np.float32(1 / 255))
        rows = points.reshape(POINTS_OUT, 5).astype(np.float64)
        places, sure = on_own_leg(refined(rows[:, :2], heat[0]), heat[0])
        metres = world.reshape(POINTS_OUT, 3).astype(np.float64)
        order = IN_MIRROR if mirrored else slice(None)
        return Body(
            xy_px=crop.back(places)[order], visible=sigmoid(rows[:, 3])[order], sure=sure[order],
            world_m=crop.turned_back(metres)[order], present=float(present.ravel()[0]),
        )  # fmt: skip


def refined(xy: FloatArray, heat: FloatArray) -> FloatArray:
    """Places of the points that are used, moved to the middle of the heat around them, where there is any.

    Parameters
    ----------
    xy : (39, 2)
        In the crop.
    heat : (64, 64, 39)
        Logits.
    """
    found = xy.copy()
    most, middles = Heat(heat).around(USED, xy[USED])
    found[USED] = np.where((most >= LEAST_HEAT)[:, None], middles, xy[USED])
    return found


def on_own_leg(xy: FloatArray, heat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points of the legs, each on a leg of its own, and how much heat each point that is used has, 0 to 1.

    Where two legs look alike the network puts a point halfway between them, where there is no heat at all; its map then
    has a peak on each. Such a point goes to its highest peak, and when left and right end up in one place, the less
    certain one to the other peak.

    Parameters
    ----------
    xy : (39, 2)
        In the crop.
    heat : (64, 64, 39)
        Logits.
    """
    found, maps = xy.copy(), Heat(heat)
    sure = np.full(len(xy), np.nan)
    sure[USED], _ = maps.around(USED, found[USED])
    for left in BETWEEN_LEGS:
        _to_own_leg(found, sure, maps, left)
    return found, sure


def _to_own_leg(found: FloatArray, sure: FloatArray, maps: "Heat", left: int) -> None:
    """Move a left and a right point that are between the legs, or both on one, to a leg each."""
    pair = (left, left + 1)
    for number in pair:
        if sure[number] < BETWEEN:  # a peak is 1 at most: above this it need not be looked for
            peak, height = maps.peak(number)
            if sure[number] < BETWEEN * height and height >= LEAST_HEAT:
                found[number], sure[number] = maps.middle(number, peak), height
    if np.hypot(*(found[left] - found[left + 1])) > SAME_PLACE or sure[left : left + 2].min() < LEAST_HEAT:
        return
    less = pair[int(sure[left + 1] < sure[left])]
    peak, height = maps.peak(less, without=_cell(found[less]))
    if height >= OTHER_LEG:
        found[less], sure[less] = maps.middle(less, peak), height


class Heat:
    """Where the network sees each point: for every point a map of 64 x 64, 0 to 1."""

    def __init__(self, logits: FloatArray) -> None:
        self._logits = logits

    def around(self, numbers: IntArray, places: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The most heat in the window around each place, 0 outside the map, and the middle of that heat in the crop."""
        cells = np.floor(places / SIZE * MAP_SIZE)
        inside: BoolArray = np.all((cells >= 0) & (cells < MAP_SIZE), axis=1)
        steps = np.where(inside[:, None], cells, 0).astype(np.int64)[:, :, None] + REACHED
        on_map = (steps >= 0) & (steps < MAP_SIZE)
        columns, rows = np.clip(steps, 0, MAP_SIZE - 1).transpose(1, 0, 2)
        logits = self._logits[rows[:, :, None], columns[:, None, :], numbers[:, None, None]]
        warm = sigmoid(logits.astype(np.float64)) * (on_map[:, 1, :, None] & on_map[:, 0, None, :])
        middles = np.stack([(warm.sum(axis=1) * columns).sum(axis=1), (warm.sum(axis=2) * rows).sum(axis=1)], axis=1)
        return warm.max(axis=(1, 2)) * inside, middles / warm.sum(axis=(1, 2))[:, None] / MAP_SIZE * SIZE

    def middle(self, number: int, at: Cell) -> FloatArray:
        """The middle of the heat in the window around a cell, in the crop."""
        place = (np.array([at], dtype=np.float64) + 0.5) / MAP_SIZE * SIZE
        _, middles = self.around(np.array([number]), place)
        return np.asarray(middles[0])

    def peak(self, number: int, without: Cell | None = None) -> tuple[Cell, float]:
        """The hottest cell of a point and its heat, away from a place."""
        one = self._logits[..., number]
        if without is not None:
            one = one.copy()
            one[_window(without, 2 * WINDOW)] = -np.inf
        row, column = divmod(int(one.argmax()), MAP_SIZE)
        return (column, row), float(sigmoid(one[row, column].astype(np.float64)))


def _cell(place: FloatArray) -> Cell:
    column, row = np.floor(place / SIZE * MAP_SIZE).astype(int)
    return int(column), int(row)


def _window(at: Cell, reach: int) -> tuple[slice, slice]:
    """The rows and columns around a cell that are on the map."""
    column, row = at
    return slice(max(0, row - reach), max(0, row + reach + 1)), slice(
        max(0, column - reach), max(0, column + reach + 1)
    )


def sigmoid(logits: FloatArray) -> FloatArray:
    """Logits as 0 to 1."""
    share: FloatArray = 1 / (1 + np.exp(-np.clip(logits, -60, 60)))
    return share
