"""Writes drafts of a plan, and saves them as facts."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from herstel.errors import InputError, Problem, marked
from herstel.flow import Recovery
from herstel_web.accounts.models import User
from herstel_web.cases.actions import NewFact, record_facts
from herstel_web.cases.models import Case, Fact
from herstel_web.planning import bridge, drafts, queries
from herstel_web.planning.models import PlanDraft

PUTS_IN = ("lock", "add", "own", "replace")


class OvertakenError(Exception):
    """Somebody else saved in between, or the draft was changed in another window; nothing was saved."""


@transaction.atomic
def draft_edit(*, case: Case, edit: Mapping[str, Any], recovery: Recovery, by: User, today: date) -> None:
    """Put a change into the draft of this therapist.

    Raises
    ------
    InputError
        When it cannot be read, or is not safe for this person now.
    """
    draft = _draft(case, by)
    standing = drafts.edits_with(queries.saved_edits(case), draft.entries, today)
    new = drafts.dated(edit, today)
    bridge.check_edit(new, bridge.own_names(standing), today)
    if edit["kind"] in PUTS_IN:
        bridge.refuse_unsafe(recovery, [*standing, new], today)
    _keep(draft, drafts.with_entry(draft.entries, {"edit": dict(edit)}))


@transaction.atomic
def draft_undo(*, case: Case, fact_id: int, reason: str, by: User) -> bool:
    """Put into the draft that a saved change is taken back; false when it no longer stands."""
    if not any(fact.pk == fact_id for fact in queries.saved_edits(case)):
        return False
    draft = _draft(case, by)
    _keep(draft, drafts.with_entry(draft.entries, {"undo": fact_id, "reason": reason}))
    return True


@transaction.atomic
def drop(*, case: Case, by: User, place: int | None, seen_version: int) -> None:
    """Take one change out of the draft, or throw all of it away.

    Raises
    ------
    OvertakenError
        When the draft was changed in another window: the place may then be that of another change.
    """
    draft = _draft(case, by)
    if draft.version != seen_version:
        raise OvertakenError
    _keep(draft, [] if place is None else [one for number, one in enumerate(draft.entries) if number != place])


@transaction.atomic
def keep_on_top(*, case: Case, by: User, places: Collection[int], seen_basis: int, seen_version: int) -> None:
    """Put the chosen changes of a draft on top of what somebody else saved in between; the others are dropped.

    Raises
    ------
    OvertakenError
        When there is something newer still.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    draft = _draft(case, by)
    if seen_basis != queries.basis_of(case) or seen_version != draft.version:
        raise OvertakenError
    standing = {fact.pk for fact in queries.saved_edits(case)}
    chosen = (one for number, one in enumerate(draft.entries) if number in places)
    draft.basis = seen_basis
    _keep(draft, [one for one in chosen if one.get("undo") is None or one["undo"] in standing])


@transaction.atomic
def save(  # noqa: PLR0913 - what is saved, and what was seen of it
    *, case: Case, by: User, seen_basis: int, seen_version: int, reason: str, today: date
) -> None:
    """Record the draft, all of it or nothing, and make the plan anew.

    Parameters
    ----------
    seen_basis, seen_version : int
        The last fact about the plan, and the version of the draft, that stood on the page that was looked at.
    reason : str
        For the changes that have no reason of their own.

    Raises
    ------
    OvertakenError
        When the plan or the draft is no longer what was looked at.
    InputError
        When a change has no reason, or the plan cannot be made with them.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    draft = _draft(case, by)
    if {seen_basis, draft.basis} != {queries.basis_of(case)} or seen_version != draft.version:
        raise OvertakenError
    if drafts.needs_reason(draft.entries) and not reason:
        remedy = marked("Say in a few words why.")
        raise InputError([Problem(thing="reason", reason=marked("the reason is empty."), remedy=remedy)])
    saved = {fact.pk: fact for fact in queries.saved_edits(case)}
    facts = [_fact(one, saved, reason, today) for one in draft.entries]
    record_facts(case=case, facts=facts, by=by, today=today)
    draft.delete()


@transaction.atomic
def remember_reason(*, case: Case, by: User, reason: str) -> None:
    """Keep a reason that was typed with the changes it was for, when they could not be saved yet."""
    draft = _draft(case, by)
    if draft.entries and reason:
        _keep(draft, [drafts.with_reason(one, reason) for one in draft.entries])


def _fact(entry: Mapping[str, Any], saved: Mapping[int, Fact], reason: str, today: date) -> NewFact:
    part = Fact.Part.EDITS
    if "undo" in entry:
        why = entry["reason"] or reason
        return NewFact(part=part, entry=None, day=today, corrects=saved[entry["undo"]], reason=why)
    edit = drafts.dated(entry["edit"], today, reason)
    return NewFact(part=part, entry=edit, day=today, reason=edit["reason"])


def _draft(case: Case, by: User) -> PlanDraft:
    """The draft of this author, begun on the plan as it stands."""
    draft = PlanDraft.objects.select_for_update().filter(case=case, author=by).first()
    return draft or PlanDraft(case=case, author=by, basis=queries.basis_of(case))


def _keep(draft: PlanDraft, entries: list[Mapping[str, Any]]) -> None:
    if not entries:
        if draft.pk:
            draft.delete()
        return
    draft.entries, draft.version = entries, draft.version + 1
    draft.save()
