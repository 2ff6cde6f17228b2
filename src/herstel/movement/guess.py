"""Which test a recording shows, for who does not say."""

import numpy as np

from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.movement import view
from herstel.movement.body import Body, Preparation, prepared
from herstel.movement.events import stride_s
from herstel.movement.gates import KNEELING_DEG, present
from herstel.movement.legs import left_by_height, left_by_name
from herstel.movement.model import MovementTest
from herstel.movement.pose import FloatArray, Pose
from herstel.movement.repetitions import tops

FRONTAL_DEG = 55.0
RUNNING_STRIDE_S = 0.85
BENT_FORWARD_DEG = 60.0
LEAN_TO_WALL_DEG = 12.0
RAISED_DEG = 60.0
HANGING_DEG = -20.0
TO_THE_CHEST_DEG = 105.0
STRAIGHT_DEG = 35.0


def guess_test(pose: Pose, *, limits: MovementKnowledge) -> MovementTest | None:
    """The test that a recording looks like; None when it looks like none.

    A guess only says which test is tried: the test itself refuses what is not it.
    """
    numbers = limits.limits
    if present(pose).sum() < 2:
        return None
    if view.lying(pose, numbers["lying_deg"]):
        return _lying(_body(pose, limits, by_height=True), numbers["repetition_deg"])
    off = view.off_sagittal(pose, numbers, on_the_back=False)
    if off is not None and off > FRONTAL_DEG:
        return "single_leg_squat"
    return _upright(_body(pose, limits, by_height=False))


def _body(pose: Pose, limits: MovementKnowledge, *, by_height: bool) -> Body:
    numbers = limits.limits
    facing = view.facing(pose)
    near = view.near_side(facing)
    left = left_by_height(pose, higher=True) if by_height else left_by_name(pose, near, numbers["swapped_cost"])
    how = Preparation(limits=numbers, cutoff_hz=numbers["cutoff_hz"], in_plane=False)
    return prepared(pose, facing, near, left, how)


def _lying(body: Body, repetition_deg: float) -> MovementTest | None:
    higher, lower = body.curves, body.other_curves
    if len(tops(-higher["trunk_lean_fwd"], body.pose.fps, repetition_deg)) >= 2:
        return "single_leg_bridge"
    thigh, knee = _high(higher["thigh_to_horizontal"]), _low(higher["knee_flex"])
    hangs = _low(lower["thigh_to_horizontal"]) < HANGING_DEG or _high(lower["knee_flex"]) > STRAIGHT_DEG
    if hangs:
        return "modified_thomas" if thigh > TO_THE_CHEST_DEG or knee > TO_THE_CHEST_DEG - STRAIGHT_DEG else "jurdan"
    if _high(higher["knee_flex"]) > STRAIGHT_DEG:
        return "active_knee_extension" if thigh > RAISED_DEG else None
    return "straight_leg_raise" if _high(higher["hip_ankle_line_to_horizontal"]) > STRAIGHT_DEG else None


def _upright(body: Body) -> MovementTest | None:
    curves = body.curves
    shank = curves["shank_fwd_lean"]
    if _middle(np.abs(shank - 90)) < KNEELING_DEG:
        return "nordic"
    stride = stride_s(body)
    if stride is not None:
        return "running" if stride < RUNNING_STRIDE_S else "walking"
    if _high(curves["trunk_lean_fwd"]) > BENT_FORWARD_DEG:
        return "forward_bend"
    return "knee_to_wall" if _high(shank) > LEAN_TO_WALL_DEG else None


def _middle(curve: FloatArray) -> float:
    return _percentile(curve, 50)


def _high(curve: FloatArray) -> float:
    return _percentile(curve, 95)


def _low(curve: FloatArray) -> float:
    return _percentile(curve, 5)


def _percentile(curve: FloatArray, percent: int) -> float:
    known = curve[np.isfinite(curve)]
    return float(np.percentile(known, percent)) if len(known) else float("nan")
