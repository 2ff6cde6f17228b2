"""Where one person was between the looks at them, and how the embedded backend follows them."""

from dataclasses import replace

import numpy as np
import pytest

from herstel_pose import blazepose
from herstel_pose.backend import EDGE_S, Frame, Person, Trail
from herstel_pose.blazepose import BlazePose
from herstel_pose.landmarks import HIPS, WHOLE_BODY, Body
from tests.unit.pose.fakes import person

TRAIL = Trail(times_s=np.array([1.0, 2.0, 4.0]), people=(person(10), person(20, turn=1.0), person(60, reach=80)))


def test_between_two_looks_a_person_is_on_the_line_between_them() -> None:
    assert TRAIL.at(1.25) == person(12.5)
    assert TRAIL.at(1.75) == person(17.5, turn=1.0)
    assert TRAIL.at(3.0) == person(40, reach=60)
    assert TRAIL.at(2.0) == person(20, turn=1.0)


def test_shortly_before_and_after_the_looks_they_stand_still() -> None:
    assert TRAIL.at(1 - EDGE_S / 2) == person(10)
    assert TRAIL.at(4 + EDGE_S / 2) == person(60, reach=80)


@pytest.mark.parametrize("time_s", [0.0, 1 - 2 * EDGE_S, 4 + 2 * EDGE_S, 99.0])
def test_long_before_and_after_nobody_knows(time_s: float) -> None:
    assert TRAIL.at(time_s) is None


def test_one_look_says_where_they_were_then_only() -> None:
    once = Trail(times_s=np.array([1.0]), people=(person(10),))
    assert once.at(1.1) == person(10)
    assert once.at(1.5) is None


def test_how_far_two_people_are_apart_is_told_in_reaches() -> None:
    assert person(10, 10).far_from(person(34, 42, reach=20)) == pytest.approx(2.0)
    assert person(10, 10).far_from(Person(hips_px=(10, 13), reach_px=0, turn_rad=0)) == 3.0


class Eyes:
    """Stands in for both networks: whom the detector sees, and whom the points are found of."""

    def __init__(self, crowd: tuple[Person, ...]) -> None:
        self.crowd, self.looks = crowd, 0
        self.found: list[Person] = []
        self.mirrored: list[bool] = []
        self.present = 1.0

    def people(self, picture: np.ndarray) -> tuple[Person, ...]:  # type: ignore[type-arg]
        self.looks += 1
        return self.crowd

    def of(self, picture: np.ndarray, place: Person, *, mirrored: bool) -> Body:  # type: ignore[type-arg]
        self.found.append(place)
        self.mirrored.append(mirrored)
        xy = np.zeros((39, 2))
        xy[HIPS] = place.hips_px
        xy[WHOLE_BODY] = place.hips_px[0], place.hips_px[1] - place.reach_px / 1.25
        sure = np.ones(39)
        return Body(xy_px=xy, visible=sure, sure=sure, world_m=np.zeros((39, 3)), present=self.present)


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    eyes = Eyes((person(30, reach=20), person(100, reach=50)))
    monkeypatch.setattr(blazepose, "found", lambda _: None)
    monkeypatch.setattr(blazepose, "Network", lambda *_: None)
    monkeypatch.setattr(blazepose, "Detector", lambda _: eyes)
    monkeypatch.setattr(blazepose, "Landmarks", lambda _: eyes)
    return eyes


def frames(number: int, fps: float = 30) -> list[Frame]:
    picture = np.zeros((8, 8, 3), dtype=np.uint8)
    return [Frame(time_s=one / fps, picture=picture) for one in range(number)]


def test_who_is_largest_is_followed_and_looked_for_once_a_second(eyes: Eyes) -> None:
    seen = list(BlazePose().follow(frames(61)))
    assert {one.hips_px[0] for one in eyes.found} == {100}
    assert eyes.looks == 3
    assert [one.people for one in seen if one.people != -1] == [2, 2, 2]
    assert all(one.person is not None for one in seen)


def test_every_other_frame_is_looked_at_in_the_mirror(eyes: Eyes) -> None:
    list(BlazePose().follow(frames(5)))
    assert eyes.mirrored == [False, True, False, True, False]


def test_who_is_named_is_followed_though_smaller(eyes: Eyes) -> None:
    trail = Trail(times_s=np.array([0.0, 9.0]), people=(person(30, reach=20),) * 2)
    list(BlazePose().follow(frames(10), trail))
    assert {one.hips_px[0] for one in eyes.found} == {30}


def test_who_is_named_is_not_looked_for_where_they_were_not_seen(eyes: Eyes) -> None:
    trail = Trail(times_s=np.array([0.0, 0.2]), people=(person(30, reach=20),) * 2)
    seen = list(BlazePose().follow(frames(30), trail))
    known = [one.person is not None for one in seen]
    assert known == [True] * 11 + [False] * 19
    assert eyes.looks == 1


def test_points_that_run_off_to_somebody_else_are_called_back(eyes: Eyes) -> None:
    trail = Trail(times_s=np.array([0.0, 1.0]), people=(person(30, reach=20), person(30, reach=20)))
    blaze = BlazePose()
    eyes.crowd = (person(100, reach=50),)
    list(blaze.follow(frames(5), trail))
    assert {one.hips_px[0] for one in eyes.found} == {30}


def test_without_a_body_nobody_is_told_and_the_next_picture_is_looked_at(eyes: Eyes) -> None:
    eyes.present = 0.4
    seen = list(BlazePose().follow(frames(4)))
    assert all(one.xy_px is None for one in seen)
    assert eyes.looks == 4
    assert [one.people for one in seen] == [2, 2, 2, 2]


def test_who_was_lost_is_found_again_where_they_were(eyes: Eyes) -> None:
    eyes.crowd = (person(30, reach=50),)
    following = BlazePose().follow(iter(frames(3)))
    next(following)
    eyes.present = 0.0
    next(following)
    eyes.present, eyes.crowd = 1.0, (person(35, reach=50), person(150, reach=70))
    again = next(following).person
    assert again is not None
    assert replace(again, score=1.0).hips_px == (35, 60)


def test_an_empty_picture_shows_nobody(eyes: Eyes) -> None:
    eyes.crowd = ()
    assert [one.people for one in BlazePose().follow(frames(2))] == [0, 0]
    assert BlazePose().people(frames(1)[0].picture) == ()
