"""Stands in for the package that finds a body in a video: the exact points of a drawn person, measured as always."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.movement.mannequin.cases import Case, cases
from herstel.errors import InputError, Problem
from herstel.movement.measuring import measure
from herstel_pose.landmarks_file import to_bytes
from herstel_web.filming import engine
from herstel_web.filming.engine import Measured, OnFrame, Question
from herstel_web.filming.report_json import to_json
from herstel_web.knowledge import knowledge

VIDEO = b"\x00\x00\x00\x18ftypisom" + b"a drawn person" * 10
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49"
    "444154789c636868680000030401814bd3d2100000000049454e44ae426082"
)
"""A picture of one point."""
CASES = {one.name: one for one in cases()}


class FakePose:
    """``case`` is what every video shows; a name that says no case is a file that cannot be measured."""

    def __init__(self, case: str = "active_knee_extension/near") -> None:
        self.case = case
        self.asked: list[Question] = []
        self.refuses = False
        self.people: bytes | None = None

    def probe(self, path: Path) -> None:
        assert path.read_bytes()
        if self.refuses:
            raise InputError([Problem(thing=path.name, reason="it holds no picture.", remedy="Film once more.")])

    def measure(self, path: Path, question: Question, on_frame: OnFrame) -> Measured:
        self.asked.append(question)
        shown: Case | None = CASES.get(self.case)
        if shown is None:
            raise InputError([Problem(thing=path.name, reason="it broke off.", remedy="Film once more.")])
        pose = shown.scene.pose()
        if question.person is not None:
            pose = replace(pose, people=None)
        for frame in range(pose.frames):
            on_frame(frame + 1, pose.frames)
        report = measure(pose, question.test, question.side, limits=knowledge().movement)
        size = {"width_px": pose.width_px, "height_px": pose.height_px}
        return Measured(
            report=to_json(report),
            landmarks=to_bytes(pose),
            people_most=2 * bool(self.people),
            people=self.people,
            **size,
        )


@contextmanager
def pretended(case: str = "active_knee_extension/near") -> Iterator[FakePose]:
    """While this lasts, every video shows a drawn person."""
    fake = FakePose(case)
    with (
        patch.object(engine, "missing", return_value=()),
        patch.object(engine, "probe", fake.probe),
        patch.object(engine, "measure", fake.measure),
    ):
        yield fake
