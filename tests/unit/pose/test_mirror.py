"""A point that is lost in one of two ways of looking is taken from the other."""

import numpy as np
import pytest

from herstel_pose.mirror import LESS_SURE, agreed, is_mirrored


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
