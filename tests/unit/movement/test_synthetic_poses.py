"""Every test and every refusal on a drawn person whose angles are known exactly, seen by a perfect eye."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import least_squares

from benchmarks.movement.mannequin.camera import Camera
from benchmarks.movement.mannequin.cases import Case, cases
from benchmarks.movement.mannequin.clips import clip, write
from benchmarks.movement.mannequin.kinematics import Build, Motion, centres
from benchmarks.movement.mannequin.render import frames
from herstel.knowledge.load import load_knowledge
from herstel.movement import angles
from herstel.movement.measuring import measure
from herstel.movement.model import CODES, MovementReport
from herstel.movement.pose import INDEX, PointName, Pose

LIMITS = load_knowledge().movement
CASES = {case.name: case for case in cases()}
PUBLISHED = Path(__file__).parents[4] / "shared" / "movement-data" / "synthetic"


def report_of(case: Case) -> MovementReport:
    return measure(case.scene.pose(), case.test, case.side, limits=LIMITS)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.must != "refuse"])
def test_what_can_be_measured_is_right(name: str) -> None:
    case = CASES[name]
    report = report_of(case)
    assert not report.refusals
    assert [one.code for one in report.flags] == ([case.code] if case.code else [])
    found = {one.name: one.value for one in report.measurements}
    assert set(case.done.wanted) <= set(found)
    for number, wanted in case.done.wanted.items():
        assert found[number] == pytest.approx(wanted, abs=case.allowed(number)), number


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.must == "refuse"])
def test_what_cannot_be_measured_is_refused_for_that_reason(name: str) -> None:
    report = report_of(CASES[name])
    assert not report.measurements
    assert CASES[name].code in {one.code for one in report.refusals}


def test_every_code_but_nobody_there_has_a_case() -> None:
    assert {case.code for case in CASES.values()} - {None} == set(CODES) - {"no_person"}


@pytest.mark.parametrize("name", ["straight_leg_raise/near", "forward_bend/near", "running/near", "nordic/near"])
def test_angles_of_the_projected_joints_are_the_true_ones_square_to_the_side_from_far_away(name: str) -> None:
    case = CASES[name]
    far = replace(case.camera, distance_m=400.0, height_m=0.0, focal_px=100_000.0)
    pose = replace(case, camera=far).scene.pose()
    true = case.scene.actors[0].angles

    def at(point: PointName) -> np.ndarray:
        return pose.xy_px[:, INDEX[point]]

    hip, knee, ankle = at("right_hip"), at("right_knee"), at("right_ankle")
    found = {
        "knee_flex_r": angles.flexion(hip, knee, ankle),
        "thigh_to_horizontal_r": angles.to_horizontal(hip, knee, 1),
        "hip_ankle_line_to_horizontal_r": angles.to_horizontal(hip, ankle, 1),
        "trunk_lean_fwd": angles.lean(hip, at("right_shoulder"), 1),
    }
    for angle, curve in found.items():
        away = (curve - true[angle] + 180) % 360 - 180
        assert np.nanmax(np.abs(away)) < 0.1, angle


def test_the_true_angles_are_those_that_were_asked_for() -> None:
    motion = Motion(frames=2, fps=30, trunk_lean=20, thigh=(-60, -110), knee=(35, 50), pelvis_lean=12)
    case = replace(CASES["forward_bend/near"], done=replace(CASES["forward_bend/near"].done, motion=motion))
    true = case.scene.actors[0].angles
    wanted = {
        "trunk_lean_fwd": 20, "pelvis_tilt_osim": -12, "knee_flex_r": 35, "knee_flex_l": 50, "trunk_thigh_flex_r": 50,
        "thigh_to_horizontal_r": -60, "shank_to_horizontal_r": -95, "shank_fwd_lean_r": 5, "hip_flex_anatomical_r": 42,
        "hip_ankle_line_to_horizontal_r": -77.5,
    }  # fmt: skip
    for name, value in wanted.items():
        assert true[name] == pytest.approx(value), name


def test_a_mirror_gives_the_mirrored_picture() -> None:
    near, turned = (CASES[f"jurdan/{name}"].scene.pose() for name in ("near", "facing_left"))
    for name in ("hip", "knee", "ankle", "toe"):
        across = near.width_px - turned.of(f"left_{name}")[:, 0]  # type: ignore[arg-type]
        assert across == pytest.approx(near.of(f"right_{name}")[:, 0])  # type: ignore[arg-type]


def test_the_same_scene_gives_the_same_picture_with_the_person_where_the_joints_are() -> None:
    case = replace(
        CASES["active_knee_extension/near"],
        camera=Camera(width_px=320, height_px=180, focal_px=250, target_m=(0.05, 0.3, 0.0)),
    )  # fmt: skip
    one, again = (next(frames(case.scene, (40,))) for _ in range(2))
    assert np.array_equal(one, again)
    pose: Pose = case.scene.pose()
    x, y = (pose.of("right_ankle")[40] * 0.5 + pose.of("right_knee")[40] * 0.5).round().astype(int)
    red, _, blue = one[y, x].astype(int)
    assert red > blue + 30  # skin, not the wall


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published clips are not beside this folder")
@pytest.mark.parametrize("name", ["ake_r_near_30", "slr_r_near_75"])
def test_the_published_points_follow_from_their_angles_and_one_camera(name: str) -> None:
    published = json.loads((PUBLISHED / f"{name}.json").read_text())
    curves = {key: np.array(values) for key, values in published["angles_deg"].items()}
    motion = Motion(
        frames=published["frames"], fps=published["fps"], trunk_lean=curves["trunk_lean_fwd"],
        thigh=(curves["thigh_to_horizontal_r"], curves["thigh_to_horizontal_l"]),
        knee=(curves["knee_flex_r"], curves["knee_flex_l"]),
    )  # fmt: skip
    at = centres(motion, Build())
    names = [key for key in published["joint_centres_px"] if not key.startswith("sh")]
    wanted = np.stack([np.array(published["joint_centres_px"][key]) for key in names])
    places = np.stack([at[key] for key in names])

    def seen(numbers: np.ndarray) -> np.ndarray:
        focal, distance, height, x, y = numbers
        camera = Camera(focal_px=focal, distance_m=distance, height_m=height, target_m=(x, y, 0.0))
        return camera.pixels(camera.seen(places))

    fitted = least_squares(lambda numbers: (seen(numbers) - wanted).ravel(), (1000, 3.3, 0.2, 0.0, 0.2))
    assert np.abs(seen(fitted.x) - wanted).max() < 1.5  # 5 mm on the body


def test_a_clip_is_made_once_and_is_the_same_every_time(tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="PyAV encodes the clips")
    small = Camera(width_px=160, height_px=90, focal_px=120, target_m=(0.05, 0.3, 0.0))
    done = replace(CASES["active_knee_extension/near"].done, motion=Motion(frames=6, fps=30, trunk_lean=-90))
    case = replace(CASES["active_knee_extension/near"], camera=small, done=done)
    write(case, tmp_path / "again.mp4")
    made = clip(case, tmp_path)
    written = made.stat().st_mtime_ns
    assert clip(case, tmp_path).stat().st_mtime_ns == written
    assert made.read_bytes() == (tmp_path / "again.mp4").read_bytes()
    with av.open(str(made)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 6
