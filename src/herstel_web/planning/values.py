"""What the plan editor shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from herstel.assessment.report_parts import Line
from herstel.plan.model import Plan
from herstel_web.cases.models import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An exercise on a day. ``earlier`` and ``later`` are the nearest days it may move to, 0 is Monday."""

    exercise: str
    name: str
    amount: str
    locked: bool
    edited: bool
    movable: bool
    earlier: int | None
    earlier_name: str
    later: int | None
    later_name: str
    open_days: str
    """The days it may be on, for who drags it, such as "0 2 4"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBox:
    kind: str
    minutes: float
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """A day of the week; ``given`` are the minutes the person has, ``used`` those of the sessions."""

    date: date
    weekday: int
    name: str
    given: int
    used: float
    events: tuple[str, ...]
    sessions: tuple[SessionBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    exercise: str
    name: str
    often: str
    why: str
    sources: tuple[str, ...]
    days: str
    locked: bool
    edited: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePage:
    """``row`` is None for an exercise that is not in the plan now."""

    id: str
    name: str
    row: ExerciseRow | None
    sets: int
    amount: str
    unit: str
    times: int
    own: bool
    steps: tuple[str, ...]
    figure: SafeString | str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change by hand in words. ``fact`` is set when it was saved, ``place`` when it stands in the draft."""

    what: str
    name: str
    reason: str
    fact: Fact | None = None
    place: int | None = None
    takes_back: bool = False
    by: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """An exercise to choose; ``reason`` says why it may not be chosen now."""

    exercise: str
    name: str
    target: str
    load: int
    amount: str
    reason: str
    lacks_equipment: bool
    planned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChoice:
    weekday: int
    name: str
    chosen: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """An exercise on the person's sheet."""

    name: str
    figure: SafeString | str
    amount: str
    often: str
    days: str
    start: str
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    leads_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """A plan as it is being edited: as it stands, as it would be, and what differs."""

    standing: Plan
    plan: Plan
    changes: tuple[Line, ...]
    saved: tuple[Fact, ...]
    """The changes that stand, oldest first."""
    entries: tuple[Mapping[str, Any], ...]
    basis: int
    """The last fact about the plan now."""
    draft_basis: int
    version: int
    problems: tuple[str, ...] = ()
    """Why the draft gives no plan; empty when it does."""

    @property
    def overtaken(self) -> bool:
        """Somebody else saved after this draft was begun."""
        return bool(self.entries) and self.draft_basis != self.basis
