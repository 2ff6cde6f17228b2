"""From a video to a report: the test is known or guessed, and what cannot be guessed must be named."""

from pathlib import Path

import pytest

from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.movement.pose import Pose
from herstel_pose import analysis
from herstel_pose.analysis import VideoQuestion, analyse, measured
from herstel_pose.backend import NOBODY
from herstel_pose.recording import Reading, find_pose
from tests.unit.movement import figures
from tests.unit.pose.fakes import Teller
from tests.unit.pose.films import film, moving


def seen(pose: Pose) -> analysis.Find:
    return lambda path, reading: pose


def test_a_test_that_is_named_is_measured(knowledge: Knowledge) -> None:
    raised = figures.leg_raise(70)
    question = VideoQuestion(test="straight_leg_raise", side="right")
    done = analyse(Path("a.mp4"), question, limits=knowledge.movement, find=seen(raised))
    assert done.pose is raised
    assert done.report.test == "straight_leg_raise"
    values = {one.name: one.value for one in done.report.measurements}
    assert values["hold_hip_ankle_line_deg"] == pytest.approx(70, abs=1)


def test_a_test_that_is_not_named_is_guessed(knowledge: Knowledge) -> None:
    report = measured(figures.leg_raise(70), VideoQuestion(test="auto"), "a.mp4", limits=knowledge.movement)
    assert report.test == "straight_leg_raise"


def test_what_looks_like_no_test_must_be_named(knowledge: Knowledge, tmp_path: Path) -> None:
    path = film(tmp_path / "empty.mp4", moving(10))
    find: analysis.Find = lambda path, reading: find_pose(path, Teller(lambda _: NOBODY), reading)  # noqa: E731
    with pytest.raises(InputError, match=r"empty\.mp4: Which test this is cannot be told\. Name the test\."):
        analyse(path, VideoQuestion(test="auto"), limits=knowledge.movement, find=find)


def test_where_nobody_is_seen_a_named_test_is_refused(knowledge: Knowledge, tmp_path: Path) -> None:
    pose = find_pose(film(tmp_path / "empty.mp4", moving(30)), Teller(lambda _: NOBODY))
    report = measured(pose, VideoQuestion(test="walking"), "empty.mp4", limits=knowledge.movement)
    assert "no_person" in {one.code for one in report.refusals}
    assert report.measurements == ()


def test_who_is_followed_and_how_far_it_is_go_to_the_eye(knowledge: Knowledge) -> None:
    asked: list[Reading] = []

    def find(path: Path, reading: Reading) -> Pose:
        asked.append(reading)
        return figures.leg_raise(70)

    def tell(done: int, of: int | None) -> None: ...

    question = VideoQuestion(test="straight_leg_raise", person=3)
    analyse(Path("a.mp4"), question, limits=knowledge.movement, find=find, on_frame=tell)
    assert asked == [Reading(person=3, on_frame=tell)]


def test_the_embedded_networks_are_loaded_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loaded: list[Teller] = []

    def load() -> Teller:
        loaded.append(Teller(lambda _: NOBODY))
        return loaded[-1]

    monkeypatch.setattr("herstel_pose.blazepose.BlazePose", load)
    monkeypatch.setattr(analysis, "_LOADED", [])
    path = film(tmp_path / "a.mp4", moving(4))
    assert analysis.embedded(path, Reading()).frames == 4
    assert analysis.embedded(path, Reading()).frames == 4
    assert len(loaded) == 1
