"""The four phases of recovery as stairs, with a gate before each next one."""

from collections.abc import Iterator, Mapping

from herstel.drawing.shapes import Circle, Drawing, Label, Path, Point, Shape
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import Phase, Step
from herstel.learn.layout import TEXT, WIDTH, Words, box
from herstel.text import Language, say

_HEIGHT, _LEFT, _STAIR, _RISE = 256.0, 6.0, 79.5, 32.0
_LOWEST, _FLOOR = 152.0, 214.0
_BADGE = 10.0
_STEPS: Mapping[Step, str] = {"relieve": marked("relieve"), "build": marked("build"), "keep": marked("keep")}


def phases_picture(knowledge: Knowledge, language: Language) -> Drawing:
    """Stairs from the first phase to the last."""
    phases = [phase for _, phase in sorted(knowledge.plan.phases.items())]
    gate = say(language, "Gate: it opens on what you show, never on the calendar.")
    shapes: list[Shape] = [*_flag((_LEFT + 3, 44)), *Words().at((_LEFT + 24, 22), gate, 150)]
    for number, phase in enumerate(phases):
        shapes += _stair(number, phase, language)
        if number:
            shapes += _flag((_left(number) + 5, _top(number)))
    shapes += _steps(phases, language)
    stairs = say(language, "Stairs upwards with a gate before each next stair.")
    told = ". ".join(phase.name[language] for phase in phases)
    return Drawing(
        width=WIDTH,
        height=_HEIGHT,
        shapes=tuple(shapes),
        title=say(language, "The four phases of recovery"),
        description=f"{stairs} {told}. {gate}",
    )


def _left(number: int) -> float:
    return _LEFT + number * _STAIR


def _top(number: int) -> float:
    return _LOWEST - number * _RISE


def _stair(number: int, phase: Phase, language: Language) -> Iterator[Shape]:
    left, right, top = _left(number), _left(number + 1), _top(number)
    yield Path(points=box(left, top, right, _FLOOR), closed=True, fill="paper", ink="ink", width=1.2)
    yield Path(points=((left, top), (right, top)), ink="accent", width=4)
    middle = (left + right) / 2
    yield Circle(centre=(middle, top - 16), radius=_BADGE, ink="accent", fill="accent")
    yield Label(at=(middle, top - 12), text=str(phase.number), size=12, bold=True, anchor="middle", ink="paper")
    name = phase.name[language].partition(": ")[2]
    yield from Words(anchor="middle").at((middle, top + 19), name, _STAIR - 6)


def _flag(foot: Point) -> Iterator[Shape]:
    x, y = foot
    yield Path(points=((x, y), (x, y - 26)), ink="ink", width=1.4)
    yield Path(points=((x, y - 26), (x + 13, y - 21), (x, y - 16)), closed=True, ink="ink", width=1.2, fill="warn")


def _steps(phases: list[Phase], language: Language) -> Iterator[Shape]:
    """Below the stairs: which of the practical steps a phase belongs to."""
    for step, word in _STEPS.items():
        places = [number for number, phase in enumerate(phases) if phase.step == step]
        left, right, y = _left(places[0]) + 4, _left(places[-1] + 1) - 4, _FLOOR + 14
        yield Path(points=((left, y - 5), (left, y), (right, y), (right, y - 5)), ink="soft", width=1.4)
        text = say(language, word)
        yield Label(at=((left + right) / 2, y + 17), text=text, size=TEXT, bold=True, anchor="middle")
