"""Real people filmed with a phone while markers were measured: how far the points alone put the knee and the hip off.

The camera is recovered from the joint centres of the reference, and the reference is seen through it: so the view,
which is 50 degrees off the side, does not count. That such a view is refused is counted apart.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from herstel.knowledge.load import load_knowledge
from herstel.movement import angles
from herstel.movement.filters import smooth
from herstel.movement.gaps import filled
from herstel.movement.legs import both, swapped
from herstel.movement.measuring import measure
from herstel.movement.model import MovementTest
from herstel.movement.pose import INDEX, FloatArray, PointName, Pose
from herstel_pose.analysis import embedded
from herstel_pose.landmarks import NUMBERS
from herstel_pose.recording import Reading
from herstel_pose.weights import missing

VIDEOS = Path(__file__).parents[3] / "shared" / "movement-data" / "video"
BODIES = {"shoulder": "humerus", "hip": "femur", "knee": "tibia", "ankle": "talus"}
NAMES: tuple[PointName, ...] = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in BODIES)  # type: ignore[misc]
IN_LEG = np.array([name.endswith(("knee", "ankle")) for name in NAMES])
KNEE_AIM, HIP_AIM = 6.2, 4.5
GAP_S, CUTOFF_HZ = 0.2, 6.0
STARTS, AT_ONCE = 12, 120
SAGITTAL: tuple[MovementTest, ...] = ("walking", "forward_bend")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """A video and the joint centres of the same trial."""

    name: str
    pose: Pose
    reference_m: FloatArray


def figures(folder: Path = VIDEOS) -> Iterator[Figure]:
    """The error of the points by joint, and whether the view is refused."""
    if not folder.is_dir() or missing():
        yield Figure(name="phone videos with markers", value=f"not measured: {folder} or the networks are not there")
        return
    trials = _trials(folder)
    yield from _off(trials, "two phone videos against markers")
    yield _refused(trials)


def of_others(points: Path, folder: Path = VIDEOS) -> Iterator[Figure]:
    """The same error of points that another program found: a file for each video, made by ``mediapipe_points``."""
    trials = []
    for trial in _trials(folder):
        found, xy = np.load(points / f"{trial.name}.npy"), np.full_like(trial.pose.xy_px, np.nan)
        for name, number in NUMBERS.items():
            xy[:, INDEX[name]] = found[:, number]
        trials.append(replace(trial, pose=replace(trial.pose, xy_px=xy)))
    yield from _off(trials, f"found by another program ({points})")


def _trials(folder: Path) -> "list[Trial]":
    return [_trial(folder / name) for name in ("opencap_squat", "opencap_walk")]


def _off(trials: "list[Trial]", what: str) -> Iterator[Figure]:
    """The error of the knee and of the hip."""
    errors = [_errors(one) for one in trials]
    for joint, aim in (("knee", KNEE_AIM), ("hip", HIP_AIM)):
        found = [error for one in errors for error in one[joint]]
        told = ", ".join(f"{one:.1f}" for one in found)
        mean = float(np.mean(found))
        yield Figure(
            name=f"{joint} from the points alone, {what}",
            value=f"{mean:.1f} deg RMSE (n {len(found)} curves: {told})", aim=f"<= {aim} deg", met=mean <= aim,
        )  # fmt: skip


def _refused(trials: list[Trial]) -> Figure:
    limits = load_knowledge().movement
    told = [
        (
            trial.name,
            test,
            "wrong_view" in {one.code for one in measure(trial.pose, test, None, limits=limits).refusals},
        )
        for trial in trials
        for test in SAGITTAL
    ]
    right = sum(one for *_, one in told)
    name = "the same videos, about 50 degrees off the side, refused for sagittal tests"
    return Figure(name=name, value=f"{right} of {len(told)}", aim="all", met=right == len(told))


def _trial(folder: Path) -> Trial:
    pose = embedded(folder / "video.mp4", Reading())
    told = json.loads((folder / "marker_mocap_bodies.json").read_text())
    at = np.asarray(told["time"], dtype=float)
    centres = np.stack(
        [np.asarray(told["bodies"][f"{BODIES[name.split('_')[1]]}_{name[0]}"]["translation"]) for name in NAMES], axis=1
    )
    times = pose.times_s + at[0]
    seen = np.empty((pose.frames, len(NAMES), 3))
    for point, axis in np.ndindex(len(NAMES), 3):
        seen[:, point, axis] = np.interp(times, at, centres[:, point, axis])
    return Trial(name=folder.name, pose=pose, reference_m=seen)


def _errors(trial: Trial) -> dict[str, list[float]]:
    """RMSE of the knee and of the hip of both legs, in degrees in the picture."""
    pose = trial.pose
    raw = pose.xy_px[:, [INDEX[name] for name in NAMES]]
    exchanged = swapped(both(pose), load_knowledge().movement.limits["swapped_cost"])
    raw = np.where(exchanged[:, None, None] & IN_LEG[:, None], np.roll(raw, len(BODIES), axis=1), raw)
    found = smooth(pose.times_s, filled(pose.times_s, raw, GAP_S), CUTOFF_HZ)
    true = _through(_camera(trial.reference_m, found, pose), trial.reference_m, pose)
    errors: dict[str, list[float]] = {"knee": [], "hip": []}
    for leg in (slice(0, 4), slice(4, 8)):
        for joint, three in (("knee", slice(1, 4)), ("hip", slice(0, 3))):
            curves = [angles.flexion(*np.moveaxis(points[:, leg][:, three], 1, 0)) for points in (found, true)]
            errors[joint].append(float(np.sqrt(np.nanmean((curves[0] - curves[1]) ** 2))))
    return errors


def _through(camera: FloatArray, places_m: FloatArray, pose: Pose) -> FloatArray:
    """Places in the room as pixels: a pinhole with its focal length (log of the picture's height), turn and place."""
    from scipy.spatial.transform import Rotation

    seen = places_m @ Rotation.from_rotvec(camera[1:4]).as_matrix().T + camera[4:7]
    middle = np.array([pose.width_px, pose.height_px]) / 2
    flat: FloatArray = middle + np.exp(camera[0]) * pose.height_px * seen[..., :2] / np.maximum(seen[..., 2:], 0.1)
    return flat


def _camera(places_m: FloatArray, found_px: FloatArray, pose: Pose) -> FloatArray:
    """The camera through which the reference lies nearest to what was found, from several sides as a start."""
    from scipy.optimize import least_squares
    from scipy.spatial.transform import Rotation

    known = np.flatnonzero(np.isfinite(found_px).all(axis=(1, 2)))
    chosen = known[:: max(1, len(known) // AT_ONCE)]
    places, wanted = places_m[chosen], found_px[chosen]
    middle = places.mean(axis=(0, 1))

    def off(camera: FloatArray) -> FloatArray:
        return (_through(camera, places, pose) - wanted).ravel() / 10

    best = None
    for turn in np.arange(STARTS) * 2 * np.pi / STARTS:
        down = Rotation.from_euler("x", np.pi) * Rotation.from_euler("y", turn)
        start = np.concatenate([[0.0], down.as_rotvec(), np.array([0, 0, 4.0]) - down.apply(middle)])
        one = least_squares(off, start, loss="soft_l1")
        best = one if best is None or one.cost < best.cost else best
    assert best is not None
    return np.asarray(best.x)


if __name__ == "__main__":
    for figure in of_others(Path(sys.argv[1])) if len(sys.argv) > 1 else figures():
        print(figure.name, figure.value, figure.aim or "", figure.met)
