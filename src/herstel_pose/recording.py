"""A video as the points of one person over time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from herstel.movement.pose import POINTS, BoolArray, FloatArray, Pose
from herstel_pose.backend import Frame, PoseBackend, Seen, Trail
from herstel_pose.crowd import trail_of
from herstel_pose.legs import joined
from herstel_pose.mirror import agreed, named_alike
from herstel_pose.surroundings import Background, brightness
from herstel_pose.video import FOLLOWED_PX, Allowed, opened

OnFrame = Callable[[int, int | None], None]
"""Told how many frames are done and how many the video announces."""
AHEAD = 8
"""So many frames are read before they are looked at; decoding and networks are slower when they take turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a video is read: whom to follow (1 is the leftmost of those that are numbered), and what is allowed."""

    person: int | None = None
    allowed: Allowed = field(default_factory=Allowed)
    on_frame: OnFrame | None = None


def find_pose(path: Path, backend: PoseBackend, reading: Reading | None = None) -> Pose:
    """The points of one person in every frame of a video.

    The video is read some frames at a time, so that the memory it takes grows with its length for the points alone.

    Raises
    ------
    InputError
        When the file is no video that can be used, or the person that was named is not in it.
    """
    how = reading or Reading()
    whom = None if how.person is None else trail_of(path, how.person, backend, how.allowed)
    with opened(path, how.allowed) as video:
        return _pose(_ahead(video.frames(FOLLOWED_PX)), backend, whom, _telling(how.on_frame, video.facts.frames))


def _ahead(frames: Iterator[Frame]) -> Iterator[Frame]:
    """The same frames, some of them read together and let go one by one."""
    while some := deque(islice(frames, AHEAD)):
        while some:
            yield some.popleft()


def _telling(on_frame: OnFrame | None, announced: int | None) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if on_frame is not None:
            on_frame(done, announced)

    return tell


@dataclass(slots=True, eq=False)
class _Rows:
    """What is kept of every frame."""

    times_s: list[float] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    light: list[float] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    times: float = 1.0


def _pose(
    frames: Iterable[Frame], backend: PoseBackend, whom: Trail | None, tell: Callable[[int], None]
) -> Pose:  # fmt: skip
    rows, background = _Rows(), Background()
    for frame, seen in _beside(frames, backend, whom):
        rows.times_s.append(frame.time_s)
        rows.seen.append(seen)
        rows.light.append(brightness(frame.picture))
        rows.size, rows.times = (frame.picture.shape[1], frame.picture.shape[0]), frame.times
        background.look(frame, seen.person)
        tell(len(rows.times_s))
    return _as_pose(rows, background, chosen=whom is not None)


def _beside(frames: Iterable[Frame], backend: PoseBackend, whom: Trail | None) -> Iterator[tuple[Frame, Seen]]:
    """Each frame with what was found in it; a frame is let go as soon as that is told, which ``tee`` would not do."""
    given: deque[Frame] = deque()

    def noted() -> Iterator[Frame]:
        for frame in frames:
            given.append(frame)
            yield frame

    for seen in backend.follow(noted(), whom):
        yield given.popleft(), seen


def _as_pose(rows: _Rows, background: Background, *, chosen: bool) -> Pose:
    width, height = rows.size
    xy = _stacked([one.xy_px for one in rows.seen], 2)
    world = _stacked([one.world_m for one in rows.seen], 3)
    score, sure = (_stacked([getattr(one, name) for one in rows.seen], 1)[..., 0] for name in ("score", "sure"))
    order = named_alike(xy)
    order = np.take_along_axis(order, joined(np.take_along_axis(xy, order[..., None], axis=1)), axis=1)
    xy, world = (np.take_along_axis(one, order[..., None], axis=1) for one in (xy, world))
    score, sure = (np.take_along_axis(one, order, axis=1) for one in (np.nan_to_num(score), sure))
    xy = agreed(xy, sure)
    outside: BoolArray = np.any((xy < 0) | (xy > np.array([width, height])), axis=-1)
    return Pose(
        times_s=np.array(rows.times_s), xy_px=np.where(outside[..., None], np.nan, xy * rows.times), score=score,
        outside=outside, world_m=world if np.isfinite(world).any() else None,
        width_px=round(width * rows.times), height_px=round(height * rows.times),
        people=None if chosen else np.array([one.people for one in rows.seen]),
        brightness=np.array(rows.light), camera_shift_px=np.array(background.finished()) * rows.times,
        hips_inferred=True,
    )  # fmt: skip


def _stacked(values: list[FloatArray | None], wide: int) -> FloatArray:
    """(frames, points, wide), NaN where nobody was found."""
    empty = np.full((len(POINTS), wide), np.nan)
    return np.stack([empty if one is None else one.reshape(len(POINTS), wide) for one in values])
