"""What the progress page of a therapist shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision with everything behind it: the rule, its numbers, why, and from where."""

    day: date
    action: str
    word: str
    subject: str
    text: str
    rule: str
    numbers: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """A criterion: ``met`` is None when it is not known, which never opens a gate."""

    met: bool | None
    word: str
    text: str
    found: str
    detail: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTable:
    """A gate with its criteria, those that are not met or not known first."""

    name: str
    met: int
    days_left: int
    open: bool
    rows: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """What a role last said about going back; ``agrees`` is None when nothing was said."""

    role: str
    name: str
    agrees: bool | None
    day: date | None
    note: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """The next planned day to look again, and the last day on which it was answered."""

    due: date | None
    passed: bool
    answered: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """A day as it was told. ``told`` holds numbers in words; what was not told is a dash, never a zero."""

    fact_id: int
    day: date
    told: Mapping[str, str]
    walking: str
    signs: tuple[str, ...]
    exercises: int
    reason: str
