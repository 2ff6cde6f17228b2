"""Writes the facts of simulated people: many at once, on the days on which they would have been told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from herstel.case_file import Case as CaseFile
from herstel.case_writing import case_as_mapping, told_on
from herstel.knowledge.model import Knowledge
from herstel_web.accounts.models import User
from herstel_web.cases.actions import conclude, open_case
from herstel_web.cases.models import Case, Fact
from herstel_web.people.models import Person

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOOKED_AFTER_DAYS = (7, 21)
"""Days after the start on which the forecast of that moment is worked out and kept, beside that of today."""
_DATED = (Fact.Part.MEASUREMENTS, Fact.Part.CHECK_INS, Fact.Part.CONFIRMATIONS)
_TOLD_AT = time(19, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One fact of a simulated person, on its day."""

    part: str
    day: date
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one simulated person told: the complaint with a goal first, then the rest in the order of the days."""

    day: date
    complaint: Mapping[str, Any]
    goal: Mapping[str, Any]
    facts: tuple[Told, ...]


def story_of(case: CaseFile, day: date, today: date, knowledge: Knowledge) -> Story:
    """The story of a case file, moved so that its ``day`` becomes ``today``; the week of the plan moves along."""
    shift = today - day
    mapping = _moved({**case_as_mapping(case, knowledge)}, shift)
    goal = _with_weekdays(mapping["goal"], shift.days)
    first = told_on(case) + shift
    facts = [
        Told(part=part, day=date.fromisoformat(entry["date"]), entry=entry)
        for part in _DATED
        for entry in mapping.get(part, ())
    ]
    if date.fromisoformat(goal["start"]) > first:  # somebody had to be seen before the plan could begin
        facts.append(Told(part=Fact.Part.GOAL, day=date.fromisoformat(goal["start"]), entry=goal))
        goal = {name: value for name, value in goal.items() if name != "managed"} | {"start": first.isoformat()}
    return Story(
        day=first,
        complaint=mapping["complaint"],
        goal=goal,
        facts=tuple(sorted((one for one in facts if one.day <= today), key=lambda one: one.day)),
    )


def _moved(value: Any, shift: timedelta) -> Any:
    """The same with every day moved, and as JSON knows it."""
    if isinstance(value, date):
        return (value + shift).isoformat()
    if isinstance(value, Mapping):
        return {key: _moved(part, shift) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_moved(part, shift) for part in value]
    return value


def _with_weekdays(goal: Mapping[str, Any], days: int) -> dict[str, Any]:
    def moved(weekday: str) -> str:
        return WEEKDAYS[(WEEKDAYS.index(weekday) + days) % len(WEEKDAYS)]

    minutes = {moved(weekday): minutes for weekday, minutes in goal.get("days", {}).items()}
    events = [{**event, "day": moved(event["day"])} for event in goal.get("events", ())]
    return {**goal, "days": minutes, **({"events": events} if events else {})}


@transaction.atomic
def write_story(*, person: Person, story: Story, therapist: User | None, today: date) -> Case:
    """Open a case with a story and conclude from it, as on the days of the first forecasts and as today."""
    case = open_case(person=person, complaint=story.complaint, goal=story.goal, by=person.user, today=story.day)
    left = list(story.facts)
    for day in _days_to_look(story.day, today):
        now = [one for one in left if one.day <= day]
        left = left[len(now) :]
        if now or day == today:
            add_facts(case, now, by_person=person.user, by_therapist=therapist)
            conclude(case=case, today=day)
    at = moment(story.day)
    Case.objects.filter(pk=case.pk).update(opened_at=at)
    _raw_facts().filter(case=case, day=story.day, part__in=(Fact.Part.COMPLAINT, Fact.Part.GOAL)).update(recorded_at=at)
    return case


def _days_to_look(first: date, today: date) -> Iterator[date]:
    for days in LOOKED_AFTER_DAYS:
        if first + timedelta(days=days) < today:
            yield first + timedelta(days=days)
    yield today


def add_facts(case: Case, facts: Iterable[Told], *, by_person: User | None, by_therapist: User | None) -> None:
    """Add facts without looking at each: they were made by the domain's own writer."""
    rows = [
        Fact(
            case=case,
            part=one.part,
            entry=one.entry,
            day=one.day,
            recorded_by=by_person if one.part == Fact.Part.CHECK_INS else by_therapist,
        )
        for one in facts
    ]
    made = Fact.objects.bulk_create(rows, batch_size=500)
    for row in made:
        row.recorded_at = moment(row.day)
    _raw_facts().bulk_update(made, ["recorded_at"], batch_size=200)
    case.facts_version += len(made)
    case.save(update_fields=["facts_version"])


def _raw_facts() -> "QuerySet[Fact]":
    """Facts that can be given the time at which they would have been told; elsewhere they are written once."""
    return QuerySet(Fact)


def moment(day: date) -> datetime:
    """The evening of a day, or now when that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, _TOLD_AT)), timezone.now())
