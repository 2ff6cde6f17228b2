"""Tests in which an end position is held: knee extension, leg raise, Jurdan, Thomas, knee to wall."""

from dataclasses import replace

import numpy as np

from herstel.knowledge.movement_entries import Joint
from herstel.movement.body import Leg
from herstel.movement.model import Notice
from herstel.movement.notices import notice
from herstel.movement.outcome import HIP_LINE, KNEE, SHANK, THIGH, Drawn, Found, Outcome, Scene, refused
from herstel.movement.pose import BoolArray, FloatArray
from herstel.movement.stillness import Hold, find_hold

LEG: tuple[Joint, ...] = ("hip", "knee", "ankle")
RAISED_DEG = (45.0, 135.0)
"""A thigh that points up within this range is raised."""
CALM_DEG_S = 30.0
"""A thigh that turns faster is on its way up or down."""


def knee_extension(scene: Scene) -> Outcome:
    """How far the knee stays short of straight with the thigh straight up."""
    curves, limits = scene.body.curves, scene.limits
    hold = find_hold(-curves["knee_flex"], scene.fps, limits, _raised(scene))
    if hold is None:
        return refused(notice("no_hold"))
    thigh = curves["thigh_to_horizontal"]
    off = abs(hold.median(thigh) - 90)
    if off > limits["thigh_vertical_deg"]:
        return refused(notice("thigh_not_vertical", off=off, limit=limits["thigh_vertical_deg"]))
    return Outcome(
        found=(
            _held(hold, "hold_knee_flexion_deg", curves["knee_flex"], KNEE),
            replace(_held(hold, "hold_thigh_to_horizontal_deg", thigh, THIGH), against="horizontal"),
        ),
        flags=_unsteady(hold),
    )


def leg_raise(scene: Scene) -> Outcome:
    """How high the straight leg comes."""
    curves, limits = scene.body.curves, scene.limits
    line = curves["hip_ankle_line_to_horizontal"]
    hold = find_hold(line, scene.fps, limits)
    if hold is None:
        return refused(notice("no_hold"))
    bent = hold.median(curves["knee_flex"])
    flags = _unsteady(hold)
    if bent > limits["knee_bent_deg"]:
        flags = (*flags, notice("knee_not_straight", bent=bent, limit=limits["knee_bent_deg"]))
    return Outcome(
        found=(
            replace(_held(hold, "hold_hip_ankle_line_deg", line, HIP_LINE), against="horizontal"),
            _held(hold, "hold_knee_flexion_deg", curves["knee_flex"], KNEE),
        ),
        flags=flags,
    )


def jurdan(scene: Scene) -> Outcome:
    """What the raised knee is short of straight plus how far the hanging thigh stays above the table."""
    curves, other = scene.body.curves, scene.body.other_curves
    between = curves["shank_to_horizontal"] - other["thigh_to_horizontal"]
    hold = find_hold(between, scene.fps, scene.limits, _raised(scene))
    if hold is None:
        return refused(notice("no_hold"))
    if _lies_flat(scene, hold, "other"):
        return refused(notice("posture"))
    hanging: tuple[Drawn, ...] = (("hip", "other"), ("knee", "other"))
    return Outcome(
        found=(
            _held(hold, "hold_jurdan_deg", 90 - between, (*SHANK, *hanging)),
            _held(hold, "hold_shank_thigh_deg", between, (*SHANK, *hanging)),
            _held(hold, "hold_knee_flexion_deg", curves["knee_flex"], KNEE),
        ),
        flags=_unsteady(hold),
    )


def thomas(scene: Scene) -> Outcome:
    """How the thigh and the shank of the lower leg hang."""
    curves = scene.body.curves
    thigh = curves["thigh_to_horizontal"]
    hold = find_hold(-thigh, scene.fps, scene.limits)
    if hold is None:
        return refused(notice("no_hold"))
    if _lies_flat(scene, hold, "measured"):
        return refused(notice("posture"))
    return Outcome(
        found=(
            replace(_held(hold, "hold_thigh_to_horizontal_deg", thigh, THIGH), against="horizontal"),
            _held(hold, "hold_knee_flexion_deg", curves["knee_flex"], KNEE),
        ),
        flags=_unsteady(hold),
    )


def knee_to_wall(scene: Scene) -> Outcome:
    """How far the shin leans over the foot."""
    curves = scene.body.curves
    shank = curves["shank_fwd_lean"]
    hold = find_hold(shank, scene.fps, scene.limits)
    if hold is None:
        return refused(notice("no_hold"))
    if hold.median(curves["trunk_lean_fwd"]) > scene.limits["lying_deg"]:  # who bends forward with straight knees
        return refused(notice("posture"))
    ankle: tuple[Drawn, ...] = (("knee", "measured"), ("ankle", "measured"), ("toe", "measured"))
    return Outcome(
        found=(
            replace(_held(hold, "hold_shank_lean_deg", shank, SHANK), against="vertical"),
            _held(hold, "hold_ankle_dorsiflexion_deg", curves["ankle_dorsiflexion"], ankle),
        ),
        flags=_unsteady(hold),
    )


def _raised(scene: Scene) -> BoolArray:
    """Where the thigh is raised and does not turn."""
    thigh = scene.body.curves["thigh_to_horizontal"]
    speed = np.abs(np.gradient(thigh, scene.body.pose.times_s))
    return (thigh > RAISED_DEG[0]) & (thigh < RAISED_DEG[1]) & (speed < CALM_DEG_S)


def _lies_flat(scene: Scene, hold: Hold, leg: Leg) -> bool:
    """Whether the leg that must hang over the edge of the table lies on it: thigh and shank level, in sight."""
    body, limits = scene.body, scene.limits
    curves = body.curves if leg == "measured" else body.other_curves
    if min(hold.median(body.score(joint, leg)) for joint in LEG) < limits["leg_score"]:
        return False
    thigh, shank = (abs(hold.median(curves[f"{name}_to_horizontal"])) for name in ("thigh", "shank"))
    return thigh < limits["flat_thigh_deg"] and shank < limits["flat_shank_deg"]


def _held(hold: Hold, name: str, curve: FloatArray, drawn: tuple[Drawn, ...]) -> Found:
    return Found(name=name, value=hold.median(curve), frame=hold.frame(curve), drawn=drawn)


def _unsteady(hold: Hold) -> tuple[Notice, ...]:
    return () if hold.still else (notice("not_still", range=hold.range_deg),)
