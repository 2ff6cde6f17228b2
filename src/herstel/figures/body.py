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
HEEL_BACK, SOLE_BELOW = 2.2, 2.1
"""From the ankle to the middle line of the sole; sole and ankle together are 3.9 high."""
MIDFOOT: Point = (1.8, 0.9)
BALL: Point = (3.8, 1.2)
"""From the ankle to the top of the arch, and from there to the ball of the foot."""
TOES = 3.4
HALF_SHOULDERS, HALF_HIPS = 10.5, 5.2
FOOT_FROM_THE_FRONT = 0.4
"""The share of the foot's length that is seen in the front view."""
SHOULDER_BELOW_NECK = 1.0

HALF_WIDTH = {
    "trunk": 5.8, "thigh": 4.2, "shank": 3.3, "foot": 1.8, "toes": 1.8, "upper_arm": 2.8, "forearm": 2.3, "hand": 2.0,
}  # fmt: skip
TRUNK_BONES = ("pelvis", "lumbar", "thorax")
FAR_SHIFT: Point = (1.6, -1.1)
"""Far limbs are drawn this much aside, as if seen from slightly above, so that two legs side by side are two."""


@dataclass(frozen=True, slots=True)
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
    trunk = pose.share("trunk")
    half_spine = pose.angle("spine") / 2
    yield Bone("pelvis", "", (0, 0), pose.angle("trunk"))
    yield Bone("lumbar", "pelvis", (0, -PELVIS * trunk), half_spine)
    yield Bone("thorax", "lumbar", (0, -LUMBAR * trunk), half_spine)
    yield Bone("head", "thorax", (0, -THORAX * trunk), pose.angle("neck"))
    for side in SIDES:
        yield from _leg(pose, side, figure)
        yield from _arm(pose, side, figure)


def _leg(pose: Pose, side: str, figure: Figure) -> Iterator[Bone]:
    out, seen = outward(side, figure), foot_share(pose, side, figure)
    hip = (out * HALF_HIPS if figure.view == "front" else 0.0, 0.0)
    knee, ankle = (0.0, THIGH * pose.share(f"{side}_thigh")), (0.0, SHANK * pose.share(f"{side}_shank"))
    midfoot, ball = (out * MIDFOOT[0] * seen, MIDFOOT[1]), (out * BALL[0] * seen, BALL[1])
    yield Bone(f"{side}_thigh", "pelvis", hip, -out * pose.angle(f"{side}_hip"))
    yield Bone(f"{side}_shank", f"{side}_thigh", knee, out * pose.angle(f"{side}_knee"))
    yield Bone(f"{side}_foot", f"{side}_shank", ankle, -out * pose.angle(f"{side}_ankle"))
    yield Bone(f"{side}_forefoot", f"{side}_foot", midfoot, out * pose.angle(f"{side}_arch"))
    yield Bone(f"{side}_toes", f"{side}_forefoot", ball, -out * pose.angle(f"{side}_toes"))


def _arm(pose: Pose, side: str, figure: Figure) -> Iterator[Bone]:
    out, below_neck = outward(side, figure), SHOULDER_BELOW_NECK - THORAX * pose.share("trunk")
    shoulder = (out * HALF_SHOULDERS if figure.view == "front" else 0.0, below_neck)
    elbow = (0.0, UPPER_ARM * pose.share(f"{side}_upper_arm"))
    wrist = (0.0, FOREARM * pose.share(f"{side}_forearm"))
    yield Bone(f"{side}_upper_arm", "thorax", shoulder, -out * pose.angle(f"{side}_shoulder"))
    yield Bone(f"{side}_forearm", f"{side}_upper_arm", elbow, -out * pose.angle(f"{side}_elbow"))
    yield Bone(f"{side}_hand", f"{side}_forearm", wrist, -out * pose.angle(f"{side}_wrist"))


def foot_share(pose: Pose, side: str, figure: Figure) -> float:
    """The share of the foot's length that is seen."""
    return pose.share(f"{side}_foot") * (FOOT_FROM_THE_FRONT if figure.view == "front" else 1.0)


def stretch(pose: Pose, bone: str) -> Point:
    """The shares of a bone's width and length, in its own frame, that are seen."""
    side, _, kind = bone.partition("_")
    if kind in ("foot", "forefoot", "toes"):
        return pose.share(f"{side}_foot"), 1.0
    return 1.0, pose.share("trunk" if bone in TRUNK_BONES else bone)


def frames(pose: Pose, figure: Figure, hip: Point = (0.0, 0.0)) -> dict[str, Frame]:
    """Forward kinematics: where every bone of a pose is, with the middle of the hips at a given place."""
    found: dict[str, Frame] = {"": Frame(hip, 0.0)}
    for bone in bones(pose, figure):
        parent = found[bone.parent]
        found[bone.name] = Frame(parent.place(bone.origin), parent.turn + bone.turn)
    del found[""]
    return found
