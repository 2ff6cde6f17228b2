"""Looking at an unknown file in a process of its own, with limits: only that process can fall over."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from herstel.errors import InputError, Problem, marked
from herstel_pose.video import Allowed, VideoFacts, opened, unusable

LOOKED_AT = 5
"""So many pictures are decoded to see whether the file holds what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What looking may take."""

    memory_mb: int = 1500
    processor_s: int = 20
    wall_s: float = 30


def probe(path: Path, allowed: Allowed | None = None, limits: Limits | None = None) -> VideoFacts:
    """What a file is, by its content.

    Raises
    ------
    InputError
        When it is no video that can be used, is larger than allowed, or could not be looked at within the limits.
    """
    within, may = limits or Limits(), allowed or Allowed()
    asked = json.dumps({"path": str(path), "allowed": asdict(may), "limits": asdict(within)})
    command = [sys.executable, "-m", "herstel_pose.probing"]
    try:
        done = subprocess.run(  # noqa: S603 - our own command; the name of the file goes by its input
            command, input=asked, capture_output=True, text=True, timeout=within.wall_s, check=False
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
        raise unusable(path.name, marked("This file cannot be read safely.")) from error
    if "problems" in told:
        raise InputError([Problem(**one) for one in told["problems"]])
    return VideoFacts(**told["facts"])


def limited(limits: Limits) -> None:
    """Take no more memory and processor time than this from now on; a process that does is ended by the system."""
    try:
        import resource
    except ImportError:  # Windows: the limit on wall time is the only one there
        return
    most = limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor_s, limits.processor_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look(path: Path, allowed: Allowed) -> dict[str, object]:
    try:
        with opened(path, allowed) as video:
            for number, _ in enumerate(video.frames()):
                if number >= LOOKED_AT:
                    break
            return {"facts": asdict(video.facts)}
    except InputError as error:
        return {"problems": [asdict(one) for one in error.problems]}


def main() -> None:
    """Read what is asked, look, and tell."""
    asked = json.loads(sys.stdin.read())
    limited(Limits(**asked["limits"]))
    sys.stdout.write(json.dumps(_look(Path(asked["path"]), Allowed(**asked["allowed"]))))


if __name__ == "__main__":
    main()
