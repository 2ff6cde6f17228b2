"""Reads joint angles back from what was drawn: from the shapes of a picture, or from the elements of an SVG."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from xml.etree import ElementTree

from herstel.drawing.shapes import Circle, Path, Point, Shape
from herstel.figures.body import BALL, HALF_WIDTH, HEEL_BACK, MIDFOOT, SOLE_BELOW, foot_share, outward
from herstel.knowledge.figure_entries import JOINTS, SIDES, Figure, Pose

NS = "{http://www.w3.org/2000/svg}"
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f as in SVG: x' = a x + c y + e, y' = b x + d y + f."""


@dataclass(frozen=True)
class Line:
    """Something drawn: its points, thickness and colour."""

    points: tuple[Point, ...]
    width: float
    ink: str


def lines_of(shapes: Iterator[Shape]) -> list[Line]:
    found = []
    for shape in shapes:
        if isinstance(shape, Path):
            found.append(Line(shape.points, shape.width, shape.ink))
        elif isinstance(shape, Circle):
            found.append(Line((shape.centre,), 2 * shape.radius, shape.ink))
    return found


def lines_in(svg: str) -> list[Line]:
    return list(_walk(ElementTree.fromstring(svg), (1, 0, 0, 1, 0, 0)))


def _walk(element: ElementTree.Element, matrix: Matrix) -> Iterator[Line]:
    for name, values in re.findall(r"(\w+)\(([^)]*)\)", element.get("transform", "")):
        matrix = _times(matrix, _matrix(name, [float(value) for value in re.split(r"[ ,]+", values)]))
    colour = re.search(r"hd-(?:line|fill)-(\w+)", (element.get("class") or "").split(" ")[-1])
    if element.tag == f"{NS}path" and colour:
        numbers = [float(value) for value in re.findall(r"-?[\d.]+", element.get("d", ""))]
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        yield Line(tuple(_apply(matrix, point) for point in points), float(element.get("stroke-width", 0)), colour[1])
    elif element.tag == f"{NS}circle" and colour:
        centre = float(element.get("cx", 0)), float(element.get("cy", 0))
        yield Line((_apply(matrix, centre),), 2 * float(element.get("r", 0)), colour[1])
    for child in element.findall("*") if element.tag != f"{NS}defs" else ():
        yield from _walk(child, matrix)


def _matrix(name: str, values: list[float]) -> Matrix:
    if name == "translate":
        return 1, 0, 0, 1, values[0], values[1]
    if name == "scale":
        return values[0], 0, 0, values[1], 0, 0
    turn = radians(values[0])
    return cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    k, m, n, o, p, q = two
    return a * k + c * m, b * k + d * m, a * n + c * o, b * n + d * o, a * p + c * q + e, b * p + d * q + f


def _apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def drawn_angles(lines: list[Line], pose: Pose, figure: Figure) -> dict[str, float]:
    """The joint angles in degrees, from where things were drawn; the pose says only which lengths are foreshortened."""
    turns = _trunk_turns(lines, figure)
    found = {"trunk": turns["pelvis"], "spine": turns["thorax"] - turns["pelvis"]}
    found["neck"] = _head_turn(lines) - turns["thorax"]
    for side in SIDES:
        found |= _limb_angles(lines, side, pose, figure, turns)
    return {joint: found[joint] for joint in JOINTS if joint in found}


def _trunk_turns(lines: list[Line], figure: Figure) -> dict[str, float]:
    if figure.view == "front":
        width, corners = 2 * HALF_WIDTH["upper_arm"], 4
    else:
        width, corners = 2 * HALF_WIDTH["trunk"], 2
    parts = [line for line in lines if _is(line, width, "cloth") and len(line.points) == corners]
    ends = [
        (_middle(one.points[:2]), _middle(one.points[2:])) if corners == 4 else (one.points[0], one.points[1])
        for one in parts
    ]
    return {
        name: _turn(start, end) + 180 for name, (start, end) in zip(("pelvis", "lumbar", "thorax"), ends, strict=True)
    }


def _head_turn(lines: list[Line]) -> float:
    neck = [line for line in lines if _is(line, 2 * HALF_WIDTH["upper_arm"], "cloth") and len(line.points) == 2]
    head = next(line for line in lines if len(line.points) == 1 and line.ink == "cloth")
    line = next(one for one in neck if _near(one.points[1], head.points[0]))
    return _turn(*line.points) + 180


def _limb_angles(lines: list[Line], side: str, pose: Pose, figure: Figure, trunk: dict[str, float]) -> dict[str, float]:
    out, ink = outward(side, figure), "cloth" if side == "near" else "skin"
    own = [line for line in lines if line.ink == ink]
    turns = {}
    for bone in ("thigh", "shank", "upper_arm", "forearm", "hand"):
        share = pose.share(f"{side}_{bone}")
        if share:
            width = 2 * HALF_WIDTH[bone]
            line = [one for one in own if _is(one, width, ink) and len(one.points) == 2][-1]
            turns[bone] = _turn(*line.points) + (180 if share < 0 else 0)
    seen = foot_share(pose, side, figure)
    thin = [one for one in own if _is(one, 2 * HALF_WIDTH["foot"], ink)]
    foot = next(one.points for one in thin if len(one.points) == 3)
    front = [one.points for one in thin if len(one.points) == 2]
    forefoot = next(one for one in front if _near(one[0], foot[2]))
    toes = next(one for one in front if _near(one[0], forefoot[1]))
    still = _turn((-out * HEEL_BACK * seen, SOLE_BELOW), (out * MIDFOOT[0] * seen, MIDFOOT[1]))
    turns["foot"] = _turn(foot[1], foot[2]) - still
    turns["forefoot"] = _turn(*forefoot) - _turn((0, 0), (out * BALL[0] * seen, BALL[1]))
    turns["toes"] = _turn(*toes) - _turn((0, 0), (out, 0))
    pairs = {
        "hip": ("thigh", trunk["pelvis"], -out), "knee": ("shank", turns.get("thigh"), out),
        "ankle": ("foot", turns.get("shank"), -out), "arch": ("forefoot", turns["foot"], out),
        "toes": ("toes", turns["forefoot"], -out), "shoulder": ("upper_arm", trunk["thorax"], -out),
        "elbow": ("forearm", turns.get("upper_arm"), -out), "wrist": ("hand", turns.get("forearm"), -out),
    }  # fmt: skip
    return {
        f"{side}_{joint}": sign * (turns[bone] - parent)
        for joint, (bone, parent, sign) in pairs.items()
        if bone in turns and parent is not None
    }


def _is(line: Line, width: float, ink: str) -> bool:
    return line.ink == ink and abs(line.width - width) < 0.01


def _middle(points: tuple[Point, ...]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) < 0.1


def _turn(start: Point, end: Point) -> float:
    """Degrees clockwise from straight down."""
    return degrees(atan2(start[0] - end[0], end[1] - start[1]))


def apart(one: float, other: float) -> float:
    """The difference of two directions in degrees."""
    return abs((one - other + 180) % 360 - 180)
