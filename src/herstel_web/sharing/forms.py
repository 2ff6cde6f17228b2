"""What a person fills in to share a complaint."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.case_header import complaint_in_words
from herstel_web.cases.models import Case, Conclusion
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
