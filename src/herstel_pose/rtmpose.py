"""A second backend: RTMPose with 26 points (Halpe26), run by rtmlib. Its files are named, never fetched.

It was written by the source of rtmlib and tried with a stand-in only: **it was not run on real weights.** The standard
errors and limits of the knowledge were found with BlazePose; with this backend they are not known to hold. It has no
places in metres, so the view is told by the picture alone.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from herstel.errors import InputError, Problem, marked
from herstel.movement.pose import FloatArray, PointName
from herstel_pose.backend import Frame, Person, Picture, Seen, Trail, picked
from herstel_pose.following import follow

NUMBERS: dict[PointName, int] = {
    "nose": 0, "left_ear": 3, "right_ear": 4, "left_shoulder": 5, "right_shoulder": 6, "left_wrist": 9,
    "right_wrist": 10, "left_hip": 11, "right_hip": 12, "left_knee": 13, "right_knee": 14, "left_ankle": 15,
    "right_ankle": 16, "left_toe": 20, "right_toe": 21, "left_heel": 24, "right_heel": 25,
}  # fmt: skip
"""What number a point has among the 26; a toe is the big one."""
LEAST_PRESENT = 0.3
WIDER = 1.25
"""The box of the next frame against that of the points, as in rtmlib's own tracker."""
PACKAGES = {"rtmlib": "rtmlib", "onnxruntime": "onnxruntime"}

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed(Person):
    """Somebody in an upright box."""

    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The two networks and the width and height of the pictures that they take."""

    detector: Path
    pose: Path
    detector_size: tuple[int, int] = (640, 640)
    pose_size: tuple[int, int] = (192, 256)


class RtmPose:
    """A PoseBackend on local ONNX files: a YOLOX detector of people and an RTMPose network of 26 points.

    Raises
    ------
    InputError
        When a file is not there, or rtmlib or onnxruntime is not installed.
    """

    name = "rtmpose-halpe26"

    def __init__(self, files: Files, device: str = "cpu") -> None:
        _check_installed()
        for path in (files.detector, files.pose):
            _check_there(path)
        from rtmlib import YOLOX, RTMPose

        how = {"backend": "onnxruntime", "device": device}
        with redirect_stdout(io.StringIO()):  # rtmlib tells what it loads there, where our own output goes
            self._detector: Any = YOLOX(str(files.detector), model_input_size=files.detector_size, **how)
            self._pose: Any = RTMPose(str(files.pose), model_input_size=files.pose_size, **how)

    def people(self, picture: Picture) -> tuple[Person, ...]:
        """Everybody in a picture, from left to right."""
        boxes = np.asarray(self._detector(_blue_first(picture)), dtype=np.float64).reshape(-1, 4)
        return tuple(sorted((_boxed(box) for box in boxes), key=lambda one: one.hips_px[0]))

    def seen(self, picture: Picture, place: Person, *, mirrored: bool) -> Seen | None:  # noqa: ARG002 - no mirror here
        """The points of a person; None when nobody is there."""
        points, scores = self._pose(_blue_first(picture), bboxes=[list(_box(place))])
        xy = picked(np.asarray(points, dtype=np.float64)[0], NUMBERS)
        score = np.clip(picked(np.asarray(scores, dtype=np.float64)[0], NUMBERS), 0, 1)
        if score.mean() < LEAST_PRESENT:
            return None
        return Seen(xy_px=xy, score=score, person=_around(xy[score >= LEAST_PRESENT], xy))

    def follow(self, frames: Iterable[Frame], whom: Trail | None = None) -> Iterator[Seen]:
        """The points of one person in every frame: of who is followed, or of who is largest at first."""
        return follow(frames, self, whom)


def _check_installed() -> None:
    lacking = [package for module, package in PACKAGES.items() if find_spec(module) is None]
    if lacking:
        reason = marked("These packages, which run RTMPose, are not installed here.")
        remedy = marked('Install them: pip install "herstel[rtmpose]"')
        raise InputError([Problem(thing=", ".join(lacking), reason=reason, remedy=remedy)])


def _check_there(path: Path) -> None:
    if not path.is_file():
        remedy = marked("Name an ONNX file of this network that is on this machine; it is never fetched.")
        raise InputError([Problem(thing=str(path), reason=marked("There is no such file."), remedy=remedy)])


def _blue_first(picture: Picture) -> Picture:
    """The order of colours that rtmlib expects."""
    return np.ascontiguousarray(picture[..., ::-1])


def _boxed(box: FloatArray) -> Boxed:
    """A person in the middle of a box."""
    left, top, right, bottom = (float(one) for one in box)
    middle = ((left + right) / 2, (top + bottom) / 2)
    reach = max(right - left, bottom - top) / 2
    return Boxed(hips_px=middle, reach_px=reach, turn_rad=0.0, box=(left, top, right, bottom))


def _around(sure: FloatArray, all_points: FloatArray) -> Boxed:
    """Where to look next: the box of the points that are sure, wider."""
    points = sure if len(sure) > 1 else all_points
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2 * WIDER
    return _boxed(np.concatenate([middle - half, middle + half]))


def _box(place: Person) -> Box:
    """The box of a person, or the square around one of whom only the place is known."""
    if isinstance(place, Boxed):
        return place.box
    (x, y), reach = place.hips_px, place.reach_px
    return (x - reach, y - reach, x + reach, y + reach)
