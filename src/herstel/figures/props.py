"""How the things around the body look. What is carried is round, so that it may turn along with the hand."""

from collections.abc import Callable, Iterator

from herstel.drawing.shapes import Circle, Ink, Mark, Path, Point
from herstel.knowledge.figure_entries import Prop

LINE = 1.1
_INK: Ink = "prop"
_GRIP = 3.4
_CARRIED_RADIUS = {
    "dumbbell": 3.4, "barbell": 7.0, "plate": 5.6, "stick": 1.6, "slider": 2.0, "ball": 5.5, "pad": 2.4,
}  # fmt: skip


def is_in_front(prop: Prop) -> bool:
    """Whether a thing is drawn over the body instead of behind it."""
    return prop.kind == "water"


def standing_shapes(prop: Prop) -> Iterator[Mark]:
    """The shapes of a thing that stands, lies or hangs somewhere; y = 0 is the ground."""
    yield from _SHAPES[prop.kind](prop)


def carried_shapes(prop: Prop) -> Iterator[Mark]:
    """The shapes of a thing around the point that carries it."""
    radius = _CARRIED_RADIUS[prop.kind]
    if prop.kind == "ball":
        yield Circle(centre=(0, 0), radius=radius, ink=_INK, width=1.8, fill="paper")
        return
    if radius > _GRIP:
        yield Circle(centre=(0, 0), radius=radius, ink=_INK, width=1.8)
    yield Circle(centre=(0, 0), radius=min(radius, _GRIP), ink="paper", width=0.6, fill=_INK)


def line_shape(start: Point, end: Point) -> Path:
    """A stretched band or strap."""
    return Path(points=(start, end), ink=_INK, width=1.5)


def _slab(left: float, right: float, low: float, high: float) -> Path:
    corners = ((left, -low), (right, -low), (right, -high), (left, -high))
    return Path(points=corners, ink=_INK, width=LINE, closed=True, fill="paper")


def _filled(left: float, right: float, low: float, high: float) -> Path:
    corners = ((left, -low), (right, -low), (right, -high), (left, -high))
    return Path(points=corners, ink=_INK, width=LINE, closed=True, fill=_INK)


def _edges(prop: Prop) -> tuple[float, float, float]:
    return prop.at - prop.width / 2, prop.at + prop.width / 2, prop.low + prop.height


def _mat(prop: Prop) -> Iterator[Mark]:
    """Seen from the side a mat is a strip in the ground; with a height it is seen from above."""
    left, right, top = _edges(prop)
    yield _slab(left, right, prop.low, top) if prop.height else _filled(left, right, -2.2, -LINE / 2)


def _box(prop: Prop) -> Iterator[Mark]:
    left, right, top = _edges(prop)
    inset = LINE / 2
    yield _slab(left + inset, right - inset, prop.low + inset, top - inset)


def _on_legs(prop: Prop, thickness: float) -> Iterator[Mark]:
    left, right, top = _edges(prop)
    inset = LINE / 2
    yield _filled(left + inset, right - inset, top - thickness, top - inset)
    for x in (left + 2.5, right - 2.5):
        yield Path(points=((x, -prop.low - 0.8), (x, thickness - top)), ink=_INK, width=1.6)


def _bench(prop: Prop) -> Iterator[Mark]:
    yield from _on_legs(prop, 4.0)


def _chair(prop: Prop) -> Iterator[Mark]:
    """The back of the chair is on the left, behind the person."""
    yield from _on_legs(prop, 2.4)
    left, _, top = _edges(prop)
    yield Path(points=((left + 1, -top), (left - 1.5, -top - 25)), ink=_INK, width=2.2)


def _couch(prop: Prop) -> Iterator[Mark]:
    left, right, top = _edges(prop)
    yield _slab(left + 0.5, right - 0.5, 0.5, top - 0.5)
    yield _slab(left + 0.5, left + 9, top, top + 20)


def _wall(prop: Prop) -> Iterator[Mark]:
    left, right, _ = _edges(prop)
    corners = ((left, 0.0), (right, 0.0), (right, -prop.height), (left, -prop.height))
    yield Path(points=corners, ink=_INK, width=0, closed=True, fill=_INK, pattern="hatch")
    face = right if prop.at < 0 else left
    yield Path(points=((face, 0), (face, -prop.height)), ink=_INK, width=LINE)


def _rail(prop: Prop) -> Iterator[Mark]:
    yield Path(points=((prop.at, -0.8), (prop.at, -prop.height)), ink=_INK, width=2.0)
    yield Path(points=((prop.at - 5, -0.8), (prop.at + 5, -0.8)), ink=_INK, width=1.6)


def _round(prop: Prop) -> Iterator[Mark]:
    radius = prop.height / 2
    middle = (prop.at, -prop.low - radius)
    yield Circle(centre=middle, radius=radius - 0.6, ink=_INK, width=1.2, fill="paper")
    if prop.kind == "roller":
        yield Circle(centre=middle, radius=radius / 2, ink=_INK, width=1.0)


def _pad(prop: Prop) -> Iterator[Mark]:
    """A round pad seen from its end, such as the one that holds the ankles."""
    radius = prop.height / 2
    yield Circle(centre=(prop.at, -prop.low - radius), radius=radius, ink="paper", width=0.6, fill=_INK)


def _post(prop: Prop) -> Iterator[Mark]:
    """A bar from the ground (at, low) that leans ``width`` to the side over its ``height``."""
    ends = ((prop.at, -prop.low), (prop.at + prop.width, -prop.low - prop.height))
    yield Path(points=ends, ink=_INK, width=2.0)


def _cushion(prop: Prop) -> Iterator[Mark]:
    left, right, top = _edges(prop)
    middle = (prop.low + top) / 2
    half = prop.height / 2
    yield Path(points=((left + half, -middle), (right - half, -middle)), ink=_INK, width=prop.height)


def _water(prop: Prop) -> Iterator[Mark]:
    left, right, top = _edges(prop)
    steps = 16
    xs = [left + (right - left) * step / steps for step in range(steps + 1)]
    waves = tuple((x, -top + (1.2 if index % 2 else -1.2)) for index, x in enumerate(xs))
    yield Path(points=waves, ink="accent", width=1.4, smooth=True)
    yield Path(points=tuple((x, y + 5) for x, y in waves[1:-1]), ink="accent", width=0.9, smooth=True, dashed=True)


def _wheel(prop: Prop) -> Iterator[Mark]:
    """An exercise bike's flywheel, frame and handlebar; the saddle is at ``at``, ``height`` above the ground."""
    x, top = prop.at, prop.height
    hub = (x + 38, -16.0)
    crank = (x + 13, -17.0)
    yield Circle(centre=hub, radius=13, ink=_INK, width=1.6)
    yield Path(points=(hub, crank, (x, -top + 1)), ink=_INK, width=2.0)
    yield Path(points=(hub, (x + 33, -top - 14), (x + 40, -top - 15)), ink=_INK, width=2.0)
    yield Path(points=((x - 6, -1), (x + 4, -1), crank), ink=_INK, width=1.6)
    yield Path(points=((x + 33, -1), (x + 43, -1)), ink=_INK, width=1.6)
    yield Path(points=((x - 6, -top + 1), (x + 5, -top + 1.4)), ink=_INK, width=3.0)


def _cone(prop: Prop) -> Iterator[Mark]:
    corners = ((prop.at - 4, -0.5), (prop.at + 4, -0.5), (prop.at, -9.0))
    yield Path(points=corners, ink=_INK, width=LINE, closed=True, fill=_INK)


_SHAPES: dict[str, Callable[[Prop], Iterator[Mark]]] = {
    "mat": _mat, "box": _box, "step": _box, "bench": _bench, "chair": _chair, "couch": _couch, "wall": _wall,
    "rail": _rail, "roller": _round, "ball": _round, "pad": _pad, "post": _post, "cushion": _cushion,
    "water": _water, "wheel": _wheel, "cone": _cone,
}  # fmt: skip
