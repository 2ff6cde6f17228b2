"""Hamstring length in words and as a picture: how long, when, beside the other leg or an earlier recording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from herstel.errors import marked
from herstel.movement.model import MovementReport
from herstel.movement.muscle_length import (
    ANGLES,
    COMPARED_ERROR_PERCENT,
    DOMAIN_DEG,
    TILT_DEG,
    LegAngles,
    LengthAngle,
    Muscle,
    MuscleLengths,
    Peak,
    longest,
    muscle_lengths,
)
from herstel.movement.pose import FloatArray
from herstel.text import Language, say

Along = Literal["time", "stride"]
"""Whether the curve runs over seconds or over one stride, from 0 to 100 percent."""
Beside = Literal["other_side", "earlier"]

MUSCLE_NAMES: Mapping[Muscle, str] = {
    "semimembranosus": marked("the broad inner hamstring (semimembranosus)"),
    "semitendinosus": marked("the thin inner hamstring (semitendinosus)"),
    "biceps_femoris_long": marked("the long head of the outer hamstring (biceps femoris)"),
    "biceps_femoris_short": marked("the short head of the outer hamstring (biceps femoris)"),
}
ANGLE_NAMES: Mapping[LengthAngle, str] = {
    "hip_flexion": marked("bend of the hip"),
    "hip_adduction": marked("sideways angle of the hip"),
    "hip_rotation": marked("turn of the hip"),
    "knee_flexion": marked("bend of the knee"),
}
BESIDE_NAMES: Mapping[Beside, str] = {
    "other_side": marked("your other leg"),
    "earlier": marked("your earlier recording"),
}
NO_STRAIN = marked(
    "This is the length of muscle and tendon together, worked out from angles with an average body. "
    "It does not say how far the muscle fibres are stretched."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegRecording:
    """The angles of one leg over the stride or the test, with their times."""

    times_s: FloatArray
    angles: LegAngles

    def along(self, along: Along) -> FloatArray:
        """Seconds since the first frame, or percent of the whole."""
        since = np.asarray(self.times_s - self.times_s[0])
        return since if along == "time" else np.asarray(100 * since / max(float(since[-1]), 1e-9))


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthQuestion:
    """What is told of a recording: which muscle, over what, and beside which other recording of the same person."""

    recording: LegRecording
    muscle: Muscle = "biceps_femoris_long"
    along: Along = "time"
    other: LegRecording | None = None
    beside: Beside = "other_side"


def length_sentences(question: LengthQuestion, language: Language) -> tuple[str, ...]:
    """Say how long the muscle became, when, compared with what, and how sure that is.

    Parameters
    ----------
    question : LengthQuestion
    language : {"nl", "en"}
    """
    lengths = muscle_lengths(question.recording.angles)
    peak = longest(question.recording.angles, question.muscle)
    lines = [*_peak_lines(question, lengths, peak, language), *_unknown_lines(lengths, language)]
    if peak is None:
        return tuple(lines)
    return (*lines, *_compared(question, peak, language), *_tilted(question, peak, language), say(language, NO_STRAIN))


def _peak_lines(
    question: LengthQuestion, lengths: MuscleLengths, peak: Peak | None, language: Language
) -> Iterator[str]:
    name = say(language, MUSCLE_NAMES[question.muscle])
    if peak is None:
        yield say(language, "The length of {muscle} could not be worked out from this recording.", muscle=name)
        return
    yield say(
        language,
        "At its longest, {muscle} was {change} when you stand upright, give or take {error} percent.",
        muscle=name,
        change=_change(peak.percent, language),
        error=_number(lengths.error_percent, language),
    )
    message = marked("That was {when}, with your hip {hip} degrees and your knee {knee} degrees bent.")
    yield say(
        language, message, when=_when(question, peak, language), hip=round(peak.hip_flexion_deg),
        knee=round(peak.knee_flexion_deg),
    )  # fmt: skip


def _change(percent: float, language: Language) -> str:
    message = marked("{percent} percent longer than") if percent >= 0 else marked("{percent} percent shorter than")
    return say(language, message, percent=_number(abs(percent), language))


def _when(question: LengthQuestion, peak: Peak, language: Language) -> str:
    at = float(question.recording.along(question.along)[peak.frame])
    if question.along == "stride":
        return say(language, "at {percent} percent of the stride", percent=round(at))
    return say(language, "after {seconds} seconds", seconds=_number(at, language, 2))


def _number(value: float, language: Language, decimals: int = 1) -> str:
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if language == "nl" else text


def _compared(question: LengthQuestion, peak: Peak, language: Language) -> Iterator[str]:
    if question.other is None:
        return
    beside = say(language, BESIDE_NAMES[question.beside])
    other = longest(question.other.angles, question.muscle)
    if other is None:
        yield say(language, "For {other} the length is not known, so the two cannot be compared.", other=beside)
        return
    difference = peak.percent - other.percent
    ways = {question.recording.angles.way, question.other.angles.way}
    certain = 1.96 * 2**0.5 * max(COMPARED_ERROR_PERCENT[way] for way in ways)
    if abs(difference) <= certain:
        message = marked(
            "Beside {other} the difference is {difference} percent. A difference below {certain} percent can be "
            "measurement error."
        )
    elif difference > 0:
        message = marked(
            "It became {difference} percent longer than in {other}. That is more than measurement error "
            "({certain} percent)."
        )
    else:
        message = marked(
            "It stayed {difference} percent shorter than in {other}. That is more than measurement error "
            "({certain} percent)."
        )
    told = {"difference": _number(abs(difference), language), "certain": _number(certain, language)}
    yield say(language, message, other=beside, **told)


def _tilted(question: LengthQuestion, peak: Peak, language: Language) -> Iterator[str]:
    if peak.tilted is None:
        yield say(language, "What more tilt of the pelvis would change here is outside what can be worked out.")
        return
    yield say(
        language,
        "If your pelvis tipped {degrees} degrees further forward, with trunk and thigh the same, the muscle would at "
        "that moment be {percent} percent of its upright length longer.",
        degrees=round(TILT_DEG),
        percent=_number(100 * (peak.tilted - peak.normalised), language),
    )
    if question.recording.angles.way == "two_angles":
        yield say(language, "A phone video does not show how far the pelvis tips; that is part of the error.")


def _unknown_lines(lengths: MuscleLengths, language: Language) -> Iterator[str]:
    frames = len(lengths.unknown)
    for angle in ANGLES:
        count = int(np.count_nonzero(lengths.outside[angle]))
        if count:
            low, high = DOMAIN_DEG[angle]
            yield say(
                language,
                "In {count} of {frames} pictures the length is not known: the {angle} was not between {low} and "
                "{high} degrees. No guess was made.",
                count=count, frames=frames, angle=say(language, ANGLE_NAMES[angle]), low=low, high=high,
            )  # fmt: skip
    missing = int(np.count_nonzero(lengths.unknown))
    if missing:
        message = marked("In {count} of {frames} pictures the length is not known, because an angle is missing.")
        yield say(language, message, count=missing, frames=frames)


def recording_of(report: MovementReport, times_s: FloatArray) -> LegRecording | None:
    """The measured leg of a video by its two angles; None when the report has no curve of them.

    A camera sees how the thigh stands to the trunk, not to the pelvis: the error that is told holds that.
    """
    if report.near_side is None:
        return None
    leg = "near" if report.side in (None, report.near_side) else "far"
    hip, knee = report.series.get(f"hip_flex_{leg}"), report.series.get(f"knee_flex_{leg}")
    if hip is None or knee is None:
        return None
    return LegRecording(times_s=times_s, angles=LegAngles(hip_flexion_deg=hip, knee_flexion_deg=knee))
