"""The grades of a hamstring injury as torn fibres, and the tendon as a branch of its own."""

from collections.abc import Iterator, Mapping

from herstel.drawing.shapes import Drawing, Path, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.learn.layout import SMALL, TEXT, WIDTH, Words, box
from herstel.text import Language, say

_HEIGHT, _FIRST, _STEP = 342.0, 36.0, 62.0
_BRANCH_GAP = 22.0
_BONE_LEFT, _BONE_RIGHT, _END = 6.0, 20.0, 136.0
_LEFT, _RIGHT, _HALF = 34.0, 124.0, 14.0
_TEXT_LEFT = 150.0
_OFF_BONE = 16.0
"""How far the loose muscle has moved from the bone."""
_CAPTIONS: Mapping[str, str] = {
    "0": marked("Nothing is torn: the muscle is sore, tired or tight."),
    "1": marked("A few fibres are torn."),
    "2": marked("Part of the muscle is torn."),
    "3": marked("More than half is torn, sometimes all of it."),
    "tendon": marked("The tendon has come off the bone, or a piece of bone with it."),
}
_TORN: Mapping[str, float] = {"0": 0, "1": 0.18, "2": 0.5, "3": 1, "tendon": 0}
"""How much of the muscle is torn through in the picture; not a measure."""


def grades_picture(knowledge: Knowledge, language: Language) -> Drawing:
    """Five muscles below each other, each with its grade and what is torn."""
    shapes: list[Shape] = []
    told = []
    for number, grade in enumerate(knowledge.advice.grades):
        loose = grade.id == "tendon"
        y = _FIRST + number * _STEP + (_BRANCH_GAP if loose else 0)
        if loose:
            line = ((_BONE_LEFT, y - 42), (WIDTH - _BONE_LEFT, y - 42))
            shapes.append(Path(points=line, ink="soft", width=1, dashed=True))
        name, caption = grade.name[language], say(language, _CAPTIONS[grade.id])
        shapes += [*_muscle(y, _TORN[grade.id], _OFF_BONE if loose else 0), *_words(y, name, caption)]
        told.append(f"{name}. {caption}")
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=tuple(shapes),
        title=say(language, "The grades, and the tendon beside them"),
        description=" ".join(told),
    )


def _words(y: float, name: str, caption: str) -> Iterator[Shape]:
    wide, heading, text = WIDTH - _TEXT_LEFT - 4, Words(size=TEXT, bold=True), Words(size=SMALL)
    top = y - (heading.height(name, wide) + text.height(caption, wide)) / 2 + TEXT
    yield from heading.at((_TEXT_LEFT, top), name, wide)
    yield from text.at((_TEXT_LEFT, top + heading.height(name, wide)), caption, wide)


def _muscle(y: float, torn: float, off_bone: float) -> Iterator[Shape]:
    """A muscle between two tendons, torn from above, beside the bone it belongs to."""
    yield Path(points=box(_BONE_LEFT, y - 20, _BONE_RIGHT, y + 20), closed=True, fill="paper", ink="ink", width=1.4)
    left, right, end = (x + off_bone * share for x, share in ((_LEFT, 1), (_RIGHT, 0.5), (_END, 0)))
    start = _BONE_RIGHT + off_bone
    yield Path(points=((start, y), (left + 6, y)), ink="ink", width=4)
    yield Path(points=((right - 6, y), (end, y)), ink="ink", width=4)
    if off_bone:
        rough = ((start, y - 5), (start - 3, y - 1), (start, y + 1), (start - 3, y + 5))
        yield Path(points=rough, ink="bad", width=1.6)
        yield Path(points=((_BONE_RIGHT, y - 4), (_BONE_RIGHT + 3, y), (_BONE_RIGHT, y + 4)), ink="bad", width=1.6)
    yield Path(points=_belly(left, right, y), closed=True, smooth=True, fill="accent", ink="accent", width=1)
    for share in (-0.5, 0.0, 0.5):
        yield Path(points=_fibre(left, right, y, share), smooth=True, ink="paper", width=1.1)
    if torn:
        yield _tear((left + right) / 2, y, torn)


def _belly(left: float, right: float, y: float) -> tuple[Point, ...]:
    middle, quarter = (left + right) / 2, (right - left) / 4
    upper = ((left, y), (left + quarter, y - 0.8 * _HALF), (middle, y - _HALF), (right - quarter, y - 0.8 * _HALF))
    return (*upper, (right, y), *((x, 2 * y - height) for x, height in reversed(upper[1:])))


def _fibre(left: float, right: float, y: float, share: float) -> tuple[Point, ...]:
    third = (right - left) / 3
    return ((left + 8, y), (left + third, y + share * _HALF), (right - third, y + share * _HALF), (right - 8, y))


def _tear(middle: float, y: float, torn: float) -> Path:
    """A gap with rough edges from above the muscle to as deep as it is torn."""
    top, deep = y - _HALF - 1.5, y - _HALF + torn * (2 * _HALF + 3)
    step, half = (deep - top) / 4, 3 + 5 * torn
    left = tuple((middle - half * (1 if row % 2 else 0.6), top + row * step) for row in range(4))
    right = tuple((middle + half * (0.6 if row % 2 else 1), top + row * step) for row in reversed(range(4)))
    bottom = ((middle - half, deep), (middle + half, deep)) if torn == 1 else ((middle, deep),)
    return Path(points=(*left, *bottom, *right), closed=True, fill="paper", ink="bad", width=1.6)
