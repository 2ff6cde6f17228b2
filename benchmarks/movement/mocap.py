"""Motion capture against what the laboratories and OpenSim say of the same recordings."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from herstel.movement.mocap.c3d_reader import read_c3d
from herstel.movement.mocap.gait import SIDES, found_events
from herstel.movement.mocap.report import MocapQuestion, marker_report, mocap_report

SHARED = Path(__file__).parents[3] / "shared" / "movement-data"
WALKING, RUNNING = MocapQuestion(test="walking"), MocapQuestion(test="running")
MOST_OFF_DEG, STRIKE_MS, OFF_MS, ALL_MISSED_S = 3.0, 50.0, 40.0, 0.2


def figures(folder: Path = SHARED) -> Iterator[Figure]:
    """Angles, events and hamstring lengths; one line saying why not where the recordings are not there."""
    if not folder.is_dir():
        yield Figure(name="motion capture", value=f"not measured: {folder} is not there")
        return
    files = sorted((folder / "c3d" / "walking_pig").glob("*.c3d"))
    yield from _angles(files)
    yield from _events(files)
    yield from _lengths(folder)


def _angles(files: list[Path]) -> Iterator[Figure]:
    for joint in ("knee", "hip"):
        off = []
        for file in files:
            markers = read_c3d(file)
            series = marker_report(markers, WALKING, file.name).series
            for side in SIDES:
                lab = markers.lab_angles_deg[f"{side[0].upper()}{joint.title()}Angles"][:, 0]
                off.append(float(np.sqrt(np.nanmean((series[f"{joint}_flex_{side}"] - lab) ** 2))))
        yield Figure(
            name=f"{joint} from markers, walking, against Plug-in Gait, n = {len(off)} legs",
            value=f"worst RMSE {max(off):.3f} deg",
            aim=f"<= {MOST_OFF_DEG:g} deg",
            met=max(off) <= MOST_OFF_DEG,
        )


def _events(files: list[Path]) -> Iterator[Figure]:
    for kind, most_ms in (("foot_strike", STRIKE_MS), ("foot_off", OFF_MS)):
        off_ms, missed = [], 0
        for file in files:
            markers = read_c3d(file)
            ours = [event for event in found_events(markers, file.name) if event.kind == kind]
            for event in (one for one in markers.events if one.kind == kind):
                away = min(abs(one.time_s - event.time_s) for one in ours if one.side == event.side)
                if away > ALL_MISSED_S:
                    missed += 1
                else:
                    off_ms.append(1000 * away)
        yield Figure(
            name=f"{kind} from markers, walking, against the laboratory, n = {len(off_ms)} ({missed} not found)",
            value=f"mean {np.mean(off_ms):.0f} ms, worst {max(off_ms):.0f} ms",
            aim=f"<= {most_ms:g} ms",
            met=max(off_ms) <= most_ms,
        )


def _lengths(folder: Path) -> Iterator[Figure]:
    reference = json.loads((folder / "reference" / "reference.json").read_text(encoding="utf-8"))["trajectories"]
    off = []
    for name in (name for name in reference if name.endswith(".mot")):
        found = {(one.name, one.side): one.value for one in mocap_report(folder / name, RUNNING).measurements}
        for side in SIDES:
            for muscle, peak in reference[name][f"hamstring_peak_normalised_length_{side[0]}"].items():
                if peak["at_knee"] >= 0:  # below zero nothing is told
                    off.append(abs(found[f"{muscle}_peak_ratio", side] - peak["value"]))
    yield Figure(
        name=f"longest hamstring of a recording, against OpenSim, n = {len(off)}",
        value=f"worst {100 * max(off):.3f} percent of upright length",
    )


if __name__ == "__main__":
    for figure in figures():
        print(figure.name, "|", figure.value, "|", figure.aim, figure.met)
