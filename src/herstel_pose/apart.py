"""Finding the points in a process of its own, so that a hostile file takes only that process down."""

import json
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from herstel.errors import InputError, Problem, marked
from herstel.movement.pose import Pose
from herstel_pose.landmarks_file import from_bytes, to_bytes
from herstel_pose.probing import Limits, limited
from herstel_pose.recording import Reading, find_pose
from herstel_pose.video import Allowed, unusable

LIMITS = Limits(memory_mb=4000, processor_s=1800, wall_s=3600)
EVERY = 10


def find_pose_apart(path: Path, reading: Reading, limits: Limits = LIMITS) -> Pose:
    """As ``find_pose`` with the embedded backend.

    Raises
    ------
    InputError
        When the file cannot be used, or reading it took more than the limits.
    """
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "landmarks.npz"
        asked = {
            "path": str(path), "out": str(out), "person": reading.person, "allowed": asdict(reading.allowed),
            "limits": asdict(limits),
        }  # fmt: skip
        told = _run(json.dumps(asked), reading, limits)
        if "problems" in told:
            raise InputError([Problem(**one) for one in told["problems"]])
        if not out.exists():
            raise unusable(path.name, marked("Reading this video took too long or too much, and was stopped."))
        return from_bytes(out.read_bytes())


def _run(asked: str, reading: Reading, limits: Limits) -> dict[str, Any]:
    """The last line that the process told; its other lines are how far it is."""
    command = [sys.executable, "-m", "herstel_pose.apart"]
    told: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603 - our own command; the name of the file goes by its input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        timer = threading.Timer(limits.wall_s, process.kill)
        timer.start()
        try:
            assert process.stdin is not None  # noqa: S101 - for the types
            assert process.stdout is not None  # noqa: S101
            with suppress(BrokenPipeError):  # it fell over before it listened
                process.stdin.write(asked)
                process.stdin.close()
            for line in process.stdout:
                one = _heard(line)
                if "done" not in one:
                    told = one
                elif reading.on_frame is not None:
                    reading.on_frame(one["done"], one["of"])
        finally:
            timer.cancel()
            process.kill()
    return told


def _heard(line: str) -> dict[str, Any]:
    """What a line says; nothing when it broke off or a library wrote it."""
    try:
        one = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return one if isinstance(one, dict) else {}


def _say(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read what is asked, find the points, and write them."""
    from herstel_pose.analysis import backend

    asked = json.loads(sys.stdin.read())
    limited(Limits(**asked["limits"]))

    def tell(done: int, announced: int | None) -> None:
        if done % EVERY == 0:
            _say({"done": done, "of": announced})

    reading = Reading(person=asked["person"], allowed=Allowed(**asked["allowed"]), on_frame=tell)
    try:
        pose = find_pose(Path(asked["path"]), backend(), reading)
    except InputError as error:
        _say({"problems": [asdict(one) for one in error.problems]})
        return
    Path(asked["out"]).write_bytes(to_bytes(pose))


if __name__ == "__main__":
    main()
