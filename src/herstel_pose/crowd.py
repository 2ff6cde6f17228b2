"""Several people in one video: who they are, so that one can be named and followed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from herstel.errors import marked
from herstel_pose.backend import Person, Picture, PoseBackend, Trail
from herstel_pose.video import FOLLOWED_PX, Allowed, Video, opened, unusable

LOOK_S = 0.25
NEAR = 0.5
"""From one look to the next a person moves no further than this, in reaches."""
LIKE = (0.6, 1.7)
"""And does not become smaller or larger than this, as a share."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """Everybody at one moment, from left to right."""

    time_s: float
    people: tuple[Person, ...]
    picture: Picture | None = None


def fullest(path: Path, backend: PoseBackend, allowed: Allowed | None = None) -> Look:
    """The first of the moments with the most people; its order numbers them, and its picture shows them."""
    with opened(path, allowed) as video:
        best = Look(time_s=0.0, people=())
        for look in _looks(video, backend, pictures=True):
            best = look if len(look.people) > len(best.people) else best
        return best


def trail_of(path: Path, person: int, backend: PoseBackend, allowed: Allowed | None = None) -> Trail:
    """Where the person with a number was over time.

    Raises
    ------
    InputError
        When there are fewer people.
    """
    with opened(path, allowed) as video:
        looks = list(_looks(video, backend, pictures=False))
    first = max(range(len(looks)), key=lambda number: len(looks[number].people), default=0)
    most = len(looks[first].people) if looks else 0
    if not 1 <= person <= most:
        reason = marked("Person {person} was asked for, and {most} were seen together.")
        raise unusable(
            path.name, reason, marked("Name a number from 1, counted from the left."), person=person, most=most
        )
    start = looks[first].people
    later = _linked(start, looks[first + 1 :])[person - 1]
    earlier = _linked(start, reversed(looks[:first]))[person - 1]
    found = [*reversed(earlier), (looks[first].time_s, start[person - 1]), *later]
    return Trail(times_s=np.array([time_s for time_s, _ in found]), people=tuple(one for _, one in found))


def _looks(video: Video, backend: PoseBackend, *, pictures: bool) -> Iterable[Look]:
    last_s = -np.inf
    for frame in video.frames(FOLLOWED_PX):
        if frame.time_s - last_s >= LOOK_S:
            last_s = frame.time_s
            people = backend.people(frame.picture)
            yield Look(time_s=frame.time_s, people=people, picture=frame.picture if pictures else None)


@dataclass(slots=True, eq=False)
class _Track:
    """One person from look to look; ``lost`` is how many looks ago they were last seen."""

    last: Person
    lost: int = 0
    found: list[tuple[float, Person]] = field(default_factory=list)

    def could_be(self, one: Person) -> bool:
        near = one.far_from(self.last) < NEAR * (1 + self.lost)
        return self.lost <= MOST_LOST and near and LIKE[0] < one.reach_px / max(self.last.reach_px, 1.0) < LIKE[1]


MOST_LOST = 4


def _linked(start: tuple[Person, ...], looks: Iterable[Look]) -> list[list[tuple[float, Person]]]:
    """Each of the people in one look after the other, until they are gone; nobody is two of them at a time."""
    tracks = [_Track(last=one) for one in start]
    for look in looks:
        same = dict(_paired(tracks, look.people))
        for number, track in enumerate(tracks):
            if number not in same:
                track.lost += 1
                continue
            track.last, track.lost = same[number], 0
            track.found.append((look.time_s, track.last))
    return [track.found for track in tracks]


def _paired(tracks: Sequence[_Track], people: Sequence[Person]) -> Iterator[tuple[int, Person]]:
    """Who is nearest first; who was seen a look ago before who was lost."""
    possible = [
        (track.lost, one.far_from(track.last), number, other)
        for number, track in enumerate(tracks)
        for other, one in enumerate(people)
        if track.could_be(one)
    ]
    left, free = set(range(len(tracks))), set(range(len(people)))
    for _, _, number, other in sorted(possible):
        if number in left and other in free:
            left.remove(number)
            free.remove(other)
            yield number, people[other]
