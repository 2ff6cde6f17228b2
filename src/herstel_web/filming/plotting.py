"""The angle of a recording over time, as lines under the video and as rows of a table."""

from collections.abc import Iterator, Mapping

import numpy as np

from herstel.movement.model import MovementReport
from herstel.movement.pose import FloatArray
from herstel.text import Language
from herstel_web.filming.values import Plot
from herstel_web.filming.words import CURVES, amount, number

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 200, 56, 628, 14, 170
ROWS, MOST_POINTS = 24, 600
STEPS = (1, 2, 5, 10, 15, 30, 45, 60, 90)
MOST_TICKS = 5
DRAWN: Mapping[str, tuple[str, str]] = {
    "active_knee_extension": ("knee_flex", "hold_knee_flexion_deg"),
    "straight_leg_raise": ("hip_ankle_line_to_horizontal", "hold_hip_ankle_line_deg"),
    "jurdan": ("knee_flex", "hold_knee_flexion_deg"),
    "modified_thomas": ("thigh_to_horizontal", "hold_thigh_to_horizontal_deg"),
    "nordic": ("knee_shoulder_lean", "break_point_lean_deg"),
    "knee_to_wall": ("shank_fwd_lean", "hold_shank_lean_deg"),
    "forward_bend": ("trunk_lean_fwd", "peak_trunk_lean_deg"),
    "single_leg_bridge": ("trunk_thigh_flex", "hip_flexion_at_top_deg"),
    "single_leg_squat": ("fppa2d", "fppa_deg"),
    "running": ("knee_flex", "knee_peak_flexion_deg"),
    "walking": ("knee_flex", "knee_peak_flexion_deg"),
}
"""By test the curve that is drawn, and the number that is a point of it."""
PLUS_OUTWARDS = "fppa2d_r"
"""In the picture plus is to the left, which is outwards for the right leg; the number is plus inwards."""


def drawn_curve(report: MovementReport) -> FloatArray | None:
    """The curve that shows what a test measured, with the sign of its number."""
    wanted, _ = DRAWN[report.test]
    name = next((name for name in report.series if name.startswith(wanted)), None)
    if name is None:
        return None
    return -report.series[name] if name == PLUS_OUTWARDS else report.series[name]


def plot_of(report: MovementReport, language: Language) -> Plot | None:
    """The curve as a picture; None where there is none."""
    curve = drawn_curve(report)
    if curve is None or len(curve) < 2 or not np.isfinite(curve).any() or report.fps <= 0:
        return None
    low, high = float(np.nanmin(curve)), float(np.nanmax(curve))
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1] if ticks[-1] > high else high)
    span = max(high - low, 1.0)

    def y(value: float) -> float:
        return round(BOTTOM - (value - low) / span * (BOTTOM - TOP), 1)

    x = np.linspace(LEFT, RIGHT, len(curve))
    length_s, every = (len(curve) - 1) / report.fps, -(-len(curve) // MOST_POINTS)
    return Plot(
        name=str(CURVES[DRAWN[report.test][0]]),
        unit="°",
        lines=tuple(_lines(x[::every], curve[::every], y)),
        ticks=tuple((y(one), number(one, 0, language)) for one in ticks),
        seconds=tuple(_seconds(length_s, language)),
        rows=tuple(_rows(curve, report.fps, language)),
        left=LEFT,
        right=RIGHT,
        width=WIDTH,
        height=HEIGHT,
    )


def _ticks(low: float, high: float) -> list[float]:
    step = next((one for one in STEPS if (high - low) / one <= MOST_TICKS), STEPS[-1])
    first = np.ceil(low / step) * step
    found = [float(one) for one in np.arange(first, high + 1e-9, step)]
    return found or [round(low)]


def _lines(x: FloatArray, curve: FloatArray, y: object) -> Iterator[str]:
    """Where the curve is known; a hole stays a hole."""
    place = y if callable(y) else float
    piece: list[str] = []
    for at, value in zip(x, curve, strict=True):
        if np.isnan(value):
            if len(piece) > 1:
                yield " ".join(piece)
            piece = []
        else:
            piece.append(f"{at:.1f},{place(float(value))}")
    if len(piece) > 1:
        yield " ".join(piece)


def _seconds(length_s: float, language: Language) -> Iterator[tuple[float, str]]:
    step = next((one for one in STEPS if length_s / one <= MOST_TICKS + 1), STEPS[-1])
    for second in range(0, int(length_s) + 1, step):
        yield round(LEFT + (RIGHT - LEFT) * second / max(length_s, 1e-9), 1), f"{number(second, 0, language)} s"


def _rows(curve: FloatArray, fps: float, language: Language) -> Iterator[tuple[str, str]]:
    for frame in np.unique(np.linspace(0, len(curve) - 1, min(ROWS, len(curve))).round().astype(int)):
        value = curve[frame]
        told = "–" if np.isnan(value) else amount(float(value), "deg", language)
        yield f"{number(frame / fps, 1, language)} s", told
