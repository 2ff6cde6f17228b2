"""What was worked out to count with, for who takes their record along."""

from herstel_web.outcomes.models import CaseOutcome
from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person


def outcomes(person: Person) -> Files:
    """Everything that is kept of this person to count with."""
    found = CaseOutcome.objects.filter(case__person=person).order_by("case__opened_at")
    return {"outcomes.json": as_json(rows(found))}
