"""Markers seen by a camera square to the person: the tests of a video say the same of them."""

from dataclasses import replace

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.movement.measuring import measure
from herstel.movement.mocap.recording import Markers
from herstel.movement.mocap.report import MocapQuestion, marker_report
from herstel.movement.mocap.seen import Camera, seen
from herstel.movement.pose import BodySide, FloatArray
from tests.unit.movement.mocap.walker import walker


def with_shoulders(markers: Markers, above: FloatArray) -> Markers:
    """Shoulders above the hips, as far as ``above`` says."""
    hips = markers.positions_m[:, [markers.labels.index("LHJC"), markers.labels.index("RHJC")]]
    held = np.concatenate([markers.positions_m, hips + above], axis=1)
    return replace(markers, labels=(*markers.labels, "LSHO", "RSHO"), positions_m=held)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_walk_is_measured_as_in_a_video(knowledge: Knowledge, side: BodySide) -> None:
    pose = seen(with_shoulders(walker(4.0), np.array([0.0, 0.5, 0.0])), side, "walk")
    report = measure(pose, "walking", side, limits=knowledge.movement)
    assert not report.refusals
    assert report.near_side == side
    assert report.view_off_sagittal_deg == pytest.approx(0, abs=0.1)
    found = {one.name: one.value for one in report.measurements}
    assert found["knee_peak_flexion_deg"] == pytest.approx(60, abs=2)
    assert found["cadence_steps_per_min"] == pytest.approx(120, abs=2)


def test_the_room_may_have_another_axis_up(knowledge: Knowledge) -> None:
    markers = with_shoulders(walker(4.0), np.array([0.0, 0.5, 0.0]))
    turned = replace(markers, positions_m=markers.positions_m[:, :, [0, 2, 1]] * np.array([1.0, -1.0, 1.0]))
    one, other = (seen(held, "left", "walk") for held in (markers, turned))
    np.testing.assert_allclose(one.xy_px, other.xy_px, atol=1e-6)


def test_a_clinical_test_is_measured_on_markers(knowledge: Knowledge) -> None:
    standing = replace(walker(2.0, squats=True), positions_m=walker(2.0, squats=True).positions_m[:1].repeat(200, 0))
    lean = np.linspace(0, np.radians(80), 200)[:, None, None]
    above = np.concatenate([0.5 * np.sin(lean), 0.5 * np.cos(lean), 0 * lean], axis=2)
    question = MocapQuestion(test="forward_bend", side="right", limits=knowledge.movement)
    report = marker_report(with_shoulders(standing, above), question, "bend")
    found = {one.name: one.value for one in report.measurements}
    assert found["peak_trunk_lean_deg"] == pytest.approx(80, abs=2)


def test_from_the_front_left_is_at_the_right(knowledge: Knowledge) -> None:
    markers = with_shoulders(walker(2.0, squats=True), np.array([0.0, 0.5, 0.0]))
    question = MocapQuestion(test="single_leg_squat", side="right", limits=knowledge.movement)
    assert marker_report(markers, question, "squat").view_off_sagittal_deg == pytest.approx(90, abs=0.1)
    pose = seen(markers, "front", "squat")
    assert (pose.of("left_hip")[:, 0] > pose.of("right_hip")[:, 0]).all()


@pytest.mark.parametrize("camera", ["left", "right", "front"])
def test_everything_is_inside_the_picture_and_what_is_missing_stays_missing(camera: Camera) -> None:
    markers = walker(2.0)
    markers.positions_m[10, markers.labels.index("LHEE")] = np.nan
    pose = seen(markers, camera, "walk")
    known = np.isfinite(pose.xy_px).all(axis=2)
    assert (pose.xy_px[known] >= 0).all()
    assert (pose.xy_px[known] <= [pose.width_px, pose.height_px]).all()
    assert np.isnan(pose.of("left_heel")[10]).all()
    assert np.isnan(pose.of("nose")).all()
    assert (pose.score == known).all()


def test_who_lies_does_not_tell_which_way_is_up() -> None:
    slanting = replace(
        walker(2.0), positions_m=walker(2.0).positions_m @ np.array([[1, 0, 0], [0, 0.7, 0.7], [0, -0.7, 0.7]])
    )
    with pytest.raises(InputError, match="Which way is up cannot be told"):
        seen(slanting, "left", "lying")


def test_without_ankles_up_cannot_be_told() -> None:
    markers = walker(2.0)
    kept = [number for number, label in enumerate(markers.labels) if label[1:] not in ("ANK", "TIO")]
    labels = tuple(markers.labels[number] for number in kept)
    with pytest.raises(InputError, match="Which way is up cannot be told"):
        seen(replace(markers, labels=labels, positions_m=markers.positions_m[:, kept]), "left", "walk")
