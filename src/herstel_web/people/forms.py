"""What a person fills in about themselves."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from herstel_web.people.models import Person

OLDEST_YEARS = 120


def refuse_impossible(born: date | None) -> date | None:
    """A date of birth that a living person can have."""
    today = timezone.localdate()
    if (born is not None and not today.year - OLDEST_YEARS <= born.year) or (born is not None and born > today):
        raise forms.ValidationError(_("This date cannot be right. Write your date of birth, or leave it empty."))
    return born


def date_field(**options: Any) -> forms.DateField:
    """A date as browsers ask for it."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **options)


class KeepForm(forms.Form):
    """Who somebody is, and that they agree to their answers being kept."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    birth_date = date_field(
        label=_("Your date of birth"), required=False, help_text=_("May stay empty. It stands on a letter to your GP.")
    )
    agrees = forms.BooleanField(
        label=_("Herstel may keep my answers and check-ins, to make my plan and keep it up to date."),
        error_messages={"required": _("Without your consent nothing is kept. Tick the box, or go back.")},
    )

    def clean_birth_date(self) -> date | None:
        return refuse_impossible(self.cleaned_data["birth_date"])


class PersonForm(forms.ModelForm[Person]):
    """Corrects who somebody is."""

    birth_date = date_field(label=_("Your date of birth"), required=False)

    class Meta:
        model = Person
        fields = ("name", "birth_date", "phone", "language")
        labels: ClassVar = {"name": _("Your name"), "language": _("Language")}

    def clean_birth_date(self) -> date | None:
        return refuse_impossible(self.cleaned_data["birth_date"])
