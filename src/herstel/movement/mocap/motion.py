"""Reads and writes MOT and STO: joint angles over time, as OpenSim keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.recording import check_times, unusable
from herstel.movement.pose import BodySide, FloatArray

KneeSign = Literal["flexion_positive", "flexion_negative"]
FAMILIES: Mapping[KneeSign, str] = {
    "flexion_positive": marked("knee flexion is positive, as in the models of the Rajagopal family"),
    "flexion_negative": marked("knee flexion is negative, as in gait2392 and the running model of Hamner"),
}
SURELY_BENT_DEG = 20.0
"""A knee bends further than this to one side only; no knee over-extends as far."""
_WHOLE_TURN_RAD = 7.0
_AGAIN = marked("Export the motion again as MOT or STO.")
_LETTER: Mapping[BodySide, str] = {"left": "l", "right": "r"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Motion:
    """Columns over time, as they stand in the file.

    Attributes
    ----------
    times_s : (frames,)
    columns : mapping of name to (frames,)
        In the units of the file; ``degrees`` gives an angle in degrees.
    in_degrees : bool or None
        What the file says of its angles; None when it says nothing.
    """

    thing: str
    times_s: FloatArray
    columns: Mapping[str, FloatArray]
    in_degrees: bool | None

    def degrees(self, name: str) -> FloatArray:
        """A joint angle in degrees.

        Raises
        ------
        InputError
            When the file has no such angle, or does not say its unit and the values do not either.
        """
        if name not in self.columns:
            reason = marked("The angle {name} is not in the file.")
            raise unusable(self.thing, reason, marked("Export the motion with all joints of the leg."), name=name)
        values = self.columns[name]
        return np.asarray(values if self._degrees() else np.degrees(values))

    def _degrees(self) -> bool:
        angles = [column for name, column in self.columns.items() if name.startswith(("hip_", "knee_angle"))]
        largest = max((float(np.nanmax(np.abs(column))) for column in angles if np.isfinite(column).any()), default=0.0)
        if self.in_degrees is False and largest > _WHOLE_TURN_RAD:
            reason = marked("The file says radians, but its angles go to {largest}, more than a whole turn.")
            remedy = marked("Correct inDegrees in the header.")
            raise unusable(self.thing, reason, remedy, largest=f"{largest:.0f}")
        if self.in_degrees is None and largest <= _WHOLE_TURN_RAD:
            reason = marked("The file does not say whether its angles are in degrees, and its values could be either.")
            raise unusable(self.thing, reason, marked("Write inDegrees=yes or inDegrees=no in the header."))
        return self.in_degrees is not False


def read_motion(path: Path) -> Motion:
    """Read a MOT or STO file.

    Raises
    ------
    InputError
        When it is no such file, is cut off, or contradicts itself.
    """
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    ends = [number for number, line in enumerate(lines) if line.strip().lower() == "endheader"]
    if not ends or ends[0] + 1 >= len(lines):
        reason = marked("This is not a MOT or STO file: nothing follows a line endheader.")
        raise unusable(path.name, reason, _AGAIN)
    header, names = lines[: ends[0]], [_coordinate(name) for name in lines[ends[0] + 1].split()]
    if not names or names[0].lower() != "time" or len(set(names)) != len(names):
        reason = marked("The first column is not time, or a column occurs twice.")
        raise unusable(path.name, reason, _AGAIN)
    table = _table(lines[ends[0] + 2 :], len(names), path.name)
    announced = _told(header, "nrows") or _told(header, "datarows")
    if announced is not None and announced != str(len(table)):
        reason = marked("The header announces {announced} rows, the file holds {found}.")
        raise unusable(path.name, reason, _AGAIN, announced=announced[:20], found=len(table))
    check_times(table[:, 0], path.name)
    columns = {name: table[:, number] for number, name in enumerate(names) if number}
    return Motion(thing=path.name, times_s=table[:, 0], columns=columns, in_degrees=_in_degrees(header))


def _coordinate(name: str) -> str:
    """The joint angle that a column of states means: /jointset/hip_r/hip_flexion_r/value."""
    parts = name.split("/")
    return parts[-2] if parts[-1] == "value" and len(parts) > 2 else name


def _table(lines: Sequence[str], columns: int, thing: str) -> FloatArray:
    rows = []
    for number, line in enumerate((line for line in lines if line.strip()), 1):
        try:
            row = [float(cell) for cell in line.split()]
        except ValueError:
            row = []
        if len(row) != columns:
            reason = marked("Row {row} does not have {columns} numbers.")
            raise unusable(thing, reason, _AGAIN, row=number, columns=columns)
        rows.append(row)
    return np.array(rows).reshape(len(rows), columns)


def _told(header: Sequence[str], key: str) -> str | None:
    """What a header line says of a key: ``nRows=73`` or ``datarows 73``."""
    for line in header:
        words = line.replace("=", " ").split()
        if len(words) == 2 and words[0].lower() == key:
            return words[1].lower()
    return None


def _in_degrees(header: Sequence[str]) -> bool | None:
    told = _told(header, "indegrees")
    if told in ("yes", "no"):
        return told == "yes"
    return True if any("angles are in degrees" in line.lower() for line in header) else None


def knee_sign(motion: Motion) -> KneeSign:
    """Which sign means a bent knee in this file, by its values.

    Raises
    ------
    InputError
        When the knees bend too little, or to both sides, to tell.
    """
    knees = np.concatenate([motion.degrees(f"knee_angle_{letter}") for letter in _LETTER.values()])
    plus, minus = np.nanmax(knees, initial=0) > SURELY_BENT_DEG, np.nanmin(knees, initial=0) < -SURELY_BENT_DEG
    if plus != minus:
        return "flexion_positive" if plus else "flexion_negative"
    if not plus and "knee_angle_r_beta" in motion.columns:  # the coupled kneecap exists in the Rajagopal family alone
        return "flexion_positive"
    reason = marked("Whether knee flexion is positive or negative in this file cannot be told from its values.")
    raise unusable(motion.thing, reason, marked("Say which sign a bent knee has in this file."))


def knee_flexion_deg(motion: Motion, side: BodySide, sign: KneeSign | None = None) -> FloatArray:
    """The knee angle with flexion positive; ``sign`` says what the file means when its values do not."""
    values = motion.degrees(f"knee_angle_{_LETTER[side]}")
    return values if (sign or knee_sign(motion)) == "flexion_positive" else -values


def hip_angle_deg(motion: Motion, side: BodySide, angle: Literal["flexion", "adduction", "rotation"]) -> FloatArray:
    """A hip angle; flexion, adduction and inward rotation are positive in every family."""
    return motion.degrees(f"hip_{angle}_{_LETTER[side]}")


def write_mot(path: Path, times_s: FloatArray, angles_deg: Mapping[str, FloatArray]) -> None:
    """Write joint angles in degrees as a MOT file that OpenSim reads."""
    table = np.column_stack([times_s, *angles_deg.values()])
    lines = [
        "Coordinates",
        "version=1",
        f"nRows={len(table)}",
        f"nColumns={table.shape[1]}",
        "inDegrees=yes",
        "endheader",
        "\t".join(["time", *angles_deg]),
        *("\t".join(f"{value:.8f}" for value in row) for row in table),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
