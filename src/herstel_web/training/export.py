"""The calendar feeds of a person, for who takes their record along."""

from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person
from herstel_web.training.models import CalendarFeed


def calendar_feeds(person: Person) -> Files:
    """Since when the plan is followed in a calendar; the secret part of its address is left out."""
    found = CalendarFeed.objects.filter(case__person=person)
    return {"calendar.json": as_json(rows(found, without=("id",)))} if found else {}
