"""Everything that writes a case. Each action is one transaction, and leaves a line in the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from herstel.errors import InputError, Problem, marked
from herstel.flow import Recovery
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases import bridge
from herstel_web.cases.assemble import as_case_file
from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact, ForecastIssued
from herstel_web.cases.signals import concluded
from herstel_web.cases.stored_recovery import to_bytes
from herstel_web.knowledge import knowledge
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice

Part = Fact.Part


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A fact to record: a part of the case file, what it says, and what it replaces.

    ``key`` makes sending it twice the same as sending it once; ``entry`` None takes ``corrects`` back.
    """

    part: Fact.Part
    entry: Mapping[str, Any] | None
    day: date
    key: UUID = field(default_factory=uuid4)
    corrects: Fact | None = None
    reason: str = ""


@transaction.atomic
def open_case(
    *, person: Person, complaint: Mapping[str, Any], goal: Mapping[str, Any] | None, by: User | None, today: date
) -> Case:
    """Open a case with what was told; without a goal with Herstel's own proposal, which pages show as such.

    Raises
    ------
    InputError
        When the complaint or the goal cannot be read; nothing is kept then.
    """
    case = Case.objects.create(person=person, opened_on=today)
    record_fact(case=case, fact=NewFact(part=Part.COMPLAINT, entry=complaint, day=today), by=by, today=today)
    goal = goal if goal is not None else bridge.proposed_goal(complaint, today)
    record_fact(case=case, fact=NewFact(part=Part.GOAL, entry=goal, day=today), by=by, today=today)
    conclude(case=case, today=today)
    return case


def record_fact(*, case: Case, fact: NewFact, by: User | None, today: date) -> Fact:
    """Record one fact. What it changes is worked out at once when it may be unsafe to wait, else in the background.

    Raises
    ------
    InputError
        When the entry cannot be read, by itself or beside the other facts; nothing is kept then.
    """
    return record_facts(case=case, facts=[fact], by=by, today=today)[0]


@transaction.atomic
def record_facts(*, case: Case, facts: Sequence[NewFact], by: User | None, today: date) -> list[Fact]:
    """Record facts that belong together, all or none, and work out once what they change.

    Raises
    ------
    InputError
        When an entry cannot be read, by itself or beside the other facts; nothing is kept then.
    """
    Case.objects.select_for_update().get(pk=case.pk)  # facts of one case are written one after the other
    known = {one.key: one for one in Fact.objects.filter(case=case, key__in=[fact.key for fact in facts])}
    made = [known.get(fact.key) or _written(case, fact, by, today) for fact in facts]
    new = [one for one in made if one.key not in known]
    if new:
        Case.objects.filter(pk=case.pk).update(facts_version=F("facts_version") + len(new))
        case.refresh_from_db(fields=["facts_version"])
        _work_out(case, new, today)
    return made


def _written(case: Case, fact: NewFact, by: User | None, today: date) -> Fact:
    if fact.entry is not None:
        bridge.check_entry(fact.part, fact.entry, today, own_exercises=own_exercises(case))
    _refuse_second_correction(fact)
    made: Fact = Fact.objects.create(
        case=case,
        part=fact.part,
        entry=fact.entry,
        day=fact.day,
        key=fact.key,
        corrects=fact.corrects,
        reason=fact.reason,
        recorded_by=by,
    )
    _to_trail(case, made, by)
    return made


def own_exercises(case: Case) -> tuple[str, ...]:
    """The exercises of the therapist's own that stand in the edits."""
    edits = Fact.objects.filter(case=case, part=Part.EDITS, entry__kind="own").values_list("entry__exercise", flat=True)
    return tuple(edits)


def _refuse_second_correction(fact: NewFact) -> None:
    if fact.corrects is not None and Fact.objects.filter(corrects=fact.corrects).exists():
        reason = marked("somebody else corrected this in the meantime.")
        raise InputError([Problem(thing=fact.part, reason=reason, remedy=marked("Look at it again first."))])


def _to_trail(case: Case, fact: Fact, by: User | None) -> None:
    audit.record(
        action=Event.Action.WRITE,
        what=f"fact:{fact.part}",
        by=by,
        practice_id=case.practice_id,
        person_id=case.person_id,
        case_id=case.pk,
    )


def _work_out(case: Case, facts: Sequence[Fact], today: date) -> None:
    if not Conclusion.objects.filter(case=case).exists():
        return  # the case is being opened
    if any(bridge.needs_judging_at_once(one.part, one.entry) or one.corrects is not None for one in facts):
        conclude(case=case, today=today)
        return
    from herstel_web.cases.tasks import renew_conclusion

    transaction.on_commit(lambda: renew_conclusion.enqueue(str(case.pk)))


@transaction.atomic
def conclude(*, case: Case, today: date) -> Recovery:
    """Work out all five steps from the facts and keep what came of it.

    Nobody else writes to the case meanwhile; ``renewal.renew`` thinks first and only then asks for that.

    Raises
    ------
    InputError
        When the facts contradict each other.
    """
    version = Case.objects.select_for_update().values_list("facts_version", flat=True).get(pk=case.pk)
    recovery = work_out(case=case, today=today)
    keep(case=case, recovery=recovery, facts_version=version)
    return recovery


def work_out(*, case: Case, today: date) -> Recovery:
    """All five steps from the facts as they are now; nothing is written."""
    return bridge.recovery_of(as_case_file(Fact.objects.filter(case=case).order_by("pk")), today)


@transaction.atomic
def keep(*, case: Case, recovery: Recovery, facts_version: int) -> None:
    """Keep what was concluded from these facts, to be shown."""
    _keep_decisions(case, recovery)
    _keep_forecast(case, recovery)
    Conclusion.objects.update_or_create(
        case=case,
        defaults={
            "day": recovery.progress.today,
            "facts_version": facts_version,
            "knowledge_version": knowledge().version.version,
            "value": to_bytes(recovery),
            **bridge.columns(recovery),
        },
    )
    case._state.fields_cache.pop("conclusion", None)  # noqa: SLF001 - Django has no other way to forget it
    concluded.send_robust(sender=Case, case=case, recovery=recovery)


def _keep_decisions(case: Case, recovery: Recovery) -> None:
    """Add what was decided since, and mark what a correction changed as no longer standing.

    That something stays as it is, is decided nearly every day and changes nothing: it is not kept.
    """
    standing = {
        (row.day, row.subject, row.rule): row for row in DecisionMade.objects.filter(case=case, superseded_at=None)
    }
    now = {(one.date, one.subject, one.rule): one for one in recovery.progress.decisions if one.action != "hold"}
    gone = [row.pk for key, row in standing.items() if key not in now]
    if gone:
        DecisionMade.objects.filter(pk__in=gone).update(superseded_at=timezone.now())
    DecisionMade.objects.bulk_create(
        DecisionMade(
            case=case, day=one.date, subject=one.subject, action=one.action, rule=one.rule, numbers=dict(one.numbers)
        )
        for key, one in now.items()
        if key not in standing
    )


def _keep_forecast(case: Case, recovery: Recovery) -> None:
    day = recovery.progress.today
    if ForecastIssued.objects.filter(case=case, day=day).exists():
        return
    record = bridge.forecast_record(recovery, f"{case.pk}/{day}")
    if record is not None:
        version = recovery.forecast.knowledge_version
        ForecastIssued.objects.create(case=case, day=day, knowledge_version=version, record=record)


@transaction.atomic
def share_with(*, case: Case, practice: Practice | None, by: User | None) -> None:
    """Let a practice read and complete a case, or (None) end that."""
    case.practice, case.therapist = practice, None
    case.save(update_fields=["practice", "therapist"])
    audit.record(
        action=Event.Action.MANAGE,
        what="case:shared" if practice else "case:unshared",
        by=by,
        practice_id=practice.pk if practice else None,
        person_id=case.person_id,
        case_id=case.pk,
    )
