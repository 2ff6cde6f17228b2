"""Measurements from exactly known joint centres of published trials, against the angles that made them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from herstel.knowledge.load import load_knowledge
from herstel.movement.guess import guess_test
from herstel.movement.measuring import measure
from herstel.movement.model import MovementReport
from herstel.movement.pose import INDEX, POINTS, BodySide, Pose

FOLDER = Path(__file__).parents[2].parent / "shared" / "movement-data" / "synthetic"
LIMITS = load_knowledge().movement
SIDES: dict[str | None, BodySide | None] = {"r": "right", "l": "left", None: None}
NAMES = {"sh": "shoulder"}
CLIPS = (
    "ake_r_near_30", "ake_r_near_30_yaw55_wrong_view", "bridge_r_5reps", "forward_bend_straight_knees",
    "nordic_break_50", "run4_sagittal_60fps", "single_leg_squat_r_frontal_valgus", "slr_r_near_75",
    "walk_overground_60fps",
)  # fmt: skip


def trial(name: str) -> dict[str, Any]:
    file = FOLDER / f"{name}.json"
    if not file.is_file():
        pytest.skip("the movement data (../shared/movement-data) are not beside the project")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def pose_of(truth: dict[str, Any], noise_px: float = 0) -> Pose:
    frames = truth["frames"]
    xy = np.full((frames, len(POINTS), 2), np.nan)
    for key, places in truth["joint_centres_px"].items():
        joint, side = key.split("_")
        xy[:, INDEX[f"{SIDES[side]}_{NAMES.get(joint, joint)}"]] = places  # type: ignore[index]
    xy += np.random.default_rng(5).normal(0, noise_px, xy.shape)
    return Pose(
        times_s=np.arange(frames) / truth["fps"], xy_px=xy, score=np.ones(xy.shape[:2]),
        outside=np.zeros(xy.shape[:2], dtype=bool), width_px=truth["width"], height_px=truth["height"],
    )  # fmt: skip


def report_of(name: str, noise_px: float = 0) -> tuple[dict[str, Any], MovementReport]:
    truth = trial(name)
    test = truth["test"].replace("_fppa", "")
    return truth, measure(pose_of(truth, noise_px), test, SIDES[truth.get("side")], limits=LIMITS)


def numbers(name: str, noise_px: float = 0) -> dict[str, float]:
    _, report = report_of(name, noise_px)
    assert not report.refusals
    assert not report.flags
    return {one.name: one.value for one in report.measurements}


@pytest.mark.parametrize("noise_px", [0, 3])
def test_the_held_angles_are_those_of_the_trial(noise_px: float) -> None:
    assert numbers("ake_r_near_30", noise_px)["hold_knee_flexion_deg"] == pytest.approx(30, abs=3)
    assert numbers("slr_r_near_75", noise_px)["hold_hip_ankle_line_deg"] == pytest.approx(73, abs=3)
    assert numbers("forward_bend_straight_knees", noise_px)["peak_trunk_lean_deg"] == pytest.approx(100, abs=4)


@pytest.mark.parametrize("noise_px", [0, 3])
def test_the_break_point_is_within_four_degrees(noise_px: float) -> None:
    found = numbers("nordic_break_50", noise_px)
    assert found["break_point_lean_deg"] == pytest.approx(50, abs=4)
    assert found["break_point_knee_deg"] == pytest.approx(40, abs=4)


@pytest.mark.parametrize("noise_px", [0, 3])
def test_all_repetitions_are_counted(noise_px: float) -> None:
    assert numbers("bridge_r_5reps", noise_px)["reps"] == 5
    squat = numbers("single_leg_squat_r_frontal_valgus", noise_px)
    assert squat["reps"] == 2
    assert squat["fppa_deg"] == pytest.approx(23.5, abs=3)


@pytest.mark.parametrize("name", ["run4_sagittal_60fps", "walk_overground_60fps"])
def test_the_curves_of_the_near_leg_follow_the_trial(name: str) -> None:
    truth, report = report_of(name, noise_px=2)
    for curve, limit in (("knee_flex", 3.5), ("trunk_thigh_flex", 4), ("trunk_lean_fwd", 2)):
        wanted = truth["angles_deg"].get(curve) or truth["angles_deg"][f"{curve}_r"]
        found = report.series.get(curve, report.series.get(f"{curve}_near"))
        assert np.sqrt(np.nanmean((found - np.array(wanted)) ** 2)) < limit, curve


def test_the_steps_are_those_of_the_trial() -> None:
    assert numbers("run4_sagittal_60fps")["cadence_steps_per_min"] == pytest.approx(171, abs=3)
    assert numbers("walk_overground_60fps")["cadence_steps_per_min"] == pytest.approx(109, abs=4)


def test_the_wrong_view_is_refused() -> None:
    _, report = report_of("ake_r_near_30_yaw55_wrong_view")
    assert [one.code for one in report.refusals] == ["wrong_view"]
    assert report.view_off_sagittal_deg == pytest.approx(55, abs=5)


@pytest.mark.parametrize("name", CLIPS)
def test_the_test_and_the_side_are_recognised(name: str) -> None:
    truth, report = report_of(name)
    assert guess_test(pose_of(truth), limits=LIMITS) == truth["test"].replace("_fppa", "")
    assert report.near_side == SIDES[truth.get("near")]
