"""A video as points over time, whatever backend finds them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from weakref import ref

import numpy as np
import pytest

from herstel.movement.pose import INDEX, POINTS
from herstel_pose.backend import NOBODY, Frame, Seen
from herstel_pose.recording import AHEAD, Reading, find_pose
from herstel_pose.video import Video
from tests.unit.pose.fakes import Teller, Watcher, person, points_at
from tests.unit.pose.films import film, moving

ALL_SURE = np.ones(len(POINTS))


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return film(tmp_path / "clip.mp4", moving(10))


def seen(x: float, y: float, people: int = -1) -> Seen:
    return Seen(xy_px=points_at(x, y), score=ALL_SURE, person=person(x, y), people=people)


def test_every_frame_has_its_time_and_points(clip: Path) -> None:
    pose = find_pose(clip, Teller(lambda number: seen(10 + number, 50)))
    assert pose.frames == 10
    assert pose.times_s == pytest.approx(np.arange(10) / 30, abs=0.001)
    assert pose.of("left_knee") == pytest.approx(np.stack([10 + np.arange(10), np.full(10, 50)], axis=1))
    assert (pose.width_px, pose.height_px) == (160, 96)
    assert not pose.outside.any()


@pytest.mark.parametrize(("x", "y"), [(-0.1, 50), (160.1, 50), (80, -0.1), (80, 96.1)])
def test_a_point_outside_the_picture_is_unknown_and_said_to_be_outside(clip: Path, x: float, y: float) -> None:
    def tell(_: int) -> Seen:
        points = points_at(80, 50)
        points[INDEX["left_toe"]] = x, y
        return Seen(xy_px=points, score=ALL_SURE)

    pose = find_pose(clip, Teller(tell))
    assert np.isnan(pose.of("left_toe")).all()
    assert pose.outside[:, INDEX["left_toe"]].all()
    assert pose.outside.sum() == 10
    assert np.isfinite(pose.of("right_toe")).all()


def test_a_point_that_is_lost_in_one_frame_is_taken_from_those_beside_it(clip: Path) -> None:
    def tell(number: int) -> Seen:
        points, sure = points_at(80, 50), np.full(len(POINTS), 0.8)
        if number == 5:
            points[INDEX["left_knee"]], sure[INDEX["left_knee"]] = (20, 20), 0.1
        return Seen(xy_px=points, score=ALL_SURE, sure=sure)

    assert find_pose(clip, Teller(tell)).of("left_knee") == pytest.approx(np.full((10, 2), (80, 50)))
    untold = find_pose(clip, Teller(lambda number: replace(tell(number), sure=None)))
    assert untold.of("left_knee")[5] == pytest.approx([20, 20])


def test_at_the_edge_is_inside(clip: Path) -> None:
    assert not find_pose(clip, Teller(lambda _: seen(160, 96))).outside.any()


def test_where_nobody_is_nothing_is_known_and_nothing_is_outside(clip: Path) -> None:
    pose = find_pose(clip, Teller(lambda number: NOBODY if number < 4 else seen(80, 50)))
    assert np.isnan(pose.xy_px[:4]).all()
    assert np.isfinite(pose.xy_px[4:]).all()
    assert (pose.score[:4] == 0).all()
    assert not pose.outside.any()


def test_places_in_metres_are_kept_where_the_backend_has_them(clip: Path) -> None:
    assert find_pose(clip, Teller(lambda _: seen(80, 50))).world_m is None
    metres = np.full((len(POINTS), 3), 0.25)
    known = find_pose(clip, Teller(lambda _: Seen(xy_px=points_at(80, 50), score=ALL_SURE, world_m=metres)))
    assert known.world_m is not None
    assert (known.world_m == 0.25).all()


def test_how_many_people_there_were_is_told_where_somebody_looked(clip: Path) -> None:
    pose = find_pose(clip, Teller(lambda number: seen(80, 50, people=2 if number % 5 == 0 else -1)))
    assert pose.people is not None
    assert pose.people.tolist() == [2, -1, -1, -1, -1] * 2


def test_who_is_named_is_followed_and_how_many_there_were_does_not_matter(clip: Path) -> None:
    backend = Watcher(lambda _: (person(30), person(130)))
    pose = find_pose(clip, backend, Reading(person=2))
    assert pose.people is None
    assert backend.followed is not None
    assert {one.hips_px[0] for one in backend.followed.people} == {130}


def test_how_far_it_is_is_told_after_every_frame(clip: Path) -> None:
    told: list[tuple[int, int | None]] = []
    find_pose(clip, Teller(lambda _: NOBODY), Reading(on_frame=lambda done, of: told.append((done, of))))
    assert told == [(number, 10) for number in range(1, 11)]


@pytest.mark.parametrize("number", [AHEAD - 1, AHEAD, AHEAD + 1, 2 * AHEAD])
def test_every_frame_is_there_in_its_order_however_many_are_read_together(tmp_path: Path, number: int) -> None:
    pose = find_pose(film(tmp_path / "a.mp4", moving(number)), Teller(lambda one: seen(10 + one, 50)))
    assert pose.times_s == pytest.approx(np.arange(number) / 30, abs=0.001)
    assert pose.of("left_knee")[:, 0] == pytest.approx(10 + np.arange(number))


def test_no_more_frames_are_held_than_are_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames, made, held = Video.frames, [], []

    def watched(video: Video, longest_px: int | None = None) -> Iterator[Frame]:
        for frame in frames(video, longest_px):
            made.append(ref(frame.picture))
            held.append(sum(one() is not None for one in made))
            yield frame

    monkeypatch.setattr(Video, "frames", watched)
    find_pose(film(tmp_path / "a.mp4", moving(5 * AHEAD)), Teller(lambda _: NOBODY))
    assert len(held) == 5 * AHEAD
    assert AHEAD <= max(held) < 2 * AHEAD


def test_how_light_it_is_is_told(tmp_path: Path) -> None:
    grey = [np.full((96, 160, 3), level, dtype=np.uint8) for level in (20, 120, 220)]
    pose = find_pose(film(tmp_path / "a.mp4", grey), Teller(lambda _: NOBODY))
    assert pose.brightness == pytest.approx([20, 120, 220], abs=3)


def wall(frames: int, step_px: float, fps: float = 30) -> list[np.ndarray]:  # type: ignore[type-arg]
    """A speckled wall that a camera pans along, so many points a frame."""
    chance = np.random.default_rng(8)
    rough = chance.integers(0, 255, (30, 160), dtype=np.uint8)
    large = np.kron(rough, np.ones((8, 8), dtype=np.uint8))
    pictures = []
    for number in range(frames):
        at = round(number * step_px)
        pictures.append(np.ascontiguousarray(np.repeat(large[:, at : at + 320, None], 3, axis=2)))
    return pictures


@pytest.mark.parametrize("step", [0, 1, 3])
def test_how_far_the_camera_moves_is_told_in_points_of_the_picture_a_frame(tmp_path: Path, step: int) -> None:
    path = film(tmp_path / "a.mp4", wall(40, step), options={"crf": "10"})
    pose = find_pose(path, Teller(lambda _: NOBODY))
    assert pose.camera_shift_px is not None
    assert pose.camera_shift_px.shape == (40,)
    known = pose.camera_shift_px[np.isfinite(pose.camera_shift_px)]
    assert len(known) > 30
    assert np.median(known) == pytest.approx(step, abs=0.1)


def test_in_a_large_picture_the_shift_is_in_its_own_points(tmp_path: Path) -> None:
    large = [np.kron(one, np.ones((3, 3, 1), dtype=np.uint8)) for one in wall(20, 2)]
    pose = find_pose(film(tmp_path / "a.mp4", large, options={"preset": "ultrafast"}), Teller(lambda _: NOBODY))
    assert pose.camera_shift_px is not None
    assert np.nanmedian(pose.camera_shift_px) == pytest.approx(6, abs=0.3)


def test_somebody_who_moves_before_a_wall_is_not_a_camera_that_moves(tmp_path: Path) -> None:
    pictures = wall(40, 0)
    chance = np.random.default_rng(9)
    somebody = np.kron(chance.integers(0, 255, (20, 10), dtype=np.uint8), np.ones((6, 6), dtype=np.uint8))[..., None]
    for number, picture in enumerate(pictures):
        picture[60:180, 40 + 3 * number : 100 + 3 * number] = somebody
    path = film(tmp_path / "a.mp4", pictures, options={"crf": "10"})
    walking = Teller(lambda number: Seen(person=person(70 + 3 * number, 120, reach=80)))
    pose = find_pose(path, walking)
    assert np.nanmedian(pose.camera_shift_px) == pytest.approx(0, abs=0.1)  # type: ignore[type-var]


def test_before_an_even_wall_nobody_knows_whether_the_camera_moves(clip: Path) -> None:
    even = film(clip.with_name("even.mp4"), [np.full((96, 160, 3), 90, dtype=np.uint8)] * 20)
    pose = find_pose(even, Teller(lambda _: NOBODY))
    assert np.isnan(pose.camera_shift_px).all()  # type: ignore[arg-type]
