"""What the timeline of a case tells of appointments."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from herstel_web.booking.models import Appointment
from herstel_web.casework.timeline import Entry, Stretch, tells
from herstel_web.language import current_language


@tells("appointments", gettext_lazy("Appointments"))
def appointments(stretch: Stretch) -> Iterator[Entry]:
    """The appointments of these days at the practice that treats the case, with what came of them."""
    case = stretch.case
    here = Q(case=case) | Q(case=None, person=case.person_id, practice=case.practice_id)
    found = Appointment.objects.filter(here, practice=case.practice_id, start__range=stretch.between)
    for one in found.select_related("kind", "practitioner"):
        yield Entry(
            day=timezone.localdate(one.start),
            at=one.start,
            title=one.kind.name(current_language()),
            lines=tuple(line for line in (str(one.get_status_display()), one.reason) if line),
            who=one.practitioner.shown_name if one.practitioner else "",
            tone="is-warn" if one.status in (Appointment.Status.NO_SHOW, Appointment.Status.CANCELLED) else "",
            url=reverse("agenda_appointment", args=[one.pk]),
        )
