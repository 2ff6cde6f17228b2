"""RTMPose by a stand-in for rtmlib: what goes in, what comes out, and that nothing is ever fetched.

No real weights are here, so this says nothing about how well it sees.
"""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.pose import INDEX, POINTS
from herstel_pose import rtmpose
from herstel_pose.backend import Frame, Picture, Trail
from herstel_pose.rtmpose import NUMBERS, Files, RtmPose
from tests.unit.pose.fakes import person

HALPE26 = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle", "head", "neck", "hip", "left_big_toe", "right_big_toe", "left_small_toe", "right_small_toe",
    "left_heel", "right_heel",
)  # fmt: skip
"""The order in which rtmlib tells the points (rtmlib/visualization/skeleton/halpe26.py)."""


class Library(ModuleType):
    """Stands in for rtmlib: boxes that were told, and points spread over the box that was asked for."""

    def __init__(self) -> None:
        super().__init__("rtmlib")
        self.made: list[tuple[str, str, dict[str, object]]] = []
        self.boxes = [[200.0, 20.0, 260.0, 180.0], [20.0, 40.0, 60.0, 120.0]]
        self.scores = np.full(26, 0.8)
        self.pictures: list[Picture] = []
        self.asked: list[list[float]] = []

    def YOLOX(self, onnx_model: str, **how: object) -> object:  # noqa: N802 - as the library calls it
        sys.stdout.write(f"load {onnx_model} with onnxruntime backend\n")
        self.made.append(("detector", onnx_model, how))
        return self._boxes

    def RTMPose(self, onnx_model: str, **how: object) -> object:  # noqa: N802
        sys.stdout.write(f"load {onnx_model} with onnxruntime backend\n")
        self.made.append(("pose", onnx_model, how))
        return self._points

    def _boxes(self, picture: Picture) -> np.ndarray:  # type: ignore[type-arg]
        self.pictures.append(picture)
        return np.array(self.boxes, dtype=np.float32).reshape(-1, 4)

    def _points(self, picture: Picture, bboxes: list[list[float]]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
        assert bboxes, "without a box rtmlib takes the whole picture"
        self.pictures.append(picture)
        self.asked += bboxes
        (left, top, right, bottom) = bboxes[0]
        share = np.linspace(0, 1, 26)
        return np.stack([left + share * (right - left), top + share * (bottom - top)], axis=1)[None], self.scores[None]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    library = Library()
    monkeypatch.setitem(sys.modules, "rtmlib", library)
    monkeypatch.setattr(rtmpose, "find_spec", lambda name: object())
    return library


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for name in ("yolox.onnx", "rtmpose.onnx"):
        (tmp_path / name).write_bytes(b"weights")
    return Files(detector=tmp_path / "yolox.onnx", pose=tmp_path / "rtmpose.onnx")


def frames(number: int, fps: float = 30) -> list[Frame]:
    picture = np.zeros((200, 300, 3), dtype=np.uint8)
    picture[..., 0] = 255
    return [Frame(time_s=one / fps, picture=picture) for one in range(number)]


def test_every_point_of_ours_is_the_one_of_that_name() -> None:
    assert set(NUMBERS) == set(POINTS)
    assert {name: HALPE26[number].replace("_big", "") for name, number in NUMBERS.items()} == {
        one: one for one in POINTS
    }


def test_the_files_that_are_named_are_loaded_and_nothing_is_printed(
    library: Library, files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    RtmPose(files)
    how = {"backend": "onnxruntime", "device": "cpu"}
    assert library.made == [
        ("detector", str(files.detector), {"model_input_size": (640, 640), **how}),
        ("pose", str(files.pose), {"model_input_size": (192, 256), **how}),
    ]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("which", ["yolox.onnx", "rtmpose.onnx"])
def test_a_file_that_is_not_there_is_told_before_rtmlib_could_fetch_it(
    library: Library, files: Files, which: str
) -> None:
    (files.pose.parent / which).unlink()
    with pytest.raises(InputError, match=rf"{which}: There is no such file\. Name an ONNX file .* never fetched"):
        RtmPose(files)
    assert library.made == []


def test_an_address_is_no_file(library: Library, files: Files) -> None:
    with pytest.raises(InputError, match=r"There is no such file\."):
        RtmPose(Files(detector=Path("https://example.org/yolox.onnx"), pose=files.pose))
    assert library.made == []


def test_without_the_packages_it_says_how_to_get_them(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtmpose, "find_spec", lambda name: None)
    told = r'rtmlib, onnxruntime: These packages, which run RTMPose, are not .* pip install "herstel\[rtmpose\]"'
    with pytest.raises(InputError, match=told):
        RtmPose(files)


def test_people_are_told_from_left_to_right_each_in_their_box(library: Library, files: Files) -> None:
    people = RtmPose(files).people(frames(1)[0].picture)
    assert [(one.hips_px, one.reach_px) for one in people] == [((40, 80), 40), ((230, 100), 80)]
    library.boxes = []
    assert RtmPose(files).people(frames(1)[0].picture) == ()


def test_rtmlib_gets_blue_first(library: Library, files: Files) -> None:
    list(RtmPose(files).follow(frames(1)))
    assert len(library.pictures) == 2
    assert all(tuple(one[0, 0]) == (0, 0, 255) for one in library.pictures)


def test_who_is_largest_is_followed_by_their_points(library: Library, files: Files) -> None:
    seen = list(RtmPose(files).follow(frames(3)))
    assert library.asked[0] == [200, 20, 260, 180]
    assert [one.people for one in seen] == [2, -1, -1]
    first = seen[0]
    assert first.xy_px is not None
    assert first.xy_px[INDEX["nose"]] == pytest.approx([200, 20])
    assert first.xy_px[INDEX["right_heel"]] == pytest.approx([260, 180])
    assert first.score == pytest.approx(np.full(len(POINTS), 0.8))
    assert first.world_m is None
    assert library.asked[1] == pytest.approx([192.5, 0, 267.5, 200])  # a quarter wider around the same middle


def test_only_points_that_are_sure_say_where_to_look_next(library: Library, files: Files) -> None:
    library.scores[25] = 0.1
    list(RtmPose(files).follow(frames(2)))
    lowest = 20 + 160 * 24 / 25
    assert library.asked[1][3] == pytest.approx(20 + (lowest - 20) * (1 + 1.25) / 2, abs=0.01)


def test_who_is_named_is_followed_in_the_square_around_them(library: Library, files: Files) -> None:
    trail = Trail(times_s=np.array([0.0, 1.0]), people=(person(40, 80, reach=40),) * 2)
    list(RtmPose(files).follow(frames(1), trail))
    assert library.asked == [[0, 40, 80, 120]]


def test_a_score_beyond_one_is_one_and_a_faint_body_is_nobody(library: Library, files: Files) -> None:
    library.scores = np.full(26, 1.3)
    (sure,) = RtmPose(files).follow(frames(1))
    assert sure.score == pytest.approx(np.ones(len(POINTS)))
    library.scores = np.full(26, 0.2)
    (faint,) = RtmPose(files).follow(frames(1))
    assert faint.xy_px is None
    assert faint.people == 2
