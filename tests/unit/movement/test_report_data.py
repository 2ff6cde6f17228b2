"""A report as plain data, and the length of the hamstring out of a video's report."""

import json
from dataclasses import replace

import numpy as np
import pytest

from herstel.movement.length_report import recording_of
from herstel.movement.model import CODES
from herstel.movement.report_data import report_data
from herstel.text import LANGUAGES, Language
from tests.unit.movement import figures as f


def data(report, language: Language = "en") -> dict:  # type: ignore[no-untyped-def, type-arg]
    return report_data(report, f.LIMITS, language)


def test_a_measurement_keeps_its_error_and_frame() -> None:
    report = f.measured(f.knee_extension(30), "active_knee_extension")
    told = data(report)
    first = told["measurements"][0]
    assert first["name"] == "hold_knee_flexion_deg"
    assert first["value"] == pytest.approx(30, abs=0.1)
    assert first["standard_error"] == report.measurements[0].standard_error
    assert first["detectable_change"] == pytest.approx(1.96 * 2**0.5 * first["standard_error"], abs=0.01)
    assert first["frame"] == report.measurements[0].frame
    assert told["frames"] == len(told["series"]["knee_flex_near"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_said_with_its_numbers_and_remedy(language: Language) -> None:
    told = data(f.measured(f.with_depth(f.leg_raise(), 55), "straight_leg_raise"), language)
    assert told["measurements"] == []
    (refusal,) = [one for one in told["refusals"] if one["code"] == "wrong_view"]
    assert refusal["code"] in CODES
    assert any(sign.isdigit() for sign in refusal["message"])
    assert "{" not in refusal["message"] + refusal["remedy"]


def test_what_cannot_be_measured_is_said_in_the_language() -> None:
    report = f.measured(f.knee_extension(), "active_knee_extension")
    dutch, english = data(report, "nl")["not_measured"], data(report, "en")["not_measured"]
    assert set(dutch) == set(english) >= {"pelvic_tilt", "asymmetry"}
    assert all(dutch[name] != english[name] for name in dutch)


def test_a_number_that_is_not_known_is_none_and_the_whole_is_json() -> None:
    pose = f.without(f.leg_raise(), slice(0, 20), "right_ankle")
    told = data(f.measured(pose, "straight_leg_raise"))
    assert None in told["series"]["knee_flex_near"]
    assert "NaN" not in json.dumps(told)


def test_the_drop_of_the_pelvis_is_not_told_when_the_hips_follow_the_trunk() -> None:
    pose = replace(f.squat(drop_px=12), hips_inferred=True)
    report = f.measured(pose, "single_leg_squat")
    assert "pelvic_drop_deg" not in f.values(report)
    assert "follow your trunk" in report.not_measured["pelvic_drop_deg"]
    assert not any("pelvic_drop" in name for name in report.series)
    assert {"fppa_deg", "trunk_lean_deg"} <= set(f.values(report))


def test_the_measured_leg_of_a_video_has_a_length() -> None:
    pose = f.knee_extension(30)
    recording = recording_of(f.measured(pose, "active_knee_extension"), pose.times_s)
    assert recording is not None
    assert recording.angles.way == "two_angles"
    assert np.nanmax(recording.angles.hip_flexion_deg) == pytest.approx(90, abs=3)


@pytest.mark.parametrize(("pose", "test"), [(f.squat(), "single_leg_squat"), (f.bridge(), "single_leg_bridge")])
def test_a_recording_that_does_not_show_hip_and_knee_has_none(pose, test) -> None:  # type: ignore[no-untyped-def]
    assert recording_of(f.measured(pose, test), pose.times_s) is None


def test_the_leg_away_from_the_camera_has_the_length_of_its_own_curves() -> None:
    pose = f.knee_extension(30)
    report = f.measured(pose, "active_knee_extension", "left")
    recording = recording_of(report, pose.times_s)
    assert recording is not None
    assert recording.angles.knee_flexion_deg is report.series["knee_flex_far"]
