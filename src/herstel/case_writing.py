"""A case as the file that ``case_file`` reads: only facts, nothing concluded, nothing left out."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from herstel.case_file import PARTS, Case, default_goal
from herstel.complaint.complaint_file import ONE_ANSWER
from herstel.complaint.intake import add_answer, applicable, with_duration
from herstel.complaint.model import Complaint
from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.goal_file import WEEKDAYS
from herstel.plan.model import Edit, Goal, OwnExercise

_FACTS = ("age_years", "sex", "sport", "level", "days_since_onset", "pain_nrs")


def write_case(case: Case, knowledge: Knowledge) -> str:
    """A case as the JSON text of a case file.

    Parameters
    ----------
    case : Case
    knowledge : Knowledge
        Of the version the case was read with.

    Returns
    -------
    str
        ``read_case`` makes the same case of it, on any later day too.
    """
    mapping = case_as_mapping(case, knowledge)
    return json.dumps(mapping, ensure_ascii=False, indent=1, allow_nan=False, default=date.isoformat) + "\n"


def case_as_mapping(case: Case, knowledge: Knowledge) -> dict[str, object]:
    """A case as names with values; what was not told is left out.

    Parameters
    ----------
    case : Case
        As ``read_case`` makes it: each part holds what its reader can give.
    knowledge : Knowledge
        Of the version the case was read with: what follows from the answers is not written beside them.
    """
    proposed = case.default_goal and case.goal == _default_goal(case)
    told: dict[str, object] = {
        "complaint": _complaint(case.complaint, knowledge),
        "goal": {} if proposed else _goal(case.goal),
        "measurements": [_told(one) for one in case.measurements],
        "judgements": [_told(one) for one in case.judgements],
        "edits": [_edit(one) for one in case.edits],
        "check_ins": [_told(one) for one in case.check_ins],
        "confirmations": [_told(one) for one in case.confirmations],
    }
    parts = {name: part for name, part in told.items() if part or name == "complaint"}
    everything = case.simulated_parts == tuple(name for name in PARTS if name in parts)
    head = {
        "name": case.name,
        "source": case.source,
        "simulated": everything or list(case.simulated_parts),
        "as_of": case.as_of,
        "told_on": told_on(case) if proposed or told_on(case) != _assumed(case) else None,
    }
    return {**{name: value for name, value in head.items() if value}, **parts}


def _complaint(complaint: Complaint, knowledge: Knowledge) -> dict[str, object]:
    """The answers, and beside them only what does not follow from them."""
    alone = _from_answers(complaint, knowledge)
    facts = {name: getattr(complaint, name) for name in _FACTS if getattr(complaint, name) != getattr(alone, name)}
    mapping: dict[str, object] = {
        "context": complaint.context if complaint.context != Complaint().context else None,
        **facts,
        "places": sorted(f"{one.side}.{one.place}" for one in complaint.places - alone.places),
        "answers": _plain(complaint.answers),
        "findings": _findings_beside(complaint, alone, knowledge),
        "ladder": {item: level for item, level in complaint.ladder.items() if alone.ladder.get(item) != level},
        "examination": {test: "positive" if found else "negative" for test, found in complaint.examination.items()},
    }
    return {name: value for name, value in mapping.items() if value not in (None, {}, [])}


def _from_answers(complaint: Complaint, knowledge: Knowledge) -> Complaint:
    """What the answers say by themselves."""
    alone = Complaint(context=complaint.context, answers=complaint.answers)
    for question in applicable(complaint.answers, knowledge):
        if question.id in complaint.answers:
            alone = add_answer(alone, question, complaint.answers[question.id])
    return with_duration(alone)


def _findings_beside(complaint: Complaint, alone: Complaint, knowledge: Knowledge) -> dict[str, bool]:
    """Findings that were told beside the answers, and those that narrowed a "one of these" of the answers."""
    narrowed = {knowledge.findings[one].group for one in alone.findings.keys() - complaint.findings.keys()} - {None}
    beside = {
        finding: present
        for finding, present in complaint.findings.items()
        if alone.findings.get(finding) != present or (present and knowledge.findings[finding].group in narrowed)
    }
    for group in ONE_ANSWER:
        members = knowledge.group_members(group)
        if sum(beside.get(member, False) for member in members) == 1:  # the one told denies the others when it is read
            beside = {finding: present for finding, present in beside.items() if present or finding not in members}
    return beside


def told_on(case: Case) -> date:
    """The day on which the complaint was told."""
    days, injury_date = case.complaint.days_since_onset, case.goal.injury_date
    if days is None or injury_date is None:
        return _assumed(case)
    return injury_date + timedelta(days=round(days))


def _assumed(case: Case) -> date:
    """That day as long as a file with a goal says nothing of it."""
    return min(case.goal.start, case.as_of or case.goal.start)


def _default_goal(case: Case) -> Goal:
    """The goal that reading would propose when none was told."""
    known = case.complaint.days_since_onset is not None
    goal = default_goal(case.complaint, told_on(case))
    return replace(goal, injury_date=case.goal.injury_date if known else None)


def _goal(goal: Goal) -> dict[str, object]:
    told = _told(goal)
    del told["minutes"]
    events = [{"kind": one.kind, "day": WEEKDAYS[one.weekday], "minutes": one.minutes} for one in goal.events]
    days = {WEEKDAYS[weekday]: minutes for weekday, minutes in goal.minutes.items() if minutes}
    return {**told, "days": days, **({"events": events} if events else {})}


def _edit(edit: Edit) -> dict[str, object]:
    told = _told(edit)
    if edit.dose is not None:
        told["dose"] = _dose(edit.dose)
    if edit.own is not None:
        told["own"] = _own(edit.own)
    if edit.days:
        told["days"] = [WEEKDAYS[day] for day in sorted(edit.days)]
    return told


def _own(own: OwnExercise) -> dict[str, object]:
    """The name in each language where they differ; the cues stand in one."""
    told = _told(own)
    del told["id"]
    name = own.name.nl if own.name.nl == own.name.en else {"nl": own.name.nl, "en": own.name.en}
    return {**told, "name": name, "cues": [cue.nl for cue in own.cues], "dose": _dose(own.dose)}


def _dose(dose: Dose) -> dict[str, object]:
    """The therapist gives one number of sets and one amount, not a range."""
    told = _told(dose)
    for name in ("sets", "amount"):
        told[name] = told.pop(f"{name}_low")
        del told[f"{name}_high"]
    return told


def _told(value: Any) -> dict[str, object]:
    """The fields that differ from what they are when nothing was told."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in fields(value)
        if getattr(value, field.name) is not None and getattr(value, field.name) != _default(field)
    }


def _default(field: Any) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _told(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
