"""The one place where the progress page reaches the domain."""

from collections.abc import Iterable, Iterator
from datetime import date

from herstel.assessment.report import write_report
from herstel.assessment.report_parts import Section
from herstel.assessment.result import assessment_of
from herstel.drawing.shapes import Drawing
from herstel.flow import Recovery
from herstel.forecast.report import write_forecast
from herstel.progress import report_grounds as grounds
from herstel.progress.check_in_file import ROLES
from herstel.progress.function_picture import function_picture
from herstel.progress.gates import LAST_PHASE
from herstel.progress.model import WALKING, Decision, Gate, GateItem, Progress
from herstel.progress.picture import progress_picture
from herstel.progress.report import write_progress
from herstel.progress.words import ACTIONS, WALKING_WORDS, ProgressTelling
from herstel.text import Language, say
from herstel_web.cases.bridge import next_recheck
from herstel_web.follow_up.values import DecisionRow, GateRow, GateTable, Recheck
from herstel_web.knowledge import knowledge

MOST_EARLIER = 60
FROM_PROGRESS = ("act", "call", "running", "load", "adherence", "watch", "missing")
"""Sections of the report of the progress that the page shows as they are."""
FROM_FORECAST = ("time", "milestones", "moved", "recurrence")


def telling(progress: Progress, language: Language) -> ProgressTelling:
    return ProgressTelling(progress=progress, knowledge=knowledge(), language=language)


def headline_and_sections(recovery: Recovery, since: date, language: Language) -> tuple[str, tuple[Section, ...]]:
    """What the progress report says beside decisions and gates."""
    report = write_progress(recovery.progress, knowledge(), language, since=since)
    found = {one.id: one for one in report.sections}
    return report.headline, tuple(found[name] for name in FROM_PROGRESS if name in found)


def forecast_sections(recovery: Recovery, language: Language) -> tuple[str, tuple[Section, ...]]:
    """How long it may take, with the familiar range beside it, and the chance that it comes back."""
    report = write_forecast(recovery.forecast, knowledge(), language)
    return report.headline, tuple(one for one in report.sections if one.id in FROM_FORECAST)


def pictures_since(recovery: Recovery, since: date, language: Language) -> tuple[Drawing, ...]:
    """Pain and stiffness; function, load and strength."""
    drawn = (progress_picture, function_picture)
    return tuple(draw(recovery.progress, knowledge(), language, since=since) for draw in drawn)


# --- decisions --------------------------------------------------------------------------------------------------------


def latest(recovery: Recovery, language: Language) -> list[DecisionRow]:
    """The decisions of the last day that had any, also those that something stays as it is."""
    return _rows(recovery, recovery.progress.latest, language)


def earlier(recovery: Recovery, since: date, language: Language) -> list[DecisionRow]:
    """What was changed before the last day, the newest first."""
    now = {id(one) for one in recovery.progress.latest}
    before = (one for one in reversed(recovery.progress.decisions) if id(one) not in now)
    told = [one for one in before if one.action != "hold" and one.date >= since]
    return _rows(recovery, told[:MOST_EARLIER], language)


def _rows(recovery: Recovery, decisions: Iterable[Decision], language: Language) -> list[DecisionRow]:
    t = telling(recovery.progress, language)
    return [_row(t, one) for one in decisions]


def _row(t: ProgressTelling, decision: Decision) -> DecisionRow:
    rule = t.rule(decision.rule)
    return DecisionRow(
        day=decision.date,
        action=decision.action,
        word=t.tell(ACTIONS[decision.action]),
        subject=t.subject(decision),
        text=t.filled(rule.text, rule),
        rule=t.of(rule.name),
        numbers=t.numbers(decision),
        why=t.filled(rule.why, rule),
        sources=t.cite(rule.source),
    )


# --- gates ------------------------------------------------------------------------------------------------------------


def gate_table(recovery: Recovery, language: Language) -> GateTable | None:
    """What the next phase, or the return, asks; None once the person is back."""
    progress = recovery.progress
    if progress.gate is None:
        return None
    if progress.phase == LAST_PHASE:
        return return_table(recovery, language)
    name = say(language, "What phase {phase} asks before it opens", phase=progress.phase + 1)
    return _table(progress, progress.gate, name, language)


def return_table(recovery: Recovery, language: Language) -> GateTable:
    """The table of the return to sport."""
    name = say(language, "What going back asks")
    return _table(recovery.progress, recovery.progress.return_table, name, language)


def in_last_phase(recovery: Recovery) -> bool:
    return recovery.progress.phase == LAST_PHASE


def _table(progress: Progress, gate: Gate, name: str, language: Language) -> GateTable:
    t = telling(progress, language)
    rows = tuple(_gate_row(t, one) for one in sorted(gate.items, key=lambda one: one.met is True))
    return GateTable(
        name=name,
        met=sum(one.met is True for one in gate.items),
        days_left=max(0, round(gate.minimum_days_left)),
        open=gate.open,
        rows=rows,
    )


def _gate_row(t: ProgressTelling, item: GateItem) -> GateRow:
    criterion = t.knowledge.progress.criterion(item.criterion)
    return GateRow(
        met=item.met,
        word=t.tell(grounds.MET[item.met]),
        text=t.of(criterion.text),
        found=t.found(item),
        detail=t.of(criterion.substitute) if criterion.substitute is not None and item.met is not True else "",
        sources=t.cite(criterion.source),
    )


def roles() -> tuple[str, ...]:
    """Who takes part in the shared decision."""
    return ROLES


# --- looking again ----------------------------------------------------------------------------------------------------


def recheck(recovery: Recovery) -> Recheck:
    due, today = next_recheck(recovery), recovery.progress.today
    answered = max((one.date for one in recovery.progress.check_ins if one.answers), default=None)
    return Recheck(due=due, passed=due is not None and due < today, answered=answered)


def what_changed(recovery: Recovery, language: Language) -> Section | None:
    """What the answers that were taken anew changed in the advice; None when they were not taken."""
    revised = recovery.progress.reassessment
    if revised is None:
        return None
    before = assessment_of(recovery.assessment)
    sections = write_report(revised, knowledge(), language, before=before).sections
    return next(one for one in sections if one.id == "changed")


def walking_words(language: Language) -> Iterator[tuple[str, str]]:
    """How somebody can walk, by the words of the check-in."""
    for name, word in zip(WALKING, WALKING_WORDS, strict=True):
        yield name, say(language, word)
