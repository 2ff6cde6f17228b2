"""What the timeline of a case tells of tests that were filmed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from herstel_web.casework.timeline import Entry, Stretch, tells
from herstel_web.filming.bridge import task_name
from herstel_web.filming.models import Recording
from herstel_web.language import current_language


@tells("recordings", gettext_lazy("Recordings"))
def recordings(stretch: Stretch) -> Iterator[Entry]:
    """Tests that were filmed, with what became of them."""
    found = Recording.objects.filter(case=stretch.case, sent_at__range=stretch.between).defer("report")
    for one in found:
        yield Entry(
            day=timezone.localdate(one.sent_at),
            at=one.sent_at,
            title=gettext("Filmed: {test}").format(test=task_name(one.movement, current_language())),
            lines=(str(one.get_state_display()),),
            who=one.signed,
            url=reverse("case_chain_film_result", args=[stretch.case.pk, one.pk]),
        )
