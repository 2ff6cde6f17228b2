"""When the feet touch and leave the ground while walking, from the markers of the heels and toes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from herstel.movement.mocap.joints import Labelled
from herstel.movement.mocap.recording import EventKind, GaitEvent, Markers
from herstel.movement.pose import BodySide, FloatArray

STRIKE_LATE_S, OFF_LATE_S = 0.034, -0.012
"""How much later the laboratory marks an event than the foot is farthest from the hips.

Mean over 119 events of walking (source: movement-notes, section 4); the spread is 15 and 13 ms.
"""
STRIKE_SPREAD_S, OFF_SPREAD_S = 0.015, 0.013
_STEP_APART_S, _LEAST_SWING_M = 0.5, 0.15
_STEP_S = (0.25, 1.2)
"""From a strike to that of the other foot, from hurried to very slow."""
SIDES: tuple[BodySide, ...] = ("left", "right")


def walking_events(markers: Markers, thing: str) -> tuple[GaitEvent, ...]:
    """The events that the laboratory marked, or those found from heels and toes; in the order of time."""
    if markers.events:
        return markers.events
    return found_events(markers, thing)


def found_events(markers: Markers, thing: str) -> tuple[GaitEvent, ...]:
    """Foot strike and foot off: the heel farthest before the hips, the toe farthest behind them.

    Nothing when the feet do not strike in turn.
    """
    labelled = Labelled(markers, thing)
    left, right = (labelled.needed("hip", side)[0] for side in SIDES)
    middle, forward = (left + right) / 2, _forward(labelled, left - right)
    events = [
        *_events(labelled, markers, middle, forward, "foot_strike"),
        *_events(labelled, markers, middle, forward, "foot_off"),
    ]
    ordered = tuple(sorted(events, key=lambda event: event.time_s))
    return ordered if _steps(ordered) else ()


def _steps(events: Sequence[GaitEvent]) -> bool:
    """Whether left and right strike in turn at the pace of walking; in a squat or a jump they do not."""
    strikes = [event for event in events if event.kind == "foot_strike"]
    return all(
        one.side != two.side and _STEP_S[0] <= two.time_s - one.time_s <= _STEP_S[1] for one, two in pairwise(strikes)
    )


def _forward(labelled: Labelled, to_left: FloatArray) -> FloatArray:
    """Where the person faces, level with the ground: square to the line of the hips and to the vertical axis."""
    drops = [labelled.needed("hip", side)[0] - labelled.needed("ankle", side)[0] for side in SIDES]
    upright = np.nanmean(np.abs(np.concatenate(drops)), axis=0)
    up = np.zeros(3)
    up[int(np.argmax(upright))] = 1
    level = np.cross(to_left, up)
    return np.asarray(level / np.linalg.norm(level, axis=1, keepdims=True))


def _events(
    labelled: Labelled, markers: Markers, middle: FloatArray, forward: FloatArray, kind: EventKind
) -> Iterator[GaitEvent]:
    strike = kind == "foot_strike"
    for side in SIDES:
        foot = labelled.part("heel" if strike else "toe", side)
        if foot is not None:
            before = np.sum((foot[0] - middle) * forward, axis=1) * (1 if strike else -1)
            late = STRIKE_LATE_S if strike else OFF_LATE_S
            for frame in tops(before, markers.rate_hz, _LEAST_SWING_M):
                at = float(markers.times_s[frame] - markers.times_s[0]) + late
                if at <= markers.times_s[-1] - markers.times_s[0]:
                    yield GaitEvent(kind=kind, side=side, time_s=at)


def tops(curve: FloatArray, rate_hz: float, prominence: float) -> list[int]:
    """The frames of the tops of a curve that comes back every stride."""
    from scipy.signal import find_peaks

    known = np.isfinite(curve)
    if not known.any():
        return []
    level = np.where(known, curve, np.nanmin(curve))
    frames = find_peaks(level, distance=max(1, round(_STEP_APART_S * rate_hz)), prominence=prominence)[0]
    return [int(frame) for frame in frames if known[frame - 1] and known[frame + 1]]  # the edge of a gap is no top


def stride_times_s(events: Sequence[GaitEvent], side: BodySide) -> FloatArray:
    """From each strike of a foot to its next."""
    strikes = [event.time_s for event in events if event.kind == "foot_strike" and event.side == side]
    return np.diff(strikes)


def stance_percents(events: Sequence[GaitEvent], side: BodySide) -> FloatArray:
    """The share of each whole stride in which the foot is on the ground."""
    strikes = [event.time_s for event in events if event.kind == "foot_strike" and event.side == side]
    offs = np.array([event.time_s for event in events if event.kind == "foot_off" and event.side == side])
    shares = []
    for start, end in pairwise(strikes):
        inside = offs[(offs > start) & (offs < end)]
        if len(inside) == 1:
            shares.append(100 * (float(inside[0]) - start) / (end - start))
    return np.array(shares)
