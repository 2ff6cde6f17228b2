"""A point that is lost in one of two ways of looking is taken from the other."""

import numpy as np
import pytest

from herstel.movement.pose import INDEX, POINTS
from herstel_pose.mirror import LESS_SURE, agreed, is_mirrored, named_alike


def path(places: list[float], heat: list[float]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """One point along a line."""
    return np.array(places, dtype=float)[:, None, None] * np.ones(2), np.array(heat, dtype=float)[:, None]


def test_every_other_frame_is_mirrored() -> None:
    assert [is_mirrored(frame) for frame in range(4)] == [False, True, False, True]


def test_a_point_that_is_lost_in_between_lies_halfway() -> None:
    xy, sure = path([0, 50, 4, 90, 8], [0.8, 0.1, 0.9, 0.2, 0.8])
    assert agreed(xy, sure)[:, 0, 0] == pytest.approx([0, 2, 4, 6, 8])
    assert xy[1, 0, 0] == 50


@pytest.mark.parametrize(
    ("heat", "believed"),
    [
        ([0.8, 0.8 * LESS_SURE + 0.01, 0.8], True),
        ([0.8, 0.8 * LESS_SURE - 0.01, 0.8], False),
        ([0.8, 0.1, 0.1], True),
        ([0.1, 0.1, 0.8], True),
        ([0.0, 0.0, 0.0], True),
        ([0.8, 0.0, np.nan], True),
        ([0.8, np.nan, 0.8], True),
    ],
)
def test_it_is_believed_unless_the_frames_on_both_sides_are_clearly_surer(heat: list[float], believed: bool) -> None:
    xy, sure = path([0, 50, 4], heat)
    assert agreed(xy, sure)[1, 0, 0] == (50 if believed else 2)


@pytest.mark.parametrize(("here", "believed"), [(6, True), (70, True), (90, False)])
def test_where_the_frames_around_it_differ_it_must_be_further_from_both(here: float, believed: bool) -> None:
    xy, sure = path([0, here, 40], [0.8, 0.1, 0.8])
    assert agreed(xy, sure)[1, 0, 0] == (here if believed else pytest.approx(20))


def test_the_first_and_the_last_frame_stay() -> None:
    xy, sure = path([0, 1, 2], [0.1, 0.9, 0.1])
    assert agreed(xy, sure) == pytest.approx(xy)


@pytest.mark.parametrize("frames", [1, 2])
def test_with_one_or_two_frames_there_is_nothing_in_between(frames: int) -> None:
    xy, sure = path([0.0] * frames, [0.5] * frames)
    assert agreed(xy, sure) == pytest.approx(xy)


def test_one_point_says_nothing_of_another() -> None:
    xy, sure = np.zeros((3, 2, 2)), np.full((3, 2), 0.8)
    xy[1], sure[1, 0] = 10, 0.1
    assert agreed(xy, sure)[1] == pytest.approx(np.array([[0, 0], [10, 10]]))


def legs(frames: int) -> np.ndarray:  # type: ignore[type-arg]
    """Two legs that move on slowly, 100 apart."""
    xy = np.zeros((frames, len(POINTS), 2))
    for name, number in INDEX.items():
        xy[:, number, 0] = np.arange(frames) + (100 if name.startswith("right") else 0)
    return xy


def exchanged(rows: np.ndarray, name: str) -> list[bool]:  # type: ignore[type-arg]
    """In which frames a point of the left stands under the name of the right."""
    return [bool(one) for one in rows[:, INDEX[f"right_{name}"]] == INDEX[f"left_{name}"]]  # type: ignore[index]


JOINTS = ("knee", "ankle", "heel", "toe")


def cross(xy: np.ndarray, frame: int, *joints: str) -> None:  # type: ignore[type-arg]
    for joint in joints:
        pair = [INDEX[f"{side}_{joint}"] for side in ("left", "right")]  # type: ignore[index]
        xy[frame, pair] = xy[frame, pair[::-1]]


def test_legs_with_the_names_of_the_frames_around_them_keep_their_names() -> None:
    assert (named_alike(legs(5)) == np.arange(len(POINTS))).all()


def test_a_leg_named_the_other_way_round_in_the_mirror_is_renamed() -> None:
    xy = legs(6)
    cross(xy, 3, *JOINTS)
    rows = named_alike(xy)
    assert all(exchanged(rows, joint) == [False, False, False, True, False, False] for joint in JOINTS)
    assert exchanged(rows, "hip") == [False] * 6
    assert np.take_along_axis(xy, rows[..., None], axis=1) == pytest.approx(legs(6))


def test_one_joint_is_no_reason_to_rename_a_leg() -> None:
    xy = legs(5)
    cross(xy, 1, "ankle")
    assert (named_alike(xy) == np.arange(len(POINTS))).all()


def test_legs_that_cross_keep_the_names_they_have() -> None:
    xy = legs(5)
    xy[..., 0] = np.arange(5)[:, None]
    assert (named_alike(xy) == np.arange(len(POINTS))).all()


def test_where_nobody_was_found_there_is_nothing_to_rename() -> None:
    xy = legs(5)
    xy[2] = np.nan
    cross(xy, 1, *JOINTS)
    assert (named_alike(xy) == np.arange(len(POINTS))).all()


@pytest.mark.parametrize("frames", [1, 2])
def test_of_one_or_two_frames_none_has_two_beside_it(frames: int) -> None:
    assert (named_alike(legs(frames)) == np.arange(len(POINTS))).all()
