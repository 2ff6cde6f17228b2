"""Reads C3D by the library c3d (extra ``[mocap]``), which knows all six encodings, those of SGI computers included."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.recording import (
    EventKind,
    GaitEvent,
    Markers,
    check_size,
    check_times,
    metres_per,
    unusable,
)
from herstel.movement.pose import BodySide, FloatArray

_NO_MARKERS = ("FORCES", "MOMENTS", "POWERS", "SCALARS", "REACTIONS")
"""Groups of points that are no places of the body."""
_KINDS: dict[str, EventKind] = {"foot strike": "foot_strike", "foot off": "foot_off"}
_SIDES: dict[str, BodySide] = {"left": "left", "right": "right"}
_MAGIC = 0x50
_AGAIN = marked("Export the recording again as C3D.")


def read_c3d(path: Path) -> Markers:
    """Read a C3D file: markers, events and the joint angles that the laboratory put into it.

    Raises
    ------
    InputError
        When it is no C3D, is cut off, its unit cannot be, or the library is not installed.
    """
    try:
        import c3d
    except ImportError:
        reason = marked("To read C3D files a part must be installed that is not there.")
        raise unusable(path.name, reason, marked("Install herstel[mocap].")) from None
    with path.open("rb") as handle, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of harmless oddities in the header
        _check_magic(handle, path.name)
        try:
            reader = c3d.Reader(handle)
            points = np.array([frame for _, frame, _ in reader.read_frames()])
        except Exception as error:  # noqa: BLE001 - whatever the library stumbles on, the file is to blame
            reason = marked("The file cannot be read as C3D; it is damaged or cut off ({error}).")
            raise unusable(path.name, reason, _AGAIN, error=type(error).__name__) from None
        return _markers(reader, points, path.name)


def _check_magic(handle: BinaryIO, thing: str) -> None:
    begin = handle.read(512)
    handle.seek(0)
    if len(begin) < 512 or begin[1] != _MAGIC:
        raise unusable(thing, marked("This is not a C3D file."), _AGAIN)


def _markers(reader: Any, points: FloatArray, thing: str) -> Markers:
    announced = int(reader.last_frame - reader.first_frame + 1)
    if len(points) < announced:
        reason = marked("The header announces {announced} pictures, the file holds {found}.")
        raise unusable(thing, reason, _AGAIN, announced=announced, found=len(points))
    rate = float(reader.point_rate)
    times = np.arange(len(points)) / rate
    check_times(times, thing)
    places = np.where(points[:, :, 3:4] < 0, np.nan, points[:, :, :3]).astype(float)
    labels = _labels(reader, places.shape[1])
    angles = set(_listed(reader, "POINT", "ANGLES"))
    others = angles.union(*(_listed(reader, "POINT", group) for group in _NO_MARKERS))
    kept = [number for number, label in enumerate(labels) if label and label not in others]
    positions = places[:, kept] * metres_per((_listed(reader, "POINT", "UNITS") or [""])[0], thing)
    check_size(positions, thing)
    return Markers(
        times_s=times,
        labels=tuple(labels[number].rsplit(":", 1)[-1] for number in kept),
        positions_m=positions,
        events=tuple(sorted(_events(reader, rate), key=lambda event: event.time_s)),
        lab_angles_deg={label: places[:, number] for number, label in enumerate(labels) if label in angles},
    )


def _labels(reader: Any, count: int) -> list[str]:
    """The names of all points; more than 255 go on in LABELS2. A name that occurs again is not a marker we know."""
    found = _listed(reader, "POINT", "LABELS")
    part = 2
    while len(found) < count and (more := _listed(reader, "POINT", f"LABELS{part}")):
        found, part = found + more, part + 1
    found = [*found, *[""] * count][:count]
    return [label if label not in found[:number] else "" for number, label in enumerate(found)]


def _listed(reader: Any, group: str, name: str) -> list[str]:
    """A parameter of texts, or nothing where the file does not have it."""
    held = reader.get(group)
    param = held.get(name) if held is not None else None
    if param is None or not param.dimensions or 0 in param.dimensions:
        return []
    texts = param.string_array if len(param.dimensions) > 1 else [param.string_value]
    return [str(text).strip() for text in np.ravel(texts)]


def _events(reader: Any, rate: float) -> Iterator[GaitEvent]:
    """The foot events; their times are absolute, so that the first frame must be taken off."""
    held = reader.get("EVENT")
    times = held.get("TIMES") if held is not None else None
    if times is None or not times.dimensions or 0 in times.dimensions:
        return
    start = (int(reader.first_frame) - 1) / rate
    minutes_and_seconds = np.reshape(times.float_array, (-1, 2))
    sides, kinds = _listed(reader, "EVENT", "CONTEXTS"), _listed(reader, "EVENT", "LABELS")
    for side, kind, (minutes, seconds) in zip(sides, kinds, minutes_and_seconds, strict=False):
        if side.lower() in _SIDES and kind.lower() in _KINDS:
            at = 60 * float(minutes) + float(seconds) - start
            yield GaitEvent(kind=_KINDS[kind.lower()], side=_SIDES[side.lower()], time_s=round(at, 6))
