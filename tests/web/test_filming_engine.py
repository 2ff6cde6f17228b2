"""Between the pages and the package that finds points: what is asked, what is kept, and what is missing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from herstel.movement.pose import Pose
from herstel_pose import installed, weights
from herstel_pose.recording import Reading
from herstel_web.filming import engine
from herstel_web.filming.bridge import result_page
from herstel_web.filming.crowd import numbered
from herstel_web.filming.engine import Question
from herstel_web.filming.models import Recording
from herstel_web.filming.plotting import DRAWN, MOST_POINTS, drawn_curve, plot_of
from herstel_web.filming.report_json import from_json
from tests.web.fake_pose import CASES

KNEE = Question(test="active_knee_extension", side="right", person=None)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Reading]:
    """What the finder of points was asked; it finds the drawn person of a file's name."""
    heard: list[Reading] = []

    def find(path: Path, reading: Reading, **_: object) -> Pose:
        heard.append(reading)
        pose = CASES[path.name.replace("-", "/")].scene.pose()
        return pose if reading.person is None else replace(pose, people=None)

    monkeypatch.setattr(engine, "find_pose_apart", find)
    monkeypatch.setattr(engine, "numbered", lambda _: b"a frame")
    return heard


def test_a_video_becomes_a_report_and_points_that_can_be_read_back(asked: list[Reading]) -> None:
    measured = engine.measure(Path("active_knee_extension-near"), KNEE, lambda *_: None)
    assert (measured.width_px, measured.height_px, measured.people) == (1280, 720, None)
    assert engine.pose_of(measured.landmarks).frames == 75
    report = from_json(measured.report)
    assert [round(one.value) for one in report.measurements] == [30, 90]
    assert report.measurements[0].shown
    assert report.measurements[0].shown.points == ("right_hip", "right_knee", "right_ankle")
    assert len(report.series["knee_flex_near"]) == 75


def test_with_several_people_a_frame_with_numbers_is_kept_until_somebody_is_named(asked: list[Reading]) -> None:
    path = Path("active_knee_extension-second_person")
    several = engine.measure(path, KNEE, lambda *_: None)
    assert (several.people, several.people_most) == (b"a frame", 2)
    named = engine.measure(path, replace(KNEE, person=1), lambda *_: None)
    assert (named.people, named.people_most, asked[-1].person) == (None, 0, 1)


def test_a_file_that_shows_nobody_has_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    path.write_bytes(b"nothing")
    assert numbered(path) is None


def test_what_is_missing_is_named_until_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_complete", [])
    monkeypatch.setattr(installed, "not_installed", lambda: ("av",))
    monkeypatch.setattr(weights, "missing", lambda: ("pose_detection.tflite",))
    assert engine.missing() == ("av", "pose_detection.tflite")
    monkeypatch.setattr(installed, "not_installed", tuple)
    monkeypatch.setattr(weights, "missing", tuple)
    assert engine.missing() == ()


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(("/near", "/facing_left"))])
def test_every_test_has_its_numbers_and_its_curve_in_both_languages(name: str, asked: list[Reading]) -> None:
    case = CASES[name]
    question = Question(test=case.test, side=None, person=None)
    measured = engine.measure(Path(name.replace("/", "-")), question, lambda *_: None)
    recording = Recording(movement=case.test, report=measured.report)
    for language in ("nl", "en"):
        page: Any = result_page(recording, language)  # type: ignore[arg-type]
        assert page.rows
        assert page.plot, "the curve of this test is drawn"
        assert page.not_measured
    assert "," not in page.rows[0].error
    assert page.plot.rows[0][0] == "0.0 s"


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(("/near", "/facing_left"))])
def test_the_curve_has_the_value_of_its_number_at_the_frame_of_it(name: str, asked: list[Reading]) -> None:
    case = CASES[name]
    question = Question(test=case.test, side=None, person=None)
    report = from_json(engine.measure(Path(name.replace("/", "-")), question, lambda *_: None).report)
    curve, (_, of) = drawn_curve(report), DRAWN[case.test]
    number = next(one for one in report.measurements if one.name == of)
    assert curve is not None
    assert abs(curve[number.frame] - number.value) < 2


def test_a_long_recording_is_drawn_with_fewer_points_and_holes_stay_holes(asked: list[Reading]) -> None:
    report = from_json(engine.measure(Path("active_knee_extension-near"), KNEE, lambda *_: None).report)
    curve = report.series["knee_flex_near"]
    torn = curve.copy()
    torn[30:40] = float("nan")
    plot = plot_of(replace(report, series={"knee_flex_near": torn}), "en")
    assert plot
    assert len(plot.lines) == 2
    assert "–" in [value for _, value in plot.rows]
    longer = plot_of(replace(report, series={"knee_flex_near": curve.repeat(40)}), "en")
    assert longer
    assert sum(len(line.split()) for line in longer.lines) <= MOST_POINTS
