"""A stick person who walks, with markers named as laboratories do, and the files they would write."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from herstel.movement.mocap.recording import Markers
from herstel.movement.pose import FloatArray

RATE_HZ, STRIDE_S = 100.0, 1.0
THIGH_M, SHANK_M, SPEED_M_S = 0.43, 0.43, 1.3


def knee_truth_deg(times_s: FloatArray, *, left: bool) -> FloatArray:
    phase = 2 * np.pi * (times_s / STRIDE_S + (0.5 if left else 0.0))
    return 30 - 30 * np.cos(phase - 1.4)


def hip_truth_deg(times_s: FloatArray, *, left: bool) -> FloatArray:
    phase = 2 * np.pi * (times_s / STRIDE_S + (0.5 if left else 0.0))
    return 8 + 22 * np.cos(phase)


def walker(seconds: float = 3.0, *, outside_only: bool = False, pelvis: bool = True, squats: bool = False) -> Markers:
    """Markers of one who walks along x, y up, z to the right; the left leg half a stride behind."""
    times = np.arange(0, seconds, 1 / RATE_HZ)
    ahead = np.zeros_like(times) if squats else SPEED_M_S * times
    points: dict[str, FloatArray] = {}
    for letter, z in (("L", -0.1), ("R", 0.1)):
        left = letter == "L" and not squats
        hip, knee_deg = np.radians(hip_truth_deg(times, left=left)), np.radians(knee_truth_deg(times, left=left))
        hips = np.stack([ahead, np.full_like(times, 0.95), np.full_like(times, z)], axis=1)
        knee = hips + THIGH_M * np.stack([np.sin(hip), -np.cos(hip), np.zeros_like(times)], axis=1)
        shank = hip - knee_deg
        ankle = knee + SHANK_M * np.stack([np.sin(shank), -np.cos(shank), np.zeros_like(times)], axis=1)
        out = np.array([0, 0, 0.05 if letter == "R" else -0.05])
        points |= {f"{letter}HJC": hips, f"{letter}KNE": knee + out, f"{letter}ANK": ankle + out}
        if not outside_only:
            points |= {f"{letter}FEO": knee, f"{letter}TIO": ankle}
        points |= {
            f"{letter}HEE": ankle + np.array([-0.05, -0.05, 0]),
            f"{letter}TOE": ankle + np.array([0.15, -0.05, 0]),
        }
        if pelvis:
            points |= {f"{letter}ASI": hips + np.array([0.05, 0.1, 0.02 * np.sign(z)])}
            points |= {f"{letter}PSI": hips + np.array([-0.12, 0.1, -0.05 * np.sign(z)])}
    return Markers(times_s=times, labels=tuple(points), positions_m=np.stack(list(points.values()), axis=1))


def write_c3d(
    path: Path, markers: Markers, *, unit: str = "mm", first_frame: int = 1,
    events: Sequence[tuple[str, str, float]] = (), angles: dict[str, FloatArray] | None = None,
    missing: Sequence[tuple[int, int]] = (),
) -> None:  # fmt: skip
    """Write what a laboratory's C3D would hold; event times are absolute, in seconds."""
    import c3d

    writer: Any = c3d.Writer(point_rate=RATE_HZ, point_units=unit)
    angles = angles or {}
    scale = {"mm": 1000.0, "m": 1.0}.get(unit, 1.0)
    places = np.concatenate([markers.positions_m * scale, *(a[:, None] for a in angles.values())], axis=1)
    held = np.zeros((*places.shape[:2], 5), dtype=np.float32)
    held[:, :, :3] = places
    for frame, marker in missing:
        held[frame, marker] = [0, 0, 0, -1, -1]
    writer.set_point_labels([f"Subject:{label}" for label in markers.labels] + list(angles))
    writer.set_start_frame(first_frame)
    if angles:
        names = list(angles)
        writer.point_group.add_str("ANGLES", "", "".join(name.ljust(16) for name in names), 16, len(names))
    if events:
        group = writer.get_create("EVENT")
        group.add_str("CONTEXTS", "", "".join(side.ljust(16) for side, _, _ in events), 16, len(events))
        group.add_str("LABELS", "", "".join(kind.ljust(32) for _, kind, _ in events), 32, len(events))
        group.add_array("TIMES", "", np.array([[0.0, at] for _, _, at in events], dtype=np.float32))
    writer.add_frames([(frame, np.zeros((0, 0))) for frame in held])
    with path.open("wb") as handle:
        writer.write(handle)


def write_motion(path: Path, columns: dict[str, FloatArray], header: str = "version=1\ninDegrees=yes\n") -> Path:
    """Write a MOT file with the header that a test wants."""
    rows = np.stack(list(columns.values()), axis=1)
    body = "\n".join("\t".join(f"{value:.6f}" for value in row) for row in rows)
    path.write_text(f"Coordinates\n{header}endheader\n" + "\t".join(columns) + f"\n{body}\n", encoding="utf-8")
    return path
