"""How much pain is acceptable while you move: a scale from 0 to 10 in three parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from herstel.drawing.shapes import Drawing, Ink, Label, Path, Pattern, Shape
from herstel.knowledge.model import Knowledge
from herstel.learn.layout import SMALL, TEXT, WIDTH, Words, box
from herstel.text import Language, say

_HEIGHT, _LEFT, _RIGHT = 250.0, 10.0, 320.0
_TOP, _BOTTOM = 34.0, 62.0
_WORST = 10
_WIDE = WIDTH - _LEFT - 44


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the scale, both ends included."""

    low: int
    high: int
    ink: Ink
    pattern: Pattern
    name: str
    told: str

    @property
    def span(self) -> str:
        return f"{self.low} – {self.high}"


def pain_limits_picture(knowledge: Knowledge, language: Language) -> Drawing:
    """The limits that the plan and the check-ins use for a muscle injury."""
    parts = _parts(knowledge, language)
    tendon = int(knowledge.plan.tracks["tendinopathy"].pain_limit)
    note = say(language, "For an overloaded tendon the first limit is {limit}.", limit=tendon)
    shapes = (*_scale(parts, language), *_rows(parts), *Words(size=SMALL).at((_LEFT, _HEIGHT - 14), note, WIDTH - 20))
    told = " ".join(f"{part.span}: {part.name}. {part.told}" for part in parts)
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=shapes,
        title=say(language, "How much pain is acceptable"),
        description=f"{told} {note}",
    )


def _parts(knowledge: Knowledge, language: Language) -> tuple[_Part, ...]:
    limits = knowledge.progress.rules["pain_during"].limits
    free, strength = int(knowledge.plan.tracks["strain"].pain_limit), int(limits["strength_limit"])
    day = int(limits["after_day"])
    return (
        _Part(
            low=0, high=free, ink="good", pattern="solid", name=say(language, "Go on"),
            told=say(language, "If it is no worse the next morning."),
        ),
        _Part(
            low=free + 1, high=strength, ink="warn", pattern="dots", name=say(language, "Strength exercises only"),
            told=say(language, "After day {day}, with grade 1 or 2, if it settles within 24 hours.", day=day),
        ),
        _Part(
            low=strength + 1, high=_WORST, ink="bad", pattern="hatch", name=say(language, "Too much"),
            told=say(language, "Make it lighter. A sudden stab: stop."),
        ),
    )  # fmt: skip


def _scale(parts: tuple[_Part, ...], language: Language) -> Iterator[Shape]:
    one = (_RIGHT - _LEFT) / (_WORST + 1)
    yield Label(at=(_LEFT, 20), text=say(language, "Pain while you do it, 0 to 10"), size=TEXT, bold=True)
    for part in parts:
        corners = box(_LEFT + part.low * one, _TOP, _LEFT + (part.high + 1) * one, _BOTTOM)
        yield Path(points=corners, closed=True, ink=part.ink, width=1.2, fill=part.ink, pattern=part.pattern)
    for number in range(_WORST + 1):
        middle = _LEFT + (number + 0.5) * one
        yield Label(at=(middle, _BOTTOM + 15), text=str(number), size=TEXT, anchor="middle", bold=True)


def _rows(parts: tuple[_Part, ...]) -> Iterator[Shape]:
    y = _BOTTOM + 42
    for part in parts:
        corners = box(_LEFT, y - 11, _LEFT + 22, y + 5)
        yield Path(points=corners, closed=True, ink=part.ink, width=1.2, fill=part.ink, pattern=part.pattern)
        yield from Words(size=TEXT, bold=True).at((_LEFT + 34, y), f"{part.span}: {part.name}", _WIDE)
        yield from Words(size=SMALL).at((_LEFT + 34, y + 14), part.told, _WIDE)
        y += 26 + Words(size=SMALL).height(part.told, _WIDE)
