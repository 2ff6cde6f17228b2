"""What the timeline of a case tells of letters."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from herstel_web.casework.timeline import Entry, Stretch, tells
from herstel_web.letters.models import LetterVersion


@tells("letters", gettext_lazy("Letters"))
def letters(stretch: Stretch) -> Iterator[Entry]:
    """Letters that were signed."""
    signed = LetterVersion.objects.filter(letter__case=stretch.case, signed=True, made_at__range=stretch.between)
    for one in signed.select_related("letter", "by"):
        yield Entry(
            day=timezone.localdate(one.made_at),
            at=one.made_at,
            title=gettext("Letter signed"),
            lines=(one.letter.get_kind_display(),),
            who=one.by.shown_name if one.by else "",
            url=reverse("case_letters_one", args=[stretch.case.pk, one.letter_id]),
        )
