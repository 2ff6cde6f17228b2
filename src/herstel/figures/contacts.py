"""What a figure rests on: the points of the body, the surfaces around it, and the gap between the two."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

from herstel.figures.body import (
    BALL,
    HALF_WIDTH,
    HAND,
    HEAD_RADIUS,
    HEEL_BACK,
    NECK_TO_HEAD,
    SHANK,
    SHOULDER_BELOW_NECK,
    SOLE_BELOW,
    THIGH,
    THORAX,
    TOES,
    Frame,
    Point,
    foot_share,
    frames,
    outward,
)
from herstel.knowledge.figure_entries import SIDES, Figure, Pose, Prop

GROUND = "ground"
TOLERANCE = 1.2
"""A resting point may miss its surface by this many hundredths of the body's height: two centimetres."""


@dataclass(frozen=True, slots=True)
class BodyPoint:
    """A point of the body with the thickness of the body around it.

    ``frame`` is the bone it is on, with the point as its origin; ``local`` is the point in that bone's own frame.
    """

    bone: str
    local: Point
    frame: Frame
    radius: float

    @property
    def at(self) -> Point:
        return self.frame.origin


def body_points(pose: Pose, figure: Figure, placed: Mapping[str, Frame]) -> dict[str, BodyPoint]:
    """The points that can rest on something or hold something, by name."""
    trunk, seen = HALF_WIDTH["trunk"], pose.share("trunk")
    found = {
        "hip": _at(placed, "pelvis", (0, 0), trunk),
        "lap": _at(placed, "pelvis", (trunk, 0), 0.0),
        "waist": _at(placed, "lumbar", (0, 0), trunk),
        "chest": _at(placed, "thorax", (0, 0), trunk),
        "neck": _at(placed, "thorax", (0, (SHOULDER_BELOW_NECK - THORAX) * seen), trunk),
        "head": _at(placed, "head", (0, -NECK_TO_HEAD), HEAD_RADIUS),
    }
    for side in SIDES:
        points = {**_leg_points(pose, side, figure), **_arm_points(pose, side)}
        found |= {
            f"{side}_{name}": _at(placed, f"{side}_{bone}", point, HALF_WIDTH[thick])
            for name, (bone, point, thick) in points.items()
        }
    return found


_Points = dict[str, tuple[str, Point, str]]
"""By name: the bone a point is on, where on it, and the part of the body whose thickness is around it."""


def _leg_points(pose: Pose, side: str, figure: Figure) -> _Points:
    thigh, shank = THIGH * pose.share(f"{side}_thigh"), SHANK * pose.share(f"{side}_shank")
    foot = outward(side, figure) * foot_share(pose, side, figure)
    return {
        "hip": ("thigh", (0, 0), "thigh"),
        "upper_thigh": ("thigh", (0, 0.3 * thigh), "thigh"),
        "lower_thigh": ("thigh", (0, 0.7 * thigh), "thigh"),
        "knee": ("shank", (0, 0), "shank"),
        "shin": ("shank", (0, 0.6 * shank), "shank"),
        "ankle": ("foot", (0, 0), "shank"),
        "heel": ("foot", (-foot * HEEL_BACK, SOLE_BELOW), "foot"),
        "ball": ("forefoot", (foot * BALL[0], BALL[1]), "foot"),
        "toe": ("toes", (foot * TOES, 0), "foot"),
    }


def _arm_points(pose: Pose, side: str) -> _Points:
    return {
        "shoulder": ("upper_arm", (0, 0), "upper_arm"),
        "elbow": ("forearm", (0, 0), "forearm"),
        "wrist": ("hand", (0, 0), "hand"),
        "hand": ("hand", (0, HAND * pose.share(f"{side}_hand")), "hand"),
    }


def _at(placed: Mapping[str, Frame], bone: str, point: Point, radius: float) -> BodyPoint:
    return BodyPoint(bone, point, Frame(placed[bone].place(point), placed[bone].turn), radius)


_GROUPS = {"foot": ("heel", "ball"), "palm": ("wrist", "hand")}
"""Resting places that are two points at once."""


def contacts(pose: Pose) -> Iterator[tuple[str, str]]:
    """Every point that rests with the surface it rests on, the carrying one first."""
    for words in pose.rests:
        point, _, surface = words.partition(" on ")
        side, _, name = point.partition("_")
        for one in _GROUPS.get(name, (name,)) if name else (point,):
            yield (f"{side}_{one}" if name else point), surface or GROUND


def hip_place(pose: Pose, figure: Figure) -> Point:
    """Where the middle of the hips is, from the point that carries the figure."""
    if pose.hip is not None:
        return pose.hip[0], -pose.hip[1]
    name, on = next(contacts(pose))
    prop = _surface(on, figure)
    top = 0.0 if prop is None else prop.low + prop.height
    point = body_points(pose, figure, frames(pose, figure))[name]
    x = pose.at - point.at[0] if pose.hip_x is None else pose.hip_x
    return x, -top - point.radius - point.at[1]


def place(pose: Pose, figure: Figure) -> dict[str, Frame]:
    """Where every bone of a pose of a figure is; the ground is at y = 0 and y runs down."""
    return frames(pose, figure, hip_place(pose, figure))


def _surface(name: str, figure: Figure) -> Prop | None:
    return None if name == GROUND else {prop.id: prop for prop in figure.props}[name]


def gap(point: BodyPoint, on: str, figure: Figure) -> float:
    """How far a point of the body is from a surface; negative when it sinks in."""
    prop = _surface(on, figure)
    x, y = point.at
    if prop is None:
        return -y - point.radius
    beside = abs(x - prop.at) - prop.width / 2 - point.radius
    if prop.kind == "wall":
        return beside
    if prop.kind in ("roller", "ball"):
        radius = prop.height / 2
        return hypot(x - prop.at, -y - prop.low - radius) - radius - point.radius
    return beside if beside > 0 else -y - point.radius - prop.low - prop.height


def gaps(pose: Pose, figure: Figure) -> Iterator[tuple[str, str, float]]:
    """Every resting point of a pose with its surface and its gap."""
    points = body_points(pose, figure, place(pose, figure))
    for name, on in contacts(pose):
        yield name, on, gap(points[name], on, figure)


def sunk(pose: Pose, figure: Figure) -> Iterator[tuple[str, float]]:
    """The points of the body below the ground, with how deep."""
    for name, point in body_points(pose, figure, place(pose, figure)).items():
        depth = -gap(point, GROUND, figure)
        if depth > TOLERANCE:
            yield name, depth
