"""Where the hamstring runs: three muscles from the sit bone to below the knee, and where a complaint is felt."""

from collections.abc import Iterator

from herstel.chain.silhouette import REGIONS, TRUNK_AND_LEG, on_side
from herstel.drawing.curves import flattened
from herstel.drawing.shapes import Circle, Drawing, Path, Point, Shape
from herstel.learn.layout import SMALL, TEXT, WIDTH, Words, pointer
from herstel.text import Language, say

_HEIGHT, _SCALE, _TOP, _MIDDLE = 440.0, 2.0, 12.0, 146.0
_WAIST, _CALF = 168.0, 376.0
_LABEL_LEFT, _LABEL_RIGHT, _WIDE_LEFT, _WIDE_RIGHT = 66.0, 228.0, 62.0, 100.0
_SIT_BONE, _OUTER_END, _INNER_END = (13.0, 214.0), (24.3, 338.0), (9.4, 343.0)
_OUTER: tuple[Point, ...] = (
    (13, 216), (17.5, 226), (24, 244), (28.5, 266), (28, 290), (26, 310), (25.2, 326), (24.3, 338), (22.6, 326),
    (20.6, 308), (18.6, 290), (17.6, 268), (15.4, 244), (13.4, 228),
)  # fmt: skip
_INNER_THIN: tuple[Point, ...] = (
    (12.6, 216), (14.6, 232), (16.6, 254), (16.6, 278), (14.6, 298), (12.2, 316), (10.8, 332), (9.4, 343), (9, 330),
    (9.6, 314), (10.6, 296), (11, 276), (10.8, 254), (11, 234),
)  # fmt: skip
_INNER_BROAD: tuple[Point, ...] = (
    (12, 216), (12, 240), (13, 262), (15, 286), (14.6, 304), (12, 318), (9.6, 330), (8.2, 318), (7.6, 302), (6.6, 282),
    (6, 262), (6.8, 240), (9.6, 226),
)  # fmt: skip


def hamstring_picture(language: Language) -> Drawing:
    """The back of both thighs: the muscles on the right, the place of the pain on the left."""
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=(*_body(), *_pain(language), *_muscles(), *_names(language)),
        title=say(language, "Where the hamstring runs"),
        description=say(
            language,
            "Two legs seen from behind. On the right leg three muscles begin together at the sit bone. One runs along "
            "the outside and ends below the knee on the outside; two run along the inside and end below the knee on "
            "the inside. On the left leg the place of the pain is marked: from the sit bone to just above the knee.",
        ),
    )


def _placed(points: tuple[Point, ...], *, left: bool = False) -> tuple[Point, ...]:
    lengths = tuple((across * _SCALE, _TOP + (down - _WAIST) * _SCALE) for across, down in points)
    return on_side(lengths, "left" if left else "right", _MIDDLE)


def _body() -> Iterator[Shape]:
    outer, inner = _edges()
    right, left = ((*_curved(outer, left=side), *_curved(inner, left=side)) for side in (False, True))
    yield Path(points=(*right, *reversed(left)), closed=True, fill="skin", ink="soft", width=1)


def _edges() -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """The outer edge of a leg downwards and its inner edge upwards, between waist and calf."""
    foot = max(range(len(TRUNK_AND_LEG)), key=lambda place: TRUNK_AND_LEG[place][1])
    shown = [_WAIST <= down <= _CALF for _, down in TRUNK_AND_LEG]
    outer = tuple(point for place, point in enumerate(TRUNK_AND_LEG) if shown[place] and place < foot)
    inner = tuple(point for place, point in enumerate(TRUNK_AND_LEG) if shown[place] and place > foot)
    return outer, ((7.8, outer[-1][1]), *inner)


def _curved(points: tuple[Point, ...], *, left: bool) -> tuple[Point, ...]:
    """An edge as the chain picture draws it, in straight pieces, so that the cut at waist and calf stays straight."""
    return flattened(Path(points=_placed(points, left=left), smooth=True))


def _pain(language: Language) -> Iterator[Shape]:
    area = _placed(REGIONS["hamstring"], left=True)
    yield Path(points=area, closed=True, smooth=True, fill="bad", pattern="hatch", ink="bad", width=1.2)
    heading = Words(size=TEXT, bold=True, anchor="end")
    where = say(language, "Here you feel it")
    yield from heading.at((_LABEL_LEFT, 112), where, _WIDE_LEFT)
    below = 112 + heading.height(where, _WIDE_LEFT)
    told = say(language, "from the sit bone to just above the knee")
    yield from Words(size=SMALL, anchor="end").at((_LABEL_LEFT, below), told, _WIDE_LEFT)
    yield from pointer((_LABEL_LEFT + 3, 109), _placed(((20, 240),), left=True)[0])


def _muscles() -> Iterator[Shape]:
    yield Path(points=_placed(_INNER_BROAD), closed=True, smooth=True, fill="accent", pattern="dots", ink="accent")
    yield Path(points=_placed(_INNER_THIN), closed=True, smooth=True, fill="accent", pattern="hatch", ink="accent")
    yield Path(points=_placed(_OUTER), closed=True, smooth=True, fill="accent", ink="accent")
    for at in (_SIT_BONE, _OUTER_END, _INNER_END):
        yield Circle(centre=_placed((at,))[0], radius=6 if at == _SIT_BONE else 3.5, ink="ink", width=1.4, fill="paper")


def _names(language: Language) -> Iterator[Shape]:
    rows = (
        (92.0, _SIT_BONE, say(language, "Sit bone"), say(language, "all three begin here")),
        (166.0, (23.5, 258.0), say(language, "Outer muscle"), "biceps femoris"),
        (228.0, (13.6, 280.0), say(language, "Inner muscle"), "semitendinosus"),
        (290.0, (10.4, 312.0), say(language, "Inner muscle"), "semimembranosus"),
        (372.0, _OUTER_END, say(language, "Below the knee"), say(language, "here they end")),
    )
    for y, target, name, told in rows:
        yield from pointer((_LABEL_RIGHT - 4, y - 4), _placed((target,))[0])
        yield from Words(size=TEXT, bold=True).at((_LABEL_RIGHT, y), name, _WIDE_RIGHT)
        yield from Words(size=SMALL).at((_LABEL_RIGHT, y + 13), told, _WIDE_RIGHT)
