"""Recordings that are refused, each with the reason and what to do about it."""

from dataclasses import replace
from string import Formatter

import numpy as np
import pytest

from herstel.knowledge.movement_entries import MovementTest
from herstel.movement.measuring import measure
from herstel.movement.model import CODES, MOVEMENT_TESTS
from herstel.movement.notices import _TEXTS, notice
from herstel.movement.pose import INDEX, POINTS, FloatArray, Pose
from herstel.text import say
from tests.unit.movement import figures as f

FOOT = ("right_ankle", "right_heel", "right_toe", "left_ankle", "left_heel", "left_toe")


def outside(pose: Pose, frames: slice, *names: str) -> Pose:
    """As a backend gives points that it placed outside the picture: unknown, and said so."""
    flags = pose.outside.copy()
    for name in names:
        flags[frames, INDEX[name]] = True  # type: ignore[index]
    return replace(f.without(pose, frames, *names), outside=flags)


def test_nobody_is_nobody() -> None:
    for pose in (f.without(f.drawn(), slice(None), *POINTS), f.without(f.drawn(), slice(4, None), *POINTS)):
        report = f.measured(pose, "forward_bend")
        assert f.codes(report) == ["no_person"]
        assert not report.measurements
    assert f.measured(f.without(f.drawn(), slice(None), *POINTS), "forward_bend").view_off_sagittal_deg is None


def test_somebody_hardly_followed_is_told_the_view_as_well() -> None:
    pose = f.without(f.with_depth(f.leg_raise(), 80), slice(6, None), *POINTS)
    assert f.codes(f.measured(pose, "straight_leg_raise")) == ["no_person", "wrong_view"]


def looking(pose: Pose, off_px: float) -> Pose:
    """The same with a head whose nose is this far beside the middle of the ears."""
    xy = pose.xy_px.copy()
    for name, x in (("nose", 625 + off_px), ("left_ear", 645), ("right_ear", 605)):
        xy[:, INDEX[name]] = np.stack([np.full(pose.frames, x), np.full(pose.frames, 250)], axis=-1)
    return replace(pose, xy_px=xy)


def test_a_front_that_neither_the_head_nor_the_lines_show_is_refused() -> None:
    askew = f.measured(looking(f.squat(), 22), "single_leg_squat")
    assert f.codes(askew) == ["wrong_view"]
    assert askew.view_off_sagittal_deg == pytest.approx(73, abs=5)


def test_a_head_alone_or_narrow_shoulders_alone_are_no_reason_to_refuse() -> None:
    straight = f.measured(looking(f.squat(), 0), "single_leg_squat")
    assert straight.view_off_sagittal_deg == pytest.approx(88, abs=1)
    broad = f.squat()
    broad.xy_px[:, INDEX["left_shoulder"], 0] += 60
    broad.xy_px[:, INDEX["left_hip"], 0] += 30
    assert not f.measured(looking(broad, 22), "single_leg_squat").refusals


def test_without_a_head_narrow_lines_are_no_front() -> None:
    narrow = f.squat()
    for joint in ("shoulder", "hip"):
        narrow.xy_px[:, INDEX[f"left_{joint}"], 0] = narrow.xy_px[:, INDEX[f"right_{joint}"], 0] + 20  # type: ignore[index]
    assert f.codes(f.measured(narrow, "single_leg_squat")) == ["wrong_view"]


def test_one_frame_is_not_a_recording() -> None:
    assert f.codes(f.measured(f.drawn(frames=1), "forward_bend")) == ["low_frame_rate", "no_person"]


def test_a_dark_picture_is_refused() -> None:
    pose = f.knee_extension()
    assert f.codes(f.measured(replace(pose, brightness=np.full(75, 12.0)), "active_knee_extension")) == ["too_dark"]
    assert f.values(f.measured(replace(pose, brightness=np.full(75, 90.0)), "active_knee_extension"))


def test_more_people_are_refused_until_one_is_named() -> None:
    pose = f.knee_extension()
    people = np.full(75, -1)
    people[::30] = (1, 2, 2)
    assert f.codes(f.measured(replace(pose, people=people), "active_knee_extension")) == ["several_people"]
    for fine in (np.where(people > 0, 1, -1), np.full(75, -1), None):
        assert f.values(f.measured(replace(pose, people=fine), "active_knee_extension"))


def test_running_at_thirty_frames_a_second_is_refused() -> None:
    report = f.measured(f.gait(fps=30, frames=75), "running")
    assert f.codes(report) == ["low_frame_rate"]
    assert say("nl", report.refusals[0].message, **report.refusals[0].values).startswith("30 beelden per seconde")


def test_a_camera_that_moves_is_refused() -> None:
    pose = f.knee_extension()
    for shifts, expected in ((np.full(75, 5.0), True), (np.full(75, 0.3), False), (np.full(75, np.nan), False)):
        report = f.measured(replace(pose, camera_shift_px=shifts), "active_knee_extension")
        assert ("camera_moving" in [one.code for one in report.refusals]) is expected


@pytest.mark.parametrize("yaw", [35, 55, -40])
@pytest.mark.parametrize("test", ["active_knee_extension", "straight_leg_raise"])
def test_a_camera_that_is_not_square_to_the_side_is_refused_lying(test: MovementTest, yaw: float) -> None:
    pose = f.knee_extension(yaw=yaw) if test == "active_knee_extension" else f.leg_raise(yaw=yaw)
    report = f.measured(pose, test)
    assert f.codes(report) == ["wrong_view"]
    assert report.view_off_sagittal_deg == pytest.approx(abs(yaw), abs=5)


def test_a_camera_that_is_not_square_to_the_side_is_refused_standing() -> None:
    assert f.codes(f.measured(f.with_depth(f.gait(), 50), "running")) == ["wrong_view"]
    assert f.values(f.measured(f.with_depth(f.gait(), 20), "running"))


def test_a_squat_is_refused_more_than_ten_degrees_off_the_front() -> None:
    assert f.codes(f.measured(f.with_depth(f.squat(), 75), "single_leg_squat")) == ["wrong_view"]
    assert f.values(f.measured(f.with_depth(f.squat(), 84), "single_leg_squat"))


def test_a_front_that_the_picture_does_not_show_is_refused() -> None:
    pose = f.squat()
    narrow = pose.xy_px.copy()
    for name, x in (("right_shoulder", 600), ("left_shoulder", 650), ("right_hip", 618), ("left_hip", 632)):
        narrow[:, INDEX[name], 0] = x  # type: ignore[index]
    report = f.measured(replace(pose, xy_px=narrow), "single_leg_squat")
    assert f.codes(report) == ["wrong_view"]
    assert report.view_off_sagittal_deg == pytest.approx(30, abs=15)


def test_legs_that_cross_are_no_squat() -> None:
    assert f.codes(f.measured(f.squat(3, 60), "single_leg_squat")) == ["occluded"]


def test_a_view_that_cannot_be_told_is_refused() -> None:
    pose = f.without(f.knee_to_wall(), slice(None), "left_shoulder")
    assert f.codes(f.measured(pose, "knee_to_wall")) == ["wrong_view"]


def test_a_person_who_stands_does_no_test_on_the_back_and_the_other_way_round() -> None:
    assert f.codes(f.measured(f.drawn(), "straight_leg_raise")) == ["wrong_view"]
    assert f.codes(f.measured(f.leg_raise(), "knee_to_wall")) == ["wrong_view"]


STEPS_IN = np.concatenate([f.across(30, 1.4) - [0.7, 0], np.zeros((120, 2))])
"""Somebody walks into the picture for a second and stands there."""


def bends(hips: FloatArray) -> Pose:
    """A forward bend at the end, by somebody whose hips go this way."""
    lean = np.concatenate(
        [np.zeros(len(hips) - 90), f.ramp(45, 0, 80, hold_from=1.0), f.ramp(45, 80, 0, hold_from=1.0)]
    )
    return f.drawn(frames=len(hips), lean=lean, hip_m=hips)


@pytest.mark.parametrize(
    ("test", "pose", "remedy"),
    [
        ("modified_thomas", f.leg_raise(), "Check which test was filmed"),
        ("modified_thomas", f.knee_extension(), "Check which test was filmed"),
        ("jurdan", f.knee_extension(), "Check which test was filmed"),
        ("forward_bend", f.gait(1.1, fps=30, frames=120, hip_m=f.across(120, 4.0)), "Check which test was filmed"),
        ("knee_to_wall", f.drawn(lean=90), "Check which test was filmed"),
        ("walking", f.gait(0.7), "Choose running"),
        ("running", f.gait(1.1), "Choose walking; or film again at normal speed"),
        ("single_leg_bridge", f.leg_raise(), "Who cannot do one is noted by hand"),
    ],
)
def test_a_recording_of_another_test_is_refused(test: MovementTest, pose: Pose, remedy: str) -> None:
    report = f.measured(pose, test)
    assert "wrong_view" in f.codes(report)
    assert remedy in report.refusals[-1].remedy
    assert not report.measurements


@pytest.mark.parametrize(
    ("test", "pose"),
    [
        ("modified_thomas", f.thomas(hanging=5, knee=20)),
        ("knee_to_wall", f.drawn(thigh=(-85, -100), knee=(f.ramp(75, 5, 13), 10), foot=98)),
        ("forward_bend", bends(STEPS_IN)),
        ("running", f.gait(0.95)),
        ("walking", f.gait(0.78)),
    ],
)
def test_who_is_stiff_slow_or_steps_into_the_picture_is_measured(test: MovementTest, pose: Pose) -> None:
    report = f.measured(pose, test)
    assert report.refusals == ()
    assert report.measurements


def test_a_hanging_leg_that_is_hidden_is_not_taken_for_a_flat_one() -> None:
    pose = f.knee_extension()
    score = pose.score.copy()
    score[:, [INDEX[name] for name in ("left_hip", "left_knee", "left_ankle")]] = 0.1  # type: ignore[index]
    assert not f.measured(replace(pose, score=score), "jurdan").refusals


def test_what_was_not_seen_in_the_hold_is_not_told() -> None:
    raised = np.concatenate([np.zeros(50), np.linspace(0, 70, 10), np.full(30, 70), np.linspace(70, 0, 10)])
    pose = f.without(f.drawn(frames=100, lean=-90, thigh=(raised, 0)), slice(55, 95), "right_knee", "left_knee")
    report = f.measured(pose, "straight_leg_raise")
    assert list(f.values(report)) == ["hold_hip_ankle_line_deg"]
    assert "was not seen at that moment" in report.not_measured["hold_knee_flexion_deg"]


KNEELS, LIES, STANDS, STEPS = f.nordic(), f.bridge(), f.forward_bend(), f.gait(1.1, fps=30, frames=120)


@pytest.mark.parametrize(
    ("test", "pose"),
    [
        ("nordic", STANDS),
        ("nordic", STEPS),
        ("nordic", LIES),
        ("nordic", f.knee_extension()),
        ("forward_bend", KNEELS),
        ("forward_bend", LIES),
        ("forward_bend", f.leg_raise()),
        ("knee_to_wall", KNEELS),
        ("walking", KNEELS),
    ],
)
def test_kneeling_is_not_taken_for_standing_nor_lying_for_either(test: MovementTest, pose: Pose) -> None:
    report = f.measured(pose, test)
    assert f.codes(report) == ["wrong_view"]
    assert "Nobody in this recording stands" in report.refusals[-1].message
    assert not report.measurements


@pytest.mark.parametrize("test", ["forward_bend", "walking"])
def test_feet_outside_the_picture_are_refused(test: MovementTest) -> None:
    pose = outside(f.gait(1.1, fps=30, frames=120), slice(20, None), *FOOT)
    assert f.codes(f.measured(pose, test)) == ["feet_not_visible"]


@pytest.mark.parametrize(("below_px", "refused"), [(5, True), (20, False)])
def test_feet_at_the_edge_of_the_picture_are_cut_off(below_px: float, refused: bool) -> None:
    pose = f.drawn()
    lowest = float(np.nanmax(pose.xy_px[..., 1]))
    report = f.measured(replace(pose, height_px=round(lowest + below_px)), "forward_bend")
    assert [one.code for one in report.refusals] == ["feet_not_visible"] * refused


def test_who_walks_through_the_picture_is_measured_while_the_feet_are_in_it() -> None:
    pose = outside(f.gait(1.1, fps=30, frames=150), slice(0, 60), *FOOT)
    assert f.values(f.measured(pose, "walking"))["stride_time_s"] == pytest.approx(1.1, abs=0.03)


def test_a_hidden_leg_is_refused() -> None:
    pose = f.knee_extension()
    score = pose.score.copy()
    score[:, [INDEX[f"right_{joint}"] for joint in ("hip", "knee", "ankle", "heel", "toe")]] = 0.34  # type: ignore[index]
    assert f.codes(f.measured(replace(pose, score=score), "active_knee_extension")) == ["occluded"]
    gone = f.without(pose, slice(10, None), "right_knee", "left_knee")
    assert f.codes(f.measured(gone, "active_knee_extension")) == ["occluded"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    pose = replace(f.knee_extension(yaw=50), brightness=np.full(75, 10.0), people=np.full(75, 2))
    assert f.codes(f.measured(pose, "active_knee_extension")) == ["too_dark", "several_people", "wrong_view"]


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_no_test_makes_a_number_of_points_at_random(test: MovementTest) -> None:
    pose = f.gait()
    for seed in range(3):
        wild = replace(pose, xy_px=np.random.default_rng(seed).uniform(0, 900, pose.xy_px.shape))
        assert not measure(wild, test, None, limits=f.LIMITS).measurements


def test_every_reason_has_a_code_of_the_contract_and_a_remedy_in_both_languages() -> None:
    values = {"off": 40, "limit": 25, "fps": 30, "least": 50, "range": 6, "bent": 14, "cadence": 107}
    assert {code for code, _, _ in _TEXTS.values()} == set(CODES)
    for reason in _TEXTS:
        one = notice(reason, **values)
        for text in (one.message, one.remedy):
            assert say("nl", text, **values) != say("en", text, **values)
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= set(values)
