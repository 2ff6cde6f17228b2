"""Reads and writes TRC: markers as text, by tabs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.recording import METRES, Markers, check_size, check_times, metres_per, unusable
from herstel.movement.pose import FloatArray

_HEADER_LINES = 5
_AGAIN = marked("Export the recording again as TRC.")
_KEYS = ("DataRate", "NumFrames", "NumMarkers", "Units")


def read_trc(path: Path) -> Markers:
    """Read a TRC file.

    Raises
    ------
    InputError
        When it is no TRC, is cut off, contradicts itself, or its unit makes a person that cannot be.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    header = _header(lines, path.name)
    labels = _labels(lines[3], header["NumMarkers"], path.name)
    rows = [(number, line) for number, line in enumerate(lines[_HEADER_LINES:], _HEADER_LINES + 1) if line.strip()]
    announced = _whole(header["NumFrames"], "NumFrames", path.name)
    if len(rows) not in (announced, announced - 1) or _cut_off(text, rows):  # Pose2Sim announces one too many
        reason = marked("The header announces {announced} pictures, the file holds {found}.")
        raise unusable(path.name, reason, _AGAIN, announced=announced, found=len(rows))
    table = np.array([_row(line, number, len(labels), path.name) for number, line in rows])
    check_times(table[:, 0] if len(table) else np.zeros(0), path.name)
    positions = table[:, 1:].reshape(len(table), len(labels), 3) * metres_per(header["Units"], path.name)
    check_size(positions, path.name)
    return Markers(times_s=table[:, 0], labels=labels, positions_m=positions)


def _header(lines: Sequence[str], thing: str) -> dict[str, str]:
    if len(lines) < _HEADER_LINES or not lines[0].startswith("PathFileType"):
        reason = marked("This is not a TRC file: it does not begin with PathFileType and four more lines.")
        raise unusable(thing, reason, _AGAIN)
    header = dict(zip(lines[1].split(), lines[2].split(), strict=False))
    missing = [key for key in _KEYS if key not in header]
    if missing:
        reason = marked("The header does not say {keys}.")
        raise unusable(thing, reason, _AGAIN, keys=", ".join(missing))
    return header


def _cut_off(text: str, rows: Sequence[tuple[int, str]]) -> bool:
    """Whether the file ends within a row."""
    return bool(rows) and not text.endswith("\n") and rows[-1][1].count("\t") < rows[0][1].count("\t")


def _whole(text: str, key: str, thing: str) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        reason = marked('"{text}" is no number for {key}.')
        raise unusable(thing, reason, _AGAIN, text=text[:20], key=key) from None


def _labels(line: str, announced: str, thing: str) -> tuple[str, ...]:
    """The names of the markers; between them stand two or three tabs."""
    labels = tuple(cell.strip().rsplit(":", 1)[-1] for cell in line.split("\t")[2:] if cell.strip())
    count = _whole(announced, "NumMarkers", thing)
    if len(labels) != count or not labels:
        reason = marked("The header announces {announced} markers and names {found}.")
        raise unusable(thing, reason, _AGAIN, announced=count, found=len(labels))
    if len(set(labels)) != len(labels):
        double = next(label for label in labels if labels.count(label) > 1)
        reason = marked('The marker "{label}" occurs twice.')
        raise unusable(thing, reason, marked("Give each marker its own name."), label=double[:40])
    return labels


def _row(line: str, number: int, markers: int, thing: str) -> list[float]:
    """The time and the coordinates of one frame; an empty cell is a marker that was not seen."""
    cells = [cell.strip() for cell in line.split("\t")[1:]]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > 1 + 3 * markers:
        reason = marked("Line {line} has more values than there are markers.")
        raise unusable(thing, reason, _AGAIN, line=number)
    cells += [""] * (1 + 3 * markers - len(cells))
    try:
        return [float(cell) if cell else np.nan for cell in cells]
    except ValueError:
        reason = marked("Line {line} has a value that is no number.")
        raise unusable(thing, reason, _AGAIN, line=number) from None


def write_trc(path: Path, markers: Markers, *, unit: str = "mm") -> None:
    """Write markers as a TRC file that OpenSim reads; a marker that was not seen is left empty."""
    rate, count = f"{markers.rate_hz:.6f}", len(markers.labels)
    values = (markers.positions_m / METRES[unit]).reshape(markers.frames, 3 * count)
    axes = "\t".join(f"{axis}{number}" for number in range(1, count + 1) for axis in "XYZ")
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"{rate}\t{rate}\t{markers.frames}\t{count}\t{unit}\t{rate}\t1\t{markers.frames}",
        "Frame#\tTime\t" + "\t\t\t".join(markers.labels) + "\t\t",
        "\t\t" + axes,
        "",
        *(_line(number, row) for number, row in enumerate(np.column_stack([markers.times_s, values]), 1)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(number: int, row: FloatArray) -> str:
    return "\t".join([str(number), *(f"{value:.6f}" if np.isfinite(value) else "" for value in row)])
