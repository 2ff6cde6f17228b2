"""A draft as the plan it would give. An entry is a change to record, or the id of a fact to take back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from herstel_web.cases.models import Fact

Entry = Mapping[str, Any]
ONCE = ("dose", "day")
"""Of these kinds the last one in a draft about an exercise replaces the one before."""


def with_entry(entries: Sequence[Entry], new: Entry) -> list[Entry]:
    """The entries with one more; what it makes pointless is left out."""
    edit, fact = new.get("edit"), new.get("undo")
    if fact is not None:
        return [*(one for one in entries if one.get("undo") != fact), new]
    return [*(one for one in entries if not _replaces(edit or {}, one.get("edit") or {})), new]


def _replaces(new: Entry, old: Entry) -> bool:
    same = new.get("exercise") == old.get("exercise") and new.get("kind") == old.get("kind")
    return same and (new.get("kind") not in ONCE or _of_same(new) == _of_same(old))


def _of_same(edit: Entry) -> tuple[str, ...]:
    return tuple(sorted(field for field in edit if field in ("dose", "times_per_week", "days")))


def edits_with(saved: Sequence[Fact], entries: Sequence[Entry], today: date) -> list[Entry]:
    """The changes of a plan as the case file writes them: those saved and not taken back, then those of the draft."""
    gone = {one["undo"] for one in entries if "undo" in one}
    kept = [fact.entry for fact in saved if fact.entry is not None and fact.pk not in gone]
    return [*kept, *(dated(one["edit"], today) for one in entries if "edit" in one)]


def dated(edit: Entry, today: date, reason: str = "") -> dict[str, Any]:
    """A change as it is recorded today; ``reason`` is for one that has none of its own."""
    return {**edit, "reason": edit.get("reason") or reason or "-", "date": today.isoformat()}


def needs_reason(entries: Sequence[Entry]) -> bool:
    """Whether something in the draft does not say why yet."""
    return any(not (one.get("edit") or one).get("reason") for one in entries)


def with_reason(entry: Entry, reason: str) -> Entry:
    """An entry with a reason, unless it has one of its own."""
    if "edit" in entry:
        return {"edit": {**entry["edit"], "reason": entry["edit"].get("reason") or reason}}
    return {**entry, "reason": entry.get("reason") or reason}
