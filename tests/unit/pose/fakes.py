"""Backends and networks that see what a test tells them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from herstel.movement.pose import POINTS, FloatArray
from herstel_pose import weights
from herstel_pose.backend import NOBODY, Frame, Person, Picture, Seen, Trail

DATA = Path(__file__).parents[4] / "shared" / "movement-data"


def person(x: float, y: float = 60, reach: float = 40, turn: float = 0.0) -> Person:
    return Person(hips_px=(x, y), reach_px=reach, turn_rad=turn)


def points_at(x: float, y: float) -> FloatArray:
    """All points at one place."""
    return np.tile([x, y], (len(POINTS), 1)).astype(float)


class Watcher:
    """A backend whose crowd depends on the number of the picture that it looks at."""

    name = "watcher"

    def __init__(self, crowd: Callable[[int], tuple[Person, ...]], step: int = 1) -> None:
        self._crowd, self._step, self._looks = crowd, step, 0
        self.followed: Trail | None = None

    def people(self, picture: Picture) -> tuple[Person, ...]:
        self._looks += 1
        return self._crowd((self._looks - 1) * self._step)

    def follow(self, frames: Iterable[Frame], whom: Trail | None = None) -> Iterator[Seen]:
        self.followed = whom
        for _ in frames:
            yield NOBODY


class Teller:
    """A backend that tells, for the number of a frame, what was seen."""

    name = "teller"

    def __init__(self, tell: Callable[[int], Seen]) -> None:
        self._tell = tell

    def people(self, picture: Picture) -> tuple[Person, ...]:
        return ()

    def follow(self, frames: Iterable[Frame], whom: Trail | None = None) -> Iterator[Seen]:
        for number, _ in enumerate(frames):
            yield self._tell(number)


needs_weights = pytest.mark.skipif(
    bool(weights.missing()), reason=f"not there: {', '.join(weights.missing())}; make weights fetches them"
)
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the recordings (../shared/movement-data) are not beside the project"
)
