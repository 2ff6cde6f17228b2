"""The body of the figures: bones that hang together, in hundredths of the body's height.

Lengths follow the usual table of segment lengths (Drillis and Contini 1966, as handed down in textbooks; basis:
background), thicknesses are drawn by eye (basis: elicited). A bone's own frame has its origin in the joint it turns
around; standing upright y runs down, as on a screen, and x to where the person looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

from herstel.knowledge.figure_entries import SIDES, Figure, Pose

Point = tuple[float, float]

PELVIS, LUMBAR, THORAX = 9.0, 8.0, 11.8
"""Hip to waist, waist to chest, chest to the root of the neck; together 28.8."""
NECK_TO_HEAD = 11.2
HEAD_RADIUS = 6.2
UPPER_ARM, FOREARM, HAND = 18.6, 14.6, 6.0
"""The hand to the middle of a grip."""
THIGH, SHANK = 24.5, 24.6
HEEL_BACK, BALL_AHEAD, SOLE_BELOW, TOES = 2.2, 5.6, 2.1, 3.4
"""From the ankle to the middle line of the sole; sole and ankle together are 3.9 high."""
HALF_SHOULDERS, HALF_HIPS = 10.5, 5.2
FOOT_FROM_THE_FRONT = 0.4
"""The share of the foot's length that is seen in the front view."""
SHOULDER_BELOW_NECK = 1.0

HALF_WIDTH = {
    "trunk": 5.8, "thigh": 4.2, "shank": 3.3, "foot": 1.8, "toes": 1.8, "upper_arm": 2.8, "forearm": 2.3, "hand": 2.0,
}  # fmt: skip
FAR_SHIFT: Point = (1.6, -1.1)
"""Far limbs are drawn this much aside, as if seen from slightly above, so that two legs side by side are two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bone:
    """A part of the body that turns around a joint.

    Attributes
    ----------
    origin : tuple of float
        The joint in the frame of the parent.
    turn : float
        Degrees clockwise on the screen, from the parent.
    """

    name: str
    parent: str
    origin: Point
    turn: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a bone is: its joint, and the degrees clockwise it is turned in all."""

    origin: Point
    turn: float

    def place(self, point: Point) -> Point:
        """A point of the bone's own frame in the picture."""
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        return self.origin[0] + c * point[0] - s * point[1], self.origin[1] + s * point[0] + c * point[1]


def outward(side: str, figure: Figure) -> int:
    """1 when the limb's positive angles run counter-clockwise in the picture, -1 when they run clockwise."""
    return -1 if figure.view == "front" and side == "near" else 1


def bones(pose: Pose, figure: Figure) -> Iterator[Bone]:
    """The bones of a pose, each after its parent."""
    trunk = figure.share("trunk")
    half_spine = pose.angle("spine") / 2
    yield Bone(name="pelvis", parent="", origin=(0, 0), turn=pose.angle("trunk"))
    yield Bone(name="lumbar", parent="pelvis", origin=(0, -PELVIS * trunk), turn=half_spine)
    yield Bone(name="thorax", parent="lumbar", origin=(0, -LUMBAR * trunk), turn=half_spine)
    yield Bone(name="head", parent="thorax", origin=(0, -THORAX * trunk), turn=pose.angle("neck"))
    for side in SIDES:
        yield from _leg(pose, side, figure)
        yield from _arm(pose, side, figure)


def _leg(pose: Pose, side: str, figure: Figure) -> Iterator[Bone]:
    out = outward(side, figure)
    hip = out * HALF_HIPS if figure.view == "front" else 0.0
    yield _bone(pose, side, "thigh", "pelvis", (hip, 0), -out * pose.angle(f"{side}_hip"))
    yield _bone(pose, side, "shank", "thigh", (0, THIGH * figure.share(f"{side}_thigh")), out * pose.angle(f"{side}_knee"))
    ankle = (0, SHANK * figure.share(f"{side}_shank"))
    yield _bone(pose, side, "foot", "shank", ankle, -out * pose.angle(f"{side}_ankle"))
    ball = out * BALL_AHEAD * foot_share(side, figure)
    yield _bone(pose, side, "toes", "foot", (ball, SOLE_BELOW), -out * pose.angle(f"{side}_toes"))


def _arm(pose: Pose, side: str, figure: Figure) -> Iterator[Bone]:
    out = outward(side, figure)
    shoulder = (out * HALF_SHOULDERS if figure.view == "front" else 0.0, SHOULDER_BELOW_NECK - THORAX * figure.share("trunk"))
    yield _bone(pose, side, "upper_arm", "thorax", shoulder, -out * pose.angle(f"{side}_shoulder"))
    elbow = (0, UPPER_ARM * figure.share(f"{side}_upper_arm"))
    yield _bone(pose, side, "forearm", "upper_arm", elbow, -out * pose.angle(f"{side}_elbow"))
    wrist = (0, FOREARM * figure.share(f"{side}_forearm"))
    yield _bone(pose, side, "hand", "forearm", wrist, -out * pose.angle(f"{side}_wrist"))


def _bone(pose: Pose, side: str, name: str, parent: str, origin: Point, turn: float) -> Bone:
    of_the_trunk = parent in ("pelvis", "thorax")
    return Bone(name=f"{side}_{name}", parent=parent if of_the_trunk else f"{side}_{parent}", origin=origin, turn=turn)


def foot_share(side: str, figure: Figure) -> float:
    """The share of the foot's length that is seen."""
    return FOOT_FROM_THE_FRONT if figure.view == "front" else figure.share(f"{side}_foot")


def frames(pose: Pose, figure: Figure, hip: Point = (0.0, 0.0)) -> dict[str, Frame]:
    """Forward kinematics: where every bone of a pose is, with the middle of the hips at a given place."""
    found: dict[str, Frame] = {"": Frame(hip, 0.0)}
    for bone in bones(pose, figure):
        parent = found[bone.parent]
        found[bone.name] = Frame(parent.place(bone.origin), parent.turn + bone.turn)
    del found[""]
    return found
