"""Pictures come out of a file upright, each with the time it was taken; what is no usable video is refused."""

from pathlib import Path

import numpy as np
import pytest

from herstel_pose.video import Video, VideoFacts, opened
from tests.unit.pose.films import corners, film, moving, named_corners, turned

DATA = Path(__file__).parents[4] / "shared" / "movement-data"
UPRIGHT = ("red", "green", "blue", "white")
SHOWN = {
    0: UPRIGHT,
    90: ("blue", "red", "white", "green"),
    180: ("white", "blue", "green", "red"),
    270: ("green", "white", "red", "blue"),
}


def facts(path: Path) -> VideoFacts:
    with opened(path) as video:
        return video.facts


def times(path: Path) -> list[float]:
    with opened(path) as video:
        return [frame.time_s for frame in video.frames()]


@pytest.mark.parametrize(
    ("name", "codec", "told"),
    [("a.mp4", "libx264", "h264"), ("a.mov", "libx265", "hevc"), ("a.webm", "libvpx-vp9", "vp9")],
)
def test_every_picture_of_what_phones_and_browsers_make_is_read(
    tmp_path: Path, name: str, codec: str, told: str
) -> None:
    options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
    path = film(tmp_path / name, moving(12), codec=codec, options=options)
    assert facts(path).codec == told
    assert (facts(path).width_px, facts(path).height_px) == (160, 96)
    assert times(path) == pytest.approx(np.arange(12) / 30, abs=0.002)


def test_a_picture_keeps_the_time_it_was_taken_when_the_rate_varies(tmp_path: Path) -> None:
    taken = [0.0, 0.03, 0.07, 0.20, 0.21, 0.50]
    assert times(film(tmp_path / "a.mp4", moving(6), times_s=taken)) == pytest.approx(taken, abs=0.001)


def test_time_begins_at_the_first_picture(tmp_path: Path) -> None:
    path = film(tmp_path / "a.webm", moving(4), codec="libvpx-vp9", times_s=[5.0, 5.1, 5.2, 5.3])
    with opened(path) as video:
        seen = [frame.time_s for frame in video.frames()]
    assert seen == pytest.approx([0.0, 0.1, 0.2, 0.3], abs=0.002)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_picture_comes_upright_however_the_phone_was_held(tmp_path: Path, degrees: int) -> None:
    path = turned(film(tmp_path / "a.mp4", [corners()] * 3), degrees)
    with opened(path) as video:
        picture = next(iter(video.frames())).picture
    assert named_corners(picture) == SHOWN[degrees]
    assert picture.shape[:2] == ((160, 96) if degrees in (90, 270) else (96, 160))


@pytest.mark.parametrize("width", [160, 162, 170, 246])
def test_a_picture_is_whole_whatever_its_width(tmp_path: Path, width: int) -> None:
    with opened(film(tmp_path / "a.mp4", [corners(width, 98)] * 3, options={"crf": "1"})) as video:
        picture = next(iter(video.frames())).picture
    assert picture.shape == (98, width, 3)
    assert np.abs(picture.astype(int) - corners(width, 98)).mean() < 4


def test_a_picture_that_is_kept_is_not_written_over_by_the_next(tmp_path: Path) -> None:
    grey = [np.full((96, 160, 3), 20 + 10 * number, dtype=np.uint8) for number in range(12)]
    with opened(film(tmp_path / "a.mp4", grey)) as video:
        kept = [frame.picture for frame in video.frames()]
    assert [float(one.mean()) for one in kept] == pytest.approx([20 + 10 * number for number in range(12)], abs=3)


def test_pictures_stay_in_the_order_of_their_times_when_they_are_packed_otherwise(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(20), options={"bf": "3", "b-adapt": "0"})
    with opened(path) as video:
        pictures = [frame.picture for frame in video.frames()]
    lefts = [int(np.argmax(picture[44, :, 0] > 150)) for picture in pictures]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 20


def test_a_slow_film_whose_last_picture_is_shown_long_was_not_cut_off(tmp_path: Path) -> None:
    assert len(times(film(tmp_path / "a.mp4", moving(4), fps=1))) == 4


@pytest.mark.parametrize("name", ["opencap_squat", "opencap_walk"])
def test_more_pictures_are_announced_than_are_held_and_those_that_are_held_count(name: str) -> None:
    path = DATA / "video" / name / "video.mp4"
    if not path.is_file():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    announced = facts(path).frames
    assert announced is not None
    assert 2 < len(times(path)) < announced


def test_a_video_is_read_one_picture_at_a_time(tmp_path: Path) -> None:
    with opened(film(tmp_path / "a.mp4", moving(9))) as video:
        assert isinstance(video, Video)
        frames = video.frames()
        assert next(frames).picture is not next(frames).picture
