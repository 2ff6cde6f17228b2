"""One test over time, for both sides: a small picture. Left and right differ in line and mark, not only in colour."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from herstel.chain.measures import measured_sides
from herstel.chain.model import BodySide, Chain, Measurement
from herstel.chain.report_words import ChainTelling
from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Shape
from herstel.errors import marked
from herstel.knowledge.chain_entries import ChainTest
from herstel.knowledge.model import Knowledge
from herstel.text import Language

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320.0, 176.0, 44.0, 304.0, 16.0, 116.0
_TEXT = 11.0


class _Look(NamedTuple):
    ink: Ink
    fill: Ink
    dashed: bool
    name: str


_LOOKS: Mapping[BodySide | None, _Look] = {
    "left": _Look("accent", "accent", dashed=False, name=marked("left")),
    "right": _Look("warn", "paper", dashed=True, name=marked("right")),
    None: _Look("accent", "accent", dashed=False, name=marked("measured")),
}


def history_picture(test: ChainTest, chain: Chain, knowledge: Knowledge, language: Language) -> Drawing | None:
    """Every measurement of a test that stands.

    Parameters
    ----------
    test : ChainTest
    chain : Chain
    knowledge : Knowledge
    language : {"nl", "en"}

    Returns
    -------
    Drawing or None
        None when it was never measured.
    """
    measured = [one for one in chain.measurements if one.test == test.id]
    if not measured:
        return None
    pen = _Pen(ChainTelling(language=language, chain=chain, knowledge=knowledge), test, measured)
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        shapes=(*pen.grid(), *pen.lines(), *pen.legend()),
        title=pen.t.tell("{test} over time", test=pen.t.of(test.name)),
        description=pen.in_words(),
    )


class _Pen:
    """Draws the measurements of one test."""

    def __init__(self, t: ChainTelling, test: ChainTest, measured: Sequence[Measurement]) -> None:
        self.t, self._test = t, test
        sides = measured_sides(test)
        self._of = {side: [one for one in measured if one.side == side] for side in sides}
        values = [one.value for one in measured]
        room = max((max(values) - min(values)) * 0.15, (test.possible_high - test.possible_low) * 0.02)
        self._low, self._high = min(values) - room, max(values) + room
        days = [one.date for one in measured]
        self._first, self._days = min(days), (max(days) - min(days)).days

    def _x(self, day: date) -> float:
        share = (day - self._first).days / self._days if self._days else 0.5
        return LEFT + 12 + share * (RIGHT - LEFT - 24)

    def _y(self, value: float) -> float:
        return BOTTOM - (value - self._low) / (self._high - self._low) * (BOTTOM - TOP)

    def grid(self) -> Iterator[Shape]:
        """The lowest and highest value, and the first and last day."""
        values = {one.value for of_side in self._of.values() for one in of_side}
        for value in sorted({min(values), max(values)}):
            y = self._y(value)
            yield Path(points=((LEFT, y), (RIGHT, y)), ink="soft", width=0.5)
            yield Label(at=(LEFT - 5, y + 4), text=self.t.number(value, 1), size=_TEXT, anchor="end")
        yield Path(points=((LEFT, BOTTOM), (RIGHT, BOTTOM)), ink="ink", width=1)
        days = {one.date for of_side in self._of.values() for one in of_side}
        for day in sorted({min(days), max(days)}):
            yield Label(at=(self._x(day), BOTTOM + 16), text=f"{day.day}-{day.month}", size=_TEXT, anchor="middle")

    def lines(self) -> Iterator[Shape]:
        """A line and a mark for every value of each side."""
        for side, measured in self._of.items():
            look = _LOOKS[side]
            points = tuple((self._x(one.date), self._y(one.value)) for one in measured)
            if len(points) > 1:
                yield Path(points=points, ink=look.ink, width=1.8, dashed=look.dashed)
            for point in points:
                yield Circle(centre=point, radius=4, ink=look.ink, width=1.8, fill=look.fill)

    def legend(self) -> Iterator[Shape]:
        """What the lines mean."""
        for place, side in enumerate(self._of):
            look, x = _LOOKS[side], LEFT + place * 120
            yield Path(points=((x, HEIGHT - 16), (x + 24, HEIGHT - 16)), ink=look.ink, width=1.8, dashed=look.dashed)
            yield Circle(centre=(x + 12, HEIGHT - 16), radius=4, ink=look.ink, width=1.8, fill=look.fill)
            yield Label(at=(x + 32, HEIGHT - 12), text=self.t.tell(look.name), size=_TEXT)

    def in_words(self) -> str:
        """Every value with its day."""
        told = []
        for side, measured in self._of.items():
            values = ", ".join(
                f"{self.t.amount(self._test, one.value)} ({one.date.isoformat()})" for one in measured
            ) or self.t.tell("not measured")
            told.append(f"{self.t.tell(_LOOKS[side].name)}: {values}")
        return "; ".join(told) + "."
