"""Several people in one video: who they are, so that one can be named and followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from herstel.errors import marked
from herstel_pose.backend import Person, Picture, PoseBackend, Trail
from herstel_pose.video import Allowed, Video, opened, unusable

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
    start = looks[first].people[person - 1]
    later = _linked(start, looks[first + 1 :])
    earlier = _linked(start, reversed(looks[:first]))
    found = [*reversed(earlier), (looks[first].time_s, start), *later]
    return Trail(times_s=np.array([time_s for time_s, _ in found]), people=tuple(one for _, one in found))


def _looks(video: Video, backend: PoseBackend, *, pictures: bool) -> Iterable[Look]:
    last_s = -np.inf
    for frame in video.frames():
        if frame.time_s - last_s >= LOOK_S:
            last_s = frame.time_s
            people = backend.people(frame.picture)
            yield Look(time_s=frame.time_s, people=people, picture=frame.picture if pictures else None)


def _linked(start: Person, looks: Iterable[Look]) -> list[tuple[float, Person]]:
    """The same person in one look after the other, until they are gone."""
    found: list[tuple[float, Person]] = []
    last, lost = start, 0
    for look in looks:
        same = min((one for one in look.people if _could_be(one, last, 1 + lost)), key=last.far_from, default=None)
        if same is None:
            lost += 1
            if lost > MOST_LOST:
                break
            continue
        found.append((look.time_s, same))
        last, lost = same, 0
    return found


MOST_LOST = 4


def _could_be(one: Person, last: Person, looks: int) -> bool:
    return one.far_from(last) < NEAR * looks and LIKE[0] < one.reach_px / last.reach_px < LIKE[1]
