"""Measurements out of the curves of one leg: bends of knee and hip, strides, and how long the hamstring becomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from herstel.movement.mocap.gait import OFF_SPREAD_S, STRIKE_SPREAD_S, stance_percents, stride_times_s, tops
from herstel.movement.mocap.recording import GaitEvent
from herstel.movement.model import DrawnAngle, MovementMeasurement, Quality
from herstel.movement.muscle_length import ERROR_PERCENT, MUSCLES, LegAngles, longest
from herstel.movement.pose import BodySide, FloatArray, PointName

LEAST_SWING_DEG = 15.0
STEPS_A_STRIDE = 2
_KNEE: Mapping[BodySide, tuple[PointName, ...]] = {
    "left": ("left_hip", "left_knee", "left_ankle"),
    "right": ("right_hip", "right_knee", "right_ankle"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegCurves:
    """The angles of one leg in every frame, and one standard error of the way they were found."""

    side: BodySide
    rate_hz: float
    knee_deg: FloatArray
    hip_deg: FloatArray | None
    error_deg: float
    quality: Quality


def angle_measurements(leg: LegCurves, *, strides: bool) -> Iterator[MovementMeasurement]:
    """The largest bends of knee and hip; of somebody who walks or runs the middle of the strides' peaks."""
    if strides:
        yield from _peaks(leg, leg.knee_deg, "knee_peak_flexion_deg")
    yield from _largest(leg, leg.knee_deg, "knee_largest_flexion_deg")
    if leg.hip_deg is None:
        return
    if not strides:
        yield from _largest(leg, leg.hip_deg, "hip_largest_flexion_deg")
        return
    yield from _peaks(leg, leg.hip_deg, "hip_peak_flexion_deg")
    yield from _peaks(leg, -leg.hip_deg, "hip_peak_extension_deg")


def _largest(leg: LegCurves, curve: FloatArray, name: str) -> Iterator[MovementMeasurement]:
    if np.isfinite(curve).any():
        frame = int(np.nanargmax(curve))
        yield _angle(leg, name, float(curve[frame]), frame)


def _peaks(leg: LegCurves, curve: FloatArray, name: str) -> Iterator[MovementMeasurement]:
    swing = np.ptp(curve[np.isfinite(curve)]) if np.isfinite(curve).any() else 0.0
    # half of the whole swing, so that the small bend of the standing knee is no peak of a stride
    frames = tops(curve, leg.rate_hz, max(LEAST_SWING_DEG, float(swing) / 2))
    yield from _middle(leg, curve, frames, name)


def _middle(leg: LegCurves, curve: FloatArray, frames: Sequence[int], name: str) -> Iterator[MovementMeasurement]:
    """The middle value at some frames, shown by the frame that is nearest to it."""
    if frames:
        middle = float(np.median(curve[frames]))
        yield _angle(leg, name, middle, min(frames, key=lambda frame: abs(curve[frame] - middle)))


def _angle(leg: LegCurves, name: str, value: float, frame: int) -> MovementMeasurement:
    return MovementMeasurement(
        name=name, value=value, unit="deg", side=leg.side, standard_error=leg.error_deg, quality=leg.quality,
        frame=frame, shown=_shown(leg.side, frame, f"{round(value)}°") if name.startswith("knee") else None,
    )  # fmt: skip


def _shown(side: BodySide, frame: int, label: str) -> DrawnAngle:
    """The bend of a knee as it is drawn; that of a hip is about the pelvis in space, which no flat figure shows."""
    return DrawnAngle(frame=frame, points=_KNEE[side], label=label)


def strike_measurements(leg: LegCurves, events: Sequence[GaitEvent]) -> Iterator[MovementMeasurement]:
    """How far the knee is bent when the foot touches the ground."""
    frames = [
        round(event.time_s * leg.rate_hz)
        for event in events
        if event.kind == "foot_strike" and event.side == leg.side
    ]  # fmt: skip
    frames = [frame for frame in frames if frame < len(leg.knee_deg) and np.isfinite(leg.knee_deg[frame])]
    yield from _middle(leg, leg.knee_deg, frames, "knee_flexion_at_strike_deg")


def stride_measurements(events: Sequence[GaitEvent], side: BodySide, rate_hz: float) -> Iterator[MovementMeasurement]:
    """Stride time, cadence and stance of one foot; nothing when no stride is whole."""
    strides = stride_times_s(events, side)
    if not len(strides):
        return
    stride, first = float(np.mean(strides)), next(e for e in events if e.kind == "foot_strike" and e.side == side)
    error = STRIKE_SPREAD_S * 2**0.5 / len(strides)  # only the first and the last strike count in a mean
    frame = round(first.time_s * rate_hz)
    cadence = 60 * STEPS_A_STRIDE / stride
    yield MovementMeasurement(
        name="stride_time_s", value=stride, unit="s", side=side, standard_error=error, quality="good", frame=frame
    )
    yield MovementMeasurement(
        name="cadence_steps_per_min", value=cadence, unit="steps/min", side=side,
        standard_error=cadence * error / stride, quality="good", frame=frame,
    )  # fmt: skip
    stances = stance_percents(events, side)
    if len(stances):
        spread = 100 * (STRIKE_SPREAD_S**2 + OFF_SPREAD_S**2) ** 0.5 / stride
        yield MovementMeasurement(
            name="stance_percent", value=float(np.median(stances)), unit="percent", side=side,
            standard_error=spread, quality="good", frame=frame,
        )  # fmt: skip


def length_measurements(angles: LegAngles, side: BodySide) -> Iterator[MovementMeasurement]:
    """How long each hamstring muscle becomes, divided by its length standing upright."""
    for muscle in MUSCLES:
        peak = longest(angles, muscle)
        if peak is not None:
            yield MovementMeasurement(
                name=f"{muscle}_peak_ratio", value=peak.normalised, unit="ratio", side=side,
                standard_error=ERROR_PERCENT[angles.way] / 100, quality="good", frame=peak.frame,
            )  # fmt: skip
