"""Each test of movement on figures whose angles are known exactly, and what may change without changing the result."""

from dataclasses import replace

import numpy as np
import pytest

from herstel.knowledge.movement_entries import MOVEMENT_TESTS, MovementTest
from herstel.movement.guess import guess_test
from herstel.movement.pose import POINTS, Pose
from tests.unit.movement import figures as f

EXACT: dict[MovementTest, tuple[Pose, dict[str, float]]] = {
    "active_knee_extension": (f.knee_extension(30), {"hold_knee_flexion_deg": 30, "hold_thigh_to_horizontal_deg": 90}),
    "straight_leg_raise": (f.leg_raise(70), {"hold_hip_ankle_line_deg": 70, "hold_knee_flexion_deg": 0}),
    "jurdan": (
        f.jurdan(25, -12), {"hold_jurdan_deg": 13, "hold_shank_thigh_deg": 77, "hold_knee_flexion_deg": 25},
    ),
    "modified_thomas": (f.thomas(-8, 60), {"hold_thigh_to_horizontal_deg": -8, "hold_knee_flexion_deg": 60}),
    "nordic": (
        f.nordic(50, fps=60),
        {"break_point_lean_deg": 50, "break_point_knee_deg": 40, "hip_bend_at_break_deg": 0},
    ),
    "knee_to_wall": (f.knee_to_wall(38), {"hold_shank_lean_deg": 38, "hold_ankle_dorsiflexion_deg": 38}),
    "forward_bend": (f.forward_bend(95), {"peak_trunk_lean_deg": 95, "knee_flexion_at_peak_deg": 2}),
    "single_leg_bridge": (f.bridge(5), {"reps": 5, "hip_flexion_at_top_deg": 3}),
    "single_leg_squat": (f.squat(3, 20), {"reps": 3, "fppa_deg": 20, "pelvic_drop_deg": 0, "trunk_lean_deg": 0}),
    "running": (
        f.gait(0.7),
        {"knee_peak_flexion_deg": 70, "knee_flexion_at_strike_deg": 25, "hip_peak_flexion_deg": 36,
         "hip_peak_extension_deg": 20, "trunk_lean_mean_deg": 8, "cadence_steps_per_min": 171.4, "stride_time_s": 0.7,
         "overstride_percent_leg": 19.9},
    ),
    "walking": (
        f.gait(1.1, fps=30, frames=120, swing=50),
        {"knee_peak_flexion_deg": 60, "knee_flexion_at_strike_deg": 22.5, "hip_peak_flexion_deg": 36,
         "hip_peak_extension_deg": 20, "trunk_lean_mean_deg": 8, "cadence_steps_per_min": 109.1, "stride_time_s": 1.1,
         "stance_percent": 48.5},
    ),
}  # fmt: skip
CLOSE = {"break_point_lean_deg": 1.5, "break_point_knee_deg": 1.5, "stride_time_s": 0.02}
SIDED = [test for test in MOVEMENT_TESTS if test not in ("nordic", "forward_bend")]


def values(test: MovementTest, pose: Pose) -> dict[str, float]:
    return f.values(f.measured(pose, test, None))


def check_same(test: MovementTest, pose: Pose, share: float = 0.01) -> None:
    """The same numbers as without the change, within a share of one standard error."""
    wanted = values(test, EXACT[test][0])
    found = values(test, pose)
    assert set(found) == set(wanted)
    for name, value in found.items():
        assert value == pytest.approx(wanted[name], abs=share * f.LIMITS.measure(test, name).near_error), name


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_a_test_done_well_gives_the_angles_of_the_figure(test: MovementTest) -> None:
    pose, wanted = EXACT[test]
    found = values(test, pose)
    assert set(found) == set(wanted)
    for name, value in wanted.items():
        assert found[name] == pytest.approx(value, abs=CLOSE.get(name, 0.5)), name


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_a_mirror_changes_the_side_and_nothing_else(test: MovementTest) -> None:
    check_same(test, f.mirrored(EXACT[test][0]))
    for pose, side in ((EXACT[test][0], "right"), (f.mirrored(EXACT[test][0]), "left")):
        report = f.measured(pose, test, None)
        assert report.side == (side if test in SIDED else None)
        assert {one.side for one in report.measurements} == {report.side}


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_size_and_place_in_the_picture_change_nothing(test: MovementTest) -> None:
    pose = EXACT[test][0]
    smaller = replace(
        pose, xy_px=pose.xy_px * 0.5 + (20, 10), width_px=pose.width_px // 2 + 40, height_px=pose.height_px // 2
    )
    check_same(test, smaller)


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
@pytest.mark.parametrize("seed", [1, 2])
def test_points_that_shake_by_two_pixels_stay_within_the_stated_error(test: MovementTest, seed: int) -> None:
    check_same(test, f.noisy(EXACT[test][0], 2, seed), share=2.0)


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_a_few_lost_frames_are_filled_in(test: MovementTest) -> None:
    pose = EXACT[test][0]
    check_same(test, f.without(pose, slice(30, 33), *POINTS), share=1.0)


@pytest.mark.parametrize("test", [test for test in MOVEMENT_TESTS if test != "single_leg_squat"])
@pytest.mark.parametrize("frames", [slice(20, 45), slice(None)])
def test_legs_under_the_wrong_name_do_not_matter_from_the_side(test: MovementTest, frames: slice) -> None:
    pose = f.with_depth(EXACT[test][0], 0)
    wrong = f.exchanged(pose, frames)
    if frames == slice(None):  # the backend takes left for right throughout, in depth as well
        assert pose.world_m is not None
        wrong = replace(wrong, world_m=pose.world_m * (1, 1, -1))
    check_same(test, wrong)


@pytest.mark.parametrize("test", ["active_knee_extension", "straight_leg_raise", "jurdan", "modified_thomas"])
def test_a_held_position_reads_the_same_backwards_in_time(test: MovementTest) -> None:
    pose = EXACT[test][0]
    check_same(test, replace(pose, xy_px=pose.xy_px[::-1].copy()), share=0.1)


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_the_guess_is_the_test_that_was_done(test: MovementTest) -> None:
    assert guess_test(EXACT[test][0], limits=f.LIMITS) == test
    assert guess_test(f.mirrored(EXACT[test][0]), limits=f.LIMITS) == test


def test_nothing_is_guessed_of_nothing_in_particular() -> None:
    nobody = f.without(f.drawn(), slice(None), *POINTS)
    flat = f.drawn(lean=-90, thigh=(0, 0))
    hooked = f.drawn(lean=-90, thigh=(40, 0), knee=(80, 0))
    hips_only = f.without(f.drawn(), slice(None), *(name for name in POINTS if "hip" not in name))
    for pose in (nobody, flat, hooked, f.drawn(), hips_only):
        assert guess_test(pose, limits=f.LIMITS) is None


@pytest.mark.parametrize("test", MOVEMENT_TESTS)
def test_every_number_shows_where_it_comes_from_and_how_sure_it_is(test: MovementTest) -> None:
    report = f.measured(EXACT[test][0], test, None)
    for one in report.measurements:
        entry = f.LIMITS.measure(test, one.name)
        assert one.standard_error == entry.near_error
        assert one.detectable == pytest.approx(2.77 * entry.near_error, rel=0.01)
        assert (one.unit, one.test, one.quality) == (entry.unit, entry.chain_test, "good")
        assert one.shown is not None
        assert 0 <= one.shown.frame == one.frame < report.frames
        assert ("°" in one.shown.label) == (one.unit == "deg")
        assert all(point in POINTS for point in one.shown.points)
    assert {"pelvic_tilt", "hamstring_strain", "rotation", "asymmetry"} <= set(report.not_measured)


def test_the_points_to_draw_are_those_that_the_backend_calls_so_in_that_frame() -> None:
    report = f.measured(f.exchanged(f.knee_extension(), slice(20, None)), "active_knee_extension")
    knee = report.measurements[0]
    assert knee.frame >= 20
    assert knee.shown is not None
    assert knee.shown.points == ("left_hip", "left_knee", "left_ankle")
    lean = f.measured(f.exchanged(f.nordic(), slice(20, None)), "nordic").measurements[0]
    assert lean.shown is not None
    assert lean.shown.points[1] == "right_shoulder", "the near one; the far one is behind the trunk"


def test_the_curves_bear_the_name_of_the_leg_they_are_of() -> None:
    near = f.measured(f.knee_extension(), "active_knee_extension", "right").series
    far = f.measured(f.knee_extension(), "active_knee_extension", "left").series
    assert set(near) == {
        "trunk_lean_fwd", "knee_flex_near", "trunk_thigh_flex_near", "hip_flex_near", "thigh_to_horizontal_near",
        "shank_to_horizontal_near", "hip_ankle_line_to_horizontal_near", "shank_fwd_lean_near",
        "ankle_dorsiflexion_near",
    }  # fmt: skip
    assert "knee_flex_far" in far
    assert all(len(curve) == 75 for curve in near.values())
    assert set(f.measured(f.squat(), "single_leg_squat").series) == {"fppa2d_r", "pelvic_drop_r", "trunk_lean_side_r"}
    assert "fppa2d_l" in f.measured(f.squat(stands_on="left"), "single_leg_squat").series
    assert "knee_flex_near" not in f.measured(f.bridge(), "single_leg_bridge").series, "the legs are confused there"


# ------------------------------------------------------------------ near and far


def test_the_far_leg_is_measured_with_a_larger_error_where_that_is_allowed() -> None:
    report = f.measured(f.knee_extension(), "active_knee_extension", "left")
    knee = report.measurements[0]
    assert (knee.side, knee.standard_error, knee.quality) == ("left", 4.6, "fair")
    assert knee.test == "active_knee_extension"
    assert f.measured(f.jurdan(), "jurdan", "left").measurements[0].standard_error == 4.8


@pytest.mark.parametrize("test", ["straight_leg_raise", "modified_thomas", "knee_to_wall", "running", "walking"])
def test_the_far_leg_is_refused_elsewhere(test: MovementTest) -> None:
    assert f.codes(f.measured(EXACT[test][0], test, "left")) == ["wrong_view"]


# ------------------------------------------------------------------ flags


def test_a_bent_knee_in_the_leg_raise_is_told_and_not_for_the_chain() -> None:
    report = f.measured(f.leg_raise(70, knee=20), "straight_leg_raise")
    assert [one.code for one in report.flags] == ["knee_not_straight"]
    assert report.flags[0].values["bent"] == pytest.approx(20, abs=0.5)
    assert {(one.test, one.quality) for one in report.measurements} == {(None, "fair")}


def test_bent_knees_in_the_forward_bend_are_told() -> None:
    assert [one.code for one in f.measured(f.forward_bend(knee=25), "forward_bend").flags] == ["knees_bent"]


def test_a_leg_that_trembles_is_told_and_its_middle_is_measured() -> None:
    tremor = 7 * np.sin(2 * np.pi * 3 * np.arange(75) / 30)
    pose = f.drawn(lean=-90, thigh=(f.ramp(75, 0, 70) + np.where(np.arange(75) > 26, tremor, 0), 0))
    report = f.measured(pose, "straight_leg_raise")
    assert [one.code for one in report.flags] == ["not_still"]
    assert report.measurements[0].value == pytest.approx(70, abs=3)
    assert report.measurements[0].test is None


# ------------------------------------------------------------------ what a movement does not hold


def test_a_thigh_that_sinks_back_is_refused() -> None:
    report = f.measured(f.knee_extension(15, thigh=70), "active_knee_extension")
    assert f.codes(report) == ["not_still"]
    assert report.refusals[0].values["off"] == pytest.approx(20, abs=0.5)


def test_a_leg_that_goes_on_down_straight_is_not_taken_for_the_end_of_the_extension() -> None:
    knee = np.concatenate([f.ramp(60, 90, 30), np.linspace(30, 0, 15), np.zeros(30)])
    thigh = np.concatenate([np.full(60, 90.0), np.linspace(90, 0, 15), np.zeros(30)])
    pose = f.drawn(frames=105, lean=-90, thigh=(thigh, -2), knee=(knee, 0))
    assert values("active_knee_extension", pose)["hold_knee_flexion_deg"] == pytest.approx(30, abs=1)


@pytest.mark.parametrize(
    ("test", "pose"),
    [("active_knee_extension", f.leg_raise(20)), ("jurdan", f.drawn(lean=-90, thigh=(20, -5), knee=(0, 70)))],
)
def test_a_thigh_that_was_never_raised_held_nothing(test: MovementTest, pose: Pose) -> None:
    assert f.codes(f.measured(pose, test)) == ["not_still"]


@pytest.mark.parametrize("test", ["straight_leg_raise", "modified_thomas", "knee_to_wall"])
def test_points_that_come_and_go_hold_nothing(test: MovementTest) -> None:
    pose = EXACT[test][0]
    for lost in (slice(0, None, 5), slice(1, None, 5)):
        pose = f.without(pose, lost, "right_knee", "left_knee", "right_ankle", "left_ankle")
    slow = replace(pose, times_s=pose.times_s * 3)  # 10 frames a second: such a hole is too long to fill
    assert f.codes(f.measured(slow, test)) == ["not_still"]


def test_a_nordic_without_a_fall_has_no_break_point() -> None:
    report = f.measured(f.nordic(falls=False), "nordic")
    assert [one.name for one in report.measurements] == ["peak_lean_deg"]
    assert "break_point_lean_deg" in report.not_measured


@pytest.mark.parametrize(
    ("at", "speed", "fps"), [(30, 20, 60), (50, 15, 60), (65, 30, 60), (45, 25, 30), (60, 20, 120)]
)
def test_the_break_point_is_where_the_fall_began(at: float, speed: float, fps: float) -> None:
    found = values("nordic", f.nordic(at, speed, fps=fps))
    assert found["break_point_lean_deg"] == pytest.approx(at, abs=3)


def test_somebody_who_falls_at_once_breaks_at_once() -> None:
    times = np.arange(30) / 30
    lean = 90 * np.minimum(times, 1)
    pose = f.drawn(frames=30, lean=lean, thigh=(-90 - lean, -90 - lean), knee=(90 - lean, 90 - lean), foot=110)
    assert values("nordic", pose)["break_point_lean_deg"] < 8


def test_a_nordic_whose_fall_ends_in_the_picture_is_read_before_the_hands_come_down() -> None:
    pose = f.nordic(50, fps=60)
    still = np.concatenate([pose.xy_px, np.repeat(pose.xy_px[-1:], 40, axis=0)])
    longer = replace(
        pose, xy_px=still, times_s=np.arange(len(still)) / 60, score=np.ones(still.shape[:2]),
        outside=np.zeros(still.shape[:2], bool),
    )  # fmt: skip
    assert values("nordic", longer)["break_point_lean_deg"] == pytest.approx(50, abs=2)


def test_a_standing_person_did_no_bridge() -> None:
    assert f.codes(f.measured(f.gait(), "single_leg_bridge")) == ["wrong_view"]
    assert f.codes(f.measured(f.drawn(lean=-90, thigh=(45, 60), knee=(95, 0)), "single_leg_bridge")) == ["wrong_view"]


def test_a_bridge_is_counted_where_the_knee_is_hidden_at_its_top() -> None:
    hidden = f.without(f.bridge(1), slice(16, 30), "right_knee", "left_knee")
    assert values("single_leg_bridge", hidden) == {"reps": 1}


def test_a_squat_is_counted_where_the_knee_is_hidden_at_its_lowest() -> None:
    found = values("single_leg_squat", f.without(f.squat(1), slice(20, 41), "right_knee", "left_knee"))
    assert found["reps"] == 1
    assert "fppa_deg" not in found


def test_a_squat_that_was_not_done_is_none() -> None:
    standing = f.squat()
    standing = replace(standing, xy_px=np.repeat(standing.xy_px[:1], standing.frames, axis=0))
    assert f.codes(f.measured(standing, "single_leg_squat")) == ["wrong_view"]


def test_the_free_side_that_sinks_is_a_dropping_pelvis() -> None:
    for stands_on in ("right", "left"):
        found = values("single_leg_squat", f.squat(drop_px=8, stands_on=stands_on))
        assert found["pelvic_drop_deg"] == pytest.approx(9.1, abs=0.3)


def test_a_pass_without_a_whole_stride_still_tells_its_steps() -> None:
    short = f.gait(1.1, fps=60, frames=76)
    found = values("walking", short)
    assert found["stride_time_s"] == pytest.approx(1.1, abs=0.08)


@pytest.mark.parametrize("lean", [5.0, f.ramp(70, 0, 80)], ids=["still", "bending"])
@pytest.mark.parametrize("test", ["walking", "running"])
def test_of_somebody_who_takes_no_step_no_number_of_a_step_is_told(test: MovementTest, lean: f.Curve) -> None:
    report = f.measured(f.drawn(frames=70, fps=60, lean=lean), test)
    assert (report.measurements, report.refusals) == ((), ())
    assert {"hip_peak_flexion_deg", "trunk_lean_mean_deg", "cadence_steps_per_min"} <= set(report.not_measured)


def test_a_leg_that_swings_without_a_whole_stride_tells_its_peak_and_no_stride() -> None:
    swing = 60 * np.sin(np.linspace(0, np.pi, 70)) ** 2
    report = f.measured(f.drawn(frames=70, fps=60, knee=(swing, 0.0)), "walking")
    assert f.values(report)["knee_peak_flexion_deg"] == pytest.approx(60, abs=1)
    assert {"cadence_steps_per_min", "stride_time_s"} <= set(report.not_measured)


def test_legs_that_were_confused_are_refused() -> None:
    walk = f.gait(1.0, fps=30, frames=150)
    half = f.exchanged(walk, slice(82, None))  # from a crossing on: nothing jumps
    xy = walk.xy_px.copy()
    xy[82:] = half.xy_px[82:]
    assert "occluded" in [one.code for one in f.measured(replace(walk, xy_px=xy), "walking").refusals]


# ------------------------------------------------------------------ points that are missing where they are needed

HALVES = (slice(0, 60), slice(60, None))


@pytest.mark.parametrize(
    ("test", "pose", "one", "other"),
    [
        ("walking", f.gait(1.1, fps=30, frames=120), "knee", "ankle"),
        ("running", f.gait(), "knee", "ankle"),
        ("single_leg_squat", f.squat(2), "knee", "ankle"),
        ("nordic", f.nordic(49, 20, fps=60), "knee", "shoulder"),
    ],
)
def test_joints_that_are_never_seen_together_make_no_angle(
    test: MovementTest, pose: Pose, one: str, other: str
) -> None:
    half = pose.frames // 2
    pose = f.with_depth(pose, 88 if test == "single_leg_squat" else 0)
    for joint, frames in ((one, slice(0, half)), (other, slice(half, None))):
        pose = f.without(pose, frames, f"left_{joint}", f"right_{joint}")
    assert f.codes(f.measured(pose, test, None)) == ["occluded"]


def test_a_number_whose_points_are_hidden_is_left_out_and_the_others_stay() -> None:
    pose = f.nordic(50, fps=60)
    hips_lost = f.without(pose, slice(90, 130), "right_hip", "left_hip")
    assert set(values("nordic", hips_lost)) == {"break_point_lean_deg", "break_point_knee_deg"}
    knees_lost = f.without(f.forward_bend(), slice(30, 60), "right_knee", "left_knee")
    assert set(values("forward_bend", knees_lost)) == {"peak_trunk_lean_deg"}
    turn = f.gait(1.1, fps=60, frames=76)
    assert "stance_percent" not in values("walking", f.without(turn, slice(42, None), "right_toe"))


def test_points_of_the_wrong_shape_are_not_a_pose() -> None:
    with pytest.raises(ValueError, match="xy_px has the shape"):
        replace(f.drawn(), xy_px=np.zeros((3, 2)))
