"""From markers and joint angles to measurements: the angles of the laboratory, the strides, and what is not known."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.mocap.c3d_reader import read_c3d
from herstel.movement.mocap.gait import SIDES, found_events, stance_percents, stride_times_s, tops, walking_events
from herstel.movement.mocap.joints import Labelled, hip_angle_deg, knee_angle_deg, plain
from herstel.movement.mocap.measured import LegCurves, angle_measurements
from herstel.movement.mocap.motion import read_motion
from herstel.movement.mocap.recording import GaitEvent, Markers
from herstel.movement.mocap.report import MocapQuestion, leg_angles, marker_report, mocap_report
from herstel.movement.mocap.trc import write_trc
from herstel.movement.model import MovementReport
from herstel.movement.muscle_length import ERROR_PERCENT, MUSCLES, muscle_lengths
from herstel.movement.pose import BodySide
from tests.unit.movement.mocap.walker import (
    hip_truth_deg,
    knee_truth_deg,
    walker,
    write_c3d,
    write_motion,
)

SHARED = Path(__file__).parents[5] / "shared" / "movement-data"
WALKING = MocapQuestion(test="walking")


def value(report: MovementReport, name: str, side: BodySide) -> float:
    return next(one.value for one in report.measurements if (one.name, one.side) == (name, side))


def only(markers: Markers, *kept: str) -> Markers:
    places = [markers.labels.index(label) for label in kept]
    return replace(markers, labels=kept, positions_m=markers.positions_m[:, places])


def test_the_angles_of_a_walker_are_measured_exactly() -> None:
    markers = walker()
    report = marker_report(markers, WALKING, "walk")
    for side in ("left", "right"):
        truth = knee_truth_deg(markers.times_s, left=side == "left")
        np.testing.assert_allclose(report.series[f"knee_flex_{side}"], truth, atol=1e-6)
        assert value(report, "knee_peak_flexion_deg", side) == pytest.approx(60, abs=0.1)
        assert value(report, "hip_peak_flexion_deg", side) == pytest.approx(30, abs=0.1)
        assert value(report, "hip_peak_extension_deg", side) == pytest.approx(14, abs=0.1)
        assert value(report, "stride_time_s", side) == pytest.approx(1.0, abs=0.01)
        assert value(report, "cadence_steps_per_min", side) == pytest.approx(120, abs=1)
    assert {one.quality for one in report.measurements} == {"good"}
    assert all(one.standard_error > 0 for one in report.measurements)


def test_an_over_extended_knee_is_negative() -> None:
    markers = walker()
    leg = Labelled(markers, "walk").leg("right")
    ankle = leg.knee + np.array([0.0, -0.43, 0.0])
    hip = leg.knee + np.array([0.05, 0.43, 0.0])
    assert knee_angle_deg(replace(leg, hip=hip, ankle=ankle)).max() == pytest.approx(-6.63, abs=0.01)


def test_the_hip_bends_against_the_pelvis() -> None:
    markers = walker()
    labelled = Labelled(markers, "walk")
    pelvis = labelled.pelvis()
    assert pelvis is not None
    found = hip_angle_deg(labelled.leg("left"), pelvis)
    np.testing.assert_allclose(found, hip_truth_deg(markers.times_s, left=True), atol=1e-6)


def test_markers_on_the_outside_are_measured_with_a_larger_error() -> None:
    exact = marker_report(walker(), WALKING, "walk")
    outside = marker_report(walker(outside_only=True), WALKING, "walk")
    assert value(outside, "knee_peak_flexion_deg", "left") == pytest.approx(60, abs=1)
    of_knee = [
        next(one for one in report.measurements if one.name == "knee_peak_flexion_deg") for report in (exact, outside)
    ]
    assert of_knee[1].standard_error > 2 * of_knee[0].standard_error
    assert (of_knee[0].quality, of_knee[1].quality) == ("good", "fair")


def test_without_pelvis_markers_the_hip_is_not_measured_and_that_is_said() -> None:
    report = marker_report(walker(pelvis=False), WALKING, "walk")
    assert "hip_flex_left" not in report.series
    assert "markers of the pelvis" in report.not_measured["hip_peak_flexion_deg"]


def test_a_sacral_marker_is_enough_for_the_back_of_the_pelvis() -> None:
    markers = walker()
    middle = markers.positions_m[:, [markers.labels.index("LPSI"), markers.labels.index("RPSI")]].mean(axis=1)
    kept = only(markers, "LHJC", "RHJC", "LFEO", "RFEO", "LTIO", "RTIO", "LASI", "RASI")
    held = np.concatenate([kept.positions_m, middle[:, None]], axis=1)
    report = marker_report(replace(kept, labels=(*kept.labels, "V.Sacral"), positions_m=held), WALKING, "walk")
    assert value(report, "hip_peak_flexion_deg", "left") == pytest.approx(30, abs=0.1)
    assert "Fewer than two strikes" in report.not_measured["stride_time_s"], "without heels there are no strikes"


def test_a_missing_joint_is_named_with_what_was_looked_for() -> None:
    with pytest.raises(InputError, match=r"Looked for: LFEO, LKJC, LLFC\+LMFC.*inverse kinematics"):
        marker_report(only(walker(), "LHJC", "RHJC"), WALKING, "walk")


def test_a_joint_that_was_never_seen_is_missing() -> None:
    markers = walker()
    markers.positions_m[:, markers.labels.index("LHJC")] = np.nan
    with pytest.raises(InputError, match="Looked for: LHJC"):
        marker_report(markers, WALKING, "walk")


def test_a_leg_that_is_mostly_missing_is_not_measured() -> None:
    markers = walker()
    markers.positions_m[:200, markers.labels.index("LFEO")] = np.nan
    with pytest.raises(InputError, match=r"In 67 percent of the pictures .* \(L\)\. Fill the gaps"):
        marker_report(markers, WALKING, "walk")


def test_a_gap_stays_a_gap() -> None:
    markers = walker()
    markers.positions_m[100:110, markers.labels.index("LFEO")] = np.nan
    report = marker_report(markers, replace(WALKING, side="left"), "walk")
    assert np.isnan(report.series["knee_flex_left"][100:110]).all()
    assert "knee_flex_right" not in report.series
    assert {one.side for one in report.measurements} == {"left"}


def test_strikes_and_offs_are_found_in_turn() -> None:
    events = found_events(walker(), "walk")
    strikes = [(event.side, event.time_s) for event in events if event.kind == "foot_strike"]
    assert [side for side, _ in strikes] == ["left", "right"] * (len(strikes) // 2) + ["left"] * (len(strikes) % 2)
    assert np.diff([at for _, at in strikes]) == pytest.approx(0.5, abs=0.02)
    assert all(0 <= event.time_s <= 3 for event in events)


def test_a_strike_after_the_last_picture_is_not_told() -> None:
    markers = walker(1.63)
    for heel in ("LHEE", "RHEE"):  # out of sight just after it was farthest before the hips
        markers.positions_m[161:, markers.labels.index(heel)] = np.nan
    events = found_events(markers, "walk")
    assert max(event.time_s for event in events) <= 1.62
    assert [event.side for event in events if event.kind == "foot_strike"] == ["left", "right"]


def test_somebody_who_squats_takes_no_steps() -> None:
    report = marker_report(walker(squats=True), WALKING, "squat")
    assert not [one for one in report.measurements if one.name in ("stride_time_s", "knee_flexion_at_strike_deg")]
    assert "Fewer than two strikes" in report.not_measured["cadence_steps_per_min"]


def test_only_walking_is_searched_for_strikes() -> None:
    report = marker_report(walker(), MocapQuestion(test="running"), "run")
    assert "walking only" in report.not_measured["stance_percent"]


def test_the_laboratorys_events_go_before_ours() -> None:
    lab = (GaitEvent(kind="foot_strike", side="left", time_s=1.0),)
    assert walking_events(replace(walker(), events=lab), "walk") == lab


def test_a_strike_where_the_knee_was_not_seen_tells_no_angle() -> None:
    late = tuple(GaitEvent(kind="foot_strike", side="left", time_s=at) for at in (2.999, 3.5))
    markers = replace(walker(), events=late)
    markers.positions_m[-2:, markers.labels.index("LFEO")] = np.nan
    report = marker_report(markers, replace(WALKING, side="left"), "walk")
    assert not [one for one in report.measurements if one.name == "knee_flexion_at_strike_deg"]
    assert not [one for one in report.measurements if one.name == "stance_percent"], "no foot off inside the stride"
    assert value(report, "stride_time_s", "left") == pytest.approx(0.501)


def test_stance_counts_strides_with_one_foot_off_only() -> None:
    events = [
        GaitEvent(kind=kind, side="left", time_s=at)  # type: ignore[arg-type]
        for kind, at in (("foot_strike", 0.0), ("foot_off", 0.6), ("foot_strike", 1.0), ("foot_strike", 2.0))
    ]
    assert stance_percents(events, "left") == pytest.approx([60])
    assert stride_times_s(events, "left") == pytest.approx([1, 1])


def test_a_curve_of_which_nothing_is_known_has_no_tops() -> None:
    assert tops(np.full(50, np.nan), 100, 1) == []
    leg = LegCurves(
        side="left", rate_hz=100, knee_deg=np.full(50, np.nan), hip_deg=None, error_deg=1, quality="good"
    )  # fmt: skip
    assert list(angle_measurements(leg, strides=True)) == []


def test_a_top_at_the_edge_of_a_gap_is_none() -> None:
    curve = np.concatenate([np.linspace(0, 10, 50), np.full(50, np.nan), np.linspace(10, 0, 50)])
    assert tops(curve, 100, 1) == []


def test_labels_are_known_however_they_are_written() -> None:
    assert [plain(label) for label in ("r.ASIS_study", "L_HJC", "V.Sacral")] == ["RASIS", "LHJC", "VSACRAL"]


@pytest.mark.filterwarnings("ignore:No analog data")
def test_each_kind_of_file_is_read_by_its_ending(tmp_path: Path) -> None:
    markers = walker()
    write_trc(tmp_path / "a.TRC", markers)
    write_c3d(tmp_path / "a.c3d", markers)
    for name in ("a.TRC", "a.c3d"):
        report = mocap_report(tmp_path / name, WALKING)
        assert value(report, "knee_peak_flexion_deg", "left") == pytest.approx(60, abs=0.1)
        assert (report.frames, round(report.fps)) == (300, 100)


def test_any_other_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "walk.csv").touch()
    with pytest.raises(InputError, match="Choose a TRC, C3D, MOT or STO file"):
        mocap_report(tmp_path / "walk.csv", WALKING)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"walk\.trc: There is no such file"):
        mocap_report(tmp_path / "walk.trc", WALKING)


def motion_file(folder: Path, *, hip_most: float = 40, knee_sign: int = -1) -> Path:
    times = np.linspace(0, 2, 201)
    hip = hip_most * np.cos(np.pi * 2 * times)
    columns = {"time": times}
    for letter in "lr":
        columns |= {f"hip_flexion_{letter}": hip, f"hip_adduction_{letter}": np.zeros_like(times)}
        columns |= {f"hip_rotation_{letter}": np.zeros_like(times)}
        columns |= {f"knee_angle_{letter}": knee_sign * (40 - 35 * np.cos(np.pi * 2 * times))}
    return write_motion(folder / "run.mot", columns)


def test_joint_angles_give_the_length_of_the_hamstring(tmp_path: Path) -> None:
    report = mocap_report(motion_file(tmp_path), MocapQuestion(test="running", side="right"))
    assert value(report, "biceps_femoris_long_peak_ratio", "right") == pytest.approx(1.09, abs=0.01)
    length = next(one for one in report.measurements if one.name == "biceps_femoris_long_peak_ratio")
    assert (length.unit, length.standard_error) == ("ratio", 0.02)
    assert value(report, "knee_peak_flexion_deg", "right") == pytest.approx(75, abs=0.1)
    assert "does not show the feet" in report.not_measured["stance_percent"]
    assert report.series["biceps_femoris_long_length_right"].shape == (201,)


def test_a_length_that_is_partly_unknown_is_said_to_be(tmp_path: Path) -> None:
    report = mocap_report(motion_file(tmp_path, hip_most=60), MocapQuestion(test="running", side="left"))
    assert "outside those" in report.not_measured["biceps_femoris_long_length_left"]


def test_a_length_that_is_never_known_is_not_measured(tmp_path: Path) -> None:
    question = MocapQuestion(test="running", side="left", knee_sign="flexion_positive")
    report = mocap_report(motion_file(tmp_path), question)
    assert not [one for one in report.measurements if one.unit == "ratio"]


def test_joint_angles_of_a_test_without_strides_tell_the_largest_bends(tmp_path: Path) -> None:
    report = mocap_report(motion_file(tmp_path), MocapQuestion(test="straight_leg_raise", side="left"))
    assert value(report, "hip_largest_flexion_deg", "left") == pytest.approx(40, abs=0.1)
    assert value(report, "knee_largest_flexion_deg", "left") == pytest.approx(75, abs=0.1)
    assert not [one for one in report.measurements if "peak" in one.name and one.unit == "deg"]
    assert "how somebody lies or stands" in report.not_measured["position"]
    assert "stance_percent" not in report.not_measured


def test_joint_angles_that_are_no_numbers_are_said_to_be_missing(tmp_path: Path) -> None:
    file = motion_file(tmp_path)
    columns = read_motion(file).columns | {"knee_angle_l": np.full(201, np.inf)}
    times = {"time": np.linspace(0, 2, 201)}
    with pytest.raises(InputError, match="100 percent of the pictures the angle of the knee is missing"):
        mocap_report(
            write_motion(file, times | dict(columns)),
            MocapQuestion(test="running", side="left", knee_sign="flexion_negative"),
        )


@pytest.mark.parametrize("name", ["HC002D06", "HC030A05", "HC044A15"])
def test_the_laboratorys_knee_hip_and_events_are_met(name: str) -> None:
    file = SHARED / "c3d" / "walking_pig" / f"{name}.c3d"
    if not file.is_file():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    markers = read_c3d(file)
    report = marker_report(markers, WALKING, name)
    for side in ("left", "right"):
        for joint in ("Knee", "Hip"):
            lab = markers.lab_angles_deg[f"{side[0].upper()}{joint}Angles"][:, 0]
            assert np.nanmax(np.abs(report.series[f"{joint.lower()}_flex_{side}"] - lab)) <= 0.1
    found = found_events(markers, name)
    missed = 0
    for event in markers.events:
        same = [abs(one.time_s - event.time_s) for one in found if (one.kind, one.side) == (event.kind, event.side)]
        if min(same) > 0.2:
            missed += 1
        else:
            assert min(same) <= (0.05 if event.kind == "foot_strike" else 0.04), event
    assert missed <= 1, "one at the very end of a recording"


def test_the_longest_hamstring_of_each_recording_is_where_opensim_has_it() -> None:
    file = SHARED / "reference" / "reference.json"
    if not file.is_file():
        pytest.skip("the reference lengths (../shared/movement-data) are not beside the project")
    for name, expected in json.loads(file.read_text(encoding="utf-8"))["trajectories"].items():
        if name.endswith(".mot"):
            report = mocap_report(SHARED / name, MocapQuestion(test="running"))
            for side in ("left", "right"):
                for muscle, peak in expected[f"hamstring_peak_normalised_length_{side[0]}"].items():
                    off = value(report, f"{muscle}_peak_ratio", side) - peak["value"]
                    # below zero degrees of knee nothing is told, so that there the peak is the one beside it
                    assert abs(off) <= (0.0005 if peak["at_knee"] > 0 else 0.003), (name, side, muscle)


def test_two_angles_stay_within_the_error_that_is_told_of_them() -> None:
    files = sorted(SHARED.rglob("*.mot"))
    if not files:
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    for file in files:
        motion = read_motion(file)
        for side in SIDES:
            four = leg_angles(motion, side)
            two = replace(four, hip_adduction_deg=None, hip_rotation_deg=None)
            for muscle in MUSCLES:
                off = muscle_lengths(two).normalised[muscle] - muscle_lengths(four).normalised[muscle]
                assert 100 * np.sqrt(np.nanmean(off**2)) <= 1.1, (file.name, side, muscle)
                assert 100 * np.nanmax(np.abs(off)) <= ERROR_PERCENT["two_angles"]


def test_the_biceps_becomes_longer_from_walking_to_running() -> None:
    if not SHARED.is_dir():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    names = ("opencap_subject4/walking1_marker_ik", "running_hamner_2ms/run200_ik", "running_bmc/ik_output_run")
    reports = [mocap_report(SHARED / "mocap" / f"{name}.mot", MocapQuestion(test="running")) for name in names]
    peaks = [
        np.mean([value(report, "biceps_femoris_long_peak_ratio", side) for side in ("left", "right")])
        for report in reports
    ]  # fmt: skip
    assert np.all(np.diff(peaks) > 0.005)
