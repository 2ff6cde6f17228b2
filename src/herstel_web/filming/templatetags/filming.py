from typing import Any

from django import template

from herstel_web.cases.models import Case
from herstel_web.filming.bridge import movement_of, sides, task_name
from herstel_web.filming.forms import SIDES
from herstel_web.filming.models import Recording
from herstel_web.filming.place import Place
from herstel_web.filming.queries import to_be_judged
from herstel_web.language import current_language

register = template.Library()


@register.simple_tag
def films_to_judge(case: Case) -> list[tuple[Recording, str]]:
    """The recordings of a case that wait for a therapist, with the names of their tests."""
    return [(one, task_name(one.movement, current_language())) for one in to_be_judged(case)]


@register.simple_tag
def filmed_as(test_id: str) -> dict[str, Any] | None:
    """How a test of the chain can be filmed: the movement, and the legs with their names."""
    movement = movement_of(test_id)
    return {"movement": movement, "legs": [(one, SIDES.get(one, "")) for one in sides(movement)]} if movement else None


@register.simple_tag(takes_context=True)
def film_url(context: dict[str, Any], name: str = "", **parts: Any) -> str:
    """The address of a page of filming, on the side where this one stands."""
    place: Place = context["place"]
    return place.url(name, **parts)
