"""The one place that reaches the package that finds points of the body in a video.

What reads videos is an option of the installation: without it, or without the weights, nothing is measured and the
pages say so. Whatever a file does, it does to a process of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from herstel.movement.model import MovementTest
from herstel.movement.pose import BodySide, Pose
from herstel_pose import installed, landmarks_file, probing, weights
from herstel_pose.analysis import VideoQuestion, analyse
from herstel_pose.apart import LIMITS, find_pose_apart
from herstel_web.filming.crowd import numbered
from herstel_web.filming.report_json import to_json
from herstel_web.knowledge import knowledge

OnFrame = Callable[[int, int | None], None]
LONGEST_S = 900
"""Nobody waits longer; three minutes of video are done by then on a slow machine too."""
_complete: list[bool] = []
"""Not empty when everything was found to be there: while this process lives that stays so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be measured; ``person`` is who, counted from the left, when there are several."""

    test: MovementTest
    side: BodySide | None
    person: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The report as it is kept, and the points of the body as bytes."""

    report: dict[str, Any]
    landmarks: bytes
    width_px: int
    height_px: int
    people_most: int = 0
    people: bytes | None = None
    """How many people were seen at once and a frame with everybody numbered (PNG), when somebody must be chosen."""


def missing() -> tuple[str, ...]:
    """What is not installed here; then no video can be measured."""
    if _complete:
        return ()
    lacking = (*installed.not_installed(), *weights.missing())
    if not lacking:
        _complete.append(True)
    return lacking


def probe(path: Path) -> None:
    """Look whether a file is a video that may be measured.

    Raises
    ------
    InputError
        With the reason and the remedy.
    """
    probing.probe(path)


def measure(path: Path, question: Question, on_frame: OnFrame) -> Measured:
    """Find the points and measure them.

    Raises
    ------
    InputError
        When the file cannot be measured at all.
    """
    asked = VideoQuestion(test=question.test, side=question.side, person=question.person)
    apart = partial(find_pose_apart, limits=replace(LIMITS, wall_s=LONGEST_S))
    found = analyse(path, asked, limits=knowledge().movement, find=apart, on_frame=on_frame)
    several = any(one.code == "several_people" for one in found.report.refusals)
    return Measured(
        report=to_json(found.report),
        landmarks=landmarks_file.to_bytes(found.pose),
        width_px=found.pose.width_px,
        height_px=found.pose.height_px,
        people_most=most_people(found.pose) if several else 0,
        people=numbered(path) if several else None,
    )


def most_people(pose: Pose) -> int:
    """How many there may be to choose from, at least two."""
    return max(2, int(pose.people.max())) if pose.people is not None and len(pose.people) else 2


def pose_of(landmarks: bytes) -> Pose:
    """The points that were kept.

    Raises
    ------
    InputError
        When the file is damaged.
    """
    return landmarks_file.from_bytes(landmarks)
