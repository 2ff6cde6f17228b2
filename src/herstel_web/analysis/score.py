"""Scoring a test by its points: what was a fault, what was fine, and what could not be seen."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herstel.chain.scoring import OWN_POINTS, Score, score
from herstel.knowledge.chain_entries import ChainTest, ScoreItem
from herstel.text import say
from herstel_web.analysis.forms import METHODS
from herstel_web.knowledge import knowledge
from herstel_web.language import current_language

FAULT, FINE, NOT_SEEN = "fault", "fine", ""
ANSWERS = ((FINE, _("good")), (FAULT, _("fault")), (NOT_SEEN, _("not seen")))
WAYS = ("phone_video", "observation")


def points_of(test: ChainTest) -> tuple[ScoreItem, ...]:
    """The points of a test, in the order in which they are looked at; none for a test that is measured."""
    return knowledge().chain.items_of(test.id)


class ScoreForm(forms.Form):
    """The points of one test. What is left open was not seen, which is not the same as good."""

    day = forms.DateField(label=_("Measured on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    method = forms.ChoiceField(label=_("Measured with"), choices=[(one, METHODS[one]) for one in WAYS])

    def __init__(self, test: ChainTest, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate(), "method": WAYS[0]})
        self.test, self.points = test, points_of(test)
        language = current_language()
        for point in self.points:
            self.fields[point.id] = forms.ChoiceField(
                label=point.look[language], choices=ANSWERS, widget=forms.RadioSelect, required=False, initial=NOT_SEEN
            )

    @property
    def rows(self) -> list[tuple[ScoreItem, str, str, forms.BoundField]]:
        """Each point with when to look, when it is a fault, and its answer."""
        language = current_language()
        return [(one, one.moment[language], one.fault[language], self[one.id]) for one in self.points]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self["day"], self["method"]]

    def score(self) -> Score:
        """What a valid form adds up to."""
        meant = {FAULT: True, FINE: False}
        return score(
            knowledge().chain, self.test.id, {one.id: meant.get(self.cleaned_data[one.id]) for one in self.points}
        )

    def entry(self, points: int) -> dict[str, Any]:
        """The score as an entry of the case file, with the points that were faults."""
        found = [str(number) for number, one in enumerate(self.points, 1) if self.cleaned_data[one.id] == FAULT]
        entry = {
            "test": self.test.id,
            "value": points,
            "method": self.cleaned_data["method"],
            "tester": "therapist",
            "date": self.cleaned_data["day"].isoformat(),
        }
        return (
            {**entry, "note": gettext("faults at point {points}").format(points=", ".join(found))} if found else entry
        )


def own_points() -> str:
    """That these points are in our own words."""
    return say(current_language(), OWN_POINTS)
