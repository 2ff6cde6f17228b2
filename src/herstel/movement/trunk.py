"""Tests of the whole body from the side: Nordic, bending forward, bridges on one leg."""

import numpy as np

from herstel.errors import marked
from herstel.movement import angles
from herstel.movement.events import leg_length
from herstel.movement.model import Notice
from herstel.movement.notices import notice
from herstel.movement.outcome import HIP, KNEE, THIGH, TRUNK, Drawn, Found, Outcome, Scene, refused
from herstel.movement.pose import FloatArray
from herstel.movement.repetitions import bridged, tops

_LEAN: tuple[Drawn, ...] = (("knee", "measured"), ("shoulder", "measured"))
NO_FALL = marked("The speed at which one falls was not reached: there is no break point.")
BEFORE_S = 0.6
"""So much of the controlled lowering is looked at."""
LEAST_FALL = 4
"""So many frames of falling are needed to see where it began."""


def nordic(scene: Scene) -> Outcome:
    """How far somebody leans forward when the fall begins."""
    body = scene.body
    lean = angles.lean(body.of("knee"), body.of("shoulder"), body.facing)
    bend = body.curves["hip_flex"]
    known = np.isfinite(lean)
    if known.sum() < 2 * LEAST_FALL:
        return refused(notice("occluded"))
    series = {"knee_shoulder_lean": lean}
    at = break_point(body.pose.times_s, lean, scene.limits["break_speed_deg_s"])
    if at is None:
        top = int(np.nanargmax(lean))
        peak = (Found(name="peak_lean_deg", value=float(lean[top]), frame=top, drawn=_LEAN, against="vertical"),)
        return Outcome(found=peak, absent={"break_point_lean_deg": NO_FALL}, series=series)
    value = float(bridged(lean)[at])
    knee = 90 - float(bridged(angles.lean(body.of("knee"), body.of("hip"), body.facing))[at])  # the shank is level
    found: tuple[Found, ...] = (
        Found(name="break_point_lean_deg", value=value, frame=at, drawn=_LEAN, against="vertical"),
        Found(name="break_point_knee_deg", value=knee, frame=at, drawn=THIGH, against="horizontal"),
    )
    if np.isfinite(bend[at]):
        found = (*found, Found(name="hip_bend_at_break_deg", value=float(bend[at]), frame=at, drawn=HIP))
    return Outcome(found=found, series=series)


def break_point(times_s: FloatArray, lean: FloatArray, speed_deg_s: float) -> int | None:
    """The frame in which a controlled lowering turns into a fall.

    A fall is faster than ``speed_deg_s``, but it begins earlier: controlled lowering is a straight line in time and a
    fall a parabola that steepens. The break point is where the two fit the curve best together.

    Returns
    -------
    int or None
        None without a fall.
    """
    whole = bridged(lean)
    speed = np.gradient(whole, times_s)
    fast = np.flatnonzero(speed > speed_deg_s)
    if not len(fast):
        return None
    first = int(fast[0])
    slower = np.flatnonzero(speed[first:] <= speed_deg_s)
    end = first + int(slower[0]) if len(slower) else len(whole)
    end = min(end, first + max(LEAST_FALL, int(np.argmax(speed[first:end])) + 1))
    begin = int(np.searchsorted(times_s, times_s[first] - BEFORE_S))
    candidates = range(begin + 2, first + 1)
    misfits = [_misfit(times_s[begin:end], whole[begin:end], times_s[at]) for at in candidates]
    return candidates[int(np.argmin(misfits))] if misfits else first


def _misfit(times_s: FloatArray, lean: FloatArray, at_s: float) -> float:
    """What a line up to a moment and a parabola from it on leave unexplained; speed may change there, place may not."""
    before, after = np.minimum(times_s - at_s, 0), np.maximum(times_s - at_s, 0)
    terms = np.stack([np.ones_like(before), before, after, after**2], axis=1)
    fitted = terms @ np.linalg.lstsq(terms, lean, rcond=None)[0]
    return float(np.sum((lean - fitted) ** 2))


def forward_bend(scene: Scene) -> Outcome:
    """How far the trunk comes forward with straight knees."""
    curves, limits = scene.body.curves, scene.limits
    lean, knee = curves["trunk_lean_fwd"], curves["knee_flex"]
    top = int(np.nanargmax(lean))
    if _walks(scene, top):
        return refused(notice("posture"))
    around = knee[max(0, top - 2) : top + 3]
    around = around[np.isfinite(around)]
    bent = float(np.median(around)) if len(around) else float("nan")
    flags: tuple[Notice, ...] = ()
    found: tuple[Found, ...] = (
        Found(name="peak_trunk_lean_deg", value=float(lean[top]), frame=top, drawn=TRUNK, against="vertical"),
    )
    if np.isfinite(bent):
        found = (*found, Found(name="knee_flexion_at_peak_deg", value=bent, frame=top, drawn=KNEE))
    if bent > limits["knee_bent_deg"]:
        flags = (notice("knees_bent", bent=bent, limit=limits["knee_bent_deg"]),)
    return Outcome(found=found, flags=flags)


def _walks(scene: Scene, top: int) -> bool:
    """Whether the hips go on through the picture around the furthest bend, instead of staying above the feet."""
    second = round(scene.fps)
    hips = scene.body.of("hip")[max(0, top - second) : top + second + 1, 0]
    return bool(np.nanmax(hips) - np.nanmin(hips) > scene.limits["travel_legs"] * leg_length(scene.body))


def bridge(scene: Scene) -> Outcome:
    """How many bridges; counted by the trunk, so that it does not matter which leg is taken for which."""
    curves = scene.body.curves
    found_tops = tops(-curves["trunk_lean_fwd"], scene.fps, scene.limits["repetition_deg"])
    if not len(found_tops):  # nought would be taken for a result
        return refused(notice("no_repetition"))
    frame = int(found_tops[-1])
    found: tuple[Found, ...] = (Found(name="reps", value=float(len(found_tops)), frame=frame, drawn=HIP),)
    hip = curves["trunk_thigh_flex"][found_tops]
    known = np.flatnonzero(np.isfinite(hip))
    if len(known):
        middle = float(np.median(hip[known]))
        shown = int(found_tops[known[int(np.argmin(np.abs(hip[known] - middle)))]])
        found = (*found, Found(name="hip_flexion_at_top_deg", value=middle, frame=shown, drawn=HIP))
    return Outcome(found=found)
