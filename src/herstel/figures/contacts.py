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
    trunk = HALF_WIDTH["trunk"]
    seen = pose.share("trunk")
    found = {
        "hip": _at(placed, "pelvis", (0, 0), trunk),
        "lap": _at(placed, "pelvis", (trunk, 0), 0.0),
        "waist": _at(placed, "lumbar", (0, 0), trunk),
        "chest": _at(placed, "thorax", (0, 0), trunk),
        "neck": _at(placed, "thorax", (0, (SHOULDER_BELOW_NECK - THORAX) * seen), trunk),
        "head": _at(placed, "head", (0, -NECK_TO_HEAD), HEAD_RADIUS),
    }
    for side in SIDES:
        out, length = outward(side, figure), foot_share(pose, side, figure)
        foot = HALF_WIDTH["foot"]
        found |= {
            f"{side}_hip": _at(placed, f"{side}_thigh", (0, 0), HALF_WIDTH["thigh"]),
            f"{side}_upper_thigh": _at(placed, f"{side}_thigh", (0, 0.3 * THIGH * pose.share(f"{side}_thigh")), HALF_WIDTH["thigh"]),
            f"{side}_lower_thigh": _at(placed, f"{side}_thigh", (0, 0.7 * THIGH * pose.share(f"{side}_thigh")), HALF_WIDTH["thigh"]),
            f"{side}_knee": _at(placed, f"{side}_shank", (0, 0), HALF_WIDTH["shank"]),
            f"{side}_shin": _at(placed, f"{side}_shank", (0, 0.6 * SHANK * pose.share(f"{side}_shank")), HALF_WIDTH["shank"]),
            f"{side}_ankle": _at(placed, f"{side}_foot", (0, 0), HALF_WIDTH["shank"]),
            f"{side}_heel": _at(placed, f"{side}_foot", (-out * HEEL_BACK * length, SOLE_BELOW), foot),
            f"{side}_ball": _at(placed, f"{side}_forefoot", (out * BALL[0] * length, BALL[1]), foot),
            f"{side}_toe": _at(placed, f"{side}_toes", (out * TOES * length, 0), foot),
            f"{side}_shoulder": _at(placed, f"{side}_upper_arm", (0, 0), HALF_WIDTH["upper_arm"]),
            f"{side}_elbow": _at(placed, f"{side}_forearm", (0, 0), HALF_WIDTH["forearm"]),
            f"{side}_wrist": _at(placed, f"{side}_hand", (0, 0), HALF_WIDTH["hand"]),
            f"{side}_hand": _at(placed, f"{side}_hand", (0, HAND * pose.share(f"{side}_hand")), HALF_WIDTH["hand"]),
        }
    return found


def _at(placed: Mapping[str, Frame], bone: str, point: Point, radius: float) -> BodyPoint:
    return BodyPoint(bone, point, Frame(placed[bone].place(point), placed[bone].turn), radius)


_GROUPS = {"foot": ("heel", "ball"), "palm": ("wrist", "hand"), "forearm": ("elbow", "wrist"), "kneel": ("knee", "toe")}
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
    name, surface = next(contacts(pose))
    point = body_points(pose, figure, frames(pose, figure))[name]
    x = pose.at - point.at[0] if pose.hip_x is None else pose.hip_x
    return x, -_top(surface, figure) - point.radius - point.at[1]


def place(pose: Pose, figure: Figure) -> dict[str, Frame]:
    """Where every bone of a pose of a figure is; the ground is at y = 0 and y runs down."""
    return frames(pose, figure, hip_place(pose, figure))


def surface(name: str, figure: Figure) -> Prop | None:
    """The prop with this name; None for the ground.

    Raises
    ------
    KeyError
        When the figure has no such prop.
    """
    return None if name == GROUND else {prop.id: prop for prop in figure.props}[name]


def _top(name: str, figure: Figure) -> float:
    prop = surface(name, figure)
    return 0.0 if prop is None else prop.low + prop.height


def gap(point: BodyPoint, name: str, figure: Figure) -> float:
    """How far a point of the body is from a surface; negative when it sinks in."""
    prop = surface(name, figure)
    x, y = point.at
    if prop is None:
        return -y - point.radius
    if prop.kind in ("wall", "rail", "post"):
        return abs(x - prop.at) - prop.width / 2 - point.radius
    if prop.kind in ("roller", "ball"):
        radius = prop.height / 2
        return hypot(x - prop.at, -y - prop.low - radius) - radius - point.radius
    return -y - point.radius - prop.low - prop.height


def gaps(pose: Pose, figure: Figure) -> Iterator[tuple[str, str, float]]:
    """Every resting point of a pose with its surface and its gap."""
    points = body_points(pose, figure, place(pose, figure))
    for name, surface_name in contacts(pose):
        yield name, surface_name, gap(points[name], surface_name, figure)


def sunk(pose: Pose, figure: Figure) -> Iterator[tuple[str, float]]:
    """The points of the body below the ground, with how deep."""
    for name, point in body_points(pose, figure, place(pose, figure)).items():
        depth = -gap(point, GROUND, figure)
        if depth > TOLERANCE:
            yield name, depth
