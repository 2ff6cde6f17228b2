"""The chain from foot to trunk, with how strong the evidence is that a link plays a part in hamstring trouble."""

from collections.abc import Iterator, Mapping

from herstel.chain.picture import BODY_LINKS
from herstel.chain.silhouette import REGIONS, centre, on_side, outline
from herstel.chain.story import STORY_LINKS
from herstel.drawing.shapes import Drawing, Ink, Path, Pattern, Point, Shape
from herstel.errors import marked
from herstel.knowledge.chain_entries import EvidenceGrade, LinkId
from herstel.knowledge.model import Knowledge
from herstel.learn.layout import SMALL, TEXT, WIDTH, Words, box, pointer
from herstel.text import Language, say

_HEIGHT, _MIDDLE = 560.0, 78.0
_FIRST_ROW, _ROW_STEP, _LABEL = 96.0, 39.0, 186.0
_STORY_TOP = 470.0
_LOOKS: Mapping[EvidenceGrade, tuple[Ink, Pattern, str]] = {
    "strong": ("accent", "solid", marked("strong evidence")),
    "moderate": ("accent", "solid", marked("moderate evidence")),
    "weak": ("accent", "hatch", marked("weak evidence")),
    "none": ("paper", "solid", marked("no studies found")),
    "against": ("warn", "dots", marked("small study: the opposite")),
}


def chain_of_links_picture(knowledge: Knowledge, language: Language) -> Drawing:
    """A body from behind with the links on it and how strong the evidence is for each."""
    pen = _Pen(knowledge, language)
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=(*outline(_MIDDLE), *pen.regions(), *pen.labels(), *pen.story()),
        title=say(language, "The chain from foot to trunk"),
        description=pen.in_words(),
    )


class _Pen:
    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._links, self._language = knowledge.chain.links, language

    def regions(self) -> Iterator[Shape]:
        for link in BODY_LINKS:
            for side in ("left", "right"):
                yield _swatch(on_side(REGIONS[link], side, _MIDDLE), self._links[link].grade, smooth=True)

    def labels(self) -> Iterator[Shape]:
        """Beside the body, the hamstring in its place among the others."""
        for number, link in enumerate(BODY_LINKS):
            y = _FIRST_ROW + _ROW_STEP * number
            yield from pointer((_LABEL - 5, y - 4), centre(on_side(REGIONS[link], "right", _MIDDLE)))
            name = self._links[link].short[self._language]
            yield from Words(size=TEXT, bold=True).at((_LABEL, y), name, WIDTH - _LABEL)
            yield from Words(size=SMALL).at((_LABEL, y + 12), self._word(link), WIDTH - _LABEL - 4)

    def story(self) -> Iterator[Shape]:
        """What has no place on the body."""
        yield from Words(size=TEXT).at(
            (6, _STORY_TOP), say(self._language, "And what you cannot point at:"), WIDTH - 12
        )
        for number, link in enumerate(STORY_LINKS):
            y = _STORY_TOP + 22 + number * 25
            yield _swatch(box(6, y - 11, 28, y + 3), self._links[link].grade)
            yield from Words(size=TEXT, bold=True).at((36, y), self._name(link), 150)
            yield from Words(size=SMALL).at((_LABEL, y), self._word(link), WIDTH - _LABEL)

    def in_words(self) -> str:
        return "; ".join(f"{self._name(link)}: {self._word(link)}" for link in (*BODY_LINKS, *STORY_LINKS)) + "."

    def _name(self, link: LinkId) -> str:
        return self._links[link].name[self._language]

    def _word(self, link: LinkId) -> str:
        return say(self._language, _LOOKS[self._links[link].grade][2])


def _swatch(points: tuple[Point, ...], grade: EvidenceGrade, *, smooth: bool = False) -> Path:
    ink, pattern, _ = _LOOKS[grade]
    line: Ink = "ink" if grade == "none" else ink
    dashed = grade == "none"
    return Path(
        points=points, closed=True, smooth=smooth, ink=line, width=1.1, dashed=dashed, fill=ink, pattern=pattern
    )
