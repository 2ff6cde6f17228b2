"""What a therapist fills in about the progress of a person."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from herstel_web.follow_up import bridge
from herstel_web.language import current_language

ROLES: Mapping[str, Any] = {"person": _("The person"), "therapist": _("The therapist"), "coach": _("The coach")}
NUMBERS: Mapping[str, Any] = {
    "pain_now": _("Pain now (0-10)"),
    "pain_worst": _("Worst pain (0-10)"),
    "pain_during": _("Pain during training (0-10)"),
    "pain_next_morning": _("Pain this morning (0-10)"),
    "stiffness_min": _("Morning stiffness (minutes)"),
    "sleep_h": _("Sleep (hours)"),
    "session_min": _("Training and sport (minutes)"),
    "session_rpe": _("How hard (0-10)"),
    "confidence": _("Confidence (0-10)"),
}
SIGNS: Mapping[str, Any] = {
    "sharp_stab": _("a sharp stab"),
    "gave_way": _("the leg gave way"),
    "new_bruise": _("a new bruise"),
}
UNKNOWN_YES_NO = (("", _("not told")), ("yes", _("yes")), ("no", _("no")))


class DecisionForm(forms.Form):
    """What a role said about going back to sport."""

    role = forms.ChoiceField(label=_("Who"), choices=list(ROLES.items()))
    agrees = forms.ChoiceField(
        label=_("Agrees with going back"),
        choices=(("yes", _("yes")), ("no", _("no"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    note = forms.CharField(label=_("What was said"), required=False, max_length=2000)


class CheckInForm(forms.Form):
    """A check-in, to be mended on behalf of the person. Empty is "not told", never zero or "no"."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=500,
        error_messages={"required": _("Say why. What the person told stays beside it.")},
    )

    def __init__(self, told: Mapping[str, Any], data: QueryDict | None = None) -> None:
        signs = {name: "" if told.get(name) is None else "yes" if told[name] else "no" for name in SIGNS}
        numbers = {name: f"{told[name]:g}" for name in NUMBERS if told.get(name) is not None}
        kept = {name: told.get(name, "") for name in ("walking", "note")}
        super().__init__(data, initial={**numbers, **signs, **kept})
        self._told = told
        for name, label in NUMBERS.items():
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            self.fields[name] = forms.CharField(label=label, required=False, max_length=8, widget=widget)
        walking = [("", _("not told")), *bridge.walking_words(current_language())]
        self.fields["walking"] = forms.ChoiceField(label=_("Walking"), choices=walking, required=False)
        for name, label in SIGNS.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=UNKNOWN_YES_NO, required=False)
        self.fields["note"] = forms.CharField(
            label=_("Remark of the person"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.order_fields([*NUMBERS, "walking", *SIGNS, "note", "reason"])

    def entry(self) -> dict[str, Any]:
        """The check-in as it should be; what the form does not ask stays as it was told."""
        typed = self.cleaned_data
        asked = (*NUMBERS, "walking", *SIGNS, "note")
        entry = {name: value for name, value in self._told.items() if name not in asked}
        entry |= {name: _number(typed[name]) for name in NUMBERS if typed[name].strip()}
        entry |= {name: typed[name] == "yes" for name in SIGNS if typed[name]}
        return entry | {name: typed[name] for name in ("walking", "note") if typed[name]}


def _number(text: str) -> float | str:
    """A number in either way of writing; what is none is left to be refused by name."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text.strip()
