"""From the file of a recording to what is told of it, with the embedded networks: what is measured, what refused."""

import json
from pathlib import Path
from typing import Any

import av
import pytest

from herstel.knowledge.model import Knowledge
from herstel.movement.model import MovementReport, MovementTest
from herstel.movement.pose import BodySide
from herstel_pose.analysis import VideoQuestion, analyse
from tests.unit.pose.fakes import DATA, needs_data, needs_weights

pytestmark = [needs_weights, needs_data]
CLIPS = sorted((DATA / "synthetic").glob("*.json"))
TESTS: dict[str, MovementTest] = {"single_leg_squat_fppa": "single_leg_squat"}
"""Where a clip names its test in its own way."""
SIDES: dict[str | None, BodySide | None] = {"r": "right", "l": "left", None: None}
ALLOWED = {"hold_knee_flexion_deg": 4.0, "reps": 0.0, "peak_trunk_lean_deg": 8.0, "break_point_lean_deg": 4.0}
"""How far off a number may be: further is a wrong answer with confidence."""


def looked_at(path: Path, question: VideoQuestion, knowledge: Knowledge) -> MovementReport:
    return analyse(path, question, limits=knowledge.movement).report


def values(report: MovementReport) -> dict[str, float]:
    return {one.name: one.value for one in report.measurements}


@pytest.mark.parametrize("truth", CLIPS, ids=lambda one: one.stem)
def test_a_drawn_person_is_measured_or_refused_as_the_clip_says(truth: Path, knowledge: Knowledge) -> None:
    told: dict[str, Any] = json.loads(truth.read_text())
    question = VideoQuestion(test=TESTS.get(told["test"], told["test"]), side=SIDES[told.get("side")])
    report = looked_at(truth.with_suffix(".mp4"), question, knowledge)
    assert report.frames == told["frames"]
    refusals = {one.code for one in report.refusals}
    if told["must"] == "refuse":
        assert told["expect"]["refuse"] in refusals
        assert report.measurements == ()
        return
    assert refusals == set()
    found = values(report)
    assert found
    for name, wanted in told["expect"].items():
        if name in ALLOWED:
            assert found[name] == pytest.approx(wanted, abs=ALLOWED[name]), name


def begun(path: Path, out: Path, seconds: float) -> Path:
    """The first seconds of a video, as they are packed."""
    with av.open(str(path)) as whole, av.open(str(out), "w") as part:
        stream = part.add_stream_from_template(whole.streams.video[0])
        for packet in whole.demux(whole.streams.video[0]):
            if packet.dts is not None and packet.dts * packet.time_base < seconds:
                packet.stream = stream
                part.mux(packet)
    return out


@pytest.mark.parametrize(("name", "test"), [("opencap_squat", "forward_bend"), ("opencap_walk", "walking")])
def test_who_is_filmed_from_aslant_is_refused(
    name: str, test: MovementTest, knowledge: Knowledge, tmp_path: Path
) -> None:
    path = begun(DATA / "video" / name / "video.mp4", tmp_path / "begun.mp4", seconds=5)
    report = looked_at(path, VideoQuestion(test=test), knowledge)
    assert "wrong_view" in {one.code for one in report.refusals}
    assert report.measurements == ()
    assert report.view_off_sagittal_deg == pytest.approx(52, abs=15)


def test_several_people_are_refused_until_one_is_named(knowledge: Knowledge) -> None:
    path = DATA / "video" / "sports2d_demo.mp4"
    crowd = looked_at(path, VideoQuestion(test="walking"), knowledge)
    assert "several_people" in {one.code for one in crowd.refusals}
    assert crowd.measurements == ()
    one = looked_at(path, VideoQuestion(test="walking", person=2), knowledge)
    assert one.refusals == ()
    found = values(one)
    assert 68 <= found["knee_peak_flexion_deg"] <= 71
    assert 97 <= found["cadence_steps_per_min"] <= 101
    assert 1.20 <= round(found["stride_time_s"], 2) <= 1.24  # the reference counted whole pictures of 0.033 s
