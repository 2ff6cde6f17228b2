"""What finds people and their points in pictures: the contract, and the values that pass through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from herstel.movement.pose import POINTS, BoolArray, FloatArray, IntArray, PointName

Picture = npt.NDArray[np.uint8]
"""(height, width, 3), RGB, upright."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """One picture of a video and when it was taken.

    ``times`` is how many times the video is larger than this picture.
    """

    time_s: float
    picture: Picture
    times: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a picture, as a circle around the body: the middle of the hips and the way up.

    Attributes
    ----------
    hips_px : (x, y)
    reach_px : float
        Half the side of the square that holds the whole person.
    turn_rad : float
        How far the person is turned from upright, clockwise in the picture.
    """

    hips_px: tuple[float, float]
    reach_px: float
    turn_rad: float
    score: float = 1.0

    def far_from(self, other: "Person") -> float:
        """Distance of the hips, in reaches of the other."""
        apart = np.hypot(self.hips_px[0] - other.hips_px[0], self.hips_px[1] - other.hips_px[1])
        return float(apart / max(other.reach_px, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What was found in one frame.

    Attributes
    ----------
    xy_px : (points, 2) or None
        None when the person that is followed was not found; also places outside the picture.
    score : (points,)
        0 to 1: how sure the backend is that the point is visible.
    sure : (points,) or None
        0 to 1: how sure the backend is of where the point is.
    world_m : (points, 3) or None
    person : Person or None
        Where the person was found.
    people : int
        How many people are in the picture; -1 when nobody looked.
    """

    xy_px: FloatArray | None = None
    score: FloatArray | None = None
    sure: FloatArray | None = None
    world_m: FloatArray | None = None
    person: Person | None = None
    people: int = -1


NOBODY = Seen()


class PoseBackend(Protocol):
    """Frames in, the points of one person out."""

    name: str

    def people(self, picture: Picture) -> tuple[Person, ...]:
        """Everybody in a picture, from left to right."""

    def follow(self, frames: Iterable[Frame], whom: "Trail | None" = None) -> Iterator[Seen]:
        """The points of one person, a value for every frame: of who is followed, or of who is largest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trail:
    """Where one person was, by looks: ``times_s`` (looks,) and who was seen then."""

    times_s: FloatArray
    people: tuple[Person, ...]

    def at(self, time_s: float) -> Person | None:
        """Where the person is at a time, on a straight line between the looks; None before and after them."""
        if not self.times_s[0] - EDGE_S <= time_s <= self.times_s[-1] + EDGE_S:
            return None
        if len(self.people) == 1:
            return self.people[0]
        after = int(np.clip(np.searchsorted(self.times_s, time_s), 1, len(self.people) - 1))
        one, two = self.people[after - 1], self.people[after]
        start_s, end_s = self.times_s[after - 1 : after + 1]
        share = float(np.clip((time_s - start_s) / (end_s - start_s), 0, 1))
        (x, y), (x_end, y_end) = one.hips_px, two.hips_px
        return Person(
            hips_px=(x + share * (x_end - x), y + share * (y_end - y)),
            reach_px=one.reach_px + share * (two.reach_px - one.reach_px),
            turn_rad=(one if share < 0.5 else two).turn_rad,
        )


EDGE_S = 0.15
"""A person is followed this long before the first and after the last look at them."""


def picked(values: FloatArray, numbers: dict[PointName, int]) -> FloatArray:
    """The rows of a backend's own points in our order; NaN where it has no such point."""
    found = np.full((len(POINTS), *values.shape[1:]), np.nan)
    for row, name in enumerate(POINTS):
        if name in numbers:
            found[row] = values[numbers[name]]
    return found


__all__ = [
    "NOBODY", "BoolArray", "FloatArray", "Frame", "IntArray", "Person", "Picture", "PoseBackend", "Seen", "Trail",
    "picked",
]  # fmt: skip
