"""Finding the points in a process of its own: the same result, told as it goes, and an error when it falls over."""

import json
import os
import signal
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.pose import Pose
from herstel_pose import apart
from herstel_pose.analysis import embedded
from herstel_pose.apart import EVERY, find_pose_apart
from herstel_pose.probing import Limits
from herstel_pose.recording import Reading
from herstel_pose.video import Allowed
from tests.unit.pose.fakes import DATA, needs_data, needs_weights
from tests.unit.pose.films import film, moving

STOPPED = r"clip\.mp4: Reading this video took too long or too much, and was stopped\. Film it again"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return film(tmp_path / "clip.mp4", moving(35))


@needs_weights
@needs_data
def test_it_finds_what_is_found_in_this_process() -> None:
    path = DATA / "synthetic" / "ake_r_near_30.mp4"
    told: list[tuple[int, int | None]] = []
    apart_from_us = find_pose_apart(path, Reading(on_frame=lambda done, of: told.append((done, of))))
    here = embedded(path, Reading())
    for one in fields(Pose):
        np.testing.assert_allclose(
            np.asarray(getattr(apart_from_us, one.name)), np.asarray(getattr(here, one.name)), atol=1e-3
        )
    assert told == [(done, 75) for done in range(EVERY, 76, EVERY)]


@needs_weights
def test_what_is_wrong_with_a_file_is_told_as_it_is_here(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(InputError, match=r"a\.mp4: This is no video that can be read\."):
        find_pose_apart(tmp_path / "a.mp4", Reading())


@needs_weights
def test_what_is_allowed_and_who_is_named_go_along(clip: Path) -> None:
    with pytest.raises(InputError, match="the most is 0"):
        find_pose_apart(clip, Reading(allowed=Allowed(seconds_of_video=0.4)))
    with pytest.raises(InputError, match="Person 2 was asked for, and 0 were seen together"):
        find_pose_apart(clip, Reading(person=2))


def test_without_the_networks_it_says_how_to_get_them(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERSTEL_WEIGHTS", str(clip.parent))
    with pytest.raises(InputError, match=r"pose_detection\.tflite: .* make weights"):
        find_pose_apart(clip, Reading())


@pytest.mark.parametrize("limits", [Limits(wall_s=0.05), Limits(memory_mb=60, wall_s=60)])
def test_who_takes_too_long_or_too_much_is_stopped_and_nothing_is_left(
    clip: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = clip.parent / "left"
    left.mkdir()
    monkeypatch.setattr(apart.tempfile, "tempdir", str(left))
    with pytest.raises(InputError, match=STOPPED):
        find_pose_apart(clip, Reading(), limits)
    assert list(left.iterdir()) == []


def program(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in the place of the one that looks."""
    file = folder / "program"
    file.write_text(f"#!{sys.executable}\nimport sys, json, os, signal, time\n{code}\n")
    file.chmod(0o755)
    monkeypatch.setattr(apart.sys, "executable", str(file))


def test_a_process_that_is_killed_half_way_is_an_error_that_can_be_read(
    clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(
        clip.parent,
        "sys.stdin.read()\nprint(json.dumps({'done': 10, 'of': 35}), flush=True)\nos.kill(os.getpid(), signal.SIGKILL)",
        monkeypatch,
    )
    told: list[int] = []
    with pytest.raises(InputError, match=STOPPED):
        find_pose_apart(clip, Reading(on_frame=lambda done, _: told.append(done)))
    assert told == [10]


@pytest.mark.parametrize(
    "code", ["print('{\"done\": 1', end='')", "print('a library says hello')", "os.close(0); sys.exit(1)", "print([1])"]
)
def test_an_answer_that_is_none_is_an_error_that_can_be_read(
    clip: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    program(clip.parent, code, monkeypatch)
    with pytest.raises(InputError, match=STOPPED):
        find_pose_apart(clip, Reading())


def test_who_stops_listening_stops_the_process(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = clip.parent / "number"
    program(
        clip.parent,
        f"open({str(number)!r}, 'w').write(str(os.getpid()))\n"
        "while True:\n    print(json.dumps({'done': 10, 'of': None}), flush=True)\n    time.sleep(0.01)",
        monkeypatch,
    )

    def enough(done: int, of: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_pose_apart(clip, Reading(on_frame=enough))
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), signal.SIG_DFL)


def test_the_name_of_a_file_goes_by_the_input_not_by_the_command(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = clip.parent / "told"
    program(
        clip.parent,
        f"json.dump({{'command': sys.argv[1:], 'asked': json.load(sys.stdin)}}, open({str(out)!r}, 'w'))",
        monkeypatch,
    )
    with pytest.raises(InputError, match="was stopped"):
        find_pose_apart(clip.rename(clip.with_name("clip.mp4")), Reading())
    told = json.loads(out.read_text())
    assert told["command"] == ["-m", "herstel_pose.apart"]
    assert told["asked"]["path"] == str(clip)
