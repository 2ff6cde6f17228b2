"""The points of a recording as a small file: what is kept when the video is gone."""

import io
import struct
import tokenize
import zipfile
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from herstel.errors import marked
from herstel.movement.pose import Pose
from herstel_pose.video import unusable

ARRAYS = ("times_s", "xy_px", "score", "outside", "world_m", "people", "brightness", "camera_shift_px")
SMALLER = {"xy_px": np.float32, "score": np.float32, "world_m": np.float32, "people": np.int16}
"""About 30 kB for each second of 60 pictures, before packing."""

DAMAGES = (
    ValueError, KeyError, OSError, TypeError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError,
    RuntimeError, MemoryError, SyntaxError, struct.error, tokenize.TokenError,
)  # fmt: skip
"""What reading raises where bytes are not what they were, by where they are: a size that is wrong asks much memory."""


def to_bytes(pose: Pose) -> bytes:
    """A pose as packed numpy arrays."""
    arrays = {name: getattr(pose, name) for name in ARRAYS if getattr(pose, name) is not None}
    arrays = {name: array.astype(SMALLER.get(name, array.dtype)) for name, array in arrays.items()}
    kept = io.BytesIO()
    size, inferred = np.array([pose.width_px, pose.height_px]), np.array(pose.hips_inferred)
    np.savez_compressed(kept, size=size, hips_inferred=inferred, **arrays)
    return kept.getvalue()


def from_bytes(data: bytes) -> Pose:
    """The pose again.

    Raises
    ------
    InputError
        When the bytes are not what ``to_bytes`` made.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            width, height = (int(one) for one in kept["size"])
            arrays = {name: _as_before(name, kept[name]) for name in ARRAYS if name in kept}
            if len({len(array) for array in arrays.values()}) != 1:
                raise ValueError("not as many frames in one array as in another")
            return Pose(width_px=width, height_px=height, hips_inferred=bool(kept["hips_inferred"]), **arrays)
    except DAMAGES as error:
        raise unusable("landmarks", marked("This file of points is damaged."), marked("Film it again.")) from error


def _as_before(name: str, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    kind = {"people": np.int64, "outside": np.bool_}.get(name, np.float64)
    return array.astype(kind)
