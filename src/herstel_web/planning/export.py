"""What a therapist was changing in the plan of a person, for who takes their record along."""

from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person
from herstel_web.planning.models import PlanDraft


def plan_drafts(person: Person) -> Files:
    """Changes that were begun and not saved yet; nothing when there are none."""
    begun = PlanDraft.objects.filter(case__person=person)
    return {"plan-drafts.json": as_json(rows(begun))} if begun else {}
