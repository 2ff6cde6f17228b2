"""The moments of a figure's loop: which pose when, and where the hips are in between."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from herstel.figures.body import Point, frames
from herstel.figures.contacts import body_points, contacts, hip_place, place
from herstel.knowledge.figure_entries import JOINTS, Figure, Pose

SAMPLES = 6
"""How often the place of the hips is computed between two poses, so that what rests stays where it rests."""
_OTHER = {"near_": "far_", "far_": "near_"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A pose at a time in seconds from the start of the loop."""

    at_s: float
    pose: Pose


def swapped(pose: Pose) -> Pose:
    """The pose with near and far changed about."""
    return replace(
        pose,
        angles={_other_side(joint): angle for joint, angle in pose.angles.items()},
        seen={_other_side(segment): share for segment, share in pose.seen.items()},
        rests=tuple(_other_side(words) for words in pose.rests),
    )


def _other_side(name: str) -> str:
    side = name.partition("_")[0] + "_"
    return name.replace(side, _OTHER[side], 1) if side in _OTHER else name


def moments(figure: Figure) -> tuple[Moment, ...]:
    """When each pose is reached and left; the loop ends in the pose it starts from."""
    start, *others = figure.poses
    steps = [(pose, pose.move_s) for pose in others]
    if figure.motion == "there_and_back":  # the way back takes as long as the way there
        steps += [(before, pose.move_s) for before, pose in reversed(list(pairwise(figure.poses)))]
    elif figure.motion == "alternating":
        steps += [(swapped(pose), pose.move_s) for pose in figure.poses] + [(start, start.move_s)]
    else:
        steps.append((start, start.move_s))
    now_s, found = start.hold_s, [Moment(0.0, start)]
    if start.hold_s:
        found.append(Moment(now_s, start))
    for pose, move_s in steps:
        now_s += move_s
        found.append(Moment(now_s, pose))
        if pose.hold_s and pose is not start:
            now_s += pose.hold_s
            found.append(Moment(now_s, pose))
    return tuple(found)


def eases(figure: Figure) -> bool:
    """Whether movements start and end slowly; what goes round moves evenly."""
    return figure.motion == "there_and_back"


def eased(share: float) -> float:
    """How far a movement that starts and ends slowly is at a share of its time."""
    return share * share * (3 - 2 * share)


def between(before: Pose, after: Pose, share: float) -> Pose:
    """The angles a share of the way from one pose to the next."""
    angles = {joint: before.angle(joint) + share * (after.angle(joint) - before.angle(joint)) for joint in JOINTS}
    segments = {*before.seen, *after.seen}
    seen = {one: before.share(one) + share * (after.share(one) - before.share(one)) for one in segments}
    return replace(before, angles=angles, seen=seen)


def longest(pose: Pose, figure: Figure) -> Pose:
    """The pose with every segment as long as it is seen in any pose of the figure."""
    segments = {segment for one in figure.poses for segment in one.seen}
    seen = {segment: max((one.share(segment) for one in figure.poses), key=abs) for segment in segments}
    return replace(pose, seen=seen)


def hips_between(before: Pose, after: Pose, share: float, figure: Figure) -> Point:
    """Where the hips are a share of the way from one pose to the next.

    A point that rests in both poses stays where it is, or glides there. Without one the body stands on its lowest
    point. Nothing ever sinks into the ground.
    """
    pose = between(before, after, share)
    x, y = _part_way(hip_place(before, figure), hip_place(after, figure), share)
    if before.hip is not None and after.hip is not None:
        return x, y
    shared = next((name for name, on in contacts(before) if (name, on) in set(contacts(after))), None)
    if shared is not None:
        start, end = (body_points(one, figure, place(one, figure))[shared].at for one in (before, after))
        wanted = _part_way(start, end, share)
        local = body_points(pose, figure, frames(pose, figure))[shared].at
        in_one_place = before.hip_x is not None or after.hip_x is not None
        x, y = x if in_one_place else wanted[0] - local[0], wanted[1] - local[1]
    walks = shared is None and before.hip is None and after.hip is None
    lows = [_lowest(one, figure, hip_place(one, figure)) for one in (before, after)]
    if not walks:
        lows = [max(low, 0.0) for low in lows]
    too_low = _lowest(pose, figure, (x, y)) - (lows[0] + share * (lows[1] - lows[0]))
    return x, y - (too_low if walks else max(too_low, 0.0))


def _lowest(pose: Pose, figure: Figure, hips: Point) -> float:
    """How far the lowest point of the body is below the ground; negative above it."""
    return max(point.at[1] + point.radius for point in body_points(pose, figure, frames(pose, figure, hips)).values())


def _part_way(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def hip_path(figure: Figure) -> Iterator[tuple[float, Pose, Point]]:
    """Time, angles and hips at every sample of the loop."""
    turn = moments(figure)
    for start, end in pairwise(turn):
        steps = 1 if start.pose is end.pose else SAMPLES
        for step in range(steps):
            share = eased(step / steps) if eases(figure) else step / steps
            hips = hips_between(start.pose, end.pose, share, figure)
            yield start.at_s + step / steps * (end.at_s - start.at_s), between(start.pose, end.pose, share), hips
    yield turn[-1].at_s, turn[-1].pose, hip_place(turn[-1].pose, figure)
