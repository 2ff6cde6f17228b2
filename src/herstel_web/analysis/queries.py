"""What was measured and judged of a case."""

from dataclasses import replace

from herstel.chain.model import Chain
from herstel.chain.report_words import ChainTelling
from herstel.text import Language
from herstel_web.analysis import bridge
from herstel_web.analysis.values import ContributorRow, PastRow
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts

MOST_SHOWN = 24
"""Measurements of one test in its list; the picture shows all."""


def past(case: Case, test_id: str, chain: Chain, language: Language) -> list[PastRow]:
    """What was measured of a test, the newest first."""
    t = bridge.telling(chain, language)
    found = facts(case, Fact.Part.MEASUREMENTS).filter(entry__test=test_id).select_related("recorded_by")
    return [_past(one, t) for one in found.order_by("-day", "-pk")[:MOST_SHOWN]]


def _past(fact: Fact, t: ChainTelling) -> PastRow:
    entry = fact.entry or {}
    return PastRow(
        fact_id=fact.pk,
        side=t.side(entry.get("side")),
        value=t.amount(t.test(entry["test"]), entry["value"]),
        day=fact.day,
        by=fact.recorded_by.shown_name if fact.recorded_by else "",
        note=entry.get("note", ""),
        reason=fact.reason,
    )


def measurement(case: Case, test_id: str, fact_id: int) -> Fact | None:
    """A measurement of this case and test that stands."""
    return facts(case, Fact.Part.MEASUREMENTS).filter(entry__test=test_id, pk=fact_id).first()


def measured_on(case: Case, entry: dict[str, object]) -> Fact | None:
    """What was measured of the same test and side on the same day."""
    same = facts(case, Fact.Part.MEASUREMENTS).filter(entry__test=entry["test"], entry__date=entry["date"])
    return next((one for one in same if (one.entry or {}).get("side") == entry.get("side")), None)


def judgement(case: Case, contributor: str) -> Fact | None:
    """What a therapist last said about a contributor."""
    return facts(case, Fact.Part.JUDGEMENTS).filter(entry__contributor=contributor).last()


def contributors(case: Case, chain: Chain, language: Language) -> list[ContributorRow]:
    """The hypotheses with what was said about each, and by whom."""
    told = facts(case, Fact.Part.JUDGEMENTS).select_related("recorded_by")
    said = {(one.entry or {}).get("contributor"): one for one in told}
    rows = []
    for row in bridge.contributor_rows(chain, language):
        fact = said.get(row.id)
        by = fact.recorded_by.shown_name if fact and fact.recorded_by else ""
        rows.append(replace(row, fact_id=fact.pk if fact else None, judged_by=by))
    return rows
