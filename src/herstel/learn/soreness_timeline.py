"""Soreness and a tear over a week: when it hurts, and which moments say something. A sketch without a scale of pain."""

from collections.abc import Iterator

from herstel.drawing.shapes import Drawing, Label, Path, Point, Shape
from herstel.learn.layout import SMALL, TEXT, WIDTH, Words, box
from herstel.text import Language, say

_HEIGHT, _LEFT, _RIGHT = 300.0, 14.0, 322.0
_TOP, _BOTTOM = 44.0, 176.0
_DAYS = 7.6
_RULE_FROM_D, _RULE_TO_D, _LOOK_AGAIN_D = 2.0, 3.0, 7.0
_SORENESS: tuple[Point, ...] = (
    (0.15, 0.0), (0.5, 0.12), (1.0, 0.5), (1.6, 0.66), (2.3, 0.62), (3.2, 0.44), (4.3, 0.22), (5.4, 0.07), (6.6, 0.0),
)  # fmt: skip
_TEAR: tuple[Point, ...] = (
    (0.0, 0.0), (0.02, 0.95), (0.35, 0.84), (0.9, 0.72), (1.8, 0.6), (2.8, 0.5), (4.0, 0.42), (5.5, 0.36), (7.5, 0.31),
)  # fmt: skip
"""(day, share of the height): the form of the course as it is described, not measured."""


def soreness_timeline_picture(language: Language) -> Drawing:
    """Two courses of pain over the first week."""
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=(*_rule(language), *_axis(language), *_courses(), *_legend(language)),
        title=say(language, "Soreness or a tear: the first week"),
        description=say(
            language,
            "A sketch of the pain in the first week. Soreness begins hours after the exercise, is worst on days 1 to "
            "3 and is gone after 5 to 7 days. A tear hurts at once; then the pain often eases too, but a limp or "
            "weakness often stays. The familiar rule of thumb looks at 48 to 72 hours, when the two still look alike. "
            "Look again on day 7.",
        ),
    )


def _x(day: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * day / _DAYS


def _at(point: Point) -> Point:
    return _x(point[0]), _BOTTOM - point[1] * (_BOTTOM - _TOP)


def _rule(language: Language) -> Iterator[Shape]:
    """The hours that the familiar rule of thumb looks at, and the day that tells more."""
    left, right, middle = _x(_RULE_FROM_D), _x(_RULE_TO_D), _x((_RULE_FROM_D + _RULE_TO_D) / 2)
    yield Path(
        points=box(left, _TOP - 8, right, _BOTTOM), closed=True, fill="soft", pattern="dots", ink="soft", width=0
    )
    yield Label(at=(middle, 14), text=say(language, "48 to 72 hours:"), size=SMALL, anchor="middle")
    yield Label(at=(middle, 27), text=say(language, "they still look alike"), size=SMALL, anchor="middle")
    again = _x(_LOOK_AGAIN_D)
    yield Path(points=((again, _TOP - 8), (again, _BOTTOM)), ink="ink", width=1.4, dashed=True)
    yield Label(at=(_RIGHT, 27), text=say(language, "look again"), size=SMALL, anchor="end", bold=True)


def _axis(language: Language) -> Iterator[Shape]:
    yield Path(points=((_LEFT, _TOP - 8), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)), ink="ink", width=1.2)
    yield Label(at=(_LEFT, 27), text=say(language, "pain"), size=SMALL)
    for day in range(8):
        yield Path(points=((_x(day), _BOTTOM), (_x(day), _BOTTOM + 4)), ink="ink", width=1)
        text = say(language, "day 0") if day == 0 else str(day)
        yield Label(at=(_x(day), _BOTTOM + 16), text=text, size=SMALL, anchor="middle" if day else "start")


def _courses() -> Iterator[Shape]:
    yield Path(points=tuple(_at(point) for point in _TEAR[1:]), smooth=True, ink="bad", width=2.6, dashed=True)
    yield Path(points=(_at(_TEAR[0]), _at(_TEAR[1])), ink="bad", width=2.6, dashed=True)
    yield Path(points=tuple(_at(point) for point in _SORENESS), smooth=True, ink="accent", width=2.6)


def _legend(language: Language) -> Iterator[Shape]:
    rows = (
        ("accent", False, say(language, "Soreness"),
         say(language, "begins after hours, worst on days 1 to 3, gone after 5 to 7 days")),
        ("bad", True, say(language, "Tear"),
         say(language, "at once; the pain eases as well, a limp or weakness often stays")),
    )  # fmt: skip
    y = _BOTTOM + 44
    for ink, dashed, name, told in rows:
        yield Path(points=((_LEFT, y - 4), (_LEFT + 26, y - 4)), ink=ink, width=2.6, dashed=dashed)  # type: ignore[arg-type]
        yield from Words(size=TEXT, bold=True).at((_LEFT + 34, y), name, 200)
        yield from Words(size=SMALL).at((_LEFT + 34, y + 13), told, WIDTH - _LEFT - 40)
        y += 17 + Words(size=SMALL).height(told, WIDTH - _LEFT - 40)
