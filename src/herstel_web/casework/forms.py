"""What a member of the practice fills in about a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from herstel_web.casework import bridge
from herstel_web.casework.models import Closure, Override
from herstel_web.language import current_language
from herstel_web.people.forms import date_field, refuse_impossible

SHORTEST_REASON = 10
LONGEST_REASON = 1000
LONGEST_RELEASE = 2000


def reason_field(label: Any, longest: int = LONGEST_REASON) -> forms.CharField:
    """A reason that says something."""
    return forms.CharField(
        label=label,
        min_length=SHORTEST_REASON,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write down why. Who reads it later must be able to follow it."),
            "min_length": _("Say it in a few words more. Who reads it later must be able to follow it."),
        },
    )


class OverrideForm(forms.Form):
    """Judge one subject otherwise than Herstel does."""

    value = forms.ChoiceField(label=_("My judgement"))
    reason = reason_field(_("Why"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, subject: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{subject}_%s", **kwargs})
        self.subject = subject
        names = [(one, bridge.value_name(subject, one, current_language())) for one in bridge.possible_values(subject)]
        self.fields["value"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        self.fields["value"].label = Override.Subject(subject).label


class ReleaseForm(forms.Form):
    """Lift a hold."""

    looked_at = reason_field(_("What was looked at, by whom, and what was found"), LONGEST_RELEASE)
    seen = forms.CharField(required=False, widget=forms.HiddenInput())
    sure = forms.BooleanField(
        label=_("Somebody who may judge this has looked, and this person may go on from where they were."),
        error_messages={"required": _("Without this nothing is released.")},
    )


class CloseForm(forms.Form):
    """Close a case."""

    reason = forms.ChoiceField(
        label=_("Why"), choices=[one for one in Closure.Reason.choices if one[0] != Closure.Reason.REOPENED]
    )
    note = forms.CharField(
        label=_("Remark"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReopenForm(forms.Form):
    """Open a case again."""

    note = reason_field(_("Why it is opened again"))


class PersonForm(forms.Form):
    """Somebody who is entered by the practice, with their consent."""

    name = forms.CharField(label=_("Name"), max_length=120)
    birth_date = date_field(label=_("Date of birth"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("nl", _("Dutch")), ("en", _("English"))])
    agrees = forms.BooleanField(
        label=_(
            "This person agrees that Herstel keeps the answers and that this practice reads and completes the record."
        ),
        error_messages={"required": _("Without this consent nothing may be kept. Ask for it first.")},
    )

    def clean_birth_date(self) -> Any:
        return refuse_impossible(self.cleaned_data["birth_date"])
