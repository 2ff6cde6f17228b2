"""The form of a goal. It writes and reads a goal as the case file does; whether it can be is judged by the domain."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from herstel_web.goals import bridge
from herstel_web.language import current_language

MOST_MINUTES_A_DAY, MOST_MINUTES_AN_EVENT, EVENTS = 240, 480, 4
DAYS = {
    "monday": pgettext_lazy("label", "Monday"),
    "tuesday": pgettext_lazy("label", "Tuesday"),
    "wednesday": pgettext_lazy("label", "Wednesday"),
    "thursday": pgettext_lazy("label", "Thursday"),
    "friday": pgettext_lazy("label", "Friday"),
    "saturday": pgettext_lazy("label", "Saturday"),
    "sunday": pgettext_lazy("label", "Sunday"),
}
KINDS = {
    "daily_life": _("Daily life without trouble"),
    "work": _("Back to my work"),
    "sport": _("Back to my sport"),
    "prevention": _("Keep it from coming back"),
}
SPORTS = {
    "sprint_ball": _("Sprinting and ball sports, such as football or hockey"),
    "running": _("Long-distance running"),
    "kicking": _("Kicking, such as martial arts with kicks"),
    "stretch": _("Dance, gymnastics or other sport with large stretches"),
    "other": _("Another sport"),
}
LEVELS = {
    "recreational": _("For fun"),
    "competitive": _("In competition"),
    "semi_professional": _("Semi-professional"),
    "professional": _("Professional"),
}
FEARS = {"low": _("Hardly"), "some": _("Somewhat"), "high": _("A lot")}
EVENT_KINDS = {"training": _("Training"), "match": _("Match")}
MANAGED = {
    "conservative_avulsion": _("A torn-off tendon that is treated without an operation"),
    "apophyseal_avulsion": _("A piece of bone torn off while growing, treated without an operation"),
    "loading_cleared": _("What had to be seen was seen: the leg may be loaded"),
}
UNKNOWN = ("", _("I don't know"))


def _choices(words: Mapping[str, Any], empty: Any = UNKNOWN) -> list[tuple[str, Any]]:
    return [empty, *words.items()]


class GoalForm(forms.Form):
    """What a person wants and can give. ``clinician`` adds what only a clinician may decide."""

    kind = forms.ChoiceField(label=_("What do you want to get back to?"), choices=list(KINDS.items()))
    sport = forms.ChoiceField(
        label=_("Which kind of sport?"), choices=_choices(SPORTS, ("", _("No sport"))), required=False
    )
    level = forms.ChoiceField(label=_("At which level?"), choices=_choices(LEVELS), required=False)
    target_date = forms.DateField(
        label=_("Is there a day you aim at?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It changes nothing about what is safe; you will read whether it can be met."),
    )
    equipment = forms.MultipleChoiceField(
        label=_("What can you use?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contraindications = forms.MultipleChoiceField(
        label=_("Does one of these hold for you?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fear_of_movement = forms.ChoiceField(
        label=_("Are you afraid that moving does harm?"), choices=_choices(FEARS), required=False
    )
    morning_routine = forms.BooleanField(label=_("A short routine in the morning"), required=False)
    managed = forms.ChoiceField(
        label=_("Decided after examination"), choices=_choices(MANAGED, ("", _("Nothing"))), required=False
    )

    def __init__(self, *args: Any, clinician: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        self.fields["equipment"].choices = bridge.equipment(language)  # type: ignore[attr-defined]
        self.fields["contraindications"].choices = bridge.reasons_to_name(language)  # type: ignore[attr-defined]
        for day, label in DAYS.items():
            self.fields[day] = minutes(label, MOST_MINUTES_A_DAY)
        for number in range(1, EVENTS + 1):
            self.fields[f"event_{number}_kind"] = forms.ChoiceField(
                label=_("What"), choices=_choices(EVENT_KINDS, ("", "–")), required=False
            )
            self.fields[f"event_{number}_day"] = forms.ChoiceField(
                label=_("Day"), choices=_choices(DAYS, ("", "–")), required=False
            )
            self.fields[f"event_{number}_minutes"] = minutes(_("Minutes"), MOST_MINUTES_AN_EVENT)
        if not clinician:
            del self.fields["managed"]

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields with minutes a day."""
        return [self[day] for day in DAYS]

    @property
    def events(self) -> list[list[forms.BoundField]]:
        """The fields of trainings and matches, a row each."""
        parts = ("kind", "day", "minutes")
        return [[self[f"event_{number}_{part}"] for part in parts] for number in range(1, EVENTS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, EVENTS + 1):
            row = [cleaned.get(f"event_{number}_{part}") for part in ("kind", "day", "minutes")]
            if any(row) and not all(row):
                self.add_error(
                    f"event_{number}_kind", _("Fill in what, on which day and how many minutes, or nothing.")
                )
        if not any(cleaned.get(day) for day in DAYS):
            self.add_error("monday", _("Give at least one day some minutes; without time there is no plan."))
        return cleaned

    def entry(self, before: Mapping[str, Any], *, keep_reasons: bool = False) -> dict[str, object]:
        """The goal as the case file writes it; what the form does not ask stays as it was.

        ``keep_reasons`` adds to the reasons to leave exercises out, and takes none away.
        """
        told = self.cleaned_data
        reasons = before.get("contraindications", ()) if keep_reasons else ()
        kept = {name: before[name] for name in ("start", "injury_date", "managed") if name in before}
        entry: dict[str, object] = {
            **kept,
            "kind": told["kind"],
            "days": {day: told[day] for day in DAYS if told.get(day)},
            "morning_routine": told["morning_routine"],
            "equipment": told["equipment"],
            "contraindications": list(dict.fromkeys([*reasons, *told["contraindications"]])),
            "events": list(_events(told)),
        }
        for name in ("sport", "level", "fear_of_movement", "managed"):
            if name in told:
                entry[name] = told[name] or None
        if told["target_date"]:
            entry["target_date"] = told["target_date"].isoformat()
        return {name: value for name, value in entry.items() if value is not None}


def minutes(label: Any, most: int) -> forms.IntegerField:
    """A field for minutes; empty is none."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
    )


def _events(told: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    for number in range(1, EVENTS + 1):
        if told.get(f"event_{number}_kind"):
            yield {part: told[f"event_{number}_{part}"] for part in ("kind", "day", "minutes")}


def initial(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the form for a goal as it is kept."""
    values: dict[str, Any] = {name: entry[name] for name in entry if name not in ("days", "events")}
    values["morning_routine"] = entry.get("morning_routine", True)
    values.update(entry.get("days", {}))
    for number, event in enumerate(entry.get("events", ())[:EVENTS], start=1):
        values.update({f"event_{number}_{part}": value for part, value in event.items()})
    return values
