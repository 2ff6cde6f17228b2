"""The embedded backend: BlazePose, a detector that finds people and a network that finds the points of one of them.

The person is searched in the whole picture about once a second; in between the next place follows from the last points.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from herstel_pose.backend import NOBODY, Frame, Person, Picture, Seen, Trail, picked
from herstel_pose.detector import Detector
from herstel_pose.landmarks import NUMBERS, Body, Landmarks
from herstel_pose.network import Network
from herstel_pose.weights import DETECTOR, LANDMARKS, found

LOOK_S = 1.0
LEAST_PRESENT = 0.5
STRAYED = 0.6
"""Hips further than this from where the person is, in reaches, belong to somebody else."""


class BlazePose:
    """A PoseBackend; make one for each process and use it for every video.

    Parameters
    ----------
    threads : int
        For one video at a time: as many as there are cores. For many videos: one, and a process for each core.
    """

    name = "blazepose-full"

    def __init__(self, threads: int = 1) -> None:
        self._detector = Detector(Network(found(DETECTOR), ("Identity", "Identity_1"), threads))
        outputs = ("Identity", "Identity_1", "Identity_3", "Identity_4")
        self._landmarks = Landmarks(Network(found(LANDMARKS), outputs, threads))

    def people(self, picture: Picture) -> tuple[Person, ...]:
        """Everybody in a picture, from left to right."""
        return self._detector.people(picture)

    def follow(self, frames: Iterable[Frame], whom: Trail | None = None) -> Iterator[Seen]:
        """The points of one person in every frame: of who is followed, or of who is largest at first."""
        place: Person | None = None
        last: Person | None = None
        looked_s = -np.inf
        for frame in frames:
            people: tuple[Person, ...] | None = None
            if frame.time_s - looked_s >= LOOK_S or place is None:
                people, looked_s = self.people(frame.picture), frame.time_s
            place = _place(place or _nearest(people or (), last), frame, whom)
            body = None if place is None else self._landmarks.of(frame.picture, place)
            if body is None or body.present < LEAST_PRESENT:
                place = None
                yield NOBODY if people is None else Seen(people=len(people))
                continue
            place = last = body.person
            yield _seen(body, -1 if people is None else len(people))


def _nearest(people: tuple[Person, ...], last: Person | None) -> Person | None:
    """Who is where the person was; at first who is largest."""
    if last is None:
        return max(people, key=lambda one: one.reach_px, default=None)
    return min(people, key=lambda one: one.far_from(last), default=None)


def _place(place: Person | None, frame: Frame, whom: Trail | None) -> Person | None:
    """Where to look for the points: of somebody who is followed, never where somebody else is."""
    if whom is None:
        return place
    known = whom.at(frame.time_s)
    if known is None or place is None or place.far_from(known) > STRAYED:
        return known
    return place


def _seen(body: Body, people: int) -> Seen:
    return Seen(
        xy_px=picked(body.xy_px, NUMBERS), score=picked(body.visible, NUMBERS), world_m=picked(body.world_m, NUMBERS),
        person=body.person, people=people,
    )  # fmt: skip
