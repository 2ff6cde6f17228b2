"""What is filled in to share a complaint, to invite a person to a record, and to make it one's own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.case_header import complaint_in_words
from herstel_web.cases.models import Case, Conclusion
from herstel_web.people.forms import date_field, refuse_impossible
from herstel_web.practice.models import Practice


def complaint_name(case: Case) -> str:
    """A complaint as its person knows it: what it probably is, and since when it is kept."""
    known: Conclusion | None = getattr(case, "conclusion", None)
    day = date_format(case.opened_on, "j F Y")
    if known is None:
        return gettext("Your complaint of {day}").format(day=day)
    complaint = complaint_in_words(known.condition, known.side, "")
    return gettext("{complaint} (since {day})").format(complaint=complaint[:1].upper() + complaint[1:], day=day)


class ShareForm(forms.Form):
    """Which complaint, with which practice, and that it is meant. What there is one of is not asked."""

    case = forms.ChoiceField(
        label=_("Which complaint?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a complaint."), "invalid_choice": _("Choose a complaint of this list.")},
    )
    practice = forms.ChoiceField(
        label=_("With which practice?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a practice."),
            "invalid_choice": _("You cannot share with this practice here. Choose one of this list."),
        },
    )
    agrees = forms.BooleanField(
        label=_("Yes, this practice may read and complete my record of this complaint."),
        error_messages={"required": _("Without your consent nothing is shared. Tick the box, or go back.")},
    )

    def __init__(self, *args: Any, cases: Sequence[Case], practices: Sequence[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cases, self._practices = cases, practices
        self._choose("case", [(str(one.pk), complaint_name(one)) for one in cases])
        self._choose("practice", [(str(one.pk), one.name) for one in practices])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - said to the type checker
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]

    @property
    def chosen(self) -> tuple[Case, Practice]:
        """What to share with whom, after it was found right."""
        case, practice = self.cleaned_data["case"], self.cleaned_data["practice"]
        return (
            next(one for one in self._cases if str(one.pk) == case),
            next(one for one in self._practices if str(one.pk) == practice),
        )


class InviteForm(forms.Form):
    """Where the link goes; the date of birth is asked when it is not known, because the person must tell it too."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    birth_date = date_field(
        label=_("Date of birth"), help_text=_("The person fills it in too, so that nobody else gets the record.")
    )

    def __init__(self, *args: Any, born: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._born = born
        if born is not None:
            del self.fields["birth_date"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_birth_date(self) -> date | None:
        return refuse_impossible(self.cleaned_data["birth_date"])

    @property
    def born(self) -> date:
        """The date of birth, as it was known or filled in."""
        born: date = self._born or self.cleaned_data["birth_date"]
        return born


class TakeForm(forms.Form):
    """That it is them, and that they agree."""

    born = date_field(
        label=_("Your date of birth"),
        help_text=_("The practice knows it too. So it shows that this record is yours."),
        error_messages={
            "required": _("Fill in your date of birth. Without it the record stays closed."),
            "invalid": _("This is not a date. Fill in your date of birth."),
        },
    )
    agrees = forms.BooleanField(
        label=_("This is about me. Herstel may keep my record, and the practice may read and complete it."),
        error_messages={"required": _("Without your consent the record stays with the practice. Tick the box.")},
    )
