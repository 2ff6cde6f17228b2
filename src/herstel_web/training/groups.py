"""The questions of a form, as values: a legend with its choices, or a number to type."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from herstel_web.training.forms import Form

TEN = tuple(str(number) for number in range(11))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    checked: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A question with its choices. ``look`` is options (one below the other), chips or scale (0 to 10)."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    hint: str = ""
    ends: tuple[str, str] = ("", "")
    kind: str = "radio"
    look: str = "chips"

    @property
    def id(self) -> str:
        """As part of the id of an element."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number to type."""

    name: str
    label: str
    value: str
    most: int
    hint: str = ""
    step: str = "1"


def choices(name: str, labels: Mapping[str, str], form: Form) -> tuple[Choice, ...]:
    """The choices of a field, with what was chosen."""
    chosen = form.all(name)
    return tuple(Choice(value=value, label=label, checked=value in chosen) for value, label in labels.items())


def scale(name: str, legend: str, ends: tuple[str, str], form: Form, hint: str = "") -> Group:
    """A scale from 0 to 10; ``ends`` says what the two mean."""
    tens = choices(name, {value: value for value in TEN}, form)
    return Group(name=name, legend=legend, choices=tens, ends=ends, hint=hint, look="scale")


def pain(name: str, legend: str, form: Form, hint: str = "") -> Group:
    """A scale of pain."""
    return scale(name, legend, (gettext("no pain"), gettext("worst pain")), form, hint)
