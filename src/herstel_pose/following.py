"""Following one person from frame to frame, whatever finds people and points.

Everybody is looked for in the whole picture about once a second; in between the next place follows from the points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from herstel_pose.backend import NOBODY, Frame, Person, Picture, Seen, Trail
from herstel_pose.mirror import is_mirrored

LOOK_S = 1.0
STRAYED = 0.6
"""Hips further than this from where the person is, in reaches, belong to somebody else."""


class Finder(Protocol):
    """Finds people in a picture, and the points of one whose place is known."""

    def people(self, picture: Picture) -> tuple[Person, ...]:
        """Everybody in a picture, from left to right."""

    def seen(self, picture: Picture, place: Person, *, mirrored: bool) -> Seen | None:
        """The points of a person, with ``person`` where to look next; None when nobody is there."""


def follow(frames: Iterable[Frame], finder: Finder, whom: Trail | None = None) -> Iterator[Seen]:
    """The points of one person in every frame: of who is followed, or of who is largest at first."""
    place: Person | None = None
    last: Person | None = None
    looked_s = -np.inf
    for number, frame in enumerate(frames):
        known = None if whom is None else whom.at(frame.time_s)
        if whom is not None and known is None:
            place = None
            yield NOBODY
            continue
        people: tuple[Person, ...] | None = None
        if frame.time_s - looked_s >= LOOK_S or place is None:
            people, looked_s = finder.people(frame.picture), frame.time_s
        count = -1 if people is None else len(people)
        place = _called_back(place or _nearest(people or (), last), known)
        seen = None if place is None else finder.seen(frame.picture, place, mirrored=is_mirrored(number))
        if seen is None:
            place = None
            yield replace(NOBODY, people=count)
            continue
        place = last = seen.person
        yield replace(seen, people=count)


def _nearest(people: tuple[Person, ...], last: Person | None) -> Person | None:
    """Who is where the person was; at first who is largest."""
    if last is None:
        return max(people, key=lambda one: one.reach_px, default=None)
    return min(people, key=lambda one: one.far_from(last), default=None)


def _called_back(place: Person | None, known: Person | None) -> Person | None:
    """Where to look for the points: of somebody whose place is known, never where somebody else is."""
    if known is not None and (place is None or place.far_from(known) > STRAYED):
        return known
    return place
