"""What a person takes along of what their practice decided."""

from collections.abc import Mapping

from django.db.models import Model

from herstel_web.casework.models import Closure, LookedAt, Override
from herstel_web.people.export import as_json, rows
from herstel_web.people.models import Person

MODELS: list[type[Model]] = [Override, LookedAt, Closure]


def casework(person: Person) -> Mapping[str, bytes]:
    """Where a therapist judged otherwise, and when a case was closed or opened again."""
    return {
        "judged-otherwise.json": as_json(rows(Override.objects.filter(case__person=person).order_by("pk"))),
        "looked-at.json": as_json(rows(LookedAt.objects.filter(case__person=person).order_by("pk"))),
        "closed.json": as_json(rows(Closure.objects.filter(case__person=person).order_by("pk"))),
    }
