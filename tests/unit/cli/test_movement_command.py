"""``herstel movement``: one recording and many, text, data and table, what was done before, and what goes wrong."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from herstel.movement.mocap.motion import Motion
from herstel.movement.mocap.recording import unusable
from herstel.movement.mocap.trc import write_trc
from herstel.movement.model import CODES, MOVEMENT_TESTS
from herstel.movement.pose import Pose
from herstel.movement.remedy_picture import remedy_svg
from herstel_cli import movement_recordings
from herstel_cli.movement import TESTS
from herstel_pose.landmarks_file import to_bytes
from herstel_pose.weights import missing
from tests.unit.cli.conftest import Run
from tests.unit.movement import figures as f
from tests.unit.movement.mocap.walker import walker

SHARED = Path(__file__).parents[4] / "shared" / "movement-data"
ASKED = {"measurements", "refusals", "flags", "view_off_sagittal_deg", "fps", "frames", "series"}
HIP = ("hip_flexion", "hip_adduction", "hip_rotation")
Drawn = Callable[..., Path]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the videos that were looked at; what is seen in one is the figure that its content names."""
    seen: list[str] = []
    figures = {"knee": f.knee_extension(30), "raise": f.leg_raise(70), "askew": f.with_depth(f.leg_raise(), 55)}
    figures["crowd"] = replace(f.leg_raise(70), people=np.full(75, 2))

    def points(paths, options):  # type: ignore[no-untyped-def]
        for path in paths:
            seen.append(path.name)
            found: Pose | None = figures.get(path.read_text())
            yield path, movement_unusable(path) if found is None else to_bytes(found)

    monkeypatch.setattr(movement_recordings, "_points", points)
    monkeypatch.setattr(
        "herstel_pose.pictures.evidence_pictures", lambda path, found, pose: ((one, b"png") for one in found)
    )
    monkeypatch.setattr("herstel_pose.pictures.annotate", lambda path, out, pose, report: out.write_bytes(b"mp4"))
    return seen


def movement_unusable(path: Path):  # type: ignore[no-untyped-def]
    from herstel_pose.video import unusable

    return unusable(path.name, "This is no video that can be read.").problems


@pytest.fixture
def video(tmp_path: Path) -> Drawn:
    def make(content: str = "knee", name: str = "film/a.mp4") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    return make


def test_a_video_is_told_in_words_with_its_error(run: Run, looked: list[str], video: Drawn) -> None:
    code, out, err = run("movement", video(), "--test", "active_knee_extension", "--side", "right", "--lang", "en")
    assert (code, err) == (0, "")
    assert "How far your knee stays short of straight: 30°, give or take 3.3" in " ".join(out.split())
    assert "percent longer than when you stand upright" in " ".join(out.split())
    assert "Cannot be measured" in out


def test_short_leaves_out_what_cannot_be_measured(run: Run, looked: list[str], video: Drawn) -> None:
    assert "Cannot be measured" not in run("movement", video(), "--short", "--lang", "en")[1]


def test_dutch_is_the_default(run: Run, looked: list[str], video: Drawn) -> None:
    out = run("movement", video())[1]
    assert "op ongeveer 3,3 na" in " ".join(out.split())
    assert "How your pelvis" not in out


def test_data_has_the_parts_that_were_promised(run: Run, looked: list[str], video: Drawn) -> None:
    told = json.loads(run("movement", video(), "--json")[1])
    assert set(told) >= ASKED
    assert {"name", "value", "unit", "side", "standard_error", "frame"} <= set(told["measurements"][0])


def test_a_refusal_is_an_answer(run: Run, looked: list[str], video: Drawn) -> None:
    code, out, _ = run("movement", video("askew"), "--test", "straight_leg_raise", "--json")
    told = json.loads(out)
    assert (code, told["measurements"]) == (0, [])
    assert {one["code"] for one in told["refusals"]} <= set(CODES)
    assert told["refusals"][0].keys() == {"code", "message", "remedy"}


def test_a_folder_is_measured_and_one_bad_file_does_not_stop_the_rest(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    video("knee"), video("nonsense", "film/b.mp4"), video("raise", "film/deeper/c.MOV"), video("text", "film/notes.txt")
    code, out, err = run("movement", tmp_path / "film", "--csv", "-", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 2
    assert {row["recording"] for row in rows} == {"a.mp4", "b.mp4", "deeper/c.MOV"}
    assert "b.mp4: This is no video that can be read." in err
    assert next(row["problem"] for row in rows if row["recording"] == "b.mp4").startswith("b.mp4")
    assert {row["test"] for row in rows if row["recording"] == "deeper/c.MOV"} == {"straight_leg_raise"}


def test_data_of_a_folder_names_every_recording(run: Run, looked: list[str], video: Drawn, tmp_path: Path) -> None:
    video("knee"), video("nonsense", "film/b.mp4")
    told = json.loads(run("movement", tmp_path / "film", "--json")[1])["recordings"]
    assert [one["recording"] for one in told] == ["a.mp4", "b.mp4"]
    assert "problems" in told[1]


def test_what_was_measured_before_is_not_measured_again(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    video("knee"), video("raise", "film/b.mp4")
    ask = ("movement", tmp_path / "film", "--out", tmp_path / "out", "--json", "--lang", "en")
    first = json.loads(run(*ask)[1])
    assert (tmp_path / "out" / "a.mp4.hold_knee_flexion_deg.png").read_bytes() == b"png"
    assert (tmp_path / "out" / "a.mp4.drawn.mp4").exists()
    again, err = run(*ask)[1:]
    assert json.loads(again) == first
    assert f"Measured before and not measured again: 2; see {tmp_path / 'out'}." in err
    assert looked == ["a.mp4", "b.mp4"]


@pytest.mark.parametrize("change", ["file", "question", "damage"])
def test_it_is_measured_again_when_anything_changed(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path, change: str
) -> None:
    path, more = video("knee"), []
    ask = ["movement", tmp_path / "film", "--out", tmp_path / "out", "--json"]
    run(*ask)
    if change == "file":
        path.write_text("raise")
    elif change == "question":
        more = ["--side", "left"]
    else:
        (tmp_path / "out" / "a.mp4.json").write_text('{"measurements": [')
    run(*ask, *more)
    assert looked == ["a.mp4", "a.mp4"]


def test_drawn_videos_can_be_left_out_and_nothing_half_done_stays(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    video("knee"), video("nonsense", "film/b.mp4")
    run("movement", tmp_path / "film", "--out", tmp_path / "out", "--no-video")
    names = sorted(one.name for one in (tmp_path / "out").rglob("*"))
    assert names == [
        "a.mp4.hold_knee_flexion_deg.png", "a.mp4.hold_thigh_to_horizontal_deg.png", "a.mp4.json"
    ]  # fmt: skip


def test_the_hamstring_is_compared_with_the_other_leg_and_drawn(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    one, other, picture = video("knee"), video("knee", "film/b.mp4"), tmp_path / "length.svg"
    ask = ("movement", one, "--test", "active_knee_extension", "--side", "right", "--lang", "en")
    out = " ".join(run(*ask, "--beside", other, "--svg", picture)[1].split())
    assert "your other leg" in out
    assert picture.read_text().startswith("<svg")
    assert "your earlier recording" in " ".join(run(*ask, "--beside", other, "--earlier")[1].split())


@pytest.mark.parametrize(("content", "more"), [("nonsense", "no video that can be read"), ("askew", "no length")])
def test_a_recording_that_cannot_be_compared_is_said(
    run: Run, looked: list[str], video: Drawn, content: str, more: str
) -> None:
    code, _, err = run("movement", video(), "--beside", video(content, "film/b.mp4"), "--lang", "en")
    assert code == 2
    assert more in err


def test_a_length_is_drawn_and_compared_of_what_was_measured_before_as_well(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    ask = ("movement", video("knee"), "--out", tmp_path / "out", "--lang", "en")
    run(*ask)
    code, out, _ = run(*ask, "--svg", tmp_path / "a.svg")
    assert code == 0
    assert "At its longest" in out
    assert (tmp_path / "a.svg").exists()


def test_a_picture_of_a_length_that_is_not_there_is_said(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    code, _, err = run("movement", video("askew"), "--svg", tmp_path / "a.svg", "--lang", "en")
    assert code == 2
    assert "No recording shows the length" in err
    assert not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize("name", ["nowhere.mp4", "empty"])
def test_nothing_to_measure_is_said(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = run("movement", tmp_path / name, "--lang", "en")
    assert (code, out) == (2, "")
    assert "There is no" in err


def test_a_name_that_no_file_can_have_is_said(run: Run) -> None:
    code, out, err = run("movement", "a" * 300 + ".mp4", "--lang", "en")
    assert (code, out) == (2, "")
    assert "the file cannot be opened: " in err


@pytest.mark.parametrize("ending", ["trc", "c3d", "mot"])
@pytest.mark.parametrize("kept", [False, True])
def test_motion_capture_that_may_not_be_read_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, kept: bool
) -> None:
    (tmp_path / f"a.{ending}").write_text("markers")
    (tmp_path / "out").mkdir()
    if kept:
        (tmp_path / "out" / f"a.{ending}.json").write_text("{}")

    opens = io.open

    def refuses(file: object, *how: object, **more: object) -> object:
        if str(file).endswith(f"a.{ending}"):
            raise PermissionError(13, "Permission denied", str(file))
        return opens(file, *how, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refuses)
    code, _, err = run(
        "movement", tmp_path / f"a.{ending}", "--test", "walking", "--out", tmp_path / "out", "--lang", "en"
    )
    assert code == 2
    assert err == f"a.{ending}: the file cannot be opened: Permission denied. Check that you may read it.\n"


@pytest.mark.parametrize("out", [".", "film"])
def test_what_is_written_is_not_mixed_with_the_recordings(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path, out: str
) -> None:
    video("knee"), video("raise", "film/b.mp4")
    code, _, err = run("movement", tmp_path / "film", "--out", tmp_path / out, "--lang", "en")
    assert (code, looked) == (2, [])
    assert "The recordings themselves are in this folder. Name another folder." in err
    assert {one.name for one in (tmp_path / "film").iterdir()} == {"a.mp4", "b.mp4"}


def test_motion_capture_has_the_same_shape(run: Run) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    code, out, _ = run("movement", SHARED / "mocap" / "normal_gait.mot", "--test", "walking", "--json")
    told = json.loads(out)
    assert code == 0
    assert set(told) >= ASKED
    assert {one["side"] for one in told["measurements"]} == {"left", "right"}
    words = run("movement", SHARED / "mocap" / "normal_gait.mot", "--test", "walking", "--lang", "en")[1]
    assert "The greatest length of the long head of the outer hamstring" in " ".join(words.split())


def test_markers_become_angles_by_a_model_when_one_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = np.linspace(0, 2, 101)
    columns = {f"{joint}_{side}": np.full(101, 12.0) for joint in HIP for side in "rl"}
    columns |= {f"knee_angle_{side}": 40 - 38 * np.cos(np.pi * times) for side in "rl"}

    def solved(model: Path, markers: Path, *, progress: Callable[[int, int], None]) -> Motion:
        progress(101, 101)
        assert (model.name, markers.name) == ("me.osim", "a.trc")
        return Motion(thing="a.trc", times_s=times, columns=columns, in_degrees=True)

    monkeypatch.setattr("herstel.movement.mocap.opensim_ik.inverse_kinematics", solved)
    (tmp_path / "a.trc").write_text("markers")
    code, out, _ = run("movement", tmp_path / "a.trc", "--test", "walking", "--model", tmp_path / "me.osim", "--json")
    told = {one["name"]: one["value"] for one in json.loads(out)["measurements"] if one["side"] == "right"}
    assert code == 0
    assert told["knee_peak_flexion_deg"] == pytest.approx(78, abs=0.5)
    assert "biceps_femoris_long_peak_ratio" in told


def angles_file(path: Path) -> Path:
    """Joint angles of two seconds; the right hip bends ten degrees further than the left one."""
    times = np.linspace(0, 2, 101)
    columns = {"time": times}
    for side in "rl":
        columns |= {f"{joint}_{side}": np.zeros(101) for joint in HIP}
        columns[f"hip_flexion_{side}"] = 20 + 20 * np.sin(np.pi * times) + 10 * (side == "r")
        columns[f"knee_angle_{side}"] = 5 + 40 * (1 - times) ** 2
    rows = ["\t".join(f"{one:.4f}" for one in row) for row in zip(*columns.values(), strict=True)]
    heading = ["angles", "nRows=101", f"nColumns={len(columns)}", "inDegrees=yes", "endheader", "\t".join(columns)]
    path.write_text("\n".join([*heading, *rows, ""]))
    return path


def test_joint_angles_of_a_named_leg_tell_how_long_its_hamstring_became(run: Run, tmp_path: Path) -> None:
    asked = ("movement", angles_file(tmp_path / "a.mot"), "--test", "walking", "--lang", "en")
    code, out, _ = run(*asked, "--side", "right", "--svg", tmp_path / "length.svg")
    said = " ".join(out.split())
    assert code == 0
    assert "longer than when you stand upright, give or take 2.0 percent." in said
    assert "Beside your other leg the difference is" in said
    assert "<svg" in (tmp_path / "length.svg").read_text()
    assert "stand upright" not in run(*asked)[1]


def test_joint_angles_of_another_test_are_told_in_words(run: Run, tmp_path: Path) -> None:
    asked = ("movement", angles_file(tmp_path / "a.mot"), "--test", "straight_leg_raise", "--side", "right")
    said = " ".join(run(*asked, "--lang", "en")[1].split())
    assert "The furthest bend of your hip: 50°, give or take 1.4; a change counts from 3.9 (good quality" in said
    assert "Hoe ver je heup het meest buigt: 50°, op ongeveer 1,4 na" in " ".join(run(*asked)[1].split())


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        (("--person", "2"), "--person: It chooses among people in a video"),
        (("--model", "me.osim"), "--model: It is for markers in a TRC file"),
        (("--earlier",), "--earlier: It is about the recording of --beside"),
    ],
)
def test_an_option_that_is_about_no_recording_is_said(
    run: Run, tmp_path: Path, option: tuple[str, ...], reason: str
) -> None:
    code, out, err = run("movement", angles_file(tmp_path / "a.mot"), "--test", "walking", "--lang", "en", *option)
    assert (code, out) == (2, "")
    assert reason in err
    assert "Leave this option out" in err


def test_an_option_for_the_recording_beside_it_is_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "before.trc").write_text("markers")
    asked = ("movement", angles_file(tmp_path / "a.mot"), "--test", "walking", "--lang", "en", "--model", "me.osim")
    assert "--model" not in run(*asked, "--beside", tmp_path / "before.trc")[2]


def test_a_sign_of_the_knee_is_for_joint_angles(run: Run, looked: list[str], video: Drawn) -> None:
    code, _, err = run("movement", video(), "--knee-sign", "positive", "--lang", "en")
    assert code == 2
    assert "--knee-sign: It is for joint angles" in err
    assert looked == []


def test_each_number_of_markers_is_drawn_on_their_figure(run: Run, tmp_path: Path) -> None:
    write_trc(tmp_path / "walk.trc", walker())
    out = tmp_path / "out"
    asked = ("movement", tmp_path / "walk.trc", "--test", "walking", "--out", out, "--lang", "en")
    assert run(*asked)[0] == 0
    drawn = (out / "walk.trc.knee_peak_flexion_deg.left.svg").read_text()
    assert "The furthest bend of your knee in the swing, left: " in drawn
    assert (out / "walk.trc.knee_peak_flexion_deg.right.svg").is_file()
    assert run(*asked, "--side", "left")[0] == 0
    assert (out / "walk.trc.knee_peak_flexion_deg.svg").is_file()
    assert not list(out.glob("*stride_time*.svg")), "a time is no angle"
    assert not list(out.glob("*hip*.svg")), "how the thigh stands to the pelvis is not seen in a flat figure"


def test_a_project_of_several_cameras_is_one_recording(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, out = tmp_path / "project", tmp_path / "out"
    project.mkdir()
    (project / "Config.toml").write_text("[project]")
    monkeypatch.setattr(movement_recordings, "triangulated", lambda folder: walker())
    asked = ("movement", project, "--test", "walking", "--out", out, "--lang", "en")
    code, said, _ = run(*asked)
    assert code == 0
    assert "The furthest bend of your knee" in said
    assert "not measured again" in run(*asked)[2]
    (project / "pose" / "cam01").mkdir(parents=True)
    (project / "pose" / "cam01" / "1.json").write_text("{}")
    assert "not measured again" not in run(*asked)[2]
    monkeypatch.chdir(project)
    assert "not measured again" in run("movement", ".", *asked[2:])[2]


def test_markers_that_never_stand_have_numbers_and_no_figure(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies(*_: object) -> None:
        raise unusable("walk.trc", "Which way is up cannot be told.", "Choose another recording.")

    monkeypatch.setattr(movement_recordings, "seen_for", lies)
    write_trc(tmp_path / "walk.trc", walker())
    assert run("movement", tmp_path / "walk.trc", "--test", "walking", "--out", tmp_path / "out")[0] == 0
    assert not list((tmp_path / "out").glob("*.svg"))


def test_motion_capture_needs_the_name_of_the_test(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.trc").write_text("nothing")
    code, _, err = run("movement", tmp_path / "a.trc", "--lang", "en")
    assert code == 2
    assert "Name it with --test." in err


def test_a_real_clip_is_measured_with_its_pictures(run: Run, tmp_path: Path) -> None:
    clip = SHARED / "synthetic" / "ake_r_near_30.mp4"
    if not clip.exists() or missing():
        pytest.skip("the recordings or the networks are not there")
    code, out, _ = run("movement", clip, "--out", tmp_path / "out", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["test"] == "active_knee_extension"
    assert told["measurements"][0]["value"] == pytest.approx(30, abs=8)
    assert (tmp_path / "out" / "ake_r_near_30.mp4.hold_knee_flexion_deg.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "out" / "ake_r_near_30.mp4.drawn.mp4").stat().st_size > 10_000
    assert not list((tmp_path / "out").glob("*.part*"))


def test_with_several_people_a_picture_shows_their_numbers(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("herstel_pose.analysis.backend", lambda: None)
    monkeypatch.setattr("herstel_pose.crowd.fullest", lambda path, backend: shown.append(path.name))
    monkeypatch.setattr("herstel_pose.pictures.crowd_png", lambda look: b"numbers")
    video("crowd")
    run("movement", tmp_path / "film", "--test", "straight_leg_raise", "--out", tmp_path / "out", "--no-video")
    assert shown == ["a.mp4"]
    assert (tmp_path / "out" / "a.mp4.people.png").read_bytes() == b"numbers"


def test_a_refusal_comes_with_a_picture_of_what_to_do(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    video("askew")
    run("movement", tmp_path / "film", "--test", "straight_leg_raise", "--out", tmp_path / "out", "--no-video")
    assert (tmp_path / "out" / "a.mp4.wrong_view.svg").read_text() == remedy_svg("wrong_view")


def test_the_picture_of_a_camera_is_no_answer_to_another_test(
    run: Run, looked: list[str], video: Drawn, tmp_path: Path
) -> None:
    video("raise")
    told = run("movement", tmp_path / "film", "--test", "modified_thomas", "--out", tmp_path / "out", "--no-video")[1]
    assert "wrong_view" in told
    assert not list((tmp_path / "out").glob("*.svg"))


def test_the_tests_that_may_be_named_are_those_that_are_known() -> None:
    assert (*MOVEMENT_TESTS, "auto") == TESTS
