"""Several people in one video: they are numbered from the left where most are seen together, and one is followed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel_pose.backend import Person
from herstel_pose.crowd import LOOK_S, fullest, trail_of
from tests.unit.pose.fakes import Watcher, person
from tests.unit.pose.films import film, moving

FPS = 20
STEP = round(LOOK_S * FPS)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Four seconds: seventeen looks, numbered 0, 5, 10 ... 80."""
    return film(tmp_path / "clip.mp4", moving(4 * FPS + 1), fps=FPS)


def crowd(*paths: Callable[[int], Person | None]) -> Watcher:
    """People who each are somewhere, or nowhere, at the number of a picture; they are told from left to right."""

    def at(number: int) -> tuple[Person, ...]:
        seen = [one for one in (path(number) for path in paths) if one is not None]
        return tuple(sorted(seen, key=lambda one: one.hips_px[0]))

    return Watcher(at, STEP)


def left(number: int) -> Person:
    return person(20 + number * 0.2)


def middle(number: int) -> Person | None:
    """Comes after a second, and goes a second before the end."""
    return person(80) if FPS <= number <= 3 * FPS else None


def right(number: int) -> Person:
    return person(140 - number * 0.1, reach=50)


def test_the_first_moment_with_most_people_numbers_them(clip: Path) -> None:
    look = fullest(clip, crowd(left, middle, right))
    assert look.time_s == pytest.approx(1.0, abs=0.01)
    assert [round(one.hips_px[0]) for one in look.people] == [24, 80, 138]
    assert look.picture is not None
    assert look.picture.shape == (96, 160, 3)


def test_an_empty_video_has_nobody_and_no_picture_of_them(clip: Path) -> None:
    look = fullest(clip, crowd())
    assert look.people == ()
    assert look.picture is None


def test_the_left_one_is_followed_from_the_beginning_to_the_end(clip: Path) -> None:
    trail = trail_of(clip, 1, crowd(left, middle, right))
    assert len(trail.people) == 17
    assert trail.times_s == pytest.approx(np.arange(17) * LOOK_S, abs=0.01)
    assert [one.hips_px[0] for one in trail.people] == pytest.approx([20 + look for look in range(17)])


def test_the_one_who_comes_later_and_goes_earlier_is_followed_while_there(clip: Path) -> None:
    trail = trail_of(clip, 2, crowd(left, middle, right))
    assert (trail.times_s[0], trail.times_s[-1]) == pytest.approx((1.0, 3.0), abs=0.01)
    assert {one.hips_px[0] for one in trail.people} == {80}


@pytest.mark.parametrize(("number", "reach"), [(1, 60), (2, 25)])
def test_two_who_cross_stay_apart_by_their_size(clip: Path, number: int, reach: float) -> None:
    both = crowd(lambda at: person(20 + at * 1.5, reach=60), lambda at: person(140 - at * 1.5, reach=25))
    assert {one.reach_px for one in trail_of(clip, number, both).people} == {reach}


def test_who_is_not_seen_for_a_moment_is_taken_up_again(clip: Path) -> None:
    hidden = crowd(lambda number: None if 30 <= number <= 40 else left(number), right)
    trail = trail_of(clip, 1, hidden)
    assert len(trail.people) == 14
    assert trail.times_s[-1] == pytest.approx(4.0, abs=0.01)
    assert {one.reach_px for one in trail.people} == {40}


def test_who_is_gone_for_long_is_not_somebody_else_who_stands_there_later(clip: Path) -> None:
    gone = crowd(lambda number: left(number) if number <= 20 or number >= 60 else None, right)
    assert trail_of(clip, 1, gone).times_s[-1] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_that_nobody_has_is_told(clip: Path, number: int) -> None:
    told = rf"clip\.mp4: Person {number} was asked for, and 3 were seen together\. Name a number from 1"
    with pytest.raises(InputError, match=told):
        trail_of(clip, number, crowd(left, middle, right))


def test_a_person_in_an_empty_video_is_told(clip: Path) -> None:
    with pytest.raises(InputError, match="and 0 were seen together"):
        trail_of(clip, 1, crowd())
