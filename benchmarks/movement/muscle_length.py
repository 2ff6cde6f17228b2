"""Hamstring length: what a posture costs, and how much quicker that is than asking OpenSim, in the same run."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from herstel.movement.muscle_length import MUSCLES, LegAngles, muscle_lengths
from tools.fit_muscle_length import Authority, postures_deg

MODEL = Path(__file__).parents[3] / "shared" / "movement-data" / "models" / "LaiUhlrich2022.osim"
POSTURES, OPENSIM_POSTURES, TIMES, AIM = 12_288, 2_048, 5, 50


def figures(model: Path = MODEL) -> Iterator[Figure]:
    """The cost of a posture, and beside OpenSim where that and the model are there."""
    postures = postures_deg()
    angles = LegAngles(
        hip_flexion_deg=postures[:, 0],
        hip_adduction_deg=postures[:, 1],
        hip_rotation_deg=postures[:, 2],
        knee_flexion_deg=postures[:, 3],
    )
    muscle_lengths(angles)  # the coefficients are read once
    ours_us = 1e6 * min(_seconds_ours(angles) for _ in range(TIMES)) / len(postures)
    yield Figure(name="hamstring length, cost per posture", value=f"{ours_us:.2f} us, four muscles")
    try:
        authority = Authority(model)
    except (ImportError, RuntimeError) as error:
        yield Figure(name="hamstring length beside OpenSim", value=f"not measured: {error}")
        return
    started = time.process_time()
    lengths = authority.table_m(postures[:OPENSIM_POSTURES])
    theirs_us = 1e6 * (time.process_time() - started) / OPENSIM_POSTURES
    found = np.stack([muscle_lengths(angles).length_m[muscle] for muscle in MUSCLES], axis=1)[:OPENSIM_POSTURES]
    rmse_mm = 1000 * np.sqrt(np.mean((found - lengths) ** 2, axis=0)).max()
    yield Figure(name="hamstring length, worst RMSE of a muscle", value=f"{rmse_mm:.3f} mm", aim="<= 0.1 mm",
                 met=bool(rmse_mm <= 0.1))  # fmt: skip
    ratio = theirs_us / ours_us
    yield Figure(
        name="hamstring length, OpenSim direct calls",
        value=f"{theirs_us:.0f} us, {ratio:.0f} x as long",
        aim=f">= {AIM} x",
        met=ratio >= AIM,
    )


def _seconds_ours(angles: LegAngles) -> float:
    started = time.process_time()
    muscle_lengths(angles)
    return time.process_time() - started


if __name__ == "__main__":
    for figure in figures():
        print(figure.name, figure.value, figure.aim or "", figure.met)
