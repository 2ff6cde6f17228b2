"""One key pose, or all of them side by side, as shapes: what terminal, paper and animation share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from herstel.drawing.shapes import Drawing, Label, Mark, Path, Shape
from herstel.figures.body import FAR_SHIFT, Frame, Point, frames
from herstel.figures.contacts import BodyPoint, body_points, place
from herstel.figures.look import bone_shapes, trained_shapes
from herstel.figures.props import carried_shapes, is_in_front, line_shape, standing_shapes
from herstel.knowledge.figure_entries import Figure, Place, Pose

SIZE = 124.0
"""Every figure is a square of at least this side, so that the body is equally large in all of them."""
MARGIN = 3.0
GROUND_WIDTH = 1.2
LABEL_ROOM = 12.0
_LIMBS = ("thigh", "shank", "toes", "forefoot", "foot", "upper_arm", "forearm", "hand")
_FAR = tuple(f"far_{bone}" for bone in _LIMBS)
_TRUNK = ("pelvis", "lumbar", "thorax", "head")
_NEAR = tuple(f"near_{bone}" for bone in _LIMBS)


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of bones, each in its bone's own frame, and how far the whole layer is drawn aside."""

    shapes: Mapping[str, tuple[Mark, ...]]
    shift: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the picture that is shown."""

    left: float
    top: float
    width: float
    height: float


def layers(pose: Pose, figure: Figure) -> tuple[Layer, ...]:
    """The body back to front: far limbs, trunk, near limbs, what is trained, what is carried."""
    shift = FAR_SHIFT if figure.view == "side" else (0.0, 0.0)
    carried = _carried(pose, figure)

    def every(bone: str) -> Iterator[Mark]:
        yield from bone_shapes(bone, pose, figure)
        yield from trained_shapes(bone, pose, figure)
        yield from carried.get(bone, ())

    return (
        Layer({bone: tuple(every(bone)) for bone in _FAR}, shift),
        Layer({bone: tuple(bone_shapes(bone, pose, figure)) for bone in _TRUNK}),
        Layer({bone: tuple(bone_shapes(bone, pose, figure)) for bone in _NEAR}),
        Layer({bone: tuple(trained_shapes(bone, pose, figure)) for bone in (*_TRUNK, *_NEAR)}),
        Layer({bone: carried.get(bone, ()) for bone in (*_TRUNK, *_NEAR)}),
    )


def _carried(pose: Pose, figure: Figure) -> dict[str, tuple[Mark, ...]]:
    points = body_points(pose, figure, frames(pose, figure))
    held: dict[str, tuple[Mark, ...]] = {}
    for prop in figure.props:
        if prop.held:
            point = points[prop.held]
            moved = (_moved(shape, Frame(point.local, 0.0)) for shape in carried_shapes(prop))
            held[point.bone] = (*held.get(point.bone, ()), *moved)
    return held


def pose_shapes(pose: Pose, figure: Figure) -> Iterator[Mark]:
    """Everything of one pose in the coordinates of the figure, back to front, without the ground."""
    placed = place(pose, figure)
    yield from props_around(figure, in_front=False)
    for layer in layers(pose, figure):
        for bone, shapes in layer.shapes.items():
            (x, y), (dx, dy) = placed[bone].origin, layer.shift
            yield from (_moved(shape, Frame((x + dx, y + dy), placed[bone].turn)) for shape in shapes)
    yield from (line_shape(start, end) for start, end in stretched(figure, body_points(pose, figure, placed)))
    yield from props_around(figure, in_front=True)


def props_around(figure: Figure, *, in_front: bool) -> Iterator[Mark]:
    """What stands, lies or hangs around the body, behind it or in front of it."""
    for prop in figure.props:
        if not prop.held and not prop.between and is_in_front(prop) is in_front:
            yield from standing_shapes(prop)


def stretched(figure: Figure, points: Mapping[str, BodyPoint]) -> Iterator[tuple[Point, Point]]:
    """The two ends of every piece of band or strap."""
    for prop in figure.props:
        yield from pairwise(_where(one, points) for one in prop.between)


def _where(one: Place, points: Mapping[str, BodyPoint]) -> Point:
    return points[one].at if isinstance(one, str) else (one[0], -one[1])


def _moved(shape: Mark, frame: Frame) -> Mark:
    if isinstance(shape, Path):
        return replace(shape, points=tuple(frame.place(point) for point in shape.points))
    return replace(shape, centre=frame.place(shape.centre))


def square(figure: Figure) -> Box:
    """The square that shows every pose of a figure, the body in the middle and on the ground."""
    if figure.frame is not None:
        left, low, size = figure.frame
        return Box(left, -low - size, size, size)
    box = _extent(shape for pose in figure.poses for shape in pose_shapes(pose, figure))
    size = max(SIZE, box.width, box.height)
    return Box(box.left - (size - box.width) / 2, box.top - (size - box.height) * 0.6, size, size)


def _extent(shapes: Iterable[Mark]) -> Box:
    """The smallest box around shapes and the ground below them, with a margin."""
    points: list[Point] = [(0, GROUND_WIDTH + 1)]
    for shape in shapes:
        if isinstance(shape, Path):
            half = shape.width / 2
            points += [(x + step, y + step) for x, y in shape.points for step in (half, -half)]
        else:
            r = shape.radius + shape.width / 2
            points += [(shape.centre[0] + step, shape.centre[1] + step) for step in (r, -r)]
    xs, ys = [x for x, _ in points[1:]], [y for _, y in points]
    return Box(min(xs) - MARGIN, min(ys) - MARGIN, max(xs) - min(xs) + 2 * MARGIN, max(ys) - min(ys) + 2 * MARGIN)


def ground_shapes(box: Box, figure: Figure) -> Iterator[Path]:
    """The ground across the whole picture; from above there is none."""
    y = GROUND_WIDTH / 2
    if figure.view != "above":
        yield Path(points=((box.left, y), (box.left + box.width, y)), ink="soft", width=GROUND_WIDTH)


def pose_drawing(figure: Figure, numbers: Iterable[int], title: str, description: str) -> Drawing:
    """Poses of a figure next to each other, each with its number below it when there are several.

    Parameters
    ----------
    figure : Figure
    numbers : iterable of int
        Indices of the poses, from 0.
    title, description : str
    """
    shown, box = tuple(numbers), square(figure)
    top = min(_extent(pose_shapes(pose, figure)).top for pose in figure.poses) if figure.frame is None else box.top
    below = LABEL_ROOM if len(shown) > 1 else 0.0
    bottom = box.top + box.height if figure.frame is not None else GROUND_WIDTH + MARGIN
    shapes: list[Shape] = []
    for column, number in enumerate(shown):
        shift = Frame((column * box.width - box.left, -top), 0.0)
        pose = (*ground_shapes(box, figure), *pose_shapes(figure.poses[number], figure))
        shapes += [_moved(shape, shift) for shape in pose]
        if below:
            at = ((column + 0.5) * box.width, bottom - top + below - 3)
            shapes.append(Label(at=at, text=str(number + 1), size=9, anchor="middle", bold=True))
    size = box.width * len(shown), bottom - top + below
    return Drawing(width=size[0], height=size[1], shapes=tuple(shapes), title=title, description=description)
