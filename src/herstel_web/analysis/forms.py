"""What is typed of a test: by side up to three repetitions, and how it was measured."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from herstel.knowledge.chain_entries import ChainTest
from herstel_web.analysis import bridge
from herstel_web.analysis.values import Typed

REPETITIONS = 3
LABELS: dict[str, Any] = {"left": _("Left"), "right": _("Right"), bridge.SIDELESS: _("Value")}
METHODS: dict[str, Any] = {
    "observation": _("looking"),
    "count": _("counting"),
    "stopwatch": _("stopwatch"),
    "tape": _("tape measure"),
    "goniometer": _("goniometer"),
    "inclinometer": _("inclinometer"),
    "dynamometer": _("dynamometer"),
    "device": _("other device"),
    "phone_video": _("video of a phone"),
    "motion_capture": _("motion capture"),
    "story": _("what the person tells"),
}
TAKES: dict[str, Any] = {"mean": _("the mean"), "best": _("the best")}
TESTERS: dict[str, Any] = {
    "therapist": _("me or a colleague"),
    "helper": _("a helper"),
    "self": _("the person themselves"),
}
YES_NO = (("", _("not done")), ("1", _("yes")), ("0", _("no")))


class TestForm(forms.Form):
    """One test. The values are read by the domain, so that a range is checked in one place."""

    __test__ = False  # not a test case, whatever its name says

    day = forms.DateField(label=_("Measured on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    method = forms.ChoiceField(label=_("Measured with"))
    tester = forms.ChoiceField(label=_("Measured by"), choices=list(TESTERS.items()))
    take = forms.ChoiceField(label=_("What counts of several repetitions"))
    note = forms.CharField(label=_("Remark"), required=False, max_length=300)

    def __init__(self, test: ChainTest, data: QueryDict | None = None, **options: Any) -> None:
        initial = {"day": timezone.localdate(), "tester": "therapist", **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)
        self.test, self.sides = test, bridge.sides_of(test)
        self.fields["method"].choices = [(one, METHODS[one]) for one in bridge.methods_of(test)]  # type: ignore[attr-defined]
        self.fields["take"].choices = [(one, TAKES[one]) for one in bridge.takes_of(test)]  # type: ignore[attr-defined]
        self.repeated = test.unit != "yes_no"
        if not self.repeated:
            del self.fields["take"]
        for side in self.sides:
            for number in range(1, 1 + (REPETITIONS if self.repeated else 1)):
                self.fields[f"{side}_{number}"] = self._field(side)

    def _field(self, side: str) -> forms.Field:
        if not self.repeated:
            return forms.ChoiceField(label=LABELS[side], choices=YES_NO, required=False)
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        return forms.CharField(
            label=LABELS[side], required=False, max_length=12, widget=forms.TextInput(attrs=attributes)
        )

    @property
    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """By side its fields, for the table of values."""
        return [
            (LABELS[side], [self[name] for name in self.fields if name.startswith(f"{side}_")]) for side in self.sides
        ]

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields beside the values."""
        return [self[name] for name in ("day", "method", "tester", "take", "note") if name in self.fields]

    def typed(self) -> Typed:
        """What was typed; of a valid form."""
        told = self.cleaned_data
        day: date = told["day"]
        return Typed(
            values={
                side: tuple(told[name] for name in self.fields if name.startswith(f"{side}_")) for side in self.sides
            },
            take=told.get("take", ""),
            method=told["method"],
            tester=told["tester"],
            day=day,
            note=told["note"],
        )
