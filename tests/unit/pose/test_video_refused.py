"""Files that are no usable video: each is refused with the thing, the reason and the remedy, and none is believed."""

from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError, Problem
from herstel_pose.probing import probe
from herstel_pose.video import Allowed, opened
from tests.unit.pose.films import corners, film, moving, sound


def refused(path: Path, allowed: Allowed | None = None) -> Problem:
    """The problem with a file that is opened and read to its end."""
    with pytest.raises(InputError) as caught, opened(path, allowed) as video:
        for _ in video.frames():
            pass
    (problem,) = caught.value.problems
    assert problem.thing == path.name
    assert problem.remedy
    assert str(problem)  # every placeholder is filled
    return problem


def still(path: Path, kind: str, width: int = 160, height: int = 96) -> Path:
    import cv2

    _, packed = cv2.imencode(kind, corners(width, height))
    path.write_bytes(packed.tobytes())
    return path


def test_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.mp4").reason == "There is no such file."
    assert refused(tmp_path).reason == "There is no such file."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import av

    def locked(*_: object, **__: object) -> None:
        raise av.error.PermissionError(13, "Permission denied")

    monkeypatch.setattr(av, "open", locked)
    problem = refused(still(tmp_path / "a.mp4", ".png"))
    assert (problem.reason, problem.values) == ("the file cannot be opened: {error}.", {"error": "Permission denied"})
    assert problem.remedy == "Check that you may read it."


def test_zero_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"")
    assert refused(tmp_path / "a.mp4").reason == "This file is empty."


def test_text_with_the_name_of_a_video(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("the quick brown fox\n" * 200)
    assert refused(tmp_path / "a.mp4").reason == "This is no video that can be read."


def test_bytes_of_chance(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(np.random.default_rng(5).bytes(50_000))
    assert refused(tmp_path / "a.mp4").reason == "This is no video that can be read."


@pytest.mark.parametrize("kind", [".png", ".jpg", ".webp", ".tiff", ".bmp"])
def test_a_picture_with_the_name_of_a_video(tmp_path: Path, kind: str) -> None:
    assert refused(still(tmp_path / "a.mp4", kind)).reason == "This is no video that can be read."


def test_sound_alone(tmp_path: Path) -> None:
    assert refused(sound(tmp_path / "a.mp4")).reason == "There is no moving picture in this file."


def test_one_picture_in_a_video_file(tmp_path: Path) -> None:
    problem = refused(film(tmp_path / "a.mp4", moving(1)))
    assert str(problem.reason.format_map(problem.values)) == "There is no moving picture in this file: it holds 1."


def test_a_tail_that_is_missing(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(120), held={"movflags": "faststart"}, options={"crf": "5"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    problem = refused(path)
    assert "cut off" in problem.reason or "breaks off" in problem.reason


def test_a_tail_that_is_missing_with_the_index_in_it(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(60), options={"crf": "5"})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path).reason == "This is no video that can be read."


def test_a_head_that_is_missing(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(60))
    path.write_bytes(path.read_bytes()[500:])
    assert refused(path).reason == "This is no video that can be read."


def test_a_length_that_is_announced_and_not_held(tmp_path: Path) -> None:
    taken = [*np.arange(30) / 30, 9.0]
    path = film(tmp_path / "a.mkv", moving(31), times_s=taken)
    packed = path.read_bytes()
    path.write_bytes(packed[: packed.rindex(b"\x1f\x43\xb6\x75")])  # without its last cluster
    problem = refused(path)
    assert "was cut off" in problem.reason
    assert float(str(problem.values["wanted"])) > 8 > float(str(problem.values["found"]))


def test_damage_in_the_middle_is_told_or_does_not_change_how_many_pictures_there_are(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(60), options={"crf": "5"})
    packed = bytearray(path.read_bytes())
    middle = packed.index(b"mdat") + 4000
    packed[middle : middle + 3000] = bytes(3000)
    path.write_bytes(bytes(packed))
    told, count = "", 0
    try:
        with opened(path) as video:
            count = sum(1 for _ in video.frames())
    except InputError as error:
        told = str(error)
    assert "damaged" in told or count > 50


def test_a_picture_that_is_too_large(tmp_path: Path) -> None:
    wide = np.zeros((4320, 7680, 3), dtype=np.uint8)
    problem = refused(film(tmp_path / "a.mp4", [wide, wide], options={"preset": "ultrafast"}))
    assert (problem.values["width"], problem.values["height"]) == (7680, 4320)
    assert "1080p" in problem.remedy


def test_a_picture_that_is_too_small(tmp_path: Path) -> None:
    assert "too small" in refused(film(tmp_path / "a.mp4", moving(5, 48, 32))).reason


def test_a_very_large_picture_that_packs_small_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    large = np.zeros((6144, 6144, 3), dtype=np.uint8)
    path = film(tmp_path / "a.mkv", [large, large], options={"preset": "ultrafast"})
    assert path.stat().st_size < 200_000
    assert "larger than what is read" in refused(path).reason


def test_a_size_that_changes_in_the_middle(tmp_path: Path) -> None:
    path = two_sizes(tmp_path, (160, 96), (192, 128))
    assert "changes in the middle" in refused(path).reason


def test_a_size_that_becomes_enormous_in_the_middle(tmp_path: Path) -> None:
    path = two_sizes(tmp_path, (160, 96), (4096, 4096), many=40)
    reason = refused(path).reason
    assert "larger than what is read" in reason or "damaged" in reason


def two_sizes(folder: Path, first: tuple[int, int], second: tuple[int, int], many: int = 4) -> Path:
    """Two raw H.264 streams behind one another, as an MPEG transport stream."""
    parts = []
    for number, (width, height) in enumerate((first, second)):
        pictures = [np.full((height, width, 3), 90, dtype=np.uint8)] * (2 if number else many)
        taken = [(number * many + one) / 30 for one in range(len(pictures))]
        options = {"preset": "ultrafast", "tune": "zerolatency"}
        parts.append(film(folder / f"part{number}.ts", pictures, times_s=taken, options=options).read_bytes())
    path = folder / "a.ts"
    path.write_bytes(b"".join(parts))
    return path


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(30), options={"crf": "1"})
    problem = refused(path, Allowed(megabytes=0.001))
    assert "the most is" in problem.reason


def test_a_video_that_is_too_long(tmp_path: Path) -> None:
    problem = refused(film(tmp_path / "a.mp4", moving(60)), Allowed(seconds_of_video=1))
    assert problem.values == {"seconds": 2, "most": 1}


def test_a_video_that_is_longer_than_it_says_is_still_too_long(tmp_path: Path) -> None:
    path = film(tmp_path / "a.ts", moving(60))
    assert "the most is" in refused(path, Allowed(seconds_of_video=1)).reason


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{film}\n#EXT-X-ENDLIST\n"),
        ("a.ffconcat", "ffconcat version 1.0\nfile '{film}'\n"),
        ("a.mp4", "ffconcat version 1.0\nfile '{film}'\n"),
        ("a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
        ("a.mpd", '<?xml version="1.0"?><MPD><Period><BaseURL>{film}</BaseURL></Period></MPD>'),
    ],
)
def test_a_list_that_names_other_files_is_not_followed(tmp_path: Path, name: str, text: str) -> None:
    film(tmp_path / "good.mp4", moving(30))
    (tmp_path / name).write_text(text.format(film=tmp_path / "good.mp4"))
    assert refused(tmp_path / name).reason == "This is no video that can be read."


def test_a_name_that_looks_like_an_address_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(Path("concat:a.mp4|b.mp4")).reason == "There is no such file."
    film(tmp_path / "good.mp4", moving(5)).rename(tmp_path / "concat:good.mp4")
    assert probe(Path("concat:good.mp4")).codec == "h264"
