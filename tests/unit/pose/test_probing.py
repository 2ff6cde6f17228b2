"""Looking at an unknown file takes no more than it may, leaves nothing behind, and says what is wrong."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from herstel.errors import InputError
from herstel_pose import probing
from herstel_pose.probing import Limits, probe
from herstel_pose.video import Allowed
from tests.unit.pose.films import film, moving


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return film(tmp_path / "clip.mp4", moving(30))


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    with subprocess.Popen(["ps", "-o", "pid=,args=", "--ppid", str(_us())], stdout=subprocess.PIPE, text=True) as ps:
        lines = (ps.stdout or []) and ps.communicate()[0].splitlines()
    return {int(line.split()[0]) for line in lines if "herstel_pose" in line}


def _us() -> int:
    import os

    return os.getpid()


def test_what_a_video_is_comes_from_its_content(clip: Path) -> None:
    named_otherwise = clip.rename(clip.with_name("holiday.txt"))
    told = probe(named_otherwise)
    assert (told.width_px, told.height_px, told.codec, told.frames) == (160, 96, "h264", 30)
    assert told.fps == pytest.approx(30)
    assert told.duration_s == pytest.approx(1.0, abs=0.05)


def test_what_is_wrong_is_told_as_it_is_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("no video")
    with pytest.raises(InputError, match=r"a\.mp4: This is no video that can be read\. Film it again"):
        probe(tmp_path / "a.mp4")


def test_what_is_allowed_goes_along(clip: Path) -> None:
    with pytest.raises(InputError, match=r"clip\.mp4: This video is 1 seconds long; the most is 0\."):
        probe(clip, Allowed(seconds_of_video=0.3))


@pytest.mark.parametrize("limits", [Limits(wall_s=0.01), Limits(memory_mb=40)])
def test_who_takes_too_long_or_too_much_is_ended_and_nothing_is_left(clip: Path, limits: Limits) -> None:
    before = {one.name for one in clip.parent.iterdir()}
    with pytest.raises(InputError, match=r"clip\.mp4: This file cannot be read safely\. Film it again"):
        probe(clip, limits=limits)
    assert children() == set()
    assert {one.name for one in clip.parent.iterdir()} == before


def run(code: str, limits: Limits) -> subprocess.CompletedProcess[str]:
    """Some work in a process that is limited."""
    command = f"from herstel_pose.probing import Limits, limited\nlimited({limits!r})\n{code}"
    return subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=False)


def test_more_memory_than_the_limit_is_not_given() -> None:
    done = run("bytearray(600_000_000)", Limits(memory_mb=500))
    assert "MemoryError" in done.stderr
    assert run("bytearray(200_000_000)", Limits(memory_mb=500)).returncode == 0


def test_more_processor_time_than_the_limit_ends_the_process() -> None:
    start = time.monotonic()
    done = run("while True: pass", Limits(processor_s=1))
    assert done.returncode < 0
    assert time.monotonic() - start < 30


def test_no_picture_of_the_memory_is_written_when_it_ends() -> None:
    done = run("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))", Limits())
    assert done.stdout.strip() == "(0, 0)"


def test_the_limits_are_of_the_other_process_only(clip: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    probe(clip)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_the_name_of_a_file_is_never_part_of_a_command(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = clip.rename(clip.with_name('--help; "$(touch x)" \n.mp4'))
    given: list[list[str]] = []
    really = subprocess.run

    def watched(command: list[str], **how: object) -> object:
        given.append(command)
        return really(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    assert probe(hostile).codec == "h264"
    assert given == [[sys.executable, "-m", "herstel_pose.probing"]]


def test_an_answer_that_is_none_is_an_error_that_can_be_read(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing.sys, "executable", "/bin/true")
    with pytest.raises(InputError, match="cannot be read safely"):
        probe(clip)
