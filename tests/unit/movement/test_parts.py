"""The parts that measuring movement is made of: holes, smoothing, angles, the view, legs, holds, tops, steps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.movement import angles, view
from herstel.movement.events import leg_length, offs, stride_s, strikes
from herstel.movement.filters import smooth
from herstel.movement.gaps import filled, runs
from herstel.movement.legs import JOINTS, both, left_by_height, left_in_front, off_path, swapped, wild
from herstel.movement.measuring import _body
from herstel.movement.pose import POINTS, FloatArray, Pose
from herstel.movement.repetitions import bridged, tops
from herstel.movement.stillness import find_hold
from tests.unit.movement import figures as f

NAN = float("nan")
NUMBERS = f.LIMITS.limits
TIMES = np.arange(120) / 60


def points(*places: tuple[float, float]) -> list[FloatArray]:
    return [np.array([place]) for place in places]


# ------------------------------------------------------------------ holes


def test_runs_are_where_something_is_true_without_a_break() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.array([False])) == []


def test_a_short_hole_is_filled_on_a_straight_line_and_a_long_one_stays() -> None:
    values = np.array([0, NAN, 2, NAN, NAN, NAN, 6, NAN])
    done = filled(np.arange(8) / 10, values, 0.2)
    assert done[:3].tolist() == [0, 1, 2]
    assert np.isnan(done[3:6]).all()
    assert np.isnan(done[7]), "nothing is made up after the last known value"
    assert np.isnan(values[1]), "what was given is left alone"


def test_a_hole_is_filled_by_time_and_not_by_frame() -> None:
    assert filled(np.array([0, 0.1, 0.4]), np.array([0, NAN, 4]), 1)[1] == pytest.approx(1)


# ------------------------------------------------------------------ smoothing


def test_smoothing_keeps_slow_movement_in_its_place_and_takes_fast_shaking_away() -> None:
    slow, fast = np.sin(2 * np.pi * TIMES), np.sin(2 * np.pi * 20 * TIMES)
    done = smooth(TIMES, slow + 0.2 * fast, 6)
    assert np.abs(done - slow)[12:-12].max() < 0.02


def test_smoothing_goes_from_hole_to_hole_and_leaves_short_stretches() -> None:
    values = np.sin(TIMES) + 0.1 * np.sin(2 * np.pi * 25 * TIMES)
    values[[40, 46]] = NAN
    done = smooth(TIMES, values, 6)
    assert np.isnan(done[[40, 46]]).all()
    assert done[41:46].tolist() == values[41:46].tolist()
    assert not np.allclose(done[:40], values[:40])


def test_uneven_time_stamps_are_smoothed_by_time() -> None:
    uneven = TIMES + np.where(np.arange(120) % 2, 0.006, 0)
    done = smooth(uneven, np.sin(2 * np.pi * uneven), 6)
    assert np.abs(done - np.sin(2 * np.pi * uneven))[6:-6].max() < 0.02


def test_what_is_filmed_too_slowly_or_not_at_all_is_left_as_it_is() -> None:
    values = np.array([1.0, 5.0, 2.0, 7.0] * 4)
    assert smooth(np.arange(16) / 10, values, 6).tolist() == values.tolist()
    assert smooth(np.array([0.0]), np.array([3.0]), 6).tolist() == [3.0]
    assert smooth(np.zeros(3), np.array([3.0, 1, 2]), 6).tolist() == [3.0, 1, 2]


# ------------------------------------------------------------------ one convention of signs


def test_flexion_is_how_far_three_points_are_from_one_line() -> None:
    assert angles.flexion(*points((0, 0), (0, 1), (0, 2)))[0] == pytest.approx(0)
    assert angles.flexion(*points((0, 0), (0, 1), (1, 1)))[0] == pytest.approx(90)
    assert angles.flexion(*points((0, 0), (0, 1), (-1, 1)))[0] == pytest.approx(90)


@pytest.mark.parametrize(("facing", "across"), [(1.0, 1), (-1.0, -1)])
def test_forward_is_where_the_person_faces(facing: float, across: int) -> None:
    below, above = points((0, 0), (across, -1))
    assert angles.lean(below, above, facing)[0] == pytest.approx(45)
    assert angles.to_horizontal(below, above, facing)[0] == pytest.approx(45)
    behind = np.array([[-across * 0.5, 1.0]])
    assert angles.to_horizontal(below, behind, facing)[0] == pytest.approx(-116.6, abs=0.1)
    assert angles.lean(below, np.array([[-across, 0.0]]), facing)[0] == pytest.approx(-90), "on the back"


def test_the_hip_is_bent_when_the_thigh_is_before_the_line_of_the_trunk() -> None:
    standing, lying = (0.0, -90.0), (-90.0, 90.0)
    assert angles.hip_flexion(*map(np.array, standing)) == 0
    assert angles.hip_flexion(*map(np.array, lying)) == 90
    assert angles.hip_flexion(np.array(8.0), np.array(-122.0)) == -24


def test_a_knee_to_the_left_in_the_picture_is_plus() -> None:
    assert angles.knee_in_plane(*points((0, 0), (-1, 1), (0, 2)))[0] == pytest.approx(90)
    assert angles.knee_in_plane(*points((0, 0), (1, 1), (0, 2)))[0] == pytest.approx(-90)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 9))
def test_flexion_is_the_same_turned_and_bigger(turn: float, move: float, size: float) -> None:
    leg = np.array([[0.0, 0.0], [0.2, 1.0], [-0.1, 2.0]])
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    other = leg @ spin.T * size + move
    found = angles.flexion(*(other[i : i + 1] for i in range(3)))
    assert found[0] == pytest.approx(angles.flexion(*(leg[i : i + 1] for i in range(3)))[0], abs=1e-6)


# ------------------------------------------------------------------ the view

UPRIGHT = f.drawn
LYING = f.knee_extension


@pytest.mark.parametrize("yaw", [0, 10, 20, 30, 45, 55, 60, 75])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_view_is_told_from_proportions_standing_and_lying(yaw: float, sign: int) -> None:
    for pose in (f.drawn(lean=5, yaw=sign * yaw), f.knee_extension(yaw=sign * yaw), f.drawn(lean=50, yaw=sign * yaw)):
        assert view.off_sagittal(pose, NUMBERS, on_the_back=False) == pytest.approx(yaw, abs=6)


def test_depth_tells_the_view_of_who_stands() -> None:
    assert view.off_sagittal(f.with_depth(f.drawn(), 40), NUMBERS, on_the_back=False) == pytest.approx(40)


def test_hips_that_turn_on_one_leg_do_not_turn_the_view_from_the_front() -> None:
    pose = f.with_depth(f.squat(), 88)
    assert pose.world_m is not None
    turned = pose.world_m.copy()
    turned[:, POINTS.index("left_hip"), 2] += 0.05
    assert view.off_sagittal(replace(pose, world_m=turned), NUMBERS, on_the_back=False) == pytest.approx(88, abs=0.5)


def test_lying_depth_is_flattened_so_the_picture_decides_when_it_says_more() -> None:
    flat = f.with_depth(f.knee_extension(yaw=43), 38)  # what was found of somebody 55 degrees off
    assert view.off_sagittal(flat, NUMBERS, on_the_back=True) == pytest.approx(55, abs=5)
    assert view.off_sagittal(flat, NUMBERS, on_the_back=False) == pytest.approx(38)
    assert view.off_sagittal(f.with_depth(f.knee_extension(), 40), NUMBERS, on_the_back=True) == pytest.approx(40)


def test_without_shoulders_the_view_cannot_be_told() -> None:
    pose = f.without(f.drawn(), slice(None), "left_shoulder", "right_shoulder")
    assert view.off_sagittal(pose, NUMBERS, on_the_back=True) is None
    depth = f.with_depth(pose, 20)
    assert view.off_sagittal(depth, NUMBERS, on_the_back=True) == pytest.approx(20)
    nowhere = replace(depth, world_m=np.full((depth.frames, len(POINTS), 3), NAN))
    assert view.off_sagittal(nowhere, NUMBERS, on_the_back=False) is None
    assert not view.lying(pose, 45)


def test_points_that_all_coincide_are_square_to_the_side_and_no_crash() -> None:
    pose = f.drawn()
    assert view.off_sagittal(replace(pose, xy_px=pose.xy_px * 0 + 640), NUMBERS, on_the_back=False) == 0


def test_who_faces_right_shows_the_right_side() -> None:
    for pose, facing in ((f.gait(), 1), (f.mirrored(f.gait()), -1), (f.leg_raise(), 1), (f.mirrored(f.nordic()), -1)):
        assert view.facing(pose) == facing
        assert view.facing(f.exchanged(pose, slice(None))) == facing, "whatever the points are called"
    assert (view.near_side(1), view.near_side(-1)) == ("right", "left")


def test_the_nose_tells_where_a_straight_figure_faces() -> None:
    blind = f.without(f.drawn(), slice(None), "right_toe", "left_toe", "right_knee", "left_knee")
    xy = blind.xy_px.copy()
    for name, x in (("nose", 600), ("left_ear", 640), ("right_ear", 640)):
        xy[:, POINTS.index(name)] = (x, 100)  # type: ignore[arg-type]
    assert view.facing(replace(blind, xy_px=xy)) == -1


# ------------------------------------------------------------------ which leg is which


@pytest.mark.parametrize("frames", [slice(40, 41), slice(30, 37), slice(60, 82), slice(0, 9), slice(141, None)])
def test_names_that_jump_are_found_by_how_the_legs_move(frames: slice) -> None:
    wanted = np.zeros(150, dtype=bool)
    wanted[frames] = True
    wrong = f.exchanged(f.noisy(f.gait(), 1), frames)
    assert np.mean(swapped(both(wrong), NUMBERS["swapped_cost"]) != wanted) < 0.03


def test_good_names_stay_also_where_the_legs_cross_and_points_are_lost() -> None:
    pose = f.without(f.noisy(f.gait(0.6), 2), slice(50, 60), "left_ankle", "right_knee")
    assert not swapped(both(pose), NUMBERS["swapped_cost"]).any()


def test_nothing_is_exchanged_in_two_frames_or_without_legs() -> None:
    pose = f.gait()
    assert not swapped(both(pose)[:2], 0.02).any()
    assert not swapped(both(f.without(pose, slice(None), *POINTS)), 0.02).any()


def test_the_raised_leg_is_the_higher_one_whatever_it_is_called() -> None:
    pose = f.exchanged(f.knee_extension(), slice(30, None))
    left = left_by_height(pose, higher=True)
    assert not left[5:30].any()
    assert left[30:].all()
    lost = f.without(pose, slice(10, 20), "left_knee")
    assert left_by_height(lost, higher=True)[10:20].all(), "as most of the time"
    assert left_by_height(f.without(pose, slice(None), *POINTS), higher=True).all()


def test_the_front_leg_is_the_one_further_on() -> None:
    assert not left_in_front(f.knee_to_wall(), 1, 0.02).any()
    assert left_in_front(f.mirrored(f.knee_to_wall()), -1, 0.02).all()
    assert not left_in_front(f.without(f.drawn(), slice(None), *POINTS), 1, 0.02).any()


def test_a_leg_out_of_proportion_is_wild() -> None:
    leg = both(f.gait())[:, 1].copy()
    leg[3, JOINTS.index("ankle")] += 150
    leg[4, JOINTS.index("ankle")] = leg[4, JOINTS.index("knee")]
    found = wild(leg, 0.72, 1.4)
    assert found.nonzero()[0].tolist() == [3]


def test_a_point_that_jumps_off_its_path_is_found_and_a_fast_leg_is_not() -> None:
    leg = both(f.gait(0.6))[:, 1].copy()
    assert not off_path(leg, 200).any()
    leg[20:22, JOINTS.index("toe")] += 60
    assert np.argwhere(off_path(leg, 200)).tolist() == [[20, 5], [21, 5]]
    assert not off_path(leg[:4], 200).any(), "too short to have a path"


def test_wild_frames_do_not_reach_the_curves() -> None:
    pose = f.gait()
    xy = pose.xy_px.copy()
    xy[70:73, POINTS.index("right_ankle")] += (200, -260)
    report = f.measured(replace(pose, xy_px=xy), "running")
    calm = f.measured(pose, "running")
    assert np.abs(report.series["knee_flex_near"] - calm.series["knee_flex_near"]).max() < 8


# ------------------------------------------------------------------ holds


def held(curve: FloatArray, allowed: FloatArray | None = None) -> tuple[float, bool] | None:
    hold = find_hold(curve, 30, NUMBERS, None if allowed is None else allowed > 0)
    return (hold.median(curve), hold.still) if hold else None


def test_the_highest_still_stretch_is_the_hold_over_its_whole_length() -> None:
    curve = np.concatenate([np.full(30, 10.0), np.linspace(10, 60, 20), np.full(25, 60.0), np.linspace(60, 10, 20)])
    hold = find_hold(curve, 30, NUMBERS)
    assert hold is not None
    assert hold.still
    assert (hold.start, hold.stop) == (48, 77), "as far as it stays within three degrees"
    assert curve[hold.frame(curve)] == 60


def test_resting_still_before_a_trembling_end_is_no_hold() -> None:
    tremble = 60 + 6 * np.sin(np.arange(40) * 0.7)
    curve = np.concatenate([np.full(40, 5.0), np.linspace(5, 60, 15), tremble])
    value, still = held(curve) or (0, True)
    assert not still
    assert value == pytest.approx(60, abs=2.5)


def test_a_hold_that_is_allowed_nowhere_or_too_short_is_none() -> None:
    curve = np.full(40, 20.0)
    assert held(curve, np.zeros(40)) is None
    assert held(curve[:8]) is None
    assert held(curve, np.ones(40)) == (20.0, True)


def test_the_middle_of_what_is_not_known_is_not_known() -> None:
    hold = find_hold(np.full(40, 20.0), 30, NUMBERS)
    assert hold is not None
    assert np.isnan(hold.median(np.full(40, NAN)))


# ------------------------------------------------------------------ tops and steps


@given(st.integers(1, 9), st.floats(10, 60), st.integers(0, 10_000))
def test_every_repetition_is_counted_once(times: int, size: float, seed: int) -> None:
    curve = size * (1 - np.cos(np.arange(45 * times) / 45 * 2 * np.pi)) / 2
    noise = np.random.default_rng(seed).normal(0, 0.5, len(curve))
    assert len(tops(curve + noise, 30, 8)) == times
    assert len(tops(np.concatenate([noise, curve]), 30, 8)) == times


def test_an_unknown_curve_has_no_tops() -> None:
    assert not bridged(np.full(5, NAN)).any()
    assert bridged(np.array([1, NAN, 3])).tolist() == [1, 2, 3]
    assert len(tops(np.full(50, NAN), 30, 8)) == 0


def steps_of(pose: Pose) -> tuple[list[int], list[int]]:
    body, _ = _body(pose, f.LIMITS.tests["walking"], None, f.LIMITS)
    return strikes(body).tolist(), offs(body).tolist()


def test_a_foot_comes_down_furthest_forward_and_leaves_furthest_behind() -> None:
    pose = f.gait(1.0, fps=60, frames=190, swing=0)
    down, up = steps_of(pose)
    assert down == pytest.approx([15, 75, 135], abs=1)
    assert up == pytest.approx([45, 105, 165], abs=1)
    body, _ = _body(pose, f.LIMITS.tests["walking"], None, f.LIMITS)
    assert stride_s(body) == pytest.approx(1.0, abs=0.02)


def test_without_a_leg_there_are_no_steps() -> None:
    pose = f.without(f.gait(), slice(None), "right_knee", "left_knee")
    body, _ = _body(pose, f.LIMITS.tests["walking"], None, f.LIMITS)
    assert np.isnan(leg_length(body))
    assert strikes(body).tolist() == []
    assert stride_s(body) is None


def test_a_step_in_a_hole_is_not_told() -> None:
    pose = f.without(f.gait(1.0, fps=60, frames=190), slice(60, 90), "right_heel")
    assert all(not 60 <= one < 90 for one in steps_of(pose)[0])
