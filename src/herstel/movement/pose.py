"""One person's points over time, wherever they come from: a video, markers, or a drawn mannequin."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
BodySide = Literal["left", "right"]
PointName = Literal[
    "nose", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_toe", "right_toe",
]  # fmt: skip
POINTS: tuple[PointName, ...] = get_args(PointName)
INDEX = {name: number for number, name in enumerate(POINTS)}
"""The place of a point in the arrays."""
BONES: tuple[tuple[PointName, PointName], ...] = (
    ("left_shoulder", "left_hip"), ("left_hip", "left_knee"), ("left_knee", "left_ankle"), ("left_ankle", "left_heel"),
    ("left_heel", "left_toe"), ("right_shoulder", "right_hip"), ("right_hip", "right_knee"),
    ("right_knee", "right_ankle"), ("right_ankle", "right_heel"), ("right_heel", "right_toe"),
    ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
)  # fmt: skip
"""Between which points a line is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """The points of one person in every frame.

    Attributes
    ----------
    times_s : (frames,)
        When each frame was taken, from its own time stamp; not always evenly spaced.
    xy_px : (frames, points, 2)
        Place in the upright picture, x to the right and y down; NaN where the point is not known. A point outside the
        picture was invented by the backend and is NaN as well; ``outside`` says so.
    score : (frames, points)
        0 to 1, how sure the backend is that the point is visible.
    outside : (frames, points)
        Whether the backend placed the point outside the picture.
    world_m : (frames, points, 3) or None
        Metres from the middle of the hips, x right, y down, z away from the camera. Used for the view only: its angles
        are worse than those in the picture (source: movement-notes, section 1).
    width_px, height_px : int
    people : (frames,) or None
        How many people the detector saw at that time; -1 where it did not look.
    brightness : (frames,) or None
        Mean of the picture, 0 to 255.
    camera_shift_px : (frames,) or None
        How far the background moved since the frame before.
    hips_inferred : bool
        Whether the hips are put where they belong to the trunk, as networks do, so that they do not show how the pelvis
        stands.
    """

    times_s: FloatArray
    xy_px: FloatArray
    score: FloatArray
    outside: BoolArray
    world_m: FloatArray | None = None
    width_px: int
    height_px: int
    people: IntArray | None = None
    brightness: FloatArray | None = None
    camera_shift_px: FloatArray | None = None
    hips_inferred: bool = False

    def __post_init__(self) -> None:
        frames = len(self.times_s)
        expected = {"xy_px": (frames, len(POINTS), 2), "score": (frames, len(POINTS)), "outside": (frames, len(POINTS))}
        for name, shape in expected.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has the shape {getattr(self, name).shape}; give it {shape}")

    @property
    def frames(self) -> int:
        return len(self.times_s)

    @property
    def fps(self) -> float:
        """Frames per second by the median distance of the time stamps; 0 with less than two frames."""
        return float(1 / np.median(np.diff(self.times_s))) if self.frames > 1 else 0.0

    def of(self, name: PointName) -> FloatArray:
        """One point over time, (frames, 2)."""
        return self.xy_px[:, INDEX[name]]
