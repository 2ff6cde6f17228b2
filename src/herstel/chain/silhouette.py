"""The outline of a body seen from behind, and where its links lie.

Points are distances from the mid-line to the side and from the top down; the other side is their mirror image.
"""

from collections.abc import Mapping

from herstel.chain.model import BODY_SIDES, BodySide
from herstel.drawing.shapes import Path, Point
from herstel.knowledge.chain_entries import LinkId

HEAD: tuple[Point, ...] = (
    (0, 30), (8, 31.5), (13.5, 37), (15, 46), (14, 55), (10.5, 63), (6, 67.5), (0, 69),
)  # fmt: skip
TRUNK_AND_LEG: tuple[Point, ...] = (
    (0, 66), (7, 67), (8, 74), (14, 79), (27, 83), (36, 88), (40, 96), (38, 106), (33.5, 118), (30, 132), (28, 145),
    (28.5, 155), (31.5, 168), (35, 183), (37, 200), (37, 218), (35.5, 240), (33, 264), (29.5, 290), (27, 308),
    (26.5, 322), (29, 340), (30, 356), (27.5, 376), (23.5, 396), (22, 410), (24, 417), (30, 424), (31.5, 430),
    (27, 433), (15, 432.5), (11, 428), (11.5, 416), (11, 404), (9, 386), (7, 366), (6.5, 346), (8, 328), (7.5, 312),
    (6, 292), (4, 264), (2.5, 244), (0.6, 228),
)  # fmt: skip
ARM: tuple[Point, ...] = (
    (36, 89), (42, 94), (46, 106), (48, 124), (51, 146), (55, 168), (58.5, 190), (62, 206), (64.5, 219), (63, 230),
    (59, 233), (56, 226), (54.5, 214), (51, 196), (46, 174), (42, 152), (39.5, 132), (37.5, 114), (35, 104),
)  # fmt: skip
SPINE: tuple[Point, ...] = ((0, 84), (0.6, 110), (0, 152))
REGIONS: Mapping[LinkId, tuple[Point, ...]] = {
    "core": ((15, 112), (24, 110), (32.5, 115), (29.5, 130), (26.5, 145), (20, 147), (14.5, 146), (14, 130)),
    "low_back": ((2, 118), (7, 113), (11.5, 114), (11.5, 132), (11.5, 148), (7, 151), (2, 153), (2, 136)),
    "pelvis": ((2, 156.5), (8, 154), (16, 150.5), (26, 149.5), (27, 156), (20, 162), (12, 168), (2, 176)),
    "glute_med": ((29, 158.5), (32.5, 171), (35, 184), (29, 182), (21, 176), (14.5, 169.5), (22, 164.5)),
    "glute_max": (
        (2.5, 180), (11, 172.5), (19, 179), (27, 186), (30, 196), (28, 208), (22, 217), (13, 221), (5, 219), (2.2, 206),
    ),
    "hip_mobility": ((33, 190), (36, 195), (36.4, 202), (35, 208), (32.4, 205), (32, 197)),
    "hamstring": (
        (5, 228), (12, 226), (21, 223), (31, 218), (33, 228), (32, 246), (29.5, 268), (26, 289), (23.5, 303), (20, 297),
        (16.5, 290), (13.5, 298), (10.5, 303), (8.5, 288), (6.5, 264), (5, 244),
    ),
    "knee": ((10, 313), (15, 307), (21, 308), (24.5, 315), (24.5, 324), (20, 330), (14, 330), (10.5, 323)),
    "ankle_foot": (
        (13, 402), (19.5, 402), (21, 411), (23, 418.5), (28.5, 425), (28, 430), (16, 430), (13, 426), (13.5, 414),
    ),
}  # fmt: skip


def on_side(points: tuple[Point, ...], side: BodySide, middle: float) -> tuple[Point, ...]:
    """Points of one half of the body on one side; seen from behind, left is left."""
    sign = -1 if side == "left" else 1
    return tuple((middle + sign * across, down) for across, down in points)


def centre(points: tuple[Point, ...]) -> Point:
    """The middle of a region."""
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def outline(middle: float) -> tuple[Path, ...]:
    """The body itself: arms, head, and trunk with legs."""
    arms = [on_side(ARM, side, middle) for side in BODY_SIDES]
    right = on_side(TRUNK_AND_LEG, "right", middle)
    left = on_side(TRUNK_AND_LEG, "left", middle)
    skull = (*on_side(HEAD, "right", middle), *reversed(on_side(HEAD[1:-1], "left", middle)))
    body = (*right, *reversed(left[1:]))
    closed = [*arms, skull, body]
    return (
        *(Path(points=points, closed=True, smooth=True, fill="skin", ink="soft", width=1.0) for points in closed),
        Path(points=tuple((middle + across, down) for across, down in SPINE), ink="soft", width=0.8, smooth=True),
    )
