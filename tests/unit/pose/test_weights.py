"""The files of the networks: missing, another file of that name, and how they are fetched. Never over the network."""

import hashlib
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from herstel.errors import InputError
from herstel_pose import weights

CONTENT = b"what a network learned"


def made_up(name: str, content: bytes = CONTENT) -> weights.Weights:
    return weights.Weights(name=name, inside=f"inside/{name}", sha256=hashlib.sha256(content).hexdigest())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of weights of our own, with one file that is wanted: a.tflite."""
    monkeypatch.setenv("HERSTEL_WEIGHTS", str(tmp_path / "weights"))
    monkeypatch.setattr(weights, "ALL", (made_up("a.tflite"),))
    return tmp_path / "weights"


def wheel(path: Path, content: bytes = CONTENT) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("inside/a.tflite", content)
        packed.writestr(weights.LICENCE, "the licence")
    return path


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], list[list[str]]]:
    """A package index with one made-up wheel; the commands that were given are told."""

    def holds(content: bytes) -> list[list[str]]:
        given: list[list[str]] = []

        def run(command: list[str], *, check: bool) -> None:
            given.append([*command, Path(command[command.index("--requirement") + 1]).read_text()])
            wheel(Path(command[command.index("--dest") + 1]) / "mediapipe.whl", content)

        monkeypatch.setattr(subprocess, "run", run)
        return given

    return holds


def test_without_a_name_they_are_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERSTEL_WEIGHTS", raising=False)
    assert weights.folder() == Path(weights.__file__).parent / "weights"


def test_a_file_that_is_not_there_is_named_with_what_to_do(folder: Path) -> None:
    assert weights.missing() == ("a.tflite",)
    with pytest.raises(InputError, match=r"a\.tflite: .* is not there\. .*make weights"):
        weights.found(made_up("a.tflite"))


def test_another_file_of_that_name_is_not_used(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.tflite").write_bytes(b"something else")
    assert weights.missing() == ("a.tflite",)
    with pytest.raises(InputError, match=r"is not the one that Herstel was tested with\. .*make weights"):
        weights.found(made_up("a.tflite"))


def test_the_right_file_is_found_in_the_folder_that_was_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.tflite").write_bytes(CONTENT)
    assert weights.missing() == ()
    assert weights.found(made_up("a.tflite")) == folder / "a.tflite"


def test_they_are_taken_out_of_the_wheel_by_its_hash_with_their_licence(
    folder: Path, index: Callable[[bytes], list[list[str]]]
) -> None:
    given = index(CONTENT)
    assert weights.main() == 0
    assert weights.missing() == ()
    assert sorted(one.name for one in folder.iterdir()) == ["LICENSE", "NOTICE", "a.tflite"]
    assert "Apache License" in (folder / "NOTICE").read_text()
    (command,) = given
    assert "--require-hashes" in command
    assert command[-1] == f"mediapipe==0.10.21 --hash=sha256:{weights.WHEEL_SHA256}\n"


def test_what_is_there_is_not_fetched_again(folder: Path, index: Callable[[bytes], list[list[str]]]) -> None:
    given = index(CONTENT)
    weights.main()
    assert weights.main() == 0
    assert len(given) == 1


def test_a_file_in_the_wheel_that_is_another_is_never_written(
    folder: Path, index: Callable[[bytes], list[list[str]]]
) -> None:
    index(b"changed on the way")
    with pytest.raises(SystemExit, match="is not the file that Herstel was tested with"):
        weights.main()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("error", [subprocess.CalledProcessError(1, "pip"), OSError("disk full")])
def test_without_a_connection_it_says_so_and_everything_else_works(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def run(command: list[str], *, check: bool) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    assert weights.main() == 1
    told = capsys.readouterr().err
    assert type(error).__name__ in told
    assert "make weights" in told


def test_both_networks_are_named_with_the_hash_they_were_tested_with() -> None:
    assert [one.name for one in (weights.DETECTOR, weights.LANDMARKS)] == [
        "pose_detection.tflite", "pose_landmark_full.tflite",
    ]  # fmt: skip
    assert all(len(one.sha256) == 64 for one in (weights.DETECTOR, weights.LANDMARKS))
