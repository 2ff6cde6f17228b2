"""Running and walking from the side: curves and peaks of the near leg, steps, and where the foot comes down."""

import numpy as np

from herstel.errors import marked
from herstel.movement.events import leg_length, offs, regular, stride_s, strikes
from herstel.movement.notices import notice
from herstel.movement.outcome import HIP, HIP_LINE, KNEE, TRUNK, Drawn, Found, Outcome, Scene, refused
from herstel.movement.pose import FloatArray, IntArray
from herstel.movement.repetitions import tops

NO_STRIDE = marked("No whole stride is in the picture.")
NUMBERS = (
    "knee_peak_flexion_deg", "knee_flexion_at_strike_deg", "hip_peak_flexion_deg", "hip_peak_extension_deg",
    "trunk_lean_mean_deg", "cadence_steps_per_min", "stride_time_s",
)  # fmt: skip
"""What is not told of a recording without a stride or the swing of a leg: nobody walks in it."""
LEAST_SWING_DEG = 25.0
SWING_S = 0.45
STEPS_A_STRIDE = 2


def walking(scene: Scene) -> Outcome:
    """Peaks, strides and the trunk of the near leg; who runs is refused."""
    outcome = _gait(scene)
    cadence = _cadence(outcome)
    if cadence is not None and cadence > scene.limits["walking_most_steps"]:
        return refused(notice("runs", cadence=cadence))
    return outcome


def running(scene: Scene) -> Outcome:
    """The numbers of walking, and how far before the hip the foot comes down; who walks is refused.

    How long the foot stays on the ground is left out: in running the toe is furthest behind well after it left.
    """
    outcome = _gait(scene)
    if outcome.refusals:
        return outcome
    cadence = _cadence(outcome)
    if cadence is not None and cadence < scene.limits["running_least_steps"]:
        return refused(notice("walks", cadence=cadence))
    body = scene.body
    down = strikes(body)
    forward = body.facing * (body.of("ankle") - body.of("hip"))[:, 0] / leg_length(body) * 100
    one = _middle("overstride_percent_leg", forward, down, HIP_LINE)
    if one is None or not outcome.found:  # nobody walks
        return outcome
    found = tuple(other for other in outcome.found if other.name != "stance_percent")
    return Outcome(found=(*found, one), absent=outcome.absent)


def _cadence(outcome: Outcome) -> float | None:
    """Steps a minute; None where no stride was seen."""
    return next((one.value for one in outcome.found if one.name == "cadence_steps_per_min"), None)


def _gait(scene: Scene) -> Outcome:
    body, curves = scene.body, scene.body.curves
    knee, hip, trunk = curves["knee_flex"], curves["hip_flex"], curves["trunk_lean_fwd"]
    if not np.isfinite(leg_length(body)):
        return refused(notice("occluded"))
    if not regular(body, scene.limits["stride_spread"]):
        return refused(notice("legs_confused"))
    down, swings = strikes(body), tops(knee, scene.fps, LEAST_SWING_DEG, SWING_S)
    if stride_s(body) is None and not len(swings):
        return Outcome(absent=dict.fromkeys(NUMBERS, NO_STRIDE))
    found = [
        _middle("knee_peak_flexion_deg", knee, swings, KNEE),
        _middle("knee_flexion_at_strike_deg", knee, down, KNEE),
        _middle("hip_peak_flexion_deg", hip, tops(hip, scene.fps, LEAST_SWING_DEG, SWING_S), HIP),
        _middle("hip_peak_extension_deg", -hip, tops(-hip, scene.fps, LEAST_SWING_DEG, SWING_S), HIP),
        _middle("trunk_lean_mean_deg", trunk, np.flatnonzero(np.isfinite(trunk)), TRUNK),
        *_steps(scene, down),
    ]
    absent = {} if stride_s(body) else {"cadence_steps_per_min": NO_STRIDE, "stride_time_s": NO_STRIDE}
    return Outcome(found=tuple(one for one in found if one is not None), absent=absent)


def _steps(scene: Scene, down: IntArray) -> list[Found]:
    stride = stride_s(scene.body)
    if stride is None:
        return []
    frame = int(down[0]) if len(down) else 0
    found = [
        Found(name="cadence_steps_per_min", value=60 * STEPS_A_STRIDE / stride, frame=frame, drawn=HIP_LINE),
        Found(name="stride_time_s", value=stride, frame=frame, drawn=HIP_LINE),
    ]
    times, leaving = scene.body.pose.times_s, offs(scene.body)
    stances = [
        float(times[after[0]] - times[one]) / stride * 100
        for one in down
        if len(after := leaving[leaving > one]) and times[after[0]] - times[one] < stride
    ]
    if stances:
        found.append(Found(name="stance_percent", value=float(np.median(stances)), frame=frame, drawn=HIP_LINE))
    return found


def _middle(name: str, curve: FloatArray, frames: IntArray, drawn: tuple[Drawn, ...]) -> Found | None:
    """The middle value at some frames, shown in the frame that is closest to it."""
    known = frames[np.isfinite(curve[frames])]
    if not len(known):
        return None
    middle = float(np.median(curve[known]))
    return Found(name=name, value=middle, frame=int(known[np.argmin(np.abs(curve[known] - middle))]), drawn=drawn)
