"""From a video to a report: find the points of one person, then measure."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from herstel.errors import marked
from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.movement.guess import guess_test
from herstel.movement.measuring import measure
from herstel.movement.model import MovementReport, MovementTest
from herstel.movement.pose import BodySide, Pose
from herstel_pose.backend import PoseBackend
from herstel_pose.recording import OnFrame, Reading, find_pose
from herstel_pose.video import unusable

Find = Callable[[Path, Reading], Pose]
"""Finds the points in a video."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoQuestion:
    """What is asked of a video.

    Attributes
    ----------
    test : MovementTest or "auto"
    side : {"left", "right"} or None
        The leg that is tested; None: the leg towards the camera.
    person : int or None
        Whom to follow among several, counted from the left where most are seen together; None: several are refused.
    """

    test: MovementTest | Literal["auto"]
    side: BodySide | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """What a video says, and the points it was measured on."""

    report: MovementReport
    pose: Pose


def analyse(
    path: Path, question: VideoQuestion, *, limits: MovementKnowledge, find: Find | None = None,
    on_frame: OnFrame | None = None,
) -> Analysis:  # fmt: skip
    """Measure one test in a video.

    Parameters
    ----------
    find : callable or None
        Finds the points; None: the embedded backend in this process.

    Raises
    ------
    InputError
        When the file is no video that can be used, or it shows no test that is known.
    """
    pose = (find or embedded)(path, Reading(person=question.person, on_frame=on_frame))
    return Analysis(report=measured(pose, question, path.name, limits=limits), pose=pose)


def measured(pose: Pose, question: VideoQuestion, thing: str, *, limits: MovementKnowledge) -> MovementReport:
    """Measure points that were found before."""
    test = guess_test(pose, limits=limits) if question.test == "auto" else question.test
    if test is None:
        reason = marked("Which test this is cannot be told.")
        raise unusable(thing, reason, marked("Name the test."))
    return measure(pose, test, question.side, limits=limits)


def embedded(path: Path, reading: Reading) -> Pose:
    """Find the points with BlazePose, which is loaded once a process."""
    return find_pose(path, backend(), reading)


_LOADED: list[PoseBackend] = []


def backend() -> PoseBackend:
    """The embedded backend."""
    if not _LOADED:
        from herstel_pose.blazepose import BlazePose

        _LOADED.append(BlazePose())
    return _LOADED[0]
