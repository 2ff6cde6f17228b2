"""A recovery as bytes and back. Only what pages show is kept, so that its size does not grow with the history."""

import zlib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.chain.model import Chain
from herstel.flow import Recovery
from herstel.forecast.model import Forecast
from herstel.plan.model import Plan
from herstel.progress.model import Progress

KEPT = timedelta(days=120)
"""Check-ins and decisions kept with the conclusion, and every change of phase; older ones stand in the facts and in the
decisions made."""
FAST = 1


_SHARED: Any = {
    "chain": {"assessment"},
    "plan": {"assessment": True, "chain": {"assessment"}},
    "progress": {"plan"},
    "plan_now": {"assessment", "chain"},
}
"""What a step holds of an earlier one. It is kept once, and put back where it belongs."""


@cache
def _form(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_bytes(recovery: Recovery) -> bytes:
    """The recovery, without what lies further back than pages look."""
    return zlib.compress(_form(Recovery).dump_json(_recent(recovery), exclude=_SHARED), FAST)


def if_readable(kept: bytes) -> Recovery | None:
    """The recovery as it was kept; None when a version of Herstel kept it that did so in another form."""
    try:
        return from_bytes(kept)
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


def from_bytes(kept: bytes) -> Recovery:
    """The recovery as it was kept."""
    values = from_json(zlib.decompress(kept))
    for milestone in values["forecast"]["milestones"].values():
        # JSON knows only words as keys; the levels of intervals are numbers.
        milestone["intervals"] = {int(level): one for level, one in milestone["intervals"].items()}
    result: Assessment | Referral = _form(Assessment | Referral).validate_python(values["assessment"])
    assessment = assessment_of(result)
    first_chain = _form(Chain).validate_python({**values["plan"]["chain"], "assessment": assessment})
    chain = _form(Chain).validate_python({**values["chain"], "assessment": assessment})
    plan = _form(Plan).validate_python({**values["plan"], "assessment": assessment, "chain": first_chain})
    return Recovery(
        assessment=result,
        chain=chain,
        plan=plan,
        progress=_form(Progress).validate_python({**values["progress"], "plan": plan}),
        plan_now=_form(Plan).validate_python({**values["plan_now"], "assessment": assessment, "chain": chain}),
        forecast=_form(Forecast).validate_python(values["forecast"]),
    )


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
