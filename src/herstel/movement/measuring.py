"""From points to a report: the one way in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from herstel.errors import marked
from herstel.knowledge.movement_entries import MovementKnowledge, MovementTask
from herstel.movement import gates, held, trunk, view
from herstel.movement.body import Body, Preparation, prepared
from herstel.movement.gait import running, walking
from herstel.movement.legs import left_by_height, left_by_name, left_in_front
from herstel.movement.model import DrawnAngle, MovementMeasurement, MovementReport, MovementTest
from herstel.movement.notices import notice
from herstel.movement.outcome import Found, Outcome, Scene
from herstel.movement.pose import BodySide, BoolArray, FloatArray, Pose
from herstel.movement.squat import single_leg_squat

NOT_SEEN = marked("What it is measured by was not seen at that moment.")
NOT_OF_A_LEG = ("trunk_lean_fwd",)


@dataclass(frozen=True, slots=True)
class Way:
    """How a test is read: by what, by which leg, and whether its result belongs to a side."""

    read: Callable[[Scene], Outcome]
    leg: Literal["near", "higher", "lower", "front", "standing"]
    sided: bool = True


WAYS: Mapping[MovementTest, Way] = {
    "active_knee_extension": Way(held.knee_extension, "higher"),
    "straight_leg_raise": Way(held.leg_raise, "higher"),
    "jurdan": Way(held.jurdan, "higher"),
    "modified_thomas": Way(held.thomas, "lower"),
    "nordic": Way(trunk.nordic, "near", sided=False),
    "knee_to_wall": Way(held.knee_to_wall, "front"),
    "forward_bend": Way(trunk.forward_bend, "near", sided=False),
    "single_leg_bridge": Way(trunk.bridge, "lower"),
    "single_leg_squat": Way(single_leg_squat, "standing"),
    "running": Way(running, "near"),
    "walking": Way(walking, "near"),
}


def measure(pose: Pose, test: MovementTest, side: BodySide | None, *, limits: MovementKnowledge) -> MovementReport:
    """Measure one test in one recording, or refuse with the reason and what to do about it.

    Parameters
    ----------
    pose : Pose
        The points of the person who is measured. Who was chosen among several people is said by ``people`` being None.
    side : {"left", "right"} or None
        The leg that is tested. None: the leg towards the camera; from the front, the leg that is stood on.
    limits : MovementKnowledge
        Errors, limits and what cannot be measured.
    """
    task, numbers = limits.tests[test], limits.limits
    refusals = tuple(gates.of_recording(pose, task, numbers))
    empty = MovementReport(
        test=test, side=side if WAYS[test].sided else None, near_side=None, view_off_sagittal_deg=None,
        fps=pose.fps, frames=pose.frames, refusals=refusals,
        not_measured={one.id: one.text.en for one in limits.cannot(test)},
    )  # fmt: skip
    on_the_back = view.lying(pose, numbers["lying_deg"])
    off = view.off_sagittal(pose, numbers, on_the_back=on_the_back)
    if any(one.code in ("no_person", "low_frame_rate") for one in refusals):
        askew = () if off is None else gates.of_view(off, task, numbers)
        return replace(empty, view_off_sagittal_deg=off, refusals=(*refusals, *askew))
    body, tested = _body(pose, task, side, limits)
    report = replace(empty, side=tested, near_side=body.near, view_off_sagittal_deg=off)
    refusals = (*refusals, *gates.of_view(off, task, numbers), *gates.of_body(body, task, numbers))
    refusals = (*refusals, *gates.of_posture(body, task, numbers, lying=on_the_back))
    far = tested is not None and body.near is not None and tested != body.near
    if far and not task.far_side:
        refusals = (*refusals, notice("far_side"))
    if refusals:
        return replace(report, refusals=refusals)
    outcome = WAYS[test].read(Scene(body=body, limits=numbers))
    return _told(report, body, outcome, limits, far=far)


def _body(
    pose: Pose, task: MovementTask, side: BodySide | None, limits: MovementKnowledge
) -> tuple[Body, BodySide | None]:
    """The body with the measured leg found, and the side that the result belongs to."""
    numbers, way = limits.limits, WAYS[task.id]
    facing = view.facing(pose)
    near = view.near_side(facing) if task.view == "side" else None
    left = _measured_leg(pose, way, facing, numbers["swapped_cost"])
    how = Preparation(
        limits=numbers, cutoff_hz=numbers[task.cutoff],
        in_plane=task.view == "side" and {"hip", "knee", "ankle"} <= set(task.needs),
    )  # fmt: skip
    body = prepared(pose, facing, near, left, how)
    if not way.sided:
        return body, None
    if near is None:
        return body, "left" if left[0] else "right"
    return body, side or near


def _measured_leg(pose: Pose, way: Way, facing: float, swapped_cost: float) -> BoolArray:
    match way.leg:
        case "near":
            return left_by_name(pose, view.near_side(facing), swapped_cost)
        case "front":
            return left_in_front(pose, facing, swapped_cost)
        case "standing":
            lower = left_by_height(pose, higher=False)
            return np.full(pose.frames, lower.mean() > 0.5)
        case _:
            return left_by_height(pose, higher=way.leg == "higher")


def _told(
    report: MovementReport, body: Body, outcome: Outcome, limits: MovementKnowledge, *, far: bool
) -> MovementReport:
    """The outcome of a test as a report: each number with its error, side and picture."""
    care = far or bool(outcome.flags)
    found = [one for one in outcome.found if np.isfinite(one.value)]
    unseen = {one.name: NOT_SEEN for one in outcome.found if not np.isfinite(one.value)}
    measurements = []
    for one in found:
        entry = limits.measure(report.test, one.name)
        measurements.append(
            MovementMeasurement(
                name=one.name, value=one.value, unit=entry.unit, side=report.side,
                standard_error=entry.far_error if far and entry.far_error else entry.near_error,
                quality="fair" if care else "good", frame=one.frame, shown=_drawn(body, one, entry.unit),
                test=None if outcome.flags else entry.chain_test,
            )
        )  # fmt: skip
    return replace(
        report, measurements=tuple(measurements), refusals=outcome.refusals, flags=outcome.flags,
        not_measured={**report.not_measured, **outcome.absent, **unseen},
        series=_series(body, outcome, report.test, far=far),
    )  # fmt: skip


def _drawn(body: Body, one: Found, unit: str) -> DrawnAngle:
    points = tuple(body.named(joint, leg, one.frame) for joint, leg in one.drawn)
    label = f"{round(one.value)}°" if unit == "deg" else f"{one.value:.4g}"
    return DrawnAngle(frame=one.frame, points=points, label=label, against=one.against)


def _series(body: Body, outcome: Outcome, test: MovementTest, *, far: bool) -> Mapping[str, FloatArray]:
    """Curves of the measured leg under the name of its side; from the front only those that the test made."""
    if body.near is None:
        return outcome.series
    leg = "far" if far else "near"
    curves = {
        name if name in NOT_OF_A_LEG else f"{name}_{leg}": curve
        for name, curve in body.curves.items()
        if not (test == "single_leg_bridge" and name == "knee_flex")
    }
    return {**curves, **outcome.series}
