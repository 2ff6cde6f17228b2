"""Everything that reads a case."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from herstel.flow import Recovery
from herstel_web.cases import bridge
from herstel_web.cases.actions import own_exercises
from herstel_web.cases.assemble import with_sets
from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact
from herstel_web.cases.renewal import renew
from herstel_web.cases.stored_recovery import if_readable

PATIENCE = timedelta(seconds=10)
"""How long a page leaves the working out to the background before it does it itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stands.

    ``pending`` is true while the newest facts are still being worked out; the recovery is then that of a moment ago.
    """

    recovery: Recovery
    pending: bool


def standing(case: Case, today: date, patience: timedelta = PATIENCE) -> Standing:
    """Where the case stands today, worked out anew when what was kept is out of date."""
    kept = Conclusion.objects.filter(case=case).first()
    if kept is None or kept.day != today or kept.knowledge_version != _knowledge_version():
        return Standing(recovery=renew(case=case, today=today), pending=False)
    pending = kept.facts_version != case.facts_version
    recovery = None if pending and not _just_told(case, patience) else if_readable(bytes(kept.value))
    if recovery is None:
        return Standing(recovery=renew(case=case, today=today), pending=False)
    return Standing(recovery=recovery, pending=pending)


def _just_told(case: Case, patience: timedelta) -> bool:
    """Whether the newest fact is so new that the background may still be busy with it."""
    newest = Fact.objects.filter(case=case).order_by("-pk").values_list("recorded_at", flat=True).first()
    return newest is not None and timezone.now() - newest < patience


def _knowledge_version() -> str:
    from herstel_web.knowledge import knowledge

    return knowledge().version.version


def facts(case: Case, part: str, since: date | None = None) -> "QuerySet[Fact]":
    """The facts of one part that stand, oldest first; ``since`` leaves out earlier days."""
    found = Fact.objects.filter(case=case, part=part, entry__isnull=False, corrected_by=None)
    return (found.filter(day__gte=since) if since else found).order_by("day", "pk")


def with_whole_history(case: Case, recovery: Recovery, today: date) -> Recovery:
    """A recovery with every check-in; one that was kept holds only those of the last months.

    For what looks back to the start and is asked for seldom: it grows with the history.
    """
    parts = (Fact.Part.CHECK_INS, Fact.Part.SETS)
    told, ticked = ([one or {} for one in facts(case, part).values_list("entry", flat=True)] for part in parts)
    check_ins = bridge.check_ins_of(with_sets(told, ticked), today, own_exercises(case))
    return replace(recovery, progress=replace(recovery.progress, check_ins=check_ins))


def last_fact(case: Case, part: str) -> Fact | None:
    """The last fact of a part that stands."""
    return facts(case, part).last()


def decisions(case: Case, since: date) -> "QuerySet[DecisionMade]":
    """What was decided and stands, newest first."""
    return DecisionMade.objects.filter(case=case, superseded_at=None, day__gte=since).order_by("-day", "-pk")
