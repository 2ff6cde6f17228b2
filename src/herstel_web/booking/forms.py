"""What a person fills in to book."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from herstel_web.accounts.models import User

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]
PARTS = [("m", _("morning (before 12:00)")), ("a", _("afternoon")), ("e", _("evening (from 17:30)"))]
LONGEST_WAIT = timedelta(days=183)


def day_field(**options: Any) -> forms.DateField:
    """A day as browsers ask for it."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class WhoForm(forms.Form):
    """Who comes; the name is asked once, and sharing the record apart from booking."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("So that the practice can reach you when something changes."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    share = forms.BooleanField(
        label=_("Share my record with this practice"),
        required=False,
        help_text=_("Not needed to book. The practice may then read and complete it. You can stop that at 'My data'."),
    )

    def __init__(self, *args: Any, may_share: bool, ask_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["share"]
        if not ask_name:
            del self.fields["name"]


class WaitForm(forms.Form):
    """What somebody waits for."""

    from_day = day_field(label=_("From"))
    until_day = day_field(label=_("Up to and including"))
    weekdays = forms.MultipleChoiceField(
        label=_("Days that suit you"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day.")},
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts of the day that suit you"),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one part of the day.")},
    )

    def __init__(self, *args: Any, practitioners: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._able = {str(one.pk): one for one in practitioners}
        choices = [("", _("whoever is free")), *((pk, one.shown_name) for pk, one in self._able.items())]
        self.fields["practitioner"] = forms.ChoiceField(label=_("With"), choices=choices, required=False)

    def clean_practitioner(self) -> User | None:
        return self._able.get(self.cleaned_data["practitioner"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("from_day"), given.get("until_day")
        today = timezone.localdate()
        if isinstance(first, date) and isinstance(last, date):
            if last < first or last < today:
                self.add_error("until_day", _("This day is over or lies before the first. Choose a later one."))
            elif last > today + LONGEST_WAIT:
                self.add_error("until_day", _("This is too far ahead. Choose a day within half a year."))
        return given
