"""One question in the terminal: how it is put, and what was typed in answer to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from herstel.complaint.answers import check_answer
from herstel.complaint.model import NONE_OF_THESE, UNKNOWN, UNSURE, AnswerValue, Side
from herstel.errors import Problem, marked
from herstel.knowledge.model import Question
from herstel.text import Language, say

Command = Literal["back", "quit"]
_COMMANDS: dict[str, Command] = {"b": "back", "t": "back", "q": "quit", "s": "quit"}
_SIDE_LETTERS: dict[str, Side] = {"l": "left", "r": "right", "m": "middle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed: a command, an answer, or what is wrong with it; exactly one of them."""

    command: Command | None = None
    answer: AnswerValue | None = None
    problems: tuple[Problem, ...] = ()


def question_lines(question: Question, language: Language) -> Iterator[str]:
    """The question with its numbered answers and how to answer."""
    yield question.text[language]
    if question.help:
        yield f"  ({question.help[language]})"
    for number, option in enumerate(question.options, start=1):
        yield f"  {number:>2}. {option.label[language]}"
    if question.kind == "several":
        none, unsure = say(language, "None of these"), say(language, "Not sure about the others")
        yield f"   0. {none}"
        yield f"  {len(question.options) + 1:>2}. {unsure}"
    yield f"  {_how_to_answer(question, language)}"
    yield "  " + say(language, "? = I don't know, b = back, q = stop and save.")


def _how_to_answer(question: Question, language: Language) -> str:
    if question.kind == "number":
        unit = question.unit[language] if question.unit else ""
        return say(language, "Type a number ({unit}).", unit=unit)
    if question.kind == "places":
        return say(language, "Type numbers with l (left), r (right) or m (middle), such as: 6l 7l.")
    if question.kind == "several":
        return say(language, "Type the numbers of all that fit, such as: 1 3.")
    return say(language, "Type one number.")


def read_answer(question: Question, typed: str) -> Typed:
    """What the typed text means as an answer to this question."""
    text = typed.strip().lower()
    if text in _COMMANDS:
        return Typed(command=_COMMANDS[text])
    if text == "?":
        return Typed(answer=UNKNOWN)
    if not text:
        return Typed(problems=(_not_understood(question, typed),))
    raw = text if question.kind == "number" else _chosen(question, text)
    if raw is None:
        return Typed(problems=(_not_understood(question, typed),))
    answer, problem = check_answer(question, raw)
    return Typed(answer=answer, problems=(problem,) if problem else ())


def _chosen(question: Question, text: str) -> str | list[str] | None:
    """The option ids that typed numbers stand for; None when one stands for nothing."""
    parts = text.replace(",", " ").replace(";", " ").split()
    chosen = [_place(question, part) if question.kind == "places" else _option(question, part) for part in parts]
    found = [one for one in chosen if one is not None]
    if len(found) < len(chosen) or (question.kind == "single" and len(found) != 1):
        return None
    return found[0] if question.kind == "single" else found


def _option(question: Question, typed: str) -> str | None:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 2:
        return None
    number = int(typed)
    if 1 <= number <= len(question.options):
        return question.options[number - 1].id
    if question.kind == "several":
        return {0: NONE_OF_THESE, len(question.options) + 1: UNSURE}.get(number)
    return None


def _place(question: Question, typed: str) -> str | None:
    side, option = _SIDE_LETTERS.get(typed[-1]), _option(question, typed[:-1])
    return f"{side}.{option}" if side and option else None


def _not_understood(question: Question, typed: str) -> Problem:
    remedies = {
        "number": marked("Type a number from {low} to {high}, or ? if you don't know."),
        "places": marked("Type a number with a side, such as 6l for left or 6r for right, or ? if you don't know."),
        "several": marked("Type one or more numbers from the list, such as 1 3, or ? if you don't know."),
        "single": marked("Type one number from the list, or ? if you don't know."),
    }
    return Problem(
        thing=typed.strip() or "-",
        reason=marked("this is not one of the answers."),
        remedy=remedies[question.kind],
        values={"low": question.min, "high": question.max},
    )
