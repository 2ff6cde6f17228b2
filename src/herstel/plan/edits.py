"""What the therapist changed by hand: checked, and turned into what planning respects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from herstel.complaint.answers import unknown_id
from herstel.errors import InputError, Problem, marked
from herstel.knowledge.exercise_entries import Dose
from herstel.plan.allowed import unsafe
from herstel.plan.choose import Wanted
from herstel.plan.circumstances import Circumstances
from herstel.plan.model import Edit, OwnExercise
from herstel.plan.schedule import DAYS

PUTS_IN = ("lock", "add", "own", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The changes that count now; ``set_aside`` are those that do not fit this phase or what is contraindicated."""

    wanted: Wanted
    removed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    doses: Mapping[str, Dose] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, frozenset[int]] = field(default_factory=dict)
    own: Mapping[str, OwnExercise] = field(default_factory=dict)
    set_aside: tuple[Edit, ...] = ()


def apply_edits(edits: Sequence[Edit], now: Circumstances, *, loading: bool = True, refuse: bool = True) -> Applied:
    """Check the changes and say what they mean for this week.

    Parameters
    ----------
    edits : sequence of Edit
        In the order in which they were made; the last one about an exercise counts.
    now : Circumstances
    loading : bool
        False when nothing may be loaded: then whatever puts an exercise in is set aside.
    refuse : bool
        False sets aside what is not safe instead of refusing it, for changes that were looked at when they were made.

    Raises
    ------
    InputError
        For an unknown exercise, and for a change made for the present phase that breaks a contraindication or the
        range of phases. A change that was made earlier and no longer fits is set aside instead.
    """
    library = now.knowledge.exercises.exercises
    own = {one.exercise for one in edits if one.kind == "own"}
    problems = [problem for edit in edits if (problem := _unknown(edit, library, own)) is not None]
    if problems:
        raise InputError(problems)
    inside, aside = [], []
    for edit in edits:
        reason = _does_not_fit(edit, now) if loading else "see_first"
        if edit.kind not in PUTS_IN or reason is None:
            inside.append(edit)
            continue
        if refuse and loading and _made_for_this_phase(edit, now):
            problems.append(_refused(edit, reason))
        aside.append(edit)
    if problems:
        raise InputError(problems)
    return _applied([edit for edit in inside if _in_force(edit, now)], tuple(aside), library)


def _unknown(edit: Edit, library: Mapping[str, object], own: set[str]) -> Problem | None:
    """An exercise that is neither in the library nor the therapist's own; only one of the library can replace."""
    for name, known in ((edit.exercise, {**library, **dict.fromkeys(own)}), (edit.other, library)):
        if name is not None and name not in known:
            return unknown_id(name, marked("is not an exercise."), known)
    return None


def _does_not_fit(edit: Edit, now: Circumstances) -> str | None:
    if edit.own is not None:
        return next((code for code in sorted(edit.own.contraindications) if code in now.contraindications), None)
    exercise = now.knowledge.exercises.exercises.get(edit.other or edit.exercise)
    return unsafe(exercise, now) if exercise is not None else None


def _in_force(edit: Edit, now: Circumstances) -> bool:
    """A plan made for an earlier week does not know what was changed later."""
    return edit.date < now.day + timedelta(days=DAYS)


def _made_for_this_phase(edit: Edit, now: Circumstances) -> bool:
    return now.position.since <= edit.date <= now.day


def _refused(edit: Edit, reason: str) -> Problem:
    return Problem(
        thing=f"edits, {edit.other or edit.exercise}",
        reason=marked("this exercise is not safe for this person now ({reason})."),
        remedy=marked("Choose another exercise, or wait until the phase allows it."),
        values={"reason": reason},
    )


def _applied(edits: Sequence[Edit], set_aside: tuple[Edit, ...], library: Mapping[str, object]) -> Applied:
    last = {edit.exercise: edit for edit in edits if edit.kind not in ("dose", "day")}
    removed = frozenset(name for name, edit in last.items() if edit.kind == "remove")
    doses = [edit for edit in edits if edit.dose is not None]
    of = {kind: [edit for edit in last.values() if edit.kind == kind] for kind in PUTS_IN}
    return Applied(
        wanted=Wanted(
            first=frozenset(edit.exercise for edit in (*of["lock"], *of["add"])),
            instead={edit.exercise: edit.other for edit in of["replace"] if edit.other is not None},
        ),
        removed=removed,
        locked=frozenset(edit.exercise for edit in of["lock"]),
        added=tuple(edit.exercise for edit in (*of["lock"], *of["add"]) if edit.exercise in library),
        doses={edit.exercise: edit.dose for edit in doses if edit.dose is not None},
        times=_times(edits),
        days={edit.exercise: edit.days for edit in edits if edit.days},
        own={edit.exercise: edit.own for edit in edits if edit.own is not None and edit.exercise not in removed},
        set_aside=set_aside,
    )


def _times(edits: Sequence[Edit]) -> dict[str, int]:
    """How often, by the last word about it: times a week, or as many as there are days."""
    return {edit.exercise: times for edit in edits if (times := edit.times_per_week or len(edit.days))}
