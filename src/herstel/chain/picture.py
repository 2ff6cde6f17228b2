"""The chain as a picture: a body from behind with every link on both sides, told by colour, pattern, sign and word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from herstel.chain.model import BODY_SIDES, BodySide, Chain, LinkVerdict
from herstel.chain.silhouette import REGIONS, centre, on_side, outline
from herstel.chain.story import STORY_LINKS, Told, told_of
from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Pattern, Point, Shape
from herstel.errors import marked
from herstel.knowledge.chain_entries import LinkId
from herstel.knowledge.model import Knowledge
from herstel.text import Language, say

WIDTH, HEIGHT, MIDDLE = 330.0, 552.0, 165.0
BODY_LINKS: tuple[LinkId, ...] = (
    "core", "low_back", "pelvis", "glute_med", "hip_mobility", "glute_max", "hamstring", "knee", "ankle_foot",
)  # fmt: skip
"""From top to bottom."""
_FIRST_ROW, _ROW_STEP = 88.0, 41.0
_TOKEN_TOP, _TOKEN_HEIGHT, _TOKEN_GAP = 456.0, 40.0, 5.0
_LEGEND_TOP = 514.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a state looks and what it is called."""

    ink: Ink
    pattern: Pattern
    sign: str
    word: str


LOOKS: Mapping[LinkVerdict, Look] = {
    "deviating": Look(ink="bad", pattern="hatch", sign="!", word=marked("deviates")),
    "within_error": Look(ink="warn", pattern="dots", sign="~", word=marked("within error")),
    "normal": Look(ink="good", pattern="solid", sign="✓", word=marked("normal")),
    "not_measured": Look(ink="unknown", pattern="none", sign="?", word=marked("not measured")),
}
_TOLD: Mapping[Told, Look] = {
    "told": Look(ink="bad", pattern="hatch", sign="!", word=marked("in your story")),
    "not_the_case": Look(ink="good", pattern="solid", sign="✓", word=marked("not the case")),
    "unknown": Look(ink="unknown", pattern="none", sign="?", word=marked("not known")),
}
_SIDES: Mapping[BodySide, str] = {"left": marked("Left"), "right": marked("Right")}


def chain_picture(chain: Chain, knowledge: Knowledge, language: Language) -> Drawing:
    """The state of every link on both sides, seen from behind, with the story below the body.

    Parameters
    ----------
    chain : Chain
    knowledge : Knowledge
    language : {"nl", "en"}

    Returns
    -------
    Drawing
        Readable from 320 pixels wide; its description says the same in words.
    """
    pen = _Pen(chain=chain, knowledge=knowledge, language=language)
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        shapes=(*pen.headings(), *outline(MIDDLE), *pen.regions(), *pen.labels(), *pen.tokens(), *pen.legend()),
        title=say(language, "The movement chain, seen from behind"),
        description=pen.in_words(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """Draws one chain in one language."""

    chain: Chain
    knowledge: Knowledge
    language: Language

    def headings(self) -> Iterator[Label]:
        """The sides by name, and which of them the complaint is on."""
        for side in BODY_SIDES:
            start = side == "left"
            x = 6.0 if start else WIDTH - 6
            name = say(self.language, _SIDES[side])
            yield Label(at=(x, 22), text=name, size=14, bold=True, anchor="start" if start else "end")
            if self.chain.injured_side == side:
                text = say(self.language, "side of the complaint")
                yield Label(at=(x, 37), text=text, size=10.5, anchor="start" if start else "end")

    def regions(self) -> Iterator[Path]:
        """The links on the body."""
        for link, side in product(BODY_LINKS, BODY_SIDES):
            look = self._look(link, side)
            yield _swatch(on_side(REGIONS[link], side, MIDDLE), look, smooth=True)

    def labels(self) -> Iterator[Shape]:
        """Beside the body: a line to each region, its sign, its name and its state."""
        for link, side in product(BODY_LINKS, BODY_SIDES):
            start = side == "right"
            outwards = 1 if start else -1
            y = _FIRST_ROW + _ROW_STEP * BODY_LINKS.index(link)
            sign = (MIDDLE + outwards * 78, y)
            look = self._look(link, side)
            end = centre(on_side(REGIONS[link], side, MIDDLE))
            yield Path(points=(sign, end), ink="soft", width=0.7)
            yield Circle(centre=end, radius=1.6, ink="ink", width=0, fill="ink")
            yield from _badge(sign, look)
            x = sign[0] + outwards * 11
            name = self.knowledge.chain.links[link].short[self.language]
            yield Label(at=(x, y - 1), text=name, size=11, bold=True, anchor="start" if start else "end")
            word = say(self.language, look.word)
            yield Label(at=(x, y + 11), text=word, size=10, anchor="start" if start else "end")

    def tokens(self) -> Iterator[Shape]:
        """What has no place on the body: history, load and the way of sprinting."""
        width = (WIDTH - 2 * 6 - 2 * _TOKEN_GAP) / len(STORY_LINKS)
        for place, link in enumerate(STORY_LINKS):
            left, look = 6 + place * (width + _TOKEN_GAP), self._story_look(link)
            yield Path(points=_box(left, _TOKEN_TOP, width, _TOKEN_HEIGHT), closed=True, ink="soft", width=1)
            yield from _badge((left + 13, _TOKEN_TOP + _TOKEN_HEIGHT / 2), look)
            name = self.knowledge.chain.links[link].short[self.language]
            yield Label(at=(left + 24, _TOKEN_TOP + 17), text=name, size=11, bold=True)
            yield Label(at=(left + 24, _TOKEN_TOP + 30), text=say(self.language, look.word), size=10)

    def legend(self) -> Iterator[Shape]:
        """What the fills and signs mean."""
        for place, look in enumerate(LOOKS.values()):
            x, y = 6 + (place % 2) * 165, _LEGEND_TOP + (place // 2) * 20
            yield _swatch(_box(x, y - 6, 18, 12), look)
            yield Label(at=(x + 24, y + 4), text=f"{look.sign} {say(self.language, look.word)}", size=10.5)

    def in_words(self) -> str:
        """Every link with its state, side by side where they differ."""
        told = [self._told(link) for link in BODY_LINKS]
        told += [f"{self._name(link)}: {say(self.language, self._story_look(link).word)}" for link in STORY_LINKS]
        return "; ".join(told) + "."

    def _told(self, link: LinkId) -> str:
        left, right = (say(self.language, self._look(link, side).word) for side in BODY_SIDES)
        if left == right:
            return say(self.language, "{link}: {state} on both sides", link=self._name(link), state=left)
        return say(self.language, "{link}: left {left}, right {right}", link=self._name(link), left=left, right=right)

    def _name(self, link: LinkId) -> str:
        return self.knowledge.chain.links[link].name[self.language]

    def _look(self, link: LinkId, side: BodySide) -> Look:
        return LOOKS[self.chain.links[link].verdicts[side]]

    def _story_look(self, link: LinkId) -> Look:
        """What was measured of it comes first, then what the story tells."""
        measured = self.chain.links[link].worst
        return LOOKS[measured] if measured != "not_measured" else _TOLD[told_of(link, self.chain, self.knowledge)]


def _swatch(points: tuple[Point, ...], look: Look, *, smooth: bool = False) -> Path:
    """An area in the fill of a state; what was not measured stays empty, with a dashed line."""
    empty = look.pattern == "none"
    return Path(
        points=points,
        closed=True,
        smooth=smooth,
        ink="ink" if empty else look.ink,
        width=0.9 if empty else 1.3,
        dashed=empty,
        fill="paper" if empty else look.ink,
        pattern="solid" if empty else look.pattern,
    )


def _badge(at: Point, look: Look) -> Iterator[Shape]:
    empty = look.pattern == "none"
    yield Circle(centre=at, radius=7.5, ink=look.ink, width=1.4, fill="paper" if empty else look.ink)
    ink: Ink = look.ink if empty else "paper"
    yield Label(at=(at[0], at[1] + 4), text=look.sign, size=11.5, bold=True, anchor="middle", ink=ink)


def _box(left: float, top: float, width: float, height: float) -> tuple[Point, ...]:
    right, bottom = left + width, top + height
    return ((left, top), (right, top), (right, bottom), (left, bottom))
