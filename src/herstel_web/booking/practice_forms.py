"""What a practice fills in: booking for somebody, moving, blocking, hours, kinds, rules."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from herstel.text import Language
from herstel_web.accounts.models import User
from herstel_web.booking.availability import zone
from herstel_web.booking.forms import WEEKDAYS, day_field
from herstel_web.booking.models import STEP_MIN, AppointmentKind, BookingRules
from herstel_web.booking.times import exists, moment
from herstel_web.practice.models import Location

LONGEST_MIN = 240


def time_field(**options: Any) -> forms.TimeField:
    """A time on the clock as browsers ask for it, in whole steps."""
    widget = forms.TimeInput(attrs={"type": "time", "step": STEP_MIN * 60}, format="%H:%M")
    return forms.TimeField(widget=widget, **options)


def whole_step(clock: time) -> time:
    """A time that the agenda can hold."""
    if clock.minute % STEP_MIN or clock.second:
        raise forms.ValidationError(_("The agenda goes by five minutes. Choose a time such as 9:00 or 9:05."))
    return clock


def moment_of(form: forms.Form, day: str, clock: str) -> datetime | None:
    """The moment of two fields; when the clock skips that hour, the form says so."""
    on, at = form.cleaned_data.get(day), form.cleaned_data.get(clock)
    if not isinstance(on, date) or not isinstance(at, time):
        return None
    if not exists(on, at, zone()):
        form.add_error(clock, _("This time does not exist: the clock goes forward that night. Choose another time."))
        return None
    return moment(on, at, zone())


class _WhenForm(forms.Form):
    """With whom and when."""

    practitioner = forms.ChoiceField(label=_("With"))
    day = day_field(label=_("Day"))
    clock = time_field(label=_("Time"))
    anyway = forms.BooleanField(label=_("Plan it all the same"), required=False)

    def __init__(self, *args: Any, practitioners: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._able = {str(one.pk): one for one in practitioners}
        self.fields["practitioner"] = forms.ChoiceField(
            label=_("With"), choices=[(pk, one.shown_name) for pk, one in self._able.items()]
        )

    def clean_practitioner(self) -> User:
        return self._able[self.cleaned_data["practitioner"]]

    def clean_clock(self) -> time:
        return whole_step(self.cleaned_data["clock"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {**given, "start": moment_of(self, "day", "clock")}


class MoveForm(_WhenForm):
    """Another time or practitioner."""


class BookForm(_WhenForm):
    """An appointment for somebody: with a record here, or with a name that is typed."""

    kind = forms.ChoiceField(label=_("What for"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("For a confirmation and a reminder. They say nothing about health."),
    )
    person = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[AppointmentKind], language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = {str(one.pk): one for one in kinds}
        self.fields["kind"] = forms.ChoiceField(
            label=_("What for"),
            choices=[(pk, f"{one.name(language)} ({one.minutes})") for pk, one in self._kinds.items()],
        )

    def clean_kind(self) -> AppointmentKind:
        return self._kinds[self.cleaned_data["kind"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("person") and not given.get("name"):
            self.add_error("name", _("Search for somebody and choose them, or type a name here."))
        return given


class CancelForm(forms.Form):
    """Why an appointment is cancelled; only members read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Such as: called in sick. Nothing about the complaint: everybody who sees the agenda reads it."),
    )


class BlockForm(forms.Form):
    """Time in which nobody is booked."""

    practitioner = forms.ChoiceField(label=_("Of whom"))
    first_day = day_field(label=_("From"))
    first_time = time_field(label=_("From what time"))
    last_day = day_field(label=_("Up to and including"))
    last_time = time_field(label=_("Until what time"))
    label = forms.CharField(
        label=_("What for"), max_length=60, required=False, help_text=_("Such as: holiday, course.")
    )

    def __init__(self, *args: Any, practitioners: Sequence[User], whole_practice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._able = {str(one.pk): one for one in practitioners}
        everybody = [("all", _("the whole practice"))] if whole_practice else []
        choices = [*((pk, one.shown_name) for pk, one in self._able.items()), *everybody]
        self.fields["practitioner"] = forms.ChoiceField(label=_("Of whom"), choices=choices)

    def clean_practitioner(self) -> User | None:
        return self._able.get(self.cleaned_data["practitioner"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = moment_of(self, "first_day", "first_time"), moment_of(self, "last_day", "last_time")
        if begins and ends and ends <= begins:
            self.add_error("last_time", _("This ends before it begins. Choose a later time or day."))
        return {**given, "begins": begins, "ends": ends}


class HoursForm(forms.Form):
    """Working hours on days of the week."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day.")},
    )
    begins = time_field(label=_("From what time"))
    ends = time_field(label=_("Until what time"))
    location = forms.ChoiceField(label=_("Place"), required=False)
    valid_from = day_field(label=_("From which day"))
    valid_until = day_field(label=_("Up to and including"), required=False)

    def __init__(self, *args: Any, places: Sequence[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(one.pk): one for one in places}
        if places:
            choices = [(pk, one.name) for pk, one in self._places.items()]
            self.fields["location"] = forms.ChoiceField(label=_("Place"), choices=choices)
        else:
            del self.fields["location"]

    def clean_location(self) -> Location | None:
        return self._places.get(self.cleaned_data["location"])

    def clean_begins(self) -> time:
        return whole_step(self.cleaned_data["begins"])

    def clean_ends(self) -> time:
        return whole_step(self.cleaned_data["ends"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins"), given.get("ends")
        if isinstance(begins, time) and isinstance(ends, time) and ends <= begins:
            self.add_error("ends", _("This ends before it begins. Choose a later time."))
        first, last = given.get("valid_from"), given.get("valid_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("valid_until", _("This day lies before the first. Choose a later one, or leave it empty."))
        return given


class KindForm(forms.ModelForm[AppointmentKind]):
    """A kind of appointment."""

    class Meta:
        model = AppointmentKind
        fields = ("name_nl", "name_en", "minutes", "buffer_minutes", "online", "open_to")
        help_texts: ClassVar = {
            "name_nl": _("Not the name of a complaint: people without a right to the record read it."),
            "minutes": _("In steps of five."),
        }

    def clean_minutes(self) -> int:
        return _steps(self.cleaned_data["minutes"], lowest=STEP_MIN)

    def clean_buffer_minutes(self) -> int:
        return _steps(self.cleaned_data["buffer_minutes"], lowest=0)


def _steps(minutes: int, lowest: int) -> int:
    if minutes % STEP_MIN or not lowest <= minutes <= LONGEST_MIN:
        text = _("Fill in a number from %(low)s to %(high)s in steps of five.")
        raise forms.ValidationError(text, params={"low": lowest, "high": LONGEST_MIN})
    return minutes


class RulesForm(forms.ModelForm[BookingRules]):
    """How people book at this practice."""

    class Meta:
        model = BookingRules
        fields = ("cancel_hours", "notice_hours", "weeks_ahead", "hold_hours")


class PlaceForm(forms.ModelForm[Location]):
    """A place where the practice sees people."""

    class Meta:
        model = Location
        fields = ("name", "address")
