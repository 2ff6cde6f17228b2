"""The points of a recording as bytes and back; bytes that were damaged are told, never believed."""

import io
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.errors import InputError
from herstel.movement.pose import POINTS, Pose
from herstel_pose.landmarks_file import from_bytes, to_bytes

FRAMES = 40


def walk() -> Pose:
    chance = np.random.default_rng(3)
    xy = chance.uniform(0, 1280, (FRAMES, len(POINTS), 2))
    xy[5:9] = np.nan
    outside = np.zeros((FRAMES, len(POINTS)), dtype=bool)
    outside[:, 3] = True
    return Pose(
        times_s=np.arange(FRAMES) / 59.94, xy_px=xy, score=chance.uniform(0, 1, (FRAMES, len(POINTS))), outside=outside,
        world_m=chance.normal(0, 0.5, (FRAMES, len(POINTS), 3)), width_px=1280, height_px=720,
        people=np.where(np.arange(FRAMES) % 30 == 0, 2, -1), brightness=np.full(FRAMES, 111.25),
        camera_shift_px=np.full(FRAMES, np.nan),
    )  # fmt: skip


def test_points_come_back_as_they_were() -> None:
    before, after = walk(), from_bytes(to_bytes(walk()))
    for one in fields(Pose):
        kept, was = getattr(after, one.name), getattr(before, one.name)
        assert np.asarray(kept).dtype == np.asarray(was).dtype, one.name
        np.testing.assert_allclose(kept, was, atol=1e-4)
    assert after.fps == before.fps


def test_what_was_not_known_stays_unknown() -> None:
    bare = replace(walk(), world_m=None, people=None, brightness=None, camera_shift_px=None)
    after = from_bytes(to_bytes(bare))
    assert (after.world_m, after.people, after.brightness, after.camera_shift_px) == (None, None, None, None)


def test_a_second_time_gives_the_same_bytes() -> None:
    once = to_bytes(walk())
    assert to_bytes(from_bytes(once)) == once


def test_a_minute_of_video_is_small() -> None:
    assert len(to_bytes(walk())) / FRAMES < 700


GOOD = to_bytes(walk())


NO_POINTS = [b"", b"PK\x03\x04", b"no points", GOOD[:-1], GOOD[1:], GOOD[:300], b"\x93NUMPY" + b"\0" * 40]


@pytest.mark.parametrize("data", NO_POINTS, ids=range(len(NO_POINTS)))
def test_damaged_bytes_are_told(data: bytes) -> None:
    with pytest.raises(InputError, match=r"landmarks: This file of points is damaged\. Film it again\."):
        from_bytes(data)


@settings(max_examples=300)
@given(place=st.integers(0, len(GOOD) - 1), value=st.integers(0, 255))
def test_one_wrong_byte_is_told_or_changes_nothing(place: int, value: int) -> None:
    damaged = bytearray(GOOD)
    damaged[place] = value
    try:
        after = from_bytes(bytes(damaged))
    except InputError:
        return
    np.testing.assert_allclose(after.xy_px, walk().xy_px, atol=1e-4)


def _packed(**arrays: object) -> bytes:
    kept = io.BytesIO()
    np.savez_compressed(kept, **arrays)  # type: ignore[arg-type]
    return kept.getvalue()


def test_arrays_that_do_not_fit_one_another_are_told() -> None:
    with np.load(io.BytesIO(GOOD)) as good:
        arrays = dict(good)
    for name in ("times_s", "xy_px", "score", "outside", "people", "brightness", "camera_shift_px", "world_m"):
        with pytest.raises(InputError, match="damaged"):
            from_bytes(_packed(**arrays | {name: arrays[name][:-3]}))
    for name in ("times_s", "size", "score"):
        with pytest.raises(InputError, match="damaged"):
            from_bytes(_packed(**{one: array for one, array in arrays.items() if one != name}))


def test_a_program_that_is_hidden_in_it_is_not_run() -> None:
    hostile = np.array([print], dtype=object)
    with np.load(io.BytesIO(GOOD)) as good:
        arrays = dict(good)
    with pytest.raises(InputError, match="damaged"):
        from_bytes(_packed(**arrays | {"times_s": hostile}))
