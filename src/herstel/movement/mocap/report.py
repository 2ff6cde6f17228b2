"""The measurements of a motion-capture recording, in the same shape as those of a video."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from herstel.errors import marked
from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.movement.measuring import measure
from herstel.movement.mocap import motion as of_motion
from herstel.movement.mocap.c3d_reader import read_c3d
from herstel.movement.mocap.gait import SIDES, walking_events
from herstel.movement.mocap.joints import LETTER, Labelled, hip_angle_deg, knee_angle_deg
from herstel.movement.mocap.measured import (
    LegCurves,
    angle_measurements,
    length_measurements,
    stride_measurements,
    strike_measurements,
)
from herstel.movement.mocap.recording import GaitEvent, Markers, unusable
from herstel.movement.mocap.seen import seen
from herstel.movement.mocap.trc import read_trc
from herstel.movement.model import MovementMeasurement, MovementReport, MovementTest
from herstel.movement.muscle_length import MUSCLES, LegAngles, muscle_lengths
from herstel.movement.pose import BodySide, FloatArray, Pose

CENTRES_ERROR_DEG, OUTSIDE_ERROR_DEG, MODEL_ERROR_DEG = 1.3, 4.0, 1.4
"""One standard error of an angle by the way it is found: from joint centres, from markers on the outside of knee and
ankle, and by the inverse kinematics of a model (source: movement-notes, sections 3 and 4; the second was measured on
twelve legs). What skin and the placing of markers add is not in it.
"""
MOST_MISSING = 0.5
"""A leg of which more than this share of the frames is missing is not measured."""
PELVIS_ZERO = marked(
    "Laboratories call different tilts of the pelvis zero, and hamstring length needs the zero of OpenSim: run its "
    "inverse kinematics and choose the MOT file."
)
NO_PELVIS = marked("The markers of the pelvis are not in the file.")
NO_MARKERS = marked("In {percent} percent of the pictures markers of the leg are missing ({side}).")
NO_ANGLES = marked("In {percent} percent of the pictures the angle of the knee is missing ({side}).")
NO_STRIDE = marked("Fewer than two strikes of the same foot were found.")
NOT_WALKING = marked("Touching and leaving the ground is found for walking only.")
NO_FEET = marked("A file of angles does not show the feet; choose the file of markers.")
NO_POSITION = marked("A file of angles does not show how somebody lies or stands; choose the file of markers.")
OUTSIDE_DOMAIN = marked("In some pictures the angles are outside those for which the length is known.")
READERS: Mapping[str, Callable[[Path], Markers]] = {".trc": read_trc, ".c3d": read_c3d}
GAIT = ("walking", "running")
GAIT_NAMES = ("cadence_steps_per_min", "stride_time_s", "stance_percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class MocapQuestion:
    """What is asked of a recording; without ``side`` both legs are measured.

    ``knee_sign`` says what a bent knee is in a file of angles whose values do not tell. With ``limits`` a clinical test
    is measured on markers as in a video that was filmed square to the person, with the errors of a video.
    """

    test: MovementTest
    side: BodySide | None = None
    knee_sign: of_motion.KneeSign | None = None
    limits: MovementKnowledge | None = None

    @property
    def sides(self) -> tuple[BodySide, ...]:
        return SIDES if self.side is None else (self.side,)


def mocap_report(path: Path, question: MocapQuestion) -> MovementReport:
    """Read a recording by the ending of its name and measure it.

    Raises
    ------
    InputError
        When it is no TRC, C3D, MOT or STO, or cannot be trusted.
    """
    if path.is_file() and path.suffix.lower() in (".mot", ".sto"):
        return motion_report(of_motion.read_motion(path), question)
    return marker_report(read_markers(path), question, path.name)


def read_markers(path: Path) -> Markers:
    """Read markers by the ending of the name of the file.

    Raises
    ------
    InputError
        When it is no TRC or C3D, or cannot be trusted.
    """
    if not path.is_file():
        raise unusable(path.name, marked("There is no such file."), marked("Check its name and folder."))
    read = READERS.get(path.suffix.lower())
    if read is None:
        reason, remedy = marked("This is no file of motion capture."), marked("Choose a TRC, C3D, MOT or STO file.")
        raise unusable(path.name, reason, remedy)
    return read(path)


def marker_report(markers: Markers, question: MocapQuestion, thing: str) -> MovementReport:
    """Measure markers: knee and hip, and the strides of walking; any other test as a camera would see it.

    Parameters
    ----------
    markers : Markers
    question : MocapQuestion
    thing : str
        What the recording is called in errors.
    """
    if question.limits is not None and question.test not in GAIT:
        return measure(seen_for(markers, question, thing), question.test, question.side, limits=question.limits)
    labelled = Labelled(markers, thing)
    legs = [_leg_of_markers(labelled, side, markers.rate_hz, thing) for side in question.sides]
    events = walking_events(markers, thing) if question.test == "walking" else ()
    measurements = [one for leg in legs for one in _of_leg(leg, events)]
    absent = {f"{muscle}_peak_ratio": PELVIS_ZERO for muscle in MUSCLES}
    if legs[0].hip_deg is None:
        absent |= dict.fromkeys(("hip_peak_flexion_deg", "hip_peak_extension_deg"), NO_PELVIS)
    reason = NO_STRIDE if question.test == "walking" else NOT_WALKING
    absent |= dict.fromkeys(set(GAIT_NAMES) - {one.name for one in measurements}, reason)
    series = {f"knee_flex_{leg.side}": leg.knee_deg for leg in legs}
    series |= {f"hip_flex_{leg.side}": leg.hip_deg for leg in legs if leg.hip_deg is not None}
    return MovementReport(
        test=question.test, side=question.side, near_side=None, view_off_sagittal_deg=None, fps=markers.rate_hz,
        frames=markers.frames, measurements=tuple(measurements), not_measured=absent, series=series,
    )  # fmt: skip


def seen_for(markers: Markers, question: MocapQuestion, thing: str) -> Pose:
    """The markers as a camera would see them that stands where the test needs it.

    Raises
    ------
    InputError
        When the hips are missing, or up cannot be told.
    """
    front = question.limits is not None and question.limits.tests[question.test].view == "front"
    return seen(markers, "front" if front else question.side or "right", thing)


def _leg_of_markers(labelled: Labelled, side: BodySide, rate_hz: float, thing: str) -> LegCurves:
    leg, pelvis = labelled.leg(side), labelled.pelvis()
    knee = knee_angle_deg(leg)
    _check_missing(knee, side, thing)
    return LegCurves(
        side=side, rate_hz=rate_hz, knee_deg=knee, hip_deg=None if pelvis is None else hip_angle_deg(leg, pelvis),
        error_deg=CENTRES_ERROR_DEG if leg.exact else OUTSIDE_ERROR_DEG, quality="good" if leg.exact else "fair",
    )  # fmt: skip


def _check_missing(knee: FloatArray, side: BodySide, thing: str, reason: str = NO_MARKERS) -> None:
    missing = float(np.mean(~np.isfinite(knee)))
    if missing > MOST_MISSING:
        remedy = marked("Fill the gaps in the program of the laboratory, or choose another recording.")
        raise unusable(thing, reason, remedy, percent=round(100 * missing), side=LETTER[side])


def _of_leg(leg: LegCurves, events: Sequence[GaitEvent]) -> Iterator[MovementMeasurement]:
    yield from angle_measurements(leg, strides=True)
    yield from strike_measurements(leg, events)
    yield from stride_measurements(events, leg.side, leg.rate_hz)


def motion_report(motion: of_motion.Motion, question: MocapQuestion) -> MovementReport:
    """Measure joint angles: knee, hip, and how long the hamstring becomes.

    Parameters
    ----------
    motion : Motion
    question : MocapQuestion
    """
    rate_hz = (len(motion.times_s) - 1) / float(motion.times_s[-1] - motion.times_s[0])
    gait = question.test in GAIT
    measurements: list[MovementMeasurement] = []
    series: dict[str, FloatArray] = {}
    for side in question.sides:
        angles = leg_angles(motion, side, question.knee_sign)
        _check_missing(angles.knee_flexion_deg, side, motion.thing, NO_ANGLES)
        leg = LegCurves(
            side=side, rate_hz=rate_hz, knee_deg=angles.knee_flexion_deg, hip_deg=angles.hip_flexion_deg,
            error_deg=MODEL_ERROR_DEG, quality="good",
        )  # fmt: skip
        measurements += [*angle_measurements(leg, strides=gait), *length_measurements(angles, side)]
        series |= {f"knee_flex_{side}": angles.knee_flexion_deg, f"hip_flex_{side}": angles.hip_flexion_deg}
        normalised = muscle_lengths(angles).normalised
        series |= {f"{muscle}_length_{side}": normalised[muscle] for muscle in MUSCLES}
    absent = dict.fromkeys(GAIT_NAMES, NO_FEET) if gait else {"position": NO_POSITION}
    unknown = [name for name, curve in series.items() if "_length_" in name and not np.isfinite(curve).all()]
    return MovementReport(
        test=question.test, side=question.side, near_side=None, view_off_sagittal_deg=None, fps=rate_hz,
        frames=len(motion.times_s), measurements=tuple(measurements), series=series,
        not_measured={**absent, **dict.fromkeys(unknown, OUTSIDE_DOMAIN)},
    )  # fmt: skip


def leg_angles(motion: of_motion.Motion, side: BodySide, sign: of_motion.KneeSign | None = None) -> LegAngles:
    """The angles of one leg in a file of joint angles, flexion positive."""
    return LegAngles(
        hip_flexion_deg=of_motion.hip_angle_deg(motion, side, "flexion"),
        hip_adduction_deg=of_motion.hip_angle_deg(motion, side, "adduction"),
        hip_rotation_deg=of_motion.hip_angle_deg(motion, side, "rotation"),
        knee_flexion_deg=of_motion.knee_flexion_deg(motion, side, sign),
    )
