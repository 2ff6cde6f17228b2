"""A leg is one leg: knee, ankle, heel and toe go together whatever they are called."""

import numpy as np
import pytest

from herstel.movement.pose import INDEX, POINTS, FloatArray
from herstel_pose.legs import joined

FRAMES = 9


def walker() -> FloatArray:
    """Two legs that stand still, 100 pixels apart, with shanks of 50."""
    xy = np.full((FRAMES, len(POINTS), 2), np.nan)
    for side, x in (("left", 0.0), ("right", 100.0)):
        for joint, place in (("knee", (x, 0)), ("ankle", (x, 50)), ("heel", (x - 5, 58)), ("toe", (x + 20, 58))):
            xy[:, INDEX[f"{side}_{joint}"]] = place  # type: ignore[index]
    return xy


def exchanged(xy: FloatArray, frame: int, *joints: str) -> FloatArray:
    changed = xy.copy()
    for joint in joints:
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]  # type: ignore[index]
        changed[frame, [left, right]] = xy[frame, [right, left]]
    return changed


def put_right(xy: FloatArray) -> FloatArray:
    return np.take_along_axis(xy, joined(xy)[..., None], axis=1)


@pytest.mark.parametrize("joints", [("ankle", "heel", "toe"), ("ankle",), ("heel",), ("toe",), ("heel", "toe")])
def test_joints_under_the_other_name_are_put_with_their_knee(joints: tuple[str, ...]) -> None:
    xy = walker()
    assert np.array_equal(put_right(exchanged(xy, 4, *joints)), xy, equal_nan=True)


def test_a_whole_leg_under_the_other_name_is_left_to_who_follows_it_over_time() -> None:
    xy = exchanged(walker(), 4, "knee", "ankle", "heel", "toe")
    assert np.array_equal(put_right(xy), xy, equal_nan=True)


def test_a_foreshortened_shank_is_no_reason_to_exchange() -> None:
    xy = walker()
    xy[:, INDEX["right_ankle"]] = (100, 20)
    assert np.array_equal(put_right(xy), xy, equal_nan=True)


def test_where_a_point_is_not_known_nothing_is_exchanged() -> None:
    xy = exchanged(walker(), 4, "ankle")
    xy[4, INDEX["left_knee"]] = np.nan
    assert joined(xy)[4, INDEX["left_ankle"]] == INDEX["left_ankle"]


def test_nobody_at_all_is_no_trouble() -> None:
    nothing = np.full((3, len(POINTS), 2), np.nan)
    assert (joined(nothing) == np.arange(len(POINTS))).all()
