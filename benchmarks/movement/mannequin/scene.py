"""Everything that a camera films: who moves, what stands in the way, the light; and the exact points of it."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from benchmarks.movement.mannequin.body import Clothes, Colour, Spheres, spheres
from benchmarks.movement.mannequin.camera import Camera
from benchmarks.movement.mannequin.kinematics import Build, Motion, angles, centres
from herstel.movement.pose import INDEX, POINTS, BoolArray, FloatArray, Pose

BRIGHTNESS = 140.0
"""Mean of a picture in full light, about."""
HIDDEN_SCORE = 0.2
SIDE_OF = {"left": "l", "right": "r"}
JOINT_OF = {"shoulder": "sh"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Actor:
    """Somebody who moves, at a place in the room."""

    motion: Motion
    build: Build = field(default_factory=Build)
    clothes: Clothes = field(default_factory=Clothes)
    at_m: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @cached_property
    def centres(self) -> dict[str, FloatArray]:
        directions = ("up", "right", "ahead")
        found = centres(self.motion, self.build)
        return {name: place if name in directions else place + self.at_m for name, place in found.items()}

    @cached_property
    def spheres(self) -> Spheres:
        return spheres(self.centres, self.build, self.clothes)

    @cached_property
    def angles(self) -> dict[str, FloatArray]:
        return angles(self.motion, self.build)


@dataclass(frozen=True, kw_only=True)
class Board:
    """A flat board that faces the person's side: a table or a bench between two corners, at a depth."""

    low_m: tuple[float, float]
    high_m: tuple[float, float]
    aside_m: float
    colour: Colour = (120, 96, 74)

    def corners(self) -> FloatArray:
        (left, low), (right, high) = self.low_m, self.high_m
        return np.array([(left, low, self.aside_m), (right, high, self.aside_m)])


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """The first actor is who is measured."""

    actors: tuple[Actor, ...]
    camera: Camera = field(default_factory=Camera)
    boards: tuple[Board, ...] = ()
    light: float = 1.0
    seed: int = 5
    floor_m: float | None = None

    @property
    def frames(self) -> int:
        return self.actors[0].motion.frames

    @property
    def fps(self) -> float:
        return self.actors[0].motion.fps

    @cached_property
    def floor(self) -> float:
        """The height of the floor: under the lowest place that the person reaches."""
        if self.floor_m is not None:
            return self.floor_m
        bodies = self.actors[0].spheres
        return min(float(place[:, 1].min()) - radius for place, radius in zip(bodies.places, bodies.radii, strict=True))

    def camera_at(self, frame: int) -> Camera:
        return self.camera.later(frame / self.fps)

    def joint_centres_px(self) -> dict[str, FloatArray]:
        """Every joint of the measured person in the picture, (frames, 2), also outside it."""
        at = self.actors[0].centres
        names = [name for name in at if name[-2:] in ("_r", "_l")]
        found = {name: np.empty((self.frames, 2)) for name in names}
        for frame in range(self.frames):
            camera = self.camera_at(frame)
            for name in names:
                found[name][frame] = camera.pixels(camera.seen(at[name][frame]))
        return found

    def pose(self) -> Pose:
        """What a perfect backend would find."""
        at, frames = self.actors[0].centres, self.frames
        cameras = [self.camera_at(frame) for frame in range(frames)]
        places = np.stack([at[_name(point)] for point in POINTS], axis=1)
        seen = np.stack([camera.seen(place) for camera, place in zip(cameras, places, strict=True)])
        xy = self.camera.pixels(seen)
        size = (self.camera.width_px, self.camera.height_px)
        outside: BoolArray = np.any((xy < 0) | (xy > np.asarray(size)), axis=-1)
        hidden = np.any([self._behind(board, xy, seen, cameras) for board in self.boards], axis=0)
        middle = (seen[:, INDEX["left_hip"]] + seen[:, INDEX["right_hip"]]) / 2
        return Pose(
            times_s=np.arange(frames) / self.fps,
            xy_px=np.where(outside[..., None], np.nan, xy),
            score=np.where(hidden, HIDDEN_SCORE, 1.0) * np.ones(xy.shape[:2]),
            outside=outside, world_m=seen - middle[:, None], width_px=size[0], height_px=size[1],
            people=np.full(frames, len(self.actors)), brightness=np.full(frames, BRIGHTNESS * self.light),
            camera_shift_px=self._shift(cameras),
        )  # fmt: skip

    def _behind(self, board: Board, xy: FloatArray, seen: FloatArray, cameras: list[Camera]) -> FloatArray:
        hidden = np.zeros(xy.shape[:2])
        for frame, camera in enumerate(cameras):
            corners = camera.seen(board.corners())
            low, high = np.sort(camera.pixels(corners), axis=0)
            within = ((xy[frame] > low) & (xy[frame] < high)).all(axis=-1)
            hidden[frame] = within & (seen[frame, :, 2] > corners[:, 2].mean())
        return hidden

    def _shift(self, cameras: list[Camera]) -> FloatArray:
        """How far a place on the wall moves in the picture."""
        wall = np.asarray(self.camera.target_m) - self.camera.place_m
        place = self.camera.place_m + wall * 2
        found = np.stack([camera.pixels(camera.seen(place)) for camera in cameras])
        return np.concatenate([[np.nan], np.linalg.norm(np.diff(found, axis=0), axis=-1)])


def _name(point: str) -> str:
    if point == "nose":
        return "nose"
    side, joint = point.split("_")
    return f"{JOINT_OF.get(joint, joint)}_{SIDE_OF[side]}"
