"""A recovery as bytes and back. Only what pages show is kept, so that its size does not grow with the history."""

import zlib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from pydantic import TypeAdapter
from pydantic_core import from_json

from herstel.flow import Recovery

KEPT = timedelta(days=120)
"""Check-ins and decisions kept with the conclusion, and every change of phase; older ones stand in the facts and in the
decisions made."""
FAST = 1


@cache
def _form() -> TypeAdapter[Recovery]:
    return TypeAdapter(Recovery)


def to_bytes(recovery: Recovery) -> bytes:
    """The recovery, without what lies further back than pages look."""
    return zlib.compress(_form().dump_json(_recent(recovery)), FAST)


def from_bytes(kept: bytes) -> Recovery:
    """The recovery as it was kept."""
    values = from_json(zlib.decompress(kept))
    for milestone in values["forecast"]["milestones"].values():
        # JSON knows only words as keys; the levels of intervals are numbers.
        milestone["intervals"] = {int(level): one for level, one in milestone["intervals"].items()}
    return _form().validate_python(values)


def _recent(recovery: Recovery) -> Recovery:
    progress = recovery.progress
    first = _first_day(progress.today)
    recent = replace(
        progress,
        check_ins=tuple(one for one in progress.check_ins if one.date >= first),
        decisions=tuple(one for one in progress.decisions if one.date >= first or "phase" in one.numbers),
        corrected=(),
    )
    return replace(recovery, progress=recent)


def _first_day(today: date) -> date:
    return today - KEPT
