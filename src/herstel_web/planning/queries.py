"""Reads what the plan editor shows."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from herstel.assessment.report_parts import Line
from herstel.errors import InputError
from herstel.flow import Recovery
from herstel.text import Language, say_problem
from herstel_web.accounts.models import User
from herstel_web.cases.assemble import as_case_file
from herstel_web.cases.bridge import recovery_of
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import standing
from herstel_web.planning import bridge, drafts
from herstel_web.planning.models import PlanDraft
from herstel_web.planning.values import ChangeLine, Editor

ABOUT_PLAN = (Fact.Part.EDITS, Fact.Part.GOAL)


def basis_of(case: Case) -> int:
    """The last fact about the plan of a case; 0 when there is none."""
    newest = Fact.objects.filter(case=case, part__in=ABOUT_PLAN).aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def saved_edits(case: Case) -> tuple[Fact, ...]:
    """The changes by hand that stand, in the order in which they were made."""
    found = Fact.objects.filter(case=case, part=Fact.Part.EDITS, entry__isnull=False, corrected_by=None)
    return tuple(found.select_related("recorded_by").order_by("pk"))


def draft_of(case: Case, author: User) -> PlanDraft | None:
    return PlanDraft.objects.filter(case=case, author=author).first()


def editor(case: Case, author: User, recovery: Recovery, today: date, language: Language) -> Editor:
    """The plan with what this author is changing of it."""
    saved, draft = saved_edits(case), draft_of(case, author)
    entries, now = tuple(draft.entries) if draft else (), recovery.plan_now
    plan, problems = now, tuple[str, ...]()
    if entries:
        try:
            plan = bridge.plan_with(recovery, drafts.edits_with(saved, entries, today), today)
        except InputError as error:
            problems = tuple(say_problem(language, one) for one in error.problems)
    return Editor(
        standing=now,
        plan=plan,
        changes=bridge.changes(now, plan, language) if entries else (),
        saved=saved,
        entries=entries,
        basis=basis_of(case),
        draft_basis=draft.basis if draft else 0,
        version=draft.version if draft else 0,
        problems=problems,
    )


def changes_with_goal(case: Case, goal: Mapping[str, object], today: date, language: Language) -> tuple[Line, ...]:
    """What another goal would change in the plan, worked out from all facts; nothing is kept.

    Raises
    ------
    InputError
        When the goal cannot be read, or contradicts the complaint.
    """
    facts = Fact.objects.filter(case=case).order_by("pk")
    asked = recovery_of({**as_case_file(facts), Fact.Part.GOAL.value: goal}, today)
    return bridge.changes(standing(case, today).recovery.plan_now, asked.plan_now, language)


def drafted_lines(it: Editor, today: date, language: Language) -> list[ChangeLine]:
    """What stands in the draft, in words."""
    by_pk = {fact.pk: fact for fact in it.saved}
    lines = []
    for place, entry in enumerate(it.entries):
        fact = by_pk.get(entry.get("undo", 0))
        edit = drafts.dated(entry["edit"], today) if "edit" in entry else (fact.entry if fact else None)
        if edit is None:
            continue  # somebody else took it back in the meantime
        line = bridge.edit_in_words(edit, it.plan if "edit" in entry else it.standing, language, today)
        reason = (entry.get("edit") or entry).get("reason", "")
        what = line.text.rpartition(", ")[0]
        lines.append(
            ChangeLine(what=what, name=line.mark, reason=reason, place=place, takes_back="undo" in entry, fact=fact)
        )
    return lines


def saved_lines(it: Editor, today: date, language: Language) -> list[ChangeLine]:
    """The changes that stand, the newest first."""
    return [line for fact in reversed(it.saved) if (line := _saved(fact, it, today, language)) is not None]


def _saved(fact: Fact, it: Editor, today: date, language: Language) -> ChangeLine | None:
    line = bridge.edit_in_words(fact.entry or {}, it.standing, language, today)
    return ChangeLine(
        what=line.text.rpartition(", ")[0],
        name=line.mark,
        reason=line.detail,
        fact=fact,
        by=fact.recorded_by.shown_name if fact.recorded_by else "",
        day=fact.day,
    )


def since(case: Case, basis: int) -> list[Fact]:
    """What others recorded about the plan after a fact, the oldest first; also what they took back."""
    later = Fact.objects.filter(case=case, part__in=ABOUT_PLAN, pk__gt=basis)
    return list(later.select_related("recorded_by", "corrects").order_by("pk"))


def since_lines(case: Case, it: Editor, today: date, language: Language) -> list[ChangeLine]:
    """What others saved in between, in words."""
    lines = []
    for fact in since(case, it.draft_basis):
        by = fact.recorded_by.shown_name if fact.recorded_by else ""
        if fact.part == Fact.Part.GOAL:
            lines.append(ChangeLine(what="", name="", reason=fact.reason, fact=fact, by=by, day=fact.day))
            continue
        entry = fact.entry or (fact.corrects.entry if fact.corrects else None)
        if entry is not None:
            line = bridge.edit_in_words(entry, it.standing, language, today)
            lines.append(
                ChangeLine(
                    what=line.text.rpartition(", ")[0],
                    name=line.mark,
                    reason=fact.reason or line.detail,
                    fact=fact,
                    takes_back=fact.entry is None,
                    by=by,
                    day=fact.day,
                )
            )
    return lines
