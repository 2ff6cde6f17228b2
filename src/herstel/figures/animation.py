"""A figure that moves: the bones as nested groups that turn around their joints, animated by a style sheet.

The attributes of the groups hold the telling pose. Only the style sheet moves them, on the screens of people who did
not ask for less motion; on paper and everywhere else the telling pose stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import atan2, degrees, hypot
from zlib import crc32

from herstel.drawing.shapes import Circle, Drawing, Mark, Path
from herstel.drawing.svg import Style, identity, number, patterns, shape_as_svg, svg_document
from herstel.figures.body import Bone, Point, bones, frames, stretch
from herstel.figures.contacts import body_points, hip_place
from herstel.figures.picture import Layer, ground_shapes, layers, props_around, square, stretched
from herstel.figures.timeline import eases, hip_path, longest, moments
from herstel.knowledge.figure_entries import Figure, Pose

_SMOOTH, _EVEN = "cubic-bezier(.333,0,.667,1)", "linear"
"""The first is the same curve as ``timeline.eased``."""
Stops = Iterable[tuple[float, str]]
"""Seconds from the start, and the transform at that moment."""


def animated_svg(figure: Figure, title: str, description: str, *, style: Style, moving: bool = True) -> str:
    """The figure as SVG; as a file it moves in a loop, in a page or when told not to it shows the telling pose."""
    box = square(figure)
    around = (*props_around(figure, in_front=False), *props_around(figure, in_front=True))
    drawing = Drawing(width=box.width, height=box.height, shapes=around, title=title, description=description)
    writer = _Writer(figure, drawing)
    body = [f'<g transform="translate({number(-box.left)} {number(-box.top)})">', *writer.elements(), "</g>"]
    head = [*patterns(drawing, writer.identity), *([writer.style_sheet()] if style == "file" and moving else [])]
    return svg_document(drawing, body, head, writer.identity, style=style)


class _Writer:
    """Writes the elements of one figure and collects the animations they need."""

    def __init__(self, figure: Figure, drawing: Drawing) -> None:
        self._figure, self.identity = figure, identity(drawing)
        self._telling = figure.poses[figure.telling - 1]
        self._longest = longest(self._telling, figure)
        self._moments = moments(figure)
        self._path = tuple(hip_path(figure))
        self._bones = [(moment, {bone.name: bone for bone in bones(moment.pose, figure)}) for moment in self._moments]
        self._timing = _SMOOTH if eases(figure) else _EVEN
        self._name = f"f{crc32(figure.id.encode()):x}-"
        self._animations: dict[tuple[str, str], str] = {}

    def style_sheet(self) -> str:
        """The animations, each with its key frames; they are collected while the elements are written."""
        length_s = number(self._moments[-1].at_s)
        rules = "".join(
            f".{name}{{animation:{name} {length_s}s {timing} infinite}}@keyframes {name}{{{key_frames}}}"
            for (timing, key_frames), name in self._animations.items()
        )
        return f"<style>@media screen and (prefers-reduced-motion:no-preference){{{rules}}}</style>"

    def elements(self) -> Iterator[str]:
        """What stands around, the ground, the body from back to front, and what is stretched."""
        yield from self._shapes(props_around(self._figure, in_front=False))
        yield from self._shapes(ground_shapes(square(self._figure), self._figure))
        for layer in layers(self._longest, self._figure):
            yield from self._body(layer)
        yield from self._lines()
        yield from self._shapes(props_around(self._figure, in_front=True))

    def _shapes(self, shapes: Iterable[Mark]) -> Iterator[str]:
        return (shape_as_svg(shape, self.identity) for shape in shapes)

    def _body(self, layer: Layer) -> Iterator[str]:
        """The skeleton with the shapes of one layer; branches without any are left out."""
        tree: dict[str, list[Bone]] = {}
        for bone in bones(self._telling, self._figure):
            tree.setdefault(bone.parent, []).append(bone)
        inside = "".join(self._bone(bone, tree, layer) for bone in tree[""])
        if inside:
            x, y = hip_place(self._telling, self._figure)
            moving = self._moving(((at_s, _translated(hips)) for at_s, _, hips in self._path), _EVEN)
            shifted = f'<g transform="translate({number(layer.shift[0])} {number(layer.shift[1])})">'
            place = f"translate({number(x)} {number(y)})"
            group = f'<g{moving} transform="{place}">{inside}</g>'
            yield f"{shifted}{group}</g>" if any(layer.shift) else group

    def _bone(self, bone: Bone, tree: dict[str, list[Bone]], layer: Layer) -> str:
        """A bone at its joint, turned, with the bones that hang on it."""
        own = self._drawn_out(bone.name, layer.shapes.get(bone.name, ()))
        inside = own + "".join(self._bone(child, tree, layer) for child in tree.get(bone.name, ()))
        if not inside:
            return ""
        turns = ((moment.at_s, f"rotate({number(held[bone.name].turn)}deg)") for moment, held in self._bones)
        turned = self._group(self._moving(turns, self._timing), f"rotate({number(bone.turn)})", inside)
        places = ((moment.at_s, _translated(held[bone.name].origin)) for moment, held in self._bones)
        x, y = bone.origin
        place = f"translate({number(x)} {number(y)})"
        return self._group(self._moving(places, self._timing), place, turned)

    def _drawn_out(self, bone: str, shapes: Sequence[Mark]) -> str:
        """The shapes of a bone, shortened as it turns to or from the viewer; what is round stays round."""
        round_ones = "".join(self._shapes(shape for shape in shapes if isinstance(shape, Circle)))
        others = "".join(self._shapes(shape for shape in shapes if not isinstance(shape, Circle)))
        scales = ((moment.at_s, self._scale(bone, moment.pose)) for moment, _ in self._bones)
        moving = self._moving(scales, self._timing) if others else ""
        if moving:
            others = f'<g{moving} transform="{self._scale(bone, self._telling)}">{others}</g>'
        return others + round_ones

    def _scale(self, bone: str, pose: Pose) -> str:
        pairs = zip(stretch(pose, bone), stretch(self._longest, bone), strict=True)
        width, length = (number(share / longest) for share, longest in pairs)
        return f"scale({width},{length})"

    def _group(self, moving: str, transform: str, inside: str) -> str:
        if not moving and transform in ("rotate(0)", "translate(0 0)"):
            return inside
        return f'<g{moving} transform="{transform}">{inside}</g>'

    def _lines(self) -> Iterator[str]:
        """Bands and straps: strips of length 1 that are turned and drawn out between their ends."""
        still = self._ends(self._telling, hip_place(self._telling, self._figure))
        moved = [(at_s, self._ends(pose, hips)) for at_s, pose, hips in self._path]
        strip = Path(points=((0, -0.75), (1, -0.75), (1, 0.75), (0, 0.75)), width=0, closed=True, fill="prop")
        for index, (start, end) in enumerate(still):
            turns = _without_jumps([_direction(*ends[index]) for _, ends in moved])
            stops = (
                (at_s, _stretched(*ends[index], turn, "px", "deg"))
                for (at_s, ends), turn in zip(moved, turns, strict=True)
            )
            moving = self._moving(stops, _EVEN)
            place = _stretched(start, end, _direction(start, end))
            yield f'<g{moving} transform="{place}">{shape_as_svg(strip, self.identity)}</g>'

    def _ends(self, pose: Pose, hips: Point) -> list[tuple[Point, Point]]:
        return list(stretched(self._figure, body_points(pose, self._figure, frames(pose, self._figure, hips))))

    def _moving(self, stops: Stops, timing: str) -> str:
        """The class of what is animated, or nothing when it stands still; what moves alike shares an animation."""
        listed = list(stops)
        if len({transform for _, transform in listed}) == 1:
            return ""
        times: dict[str, list[str]] = {}
        for at_s, transform in _needed(listed):
            times.setdefault(transform, []).append(f"{number(100 * at_s / self._moments[-1].at_s)}%")
        key_frames = "".join(f"{','.join(when)}{{transform:{transform}}}" for transform, when in times.items())
        name = self._animations.setdefault((timing, key_frames), f"{self._name}{len(self._animations)}")
        return f' class="{name}"'


def _needed(stops: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """The stops without the middle ones of a stretch in which nothing changes."""
    for _, group in groupby(stops, key=lambda stop: stop[1]):
        stretch = list(group)
        yield stretch[0]
        if len(stretch) > 1:
            yield stretch[-1]


def _translated(point: Point) -> str:
    return f"translate({number(point[0])}px,{number(point[1])}px)"


def _stretched(start: Point, end: Point, turn: float, length_unit: str = "", turn_unit: str = "") -> str:
    """The transform of a strip of length 1 that lies between two points; a style sheet wants the units."""
    x, y = (number(length) + length_unit for length in start)
    return f"translate({x},{y})rotate({number(turn)}{turn_unit})scale({number(_length(start, end))},1)"


def _direction(start: Point, end: Point) -> float:
    return degrees(atan2(end[1] - start[1], end[0] - start[0]))


def _length(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])


def _without_jumps(turns: list[float]) -> list[float]:
    """The same directions in degrees, each the short way round from the one before it."""
    found = turns[:1]
    for turn in turns[1:]:
        found.append(found[-1] + (turn - found[-1] + 180) % 360 - 180)
    return found
