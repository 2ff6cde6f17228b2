"""How long the hamstring muscles are: close to OpenSim inside what was fitted, unknown outside it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from herstel.movement.muscle_length import (
    ANGLES,
    COEFFICIENTS,
    DOMAIN_DEG,
    MUSCLES,
    LegAngles,
    Muscle,
    longest,
    muscle_lengths,
)

REFERENCE = Path(__file__).parents[4] / "shared" / "movement-data" / "reference" / "reference.json"


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    if not REFERENCE.is_file():
        pytest.skip("the reference lengths (../shared/movement-data) are not beside the project")
    read: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return read


def leg(hip: float, knee: float, adduction: float | None = 0.0, rotation: float | None = 0.0) -> LegAngles:
    return LegAngles(
        hip_flexion_deg=np.array([hip]),
        knee_flexion_deg=np.array([knee]),
        hip_adduction_deg=None if adduction is None else np.array([adduction]),
        hip_rotation_deg=None if rotation is None else np.array([rotation]),
    )


def test_four_hundred_lengths_of_opensim_are_met(reference: dict[str, Any]) -> None:
    model = reference["LaiUhlrich2022"]
    postures, lengths = np.array(model["samples_q"]), np.array(model["samples_length_m"])
    found = muscle_lengths(
        LegAngles(
            hip_flexion_deg=postures[:, 0], hip_adduction_deg=postures[:, 1], hip_rotation_deg=postures[:, 2],
            knee_flexion_deg=postures[:, 3],
        )
    )  # fmt: skip
    for column, muscle in enumerate(MUSCLES):
        off_mm = 1000 * (found.length_m[muscle] - lengths[:, column])
        assert np.sqrt(np.mean(off_mm**2)) <= 0.1, muscle
        assert np.abs(off_mm).max() <= 0.6, muscle


@pytest.mark.parametrize("muscle", MUSCLES)
def test_upright_is_one(muscle: Muscle) -> None:
    assert muscle_lengths(leg(0, 0)).normalised[muscle][0] == pytest.approx(1, abs=0.002)


def test_each_clinical_stretch_is_as_long_as_opensim_says() -> None:
    """Table of the feasibility notes; a thousandth of the length is 0.4 mm."""
    raised = muscle_lengths(leg(80, 0)).normalised
    extended = muscle_lengths(leg(90, 20)).normalised
    assert [round(float(raised[m][0]), 3) for m in MUSCLES[:3]] == pytest.approx([1.172, 1.188, 1.190], abs=0.002)
    assert [round(float(extended[m][0]), 3) for m in MUSCLES[:3]] == pytest.approx([1.161, 1.176, 1.184], abs=0.002)


def test_the_biceps_becomes_longer_the_faster_one_runs() -> None:
    """The postures at its peak at 3.5, 5, 7 and 9 m/s; side angles differ from person to person and are left out."""
    peaks = [muscle_lengths(leg(hip, knee)).normalised["biceps_femoris_long"][0] for hip, knee in
             ((23, 9), (37, 20), (48, 25), (64, 46))]  # fmt: skip
    assert np.all(np.diff(peaks) > 0.01)


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("end", [0, 1])
def test_nothing_is_extrapolated_and_the_angle_to_blame_is_named(angle: str, end: int) -> None:
    posture: dict[str, float] = {"hip_flexion": 10, "knee_flexion": 10, "hip_adduction": 0, "hip_rotation": 0}
    limit = next(limits for name, limits in DOMAIN_DEG.items() if name == angle)[end]

    def at(value: float) -> LegAngles:
        q = {**posture, angle: value}
        return leg(q["hip_flexion"], q["knee_flexion"], q["hip_adduction"], q["hip_rotation"])

    inside, beyond = muscle_lengths(at(limit)), muscle_lengths(at(limit + (0.1 if end else -0.1)))
    assert all(np.isfinite(inside.length_m[muscle][0]) for muscle in MUSCLES)
    assert all(np.isnan(beyond.length_m[muscle][0]) for muscle in MUSCLES)
    assert [name for name in ANGLES if beyond.outside[name][0]] == [angle]
    assert not beyond.unknown[0]


def test_a_missing_angle_gives_no_length() -> None:
    lengths = muscle_lengths(leg(np.nan, 10))
    assert lengths.unknown[0]
    assert np.isnan(lengths.normalised["semitendinosus"][0])
    assert not any(lengths.outside[angle][0] for angle in ANGLES)


def test_a_video_gives_two_angles_and_a_larger_error() -> None:
    video, markers = muscle_lengths(leg(60, 30, None, None)), muscle_lengths(leg(60, 30))
    assert video.length_m["semimembranosus"] == markers.length_m["semimembranosus"]
    assert (video.way, markers.way) == ("two_angles", "four_angles")
    assert video.error_percent > markers.error_percent == 2.0


def test_many_postures_at_once_are_the_same_as_one_by_one() -> None:
    hip, knee = np.linspace(-40, 125, 9000), np.linspace(0, 150, 9000)
    together = muscle_lengths(LegAngles(hip_flexion_deg=hip, knee_flexion_deg=knee)).length_m["biceps_femoris_long"]
    for frame in (0, 4095, 4096, 8999):
        alone = muscle_lengths(leg(float(hip[frame]), float(knee[frame]))).length_m["biceps_femoris_long"][0]
        assert together[frame] == pytest.approx(alone, abs=1e-12)


def test_five_degrees_of_tilt_are_worth_about_one_percent_in_running() -> None:
    peak = longest(leg(48, 25), "biceps_femoris_long")
    assert peak is not None
    assert peak.tilted is not None
    assert 0.011 <= peak.tilted - peak.normalised <= 0.014
    assert peak.percent == pytest.approx(8.2, abs=1)


def test_tilt_beyond_what_was_fitted_is_not_known() -> None:
    peak = longest(leg(122, 30), "biceps_femoris_long")
    assert peak is not None
    assert peak.tilted is None


def test_without_any_length_there_is_no_longest() -> None:
    assert longest(leg(130, 10), "semitendinosus") is None


def test_the_coefficients_carry_the_notice_of_their_model() -> None:
    written = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    assert "Apache" in written["notice"]
    assert max(written["rmse_mm"].values()) <= 0.1
    assert max(written["worst_mm"].values()) <= 0.6
    assert (written["fitted_postures"], written["checked_postures"]) == (8192, 4096)
