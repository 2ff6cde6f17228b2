"""What a page shows, as values: everything a template needs and nothing it has to work out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from herstel.complaint.model import NONE_OF_THESE, SIDES, UNKNOWN, UNSURE, AnswerValue, Side
from herstel.knowledge.model import Block, Option, Question
from herstel.text import Language
from herstel_web.self_check.bridge import Interview

LARGEST_SCALE = 10
"""A number question with at most this span is shown as buttons."""
PLACES_WITH_A_MIDDLE = frozenset({"low_back"})
LONGEST_ECHO = 40
"""So much of what was typed is shown again."""


def block_name(block: Block) -> str:
    """A part of the interview, as visitors see it."""
    return {
        "person": gettext("About you"),
        "red_flags": gettext("Safety first"),
        "place": gettext("Where it hurts"),
        "start": gettext("How it began"),
        "function": gettext("What you feel and can do"),
        "course": gettext("How it is going"),
        "history": gettext("Before this"),
    }[block]


def side_name(side: Side) -> str:
    return {"left": gettext("left"), "right": gettext("right"), "middle": gettext("middle")}[side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    chosen: bool

    @property
    def slug(self) -> str:
        """The value as part of an element's id or class."""
        return self.value.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One place of the body with a box per side."""

    id: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question. ``control`` is single, several, number, scale or places."""

    id: str
    control: str
    block: str
    title: str
    help: str
    choices: tuple[Choice, ...]
    places: tuple[PlaceRow, ...]
    unit: str
    lowest: int
    highest: int
    typed: str
    none_chosen: bool
    unsure_chosen: bool
    unknown_chosen: bool
    error: str
    number: int
    most_remaining: int
    back: str | None

    @property
    def answered_share(self) -> int:
        """How far the interview is at least, in percent."""
        return round(100 * (self.number - 1) / (self.number + self.most_remaining))

    @property
    def first_field(self) -> str:
        """The id of the element that an error message leads to."""
        if self.control == "places":
            return f"place-{self.places[0].choices[0].slug}"
        return "answer" if self.control == "number" else "answer-1"


def question_page(
    asked: Question, stand: Interview, language: Language, *, given: Sequence[str] | None = None, error: str = ""
) -> QuestionPage:
    """A question with the answer it has, or (``given``) with what was typed and refused."""
    values = list(given) if given is not None else _as_values(stand.answers.get(asked.id))
    back = stand.before(asked)
    return QuestionPage(
        id=asked.id,
        control=control_of(asked),
        block=block_name(asked.block),
        title=asked.text[language],
        help=asked.help[language] if asked.help else "",
        choices=_choices(asked, values, language),
        places=tuple(_place_row(option, values, language) for option in asked.options if asked.kind == "places"),
        unit=asked.unit[language] if asked.unit else "",
        lowest=asked.min or 0,
        highest=asked.max or 0,
        typed=values[0][:LONGEST_ECHO] if values and values[0] != UNKNOWN else "",
        none_chosen=NONE_OF_THESE in values,
        unsure_chosen=UNSURE in values,
        unknown_chosen=UNKNOWN in values,
        error=error,
        number=1 + (stand.asked.index(asked) if asked in stand.asked else len(stand.asked)),
        most_remaining=len([one for one in stand.open if one != asked]),
        back=back.id if back else None,
    )


def control_of(asked: Question) -> str:
    """Which control a question gets."""
    small = asked.kind == "number" and (asked.max or 0) - (asked.min or 0) <= LARGEST_SCALE
    return "scale" if small else asked.kind


def _as_values(answer: AnswerValue | None) -> list[str]:
    if answer is None:
        return []
    return list(answer) if isinstance(answer, tuple | list) else [str(answer)]


def _choices(asked: Question, values: Sequence[str], language: Language) -> tuple[Choice, ...]:
    if control_of(asked) == "scale":
        numbers = [str(number) for number in range(asked.min or 0, (asked.max or 0) + 1)]
        return tuple(Choice(value=number, label=number, chosen=number in values) for number in numbers)
    return tuple(
        Choice(value=option.id, label=option.label[language], chosen=option.id in values) for option in asked.options
    )


def _place_row(option: Option, values: Sequence[str], language: Language) -> PlaceRow:
    across: tuple[Side, ...] = ("left", "middle", "right")
    sides = [side for side in across if side != "middle" or option.id in PLACES_WITH_A_MIDDLE]
    return PlaceRow(
        id=option.id,
        label=option.label[language],
        choices=tuple(
            Choice(value=f"{side}.{option.id}", label=side_name(side), chosen=f"{side}.{option.id}" in values)
            for side in sides
        ),
    )


# --- what was answered ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One line of the list of answers; ``answer`` is empty for a question that was left out."""

    id: str
    summary: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBlock:
    name: str
    given: tuple[Given, ...]


def given_answers(stand: Interview, language: Language) -> list[GivenBlock]:
    """The answers so far, in the order of the blocks."""
    blocks: dict[Block, list[Given]] = {}
    for asked in sorted(stand.asked, key=lambda one: _BLOCKS.index(one.block)):
        answer = in_words(asked, stand.answers[asked.id], language)
        blocks.setdefault(asked.block, []).append(_given(asked, answer, language))
    return [GivenBlock(name=block_name(block), given=tuple(given)) for block, given in blocks.items()]


_BLOCKS: tuple[Block, ...] = ("person", "red_flags", "place", "start", "function", "course", "history")


def left_out(stand: Interview, language: Language) -> list[Given]:
    """The questions that were not asked, once the interview is finished."""
    return [_given(one, "", language) for one in stand.open] if stand.finished else []


def _given(asked: Question, answer: str, language: Language) -> Given:
    summary = asked.summary[language]
    return Given(id=asked.id, summary=summary[:1].upper() + summary[1:], answer=answer)


def in_words(asked: Question, answer: AnswerValue, language: Language) -> str:
    """An answer as a person would say it."""
    values = _as_values(answer)
    if UNKNOWN in values:
        return gettext("I don't know")
    if asked.kind == "number":
        return f"{values[0]} {asked.unit[language] if asked.unit else ''}".strip()
    return "; ".join(_value_in_words(asked, value, language) for value in sorted(values, key=UNSURE.__eq__))


def _value_in_words(asked: Question, value: str, language: Language) -> str:
    if value == NONE_OF_THESE:
        return gettext("None of these")
    if value == UNSURE:
        return gettext("not sure about the rest")
    side, _, place = value.rpartition(".")
    option = asked.option(place)
    label = option.label[language] if option else value
    named = next((one for one in SIDES if one == side), None)
    return f"{label} ({side_name(named)})" if named else label
