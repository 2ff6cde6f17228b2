"""The embedded backend: BlazePose, a detector that finds people and a network that finds the points of one of them."""

from collections.abc import Iterable, Iterator

from herstel_pose.backend import Frame, Person, Picture, Seen, Trail, picked
from herstel_pose.detector import Detector
from herstel_pose.following import follow
from herstel_pose.landmarks import NUMBERS, Landmarks
from herstel_pose.network import Network
from herstel_pose.weights import DETECTOR, LANDMARKS, found

LEAST_PRESENT = 0.5


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

    def seen(self, picture: Picture, place: Person, *, mirrored: bool) -> Seen | None:
        """The points of a person, who may be looked at in the mirror; None when nobody is there."""
        body = self._landmarks.of(picture, place, mirrored=mirrored)
        if body.present < LEAST_PRESENT:
            return None
        return Seen(
            xy_px=picked(body.xy_px, NUMBERS), score=picked(body.visible, NUMBERS), sure=picked(body.sure, NUMBERS),
            world_m=picked(body.world_m, NUMBERS), person=body.person,
        )  # fmt: skip

    def follow(self, frames: Iterable[Frame], whom: Trail | None = None) -> Iterator[Seen]:
        """The points of one person in every frame: of who is followed, or of who is largest at first."""
        return follow(frames, self, whom)
