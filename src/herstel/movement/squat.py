"""The squat on one leg from the front: where the knee, the pelvis and the trunk go."""

import numpy as np

from herstel.errors import marked
from herstel.movement import angles
from herstel.movement.events import leg_length
from herstel.movement.notices import notice
from herstel.movement.outcome import KNEE, Drawn, Found, Outcome, Scene, refused
from herstel.movement.pose import FloatArray
from herstel.movement.repetitions import tops

PELVIS_UNSEEN = marked(
    "How far your pelvis drops on the side of your free leg: the points of the hips in a video follow your trunk, "
    "not your pelvis."
)


def single_leg_squat(scene: Scene) -> Outcome:
    """The middle of the lowest points, for the leg that is stood on."""
    body = scene.body
    hip, knee, ankle = body.of("hip"), body.of("knee"), body.of("ankle")
    length = leg_length(body)
    if not np.isfinite(length):
        return refused(notice("occluded"))
    in_picture = angles.knee_in_plane(hip, knee, ankle)
    pelvis, trunk, inwards = _frontal(scene)
    depth = (hip - ankle)[:, 1]
    lowest = tops(depth, scene.fps, scene.limits["squat_depth_percent"] / 100 * length)
    if not len(lowest):
        return refused(notice("no_repetition"))
    wild = np.abs(in_picture[lowest]) > scene.limits["squat_knee_most_deg"]
    if wild.any():
        return refused(notice("legs_crossed"))
    series = {"fppa2d": in_picture, "trunk_lean_side": trunk}
    if not body.pose.hips_inferred:
        series["pelvic_drop"] = pelvis
    side = "l" if body.left.mean() > 0.5 else "r"
    series = {f"{name}_{side}": curve for name, curve in series.items()}
    found: list[Found] = [Found(name="reps", value=float(len(lowest)), frame=int(lowest[-1]), drawn=KNEE)]
    hips: tuple[Drawn, ...] = (("hip", "measured"), ("hip", "other"))
    sides: tuple[Drawn, ...] = (*hips, ("shoulder", "measured"), ("shoulder", "other"))
    curves = [("fppa_deg", inwards * in_picture, KNEE), ("trunk_lean_deg", trunk, sides)]
    absent: dict[str, str] = {"pelvic_drop_deg": PELVIS_UNSEEN}
    if not body.pose.hips_inferred:
        curves, absent = [*curves, ("pelvic_drop_deg", pelvis, hips)], {}
    for name, curve, drawn in curves:
        at = [int(one) for one in lowest if np.isfinite(curve[one])]
        if at:
            middle = float(np.median(curve[at]))
            shown = min(at, key=lambda one: abs(curve[one] - middle))
            found.append(Found(name=name, value=middle, frame=shown, drawn=drawn))
    return Outcome(found=tuple(found), series=series, absent=absent)


def _frontal(scene: Scene) -> tuple[FloatArray, FloatArray, float]:
    """Drop of the free side of the pelvis, lean of the trunk to the standing leg, and the sign of inwards."""
    body = scene.body
    hips = body.of("hip", "other") - body.of("hip")
    known = hips[np.isfinite(hips[:, 0]), 0]
    to_free = -1.0 if len(known) and np.median(known) < 0 else 1.0
    pelvis = np.degrees(np.arctan2(hips[:, 1], np.abs(hips[:, 0])))
    below = (body.of("hip") + body.of("hip", "other")) / 2
    above = (body.of("shoulder") + body.of("shoulder", "other")) / 2
    return pelvis, angles.lean(below, above, -to_free), -to_free
