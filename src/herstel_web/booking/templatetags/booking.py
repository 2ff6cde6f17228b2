"""What templates of appointments need."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext

from herstel_web.booking import queries
from herstel_web.booking.forms import PARTS, WEEKDAYS
from herstel_web.booking.models import AppointmentKind, WaitingListEntry
from herstel_web.language import current_language

register = template.Library()
OFFERED_FOR = frozenset({"physio", "gp_week"})
"""With these advices an appointment is offered: with more haste one calls, with less one needs none."""


@register.filter
def kind_name(kind: AppointmentKind) -> str:
    """The name of a kind in the language of the page."""
    return kind.name(current_language())


@register.inclusion_tag("booking/offer_panel.html")
def offer_appointment(urgency: str) -> Mapping[str, object]:
    """A panel below a result, where the advice is to see somebody and a practice lets people book."""
    return {"offered": urgency in OFFERED_FOR and queries.practices_online().exists(), "urgency": urgency}


@register.filter
def weekday_name(number: int) -> str:
    """A day of the week, 0 for Monday."""
    return str(dict(WEEKDAYS)[str(number)])


@register.filter
def suits(entry: WaitingListEntry) -> str:
    """The days and parts of the day that somebody waits for, in words."""
    days = gettext("every day") if len(entry.weekdays) == len(WEEKDAYS) else _listed(entry.weekdays, WEEKDAYS)
    return days if len(entry.parts) == len(PARTS) else f"{days}; {_listed(entry.parts, PARTS)}"


def _listed(letters: str, names: Sequence[tuple[str, str | Promise]]) -> str:
    listed = ", ".join(str(name) for letter, name in names if letter in letters)
    return listed.lower() if current_language() == "nl" else listed  # Dutch writes days with a small letter
