"""Hamstring length told to a person: how long, when, beside what, and how sure."""

import numpy as np
import pytest

from herstel.drawing.shapes import Circle, Path
from herstel.drawing.svg import as_svg
from herstel.movement.length_picture import length_picture
from herstel.movement.length_report import LegRecording, LengthQuestion, length_sentences
from herstel.movement.muscle_length import LegAngles
from herstel.text import LANGUAGES

TIMES = np.linspace(0, 0.8, 81)


def stride(peak_hip: float = 40, *, video: bool = False, missing: slice | None = None) -> LegRecording:
    """A stride in which hip and knee swing like a runner's."""
    turn = 2 * np.pi * TIMES / TIMES[-1]
    hip = peak_hip * np.cos(turn)
    knee = 40 - 35 * np.cos(turn)
    if missing is not None:
        knee[missing] = np.nan
    side = None if video else np.zeros_like(hip)
    angles = LegAngles(hip_flexion_deg=hip, knee_flexion_deg=knee, hip_adduction_deg=side, hip_rotation_deg=side)
    return LegRecording(times_s=TIMES + 3, angles=angles)


def told(question: LengthQuestion) -> str:
    return " ".join(length_sentences(question, "en"))


def test_the_peak_is_told_with_its_error_moment_and_posture() -> None:
    text = told(LengthQuestion(recording=stride()))
    assert "percent longer than when you stand upright, give or take 2.0 percent" in text
    assert "after 0.00 seconds, with your hip 40 degrees and your knee 5 degrees bent" in text
    assert "does not say how far the muscle fibres are stretched" in text


def test_over_a_stride_the_moment_is_a_share_of_it() -> None:
    assert "at 0 percent of the stride" in told(LengthQuestion(recording=stride(), along="stride"))


def test_dutch_says_the_same_with_a_comma() -> None:
    text = " ".join(length_sentences(LengthQuestion(recording=stride(), other=stride(20)), "nl"))
    assert "2,0 procent" in text
    assert "percent" not in text


def test_more_pelvic_tilt_is_told_in_percent_and_a_video_cannot_see_it() -> None:
    markers, video = told(LengthQuestion(recording=stride())), told(LengthQuestion(recording=stride(video=True)))
    assert "tipped 5 degrees further forward" in markers
    assert "1.3 percent of its upright length longer" in markers
    assert "phone video does not show" in video
    assert "phone video does not show" not in markers


def test_a_small_difference_from_the_other_leg_can_be_error() -> None:
    assert "can be measurement error" in told(LengthQuestion(recording=stride(40), other=stride(38)))


def test_a_large_difference_from_an_earlier_recording_is_told_with_its_direction() -> None:
    longer = told(LengthQuestion(recording=stride(60), other=stride(40), beside="earlier"))
    shorter = told(LengthQuestion(recording=stride(40), other=stride(60), beside="earlier"))
    assert "percent longer than in your earlier recording" in longer
    assert "percent shorter than in your earlier recording" in shorter


def test_a_video_needs_a_larger_difference_than_markers() -> None:
    video = told(LengthQuestion(recording=stride(60, video=True), other=stride(40, video=True)))
    assert "can be measurement error" in video


def test_lengths_that_are_not_known_are_counted_with_their_reason() -> None:
    text = told(LengthQuestion(recording=stride(60, missing=slice(10, 15))))
    assert "the bend of the hip was not between -40 and 125 degrees. No guess was made." in text
    assert "In 5 of 81 pictures the length is not known, because an angle is missing." in text


def test_without_any_length_that_is_all_that_is_told() -> None:
    nothing = stride(missing=slice(None))
    text = told(LengthQuestion(recording=nothing, other=stride()))
    assert "could not be worked out" in text
    assert "upright" not in text


def test_nothing_is_compared_with_a_leg_whose_length_is_not_known() -> None:
    text = told(LengthQuestion(recording=stride(), other=stride(missing=slice(None))))
    assert "the two cannot be compared" in text


def test_tilt_outside_the_angles_is_said_to_be_unknown() -> None:
    assert "outside what can be worked out" in told(LengthQuestion(recording=stride(123)))


def test_a_muscle_can_be_shorter_than_upright() -> None:
    bent = LegAngles(hip_flexion_deg=np.zeros(2), knee_flexion_deg=np.array([120.0, 121.0]))
    question = LengthQuestion(recording=LegRecording(times_s=np.array([0.0, 0.1]), angles=bent))
    assert "percent shorter than when you stand upright" in told(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_shows_both_recordings_and_says_the_same_in_words(language: str) -> None:
    question = LengthQuestion(recording=stride(), other=stride(30), along="stride")
    drawing = length_picture(question, language)  # type: ignore[arg-type]
    lines = [shape for shape in drawing.shapes if isinstance(shape, Path) and len(shape.points) > 2]
    assert {line.dashed for line in lines} == {True, False}, "the lines differ without colour"
    assert drawing.description == " ".join(length_sentences(question, language))  # type: ignore[arg-type]
    assert as_svg(drawing).startswith("<svg")
    everywhere = [point for shape in drawing.shapes if isinstance(shape, Path) for point in shape.points]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in everywhere)


def test_the_picture_draws_nothing_through_a_gap() -> None:
    whole = length_picture(LengthQuestion(recording=stride()), "en")
    broken = length_picture(LengthQuestion(recording=stride(missing=slice(40, 50))), "en")

    def pieces(drawing: object) -> int:
        return sum(isinstance(shape, Path) and len(shape.points) > 2 for shape in drawing.shapes)  # type: ignore[attr-defined]

    assert (pieces(whole), pieces(broken)) == (1, 2)


def test_a_picture_without_any_length_has_no_line_and_says_so() -> None:
    drawing = length_picture(LengthQuestion(recording=stride(missing=slice(None))), "en")
    assert not [shape for shape in drawing.shapes if isinstance(shape, Circle)]
    assert "could not be worked out" in drawing.description


def test_a_single_known_frame_is_a_mark_without_a_line() -> None:
    drawing = length_picture(LengthQuestion(recording=stride(123, missing=slice(1, None))), "en")
    assert len([shape for shape in drawing.shapes if isinstance(shape, Circle)]) == 1, "no tilt is known here"
