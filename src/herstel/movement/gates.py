"""When a recording is refused: better no number than a wrong one."""

from collections.abc import Iterator, Mapping

import numpy as np

from herstel.knowledge.movement_entries import Joint, MovementTask
from herstel.movement.body import Body
from herstel.movement.gaps import runs
from herstel.movement.model import Notice
from herstel.movement.notices import notice
from herstel.movement.pose import BoolArray, FloatArray, Pose

FOOT: tuple[Joint, ...] = ("ankle", "heel", "toe")
STEPPING = ("running", "walking")
MOVING_QUARTILE = 75
FROM_THE_FRONT_DEG = 90.0
KNEELING_DEG = 30.0
"""Of who kneels the shank is this close to level, with the knee before the foot."""


def present(pose: Pose) -> BoolArray:
    """In which frames somebody is there: a hip is known."""
    return np.isfinite(pose.of("left_hip")[:, 0]) | np.isfinite(pose.of("right_hip")[:, 0])


def of_recording(pose: Pose, task: MovementTask, limits: Mapping[str, float]) -> Iterator[Notice]:
    """What is wrong with the recording itself."""
    if pose.brightness is not None and np.median(pose.brightness) < limits["brightness"]:
        yield notice("too_dark")
    if pose.people is not None:
        looked = pose.people[pose.people >= 0]
        if len(looked) and np.mean(looked > 1) > limits["people_share"]:
            yield notice("several_people")
    if pose.fps < task.least_fps - 0.5:
        yield notice("low_frame_rate", fps=pose.fps, least=task.least_fps)
    if _camera_moves(pose, limits["camera_speed_percent"]):
        yield notice("camera_moving")
    if present(pose).sum() < max(2, limits["inside_s"] * pose.fps):
        yield notice("no_person")


def _camera_moves(pose: Pose, limit_percent: float) -> bool:
    shifts = pose.camera_shift_px
    shifts = shifts[np.isfinite(shifts)] if shifts is not None else np.array([])
    if not len(shifts):
        return False
    speed = np.percentile(shifts, MOVING_QUARTILE) * pose.fps / max(pose.width_px, pose.height_px) * 100
    return bool(speed > limit_percent)


def of_view(off_sagittal_deg: float | None, task: MovementTask, limits: Mapping[str, float]) -> Iterator[Notice]:
    """Whether the camera looks from where this test needs it."""
    if off_sagittal_deg is None:
        yield notice("unknown_view")
        return
    off = off_sagittal_deg if task.view == "side" else abs(FROM_THE_FRONT_DEG - off_sagittal_deg)
    limit = limits[f"{task.view}_view_deg"]
    if off > limit:
        yield notice(f"{task.view}_view", off=off, limit=limit)


def _at_edge(body: Body, joint: Joint, share: float) -> BoolArray:
    """In which frames a point is so near to the edge of the picture that what is around it is cut off."""
    size = np.array([body.pose.width_px, body.pose.height_px])
    place, margin = body.of(joint), share * size.max()
    near: BoolArray = np.any((place < margin) | (place > size - margin), axis=-1)
    return near


def of_posture(body: Body, task: MovementTask, limits: Mapping[str, float], *, lying: bool) -> Iterator[Notice]:
    """Whether somebody stands, kneels or lies as the test asks; a trunk that bends to level is not taken for lying."""
    trunk_may_be_level = task.posture == "kneeling" or task.id == "forward_bend"
    wrong = not trunk_may_be_level and lying != (task.posture == "lying")
    if trunk_may_be_level:
        wrong = _middle(body.curves["trunk_lean_fwd"]) < -limits["lying_deg"]
    if task.posture != "lying":
        shank = _middle(np.where(body.score("ankle") < limits["leg_score"], np.nan, body.curves["shank_fwd_lean"]))
        on_the_knees = abs(shank - 90) <= KNEELING_DEG
        wrong = wrong or (bool(np.isfinite(shank)) and on_the_knees != (task.posture == "kneeling"))
    if wrong:
        yield notice("posture")


def _middle(curve: FloatArray) -> float:
    known = curve[np.isfinite(curve)]
    return float(np.median(known)) if len(known) else float("nan")


def of_body(body: Body, task: MovementTask, limits: Mapping[str, float]) -> Iterator[Notice]:
    """Whether the points that are needed are in the picture and not hidden."""
    there = present(body.pose)
    if "ankle" in task.needs or "toe" in task.needs:
        outside = np.any([body.outside(joint) | _at_edge(body, joint, limits["foot_edge"]) for joint in FOOT], axis=0)
        inside_s = max((stop - start for start, stop in runs(there & ~outside)), default=0) / body.pose.fps
        passing = task.id in STEPPING and inside_s >= limits["inside_s"]
        if np.mean(outside[there]) > limits["outside_share"] and not passing:
            yield notice("feet_not_visible")
            return
        there = there & ~outside if passing else there
    scored: tuple[Joint, ...] = ("hip", "knee", *FOOT) if "ankle" in task.needs else task.needs
    known = min(float(np.mean(np.isfinite(body.of(joint)[there]))) for joint in task.needs)
    score = np.mean([body.score(joint)[there] for joint in scored if joint != "shoulder"])
    if known < limits["known_share"] or score < limits["leg_score"]:
        yield notice("occluded")
