"""What was typed about a change, as the case file writes it; the domain reads and refuses it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from herstel.knowledge.exercise_entries import HEAVY_REST_H
from herstel.plan.goal_file import WEEKDAYS
from herstel.plan.model import PlannedExercise

Edit = dict[str, Any]
UNITS: Mapping[str, Any] = {
    "reps": _("times"),
    "seconds": _("seconds"),
    "minutes": _("minutes"),
    "metres": _("metres"),
}


def edit_of(post: QueryDict, planned: PlannedExercise | None) -> Edit:
    """The change that a form asks for; ``planned`` is the exercise as it stands in the plan."""
    kind = post.get("kind", "")
    edit: Edit = {"kind": kind, "exercise": post.get("exercise", ""), "reason": post.get("reason", "").strip()}
    if kind == "replace":
        edit["other"] = post.get("other", "")
    if kind == "day":
        edit["days"] = [WEEKDAYS[int(one)] for one in post.getlist("days") if one in map(str, range(len(WEEKDAYS)))]
    if kind == "dose":
        edit |= _dose_edit(post, planned)
    if kind == "own":
        edit |= {"exercise": f"own_{uuid4().hex[:8]}", "own": _own(post)}
    return edit


def _dose_edit(post: QueryDict, planned: PlannedExercise | None) -> Edit:
    """Only what differs from the plan: a dose, times a week, or both."""
    edit: Edit = {}
    times, dose = _number(post, "times_per_week"), _dose(post)
    if planned is None or times != planned.times_per_week:
        edit["times_per_week"] = times
    if planned is None or not _same(dose, planned):
        beside = {} if planned is None else _beside(planned)
        edit["dose"] = {**beside, **dose}
    return {name: value for name, value in edit.items() if value not in (None, "")}


def _same(dose: Mapping[str, Any], planned: PlannedExercise) -> bool:
    now = planned.dose
    return (dose.get("sets"), dose.get("amount"), dose.get("unit")) == (now.sets_high, now.amount_high, now.unit)


def _beside(planned: PlannedExercise) -> Edit:
    """What a form does not ask of a dose and stays as it is."""
    dose = planned.dose
    beside: Edit = {"per_side": dose.per_side, "hold_s": dose.hold_s, "tempo": dose.tempo}
    return {name: value for name, value in beside.items() if value}


def _dose(post: QueryDict) -> Edit:
    dose = {"sets": _number(post, "sets"), "amount": _number(post, "amount"), "unit": post.get("unit", "")}
    return {name: value for name, value in dose.items() if value not in (None, "")}


def _own(post: QueryDict) -> Edit:
    nl, en = post.get("name_nl", "").strip(), post.get("name_en", "").strip()
    own: Edit = {
        "name": {"nl": nl, "en": en or nl},
        "target": post.get("target", ""),
        "dose": {**_dose(post), "per_side": "per_side" in post},
        "minutes": _number(post, "minutes"),
        "times_per_week": _number(post, "times_per_week"),
        "heavy": "heavy" in post,
        "contraindications": post.getlist("contraindications"),
        "cues": [one.strip() for one in post.get("cues", "").splitlines() if one.strip()],
    }
    if own["heavy"]:
        own["rest_h"] = HEAVY_REST_H
    return {name: value for name, value in own.items() if value not in (None, "")}


def _number(post: QueryDict, name: str) -> float | str | None:
    """A number in either way of writing; what is none is left to be refused by name."""
    text = post.get(name, "").strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        return text
