"""How the body looks: the shapes of every bone, in the bone's own frame. Drawn by eye (basis: elicited)."""

from collections.abc import Iterator

from herstel.drawing.shapes import Circle, Ink, Mark, Path
from herstel.figures.body import (
    BALL,
    FOREARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HALF_WIDTH,
    HAND,
    HEAD_RADIUS,
    HEEL_BACK,
    LUMBAR,
    MIDFOOT,
    NECK_TO_HEAD,
    PELVIS,
    SHANK,
    SHOULDER_BELOW_NECK,
    SOLE_BELOW,
    THIGH,
    THORAX,
    TOES,
    TRUNK_BONES,
    UPPER_ARM,
    Point,
    foot_share,
    outward,
)
from herstel.knowledge.figure_entries import Figure, Pose, Region, without_side

NEAR: Ink = "cloth"
FAR: Ink = "skin"
EDGE = 0.9
"""The light line around near limbs and trained muscles, which sets them off from what is behind."""
_LENGTH = {"thigh": THIGH, "shank": SHANK, "upper_arm": UPPER_ARM, "forearm": FOREARM, "hand": HAND}

Outline = tuple[Point, ...]
_SIDE_MUSCLES: dict[Region, tuple[str, Outline]] = {
    "hamstring": ("thigh", ((-1.2, 2), (-5.6, 7), (-5.6, 14), (-3.4, 21), (-1.4, 23), (-1.0, 13))),
    "quadriceps": ("thigh", ((1.2, 2), (5.6, 7), (5.4, 14), (3.4, 20), (1.4, 22), (1.0, 13))),
    "adductors": ("thigh", ((-2, 2), (-2.6, 9), (-0.6, 18), (2.2, 9), (2, 2))),
    "calf": ("shank", ((-0.8, 1), (-4.6, 5), (-4.2, 10), (-1.6, 18), (-0.8, 19), (-0.4, 9))),
    "glute_max": ("pelvis", ((-2, -5.5), (-6.4, -4.5), (-7.6, 0), (-6, 4.5), (-2.4, 5), (-1, 0))),
    "glute_med": ("pelvis", ((-3.8, -4.6), (0, -6.6), (3.8, -4.6), (3, 0), (0, 1.8), (-3, 0))),
    "hip_flexors": ("thigh", ((1.6, -6.4), (4.4, -5.2), (5.4, 0), (3.6, 7), (1.4, 8), (1.8, 0))),
    "core": ("lumbar", ((6.6, -11), (7, -3), (6.4, 4), (3.4, 5), (2.6, -3), (3.6, -11))),
    "obliques": ("lumbar", ((-2.6, -8), (2.4, -9), (3.4, -2), (2.6, 5), (-1.6, 4), (-3.2, -2))),
    "low_back": ("lumbar", ((-6.6, -9), (-6.8, -2), (-6.4, 4), (-3.6, 4), (-3, -2), (-3.6, -9))),
    "upper_back": ("thorax", ((-6.6, -9.5), (-7, -4), (-6.6, 2), (-3.6, 2), (-3, -4), (-3.6, -9.5))),
    "shoulder": ("upper_arm", ((-3.4, -1.4), (0, -3.6), (3.4, -1.4), (3, 4), (0, 8), (-3, 4))),
    "foot": ("foot", ((-1.4, 2.6), (1.6, 0.6), (5, 2.4), (1.8, 2.2))),
}
_FRONT_MUSCLES: dict[Region, tuple[str, Outline]] = {
    "glute_med": ("thigh", ((2.6, -6.5), (5.2, -4.5), (5.6, 0), (4.4, 5.5), (2.4, 6), (2, 0))),
    "glute_max": ("thigh", ((-1, -4), (3.6, -4), (5, 1), (2.6, 6), (-2, 5), (-3, 0))),
    "adductors": ("thigh", ((-1.4, 2), (-4.6, 5), (-4.2, 12), (-1.6, 19), (-1, 10))),
    "quadriceps": ("thigh", ((-2.4, 4), (2.6, 3), (3.2, 11), (1.6, 19), (-1.6, 19), (-2.8, 11))),
    "hamstring": ("thigh", ((-2.4, 4), (2.6, 3), (3.2, 11), (1.6, 19), (-1.6, 19), (-2.8, 11))),
    "core": ("lumbar", ((-3.6, -11), (3.6, -11), (4.2, -3), (3, 5), (-3, 5), (-4.2, -3))),
    "obliques": ("lumbar", ((-8.4, -9), (-7.2, -3), (-7.2, 4), (-4, 4), (-4.2, -3), (-5, -9))),
}
_RINGS: dict[Region, tuple[str, float]] = {"hip": ("thigh", 4.6), "ankle": ("foot", 4.4)}
"""Regions that are a joint, shown as a ring around it."""


def bone_shapes(name: str, pose: Pose, figure: Figure) -> Iterator[Mark]:
    """The shapes of one bone in its own frame, back to front."""
    kind = without_side(name)
    far = name.startswith("far_")
    ink = FAR if far else NEAR
    if kind in TRUNK_BONES:
        yield from _trunk(kind, pose, figure)
    elif kind == "head":
        yield from _head(figure)
    elif kind in ("foot", "forefoot"):
        yield from _foot(name, pose, figure)
    elif kind == "toes":
        share = foot_share(pose, "far" if far else "near", figure)
        yield _limb(((0, 0), (_out(name, figure) * TOES * share, 0)), HALF_WIDTH["toes"], ink)
    else:
        line = ((0.0, 0.0), (0.0, _LENGTH[kind] * pose.share(name)))
        if not far and kind in ("thigh", "upper_arm"):
            yield _limb(line, HALF_WIDTH[kind] + EDGE, "paper")
        yield _limb(line, HALF_WIDTH[kind], ink)


def trained_shapes(name: str, pose: Pose, figure: Figure) -> Iterator[Mark]:
    """What is trained of a bone: a muscle belly that stands out beside it, or a ring around a joint."""
    side = "far" if name.startswith("far_") else "near"
    if side == "far" and not figure.trains_far:
        return
    muscles = _FRONT_MUSCLES if figure.view == "front" else _SIDE_MUSCLES
    for region in figure.trains:
        if region in _RINGS:
            bone, radius = _RINGS[region]
            if bone == without_side(name):
                yield Circle(centre=(0, 0), radius=radius, ink="paper", width=2.6)
                yield Circle(centre=(0, 0), radius=radius, ink="accent", width=1.6)
        elif region in muscles and muscles[region][0] == without_side(name):
            share = pose.share(name if "_" in name else "trunk")
            points = tuple((_out(name, figure) * x, y * share) for x, y in muscles[region][1])
            yield Path(points=points, ink="paper", width=EDGE, closed=True, fill="accent", smooth=True)


def _out(name: str, figure: Figure) -> int:
    return outward("far" if name.startswith("far_") else "near", figure) if "_" in name else 1


def _limb(points: tuple[Point, ...], half_width: float, ink: Ink) -> Path:
    return Path(points=points, ink=ink, width=2 * half_width)


def _trunk(kind: str, pose: Pose, figure: Figure) -> Iterator[Mark]:
    length = {"pelvis": PELVIS, "lumbar": LUMBAR, "thorax": THORAX - SHOULDER_BELOW_NECK}[kind] * pose.share("trunk")
    if figure.view != "front":
        yield _limb(((0, 0), (0, -length)), HALF_WIDTH["trunk"], NEAR)
        return
    low, high = {"pelvis": (HALF_HIPS, 5.0), "lumbar": (5.0, 6.0), "thorax": (6.0, HALF_SHOULDERS - 1.0)}[kind]
    corners = ((-low, 0.0), (low, 0.0), (high, -length), (-high, -length))
    yield Path(points=corners, ink=NEAR, width=2 * HALF_WIDTH["upper_arm"], closed=True, fill=NEAR)


def _head(figure: Figure) -> Iterator[Mark]:
    middle = (0.0, -NECK_TO_HEAD)
    yield _limb(((0, 0), middle), HALF_WIDTH["upper_arm"], NEAR)
    if figure.view != "front":
        face = HEAD_RADIUS - 1.6
        nose = ((face, middle[1] - 2.6), (face + 3.6, middle[1] + 0.8), (face, middle[1] + 2.0))
        yield Path(points=nose, ink=NEAR, width=0.8, closed=True, fill=NEAR)
    else:
        yield Circle(centre=middle, radius=HEAD_RADIUS + EDGE, ink="paper", width=0, fill="paper")
    yield Circle(centre=middle, radius=HEAD_RADIUS, ink=NEAR, width=0, fill=NEAR)


def _foot(name: str, pose: Pose, figure: Figure) -> Iterator[Mark]:
    share = _out(name, figure) * foot_share(pose, "far" if name.startswith("far_") else "near", figure)
    thick, ink = HALF_WIDTH["foot"], FAR if name.startswith("far_") else NEAR
    if name.endswith("forefoot"):
        yield _limb(((0, 0), (share * BALL[0], BALL[1])), thick, ink)
        return
    corners = ((0.0, 0.0), (-share * HEEL_BACK, SOLE_BELOW), (share * MIDFOOT[0], MIDFOOT[1]))
    yield Path(points=corners, ink=ink, width=2 * thick, closed=True, fill=ink)
