"""Every figure about measuring movement: of drawn people, real people and laboratories, of lengths and of speed."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.movement import accuracy, many, mocap, muscle_length, opencap, speed
from benchmarks.movement.mannequin.cases import cases
from herstel.movement.pose import Pose
from herstel_pose.analysis import embedded
from herstel_pose.recording import Reading
from herstel_pose.weights import missing

LONG_MINUTES = 10.0


def figures() -> Iterator[Figure]:
    """All of them; rendering the drawn people takes half an hour the first time."""
    yield from accuracy.figures(accuracy.drawn(accuracy.perfect, cases()), "drawn people, exact points")
    if missing():
        yield Figure(
            name="videos", value=f"not measured: {', '.join(missing())} are not there; make weights fetches them"
        )
    else:
        yield from _videos()
    yield from mocap.figures()
    yield from muscle_length.figures()
    yield from speed.figures(LONG_MINUTES)
    yield from many.figures()


def _videos() -> Iterator[Figure]:
    found = accuracy.drawn(accuracy.looking(_see), cases())
    yield from (Figure(name="", value=line) for line in accuracy.table(found))
    yield from accuracy.figures(found, "drawn people, rendered clips")
    if accuracy.DATA.is_dir():
        yield from accuracy.figures(accuracy.published(_see), "published drawn clips")
    yield from opencap.figures()


def _see(path: Path) -> Pose:
    return embedded(path, Reading())
