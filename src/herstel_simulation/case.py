"""One simulated person as a case file, marked simulated: to show what a whole recovery looks like."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from typing import Any

import yaml

from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Goal
from herstel_simulation.course import Course, run_course
from herstel_simulation.person import draw_person, random_of

HEADING = "# Simulated by Herstel: no real person is behind any of this.\n"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def case_text(number: int, seed: int, days: int, knowledge: Knowledge) -> str:
    """A simulated person as the text of a ``case.yaml``.

    Parameters
    ----------
    number : int
        Which person of the cohort of this seed.
    seed : int
    days : int
        How long the person is followed.
    knowledge : Knowledge
    """
    random = random_of(seed, number)
    course = run_course(draw_person(number, random, knowledge), random, days, knowledge)
    mapping = case_mapping(course, seed, days)
    return HEADING + str(yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False, width=120))


def case_mapping(course: Course, seed: int, days: int) -> dict[str, object]:
    """The case as names with values; only facts, nothing of the hidden truth."""
    person = course.person
    return {
        "name": f"simulated person {person.number} of seed {seed}",
        "source": "Simulated; see docs/explanation/simulated-people.md.",
        "simulated": True,
        "as_of": person.start + timedelta(days=days - 1),
        "complaint": {**_complaint(person.complaint), "onset_date": person.injury_date},
        "goal": _goal(course.goal),
        "measurements": [_told(one) for one in course.measurements],
        "check_ins": [_told(one) for one in course.check_ins],
        "confirmations": [_told(one) for one in course.confirmations],
    }


def _complaint(complaint: Complaint) -> dict[str, object]:
    told = _told(complaint)
    del told["days_since_onset"]
    told["places"] = sorted(f"{place.side}.{place.place}" for place in complaint.places)
    return told


def _goal(goal: Goal) -> dict[str, object]:
    told = _told(goal)
    told["days"] = {WEEKDAYS[weekday]: minutes for weekday, minutes in goal.minutes.items()}
    del told["minutes"]
    told["events"] = [
        {"kind": event.kind, "day": WEEKDAYS[event.weekday], "minutes": event.minutes} for event in goal.events
    ]
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
    if is_dataclass(value) and not isinstance(value, type):
        return _told(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value
