"""What owners fill in about their practice."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.practice.models import Invitation, Location, Membership, Practice, Role, TextTemplate


class FirstRunForm(forms.Form):
    """The first practice and its owner."""

    practice_name = forms.CharField(label=_("Name of the practice"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,  # taken exactly as typed
        help_text=_("At least 12 characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given:
            try:
                validate_password(given["password"], User(email=given.get("email", ""), name=given.get("name", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return given


class DetailsForm(forms.ModelForm[Practice]):
    """How others find the practice."""

    class Meta:
        model = Practice
        fields = ("name", "phone", "email")
        labels: ClassVar = {"name": _("Name of the practice"), "phone": _("Telephone"), "email": _("E-mail address")}
        widgets: ClassVar = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}


class LocationForm(forms.ModelForm[Location]):
    """A place of the practice."""

    class Meta:
        model = Location
        fields = ("name", "address", "closed_on")
        labels: ClassVar = {"name": _("Name"), "address": _("Address"), "closed_on": _("Closed from")}
        help_texts: ClassVar = {"closed_on": _("Leave this empty as long as the location is in use.")}
        widgets: ClassVar = {"closed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class TextForm(forms.ModelForm[TextTemplate]):
    """A text that is used often."""

    class Meta:
        model = TextTemplate
        fields = ("kind", "language", "title", "text")
        labels: ClassVar = {"kind": _("Used for"), "language": _("Language"), "title": _("Title"), "text": _("Text")}
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 8})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        same = TextTemplate.objects.filter(
            practice=self.instance.practice, **{part: given.get(part) for part in ("kind", "language", "title")}
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", _("There already is a text with this title. Give it another one."))
        return given


class InvitationForm(forms.ModelForm[Invitation]):
    """Who is asked to work here, and as what."""

    class Meta:
        model = Invitation
        fields = ("email", "role")
        labels: ClassVar = {"email": _("E-mail address"), "role": _("Role")}
        widgets: ClassVar = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}


class RoleForm(forms.Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


ACTIONS = {
    "": _("everything"),
    Event.Action.READ: _("looked at"),
    Event.Action.WRITE: _("wrote"),
    Event.Action.EXPORT: _("made a copy"),
    Event.Action.ERASE: _("erased"),
    Event.Action.SIGN_IN: _("signed in"),
    Event.Action.REFUSED: _("was refused"),
    Event.Action.MANAGE: _("managed the practice"),
}


class TrailForm(forms.Form):
    """What to look for in the trail."""

    person = forms.CharField(label=_("Person"), max_length=120, required=False)
    member = forms.ModelChoiceField(label=_("Member"), queryset=Membership.objects.none(), required=False)
    action = forms.ChoiceField(label=_("What"), choices=list(ACTIONS.items()), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Up to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - said to the type checker
        field.queryset = practice.memberships.select_related("user").order_by(
            F("ended_at").asc(nulls_first=True), "user__name"
        )
        field.empty_label = str(_("everybody"))
        field.label_from_instance = _name_of  # type: ignore[method-assign]


def _name_of(obj: Membership) -> str:
    return obj.user.shown_name
