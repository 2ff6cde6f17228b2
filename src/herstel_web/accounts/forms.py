"""The forms of the account pages: those of allauth, with our words and without its placeholders."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkey
from django import forms
from django.utils.translation import gettext_lazy as _

from herstel_web.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
LENGTH_HINT = _("At least 12 characters. A few words in a row are easy to remember.")
LABELS: Mapping[str, Words] = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "oldpassword": _("The password you have now"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
    "passwordless": _("Sign in with this passkey alone"),
}
HINTS: Mapping[str, Words] = {
    "password1": LENGTH_HINT,
    "name": _("So that you know later which one it is, for example: my phone."),
    "passwordless": _("Your phone or computer then checks that it is you, with your finger, face or PIN."),
}


class OurWords(forms.Form):
    """Gives every field our label and hint."""

    labels: ClassVar[Mapping[str, Words]] = {}
    hints: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = {**LABELS, **self.labels}.get(name) or field.label
            field.help_text = {**HINTS, **self.hints}.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignIn(OurWords, account.LoginForm):  # type: ignore[misc]  # allauth comes without types
    """E-mail address and password."""


class SignUp(OurWords, account.SignupForm):  # type: ignore[misc]
    """A new account, with a password or (``by_passkey``) without."""

    labels: ClassVar[Mapping[str, Words]] = {"password1": _("Password")}
    hints: ClassVar[Mapping[str, Words]] = {
        "email": _("We send a code to it. Nothing about your health is ever sent by e-mail.")
    }


class NewAddress(OurWords, account.AddEmailForm):  # type: ignore[misc]
    """Another address for this account."""

    labels: ClassVar[Mapping[str, Words]] = {"email": _("New e-mail address")}


class OtherAddress(OurWords, account.ChangeEmailForm):  # type: ignore[misc]
    """Another address while the first still waits for its code."""

    labels: ClassVar[Mapping[str, Words]] = {"email": _("Another e-mail address")}


class ChangePassword(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password for who knows the old one."""


class SetPassword(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password for who signed up with a passkey."""


class ForgottenPassword(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a code to make a new password."""


class NewPassword(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the code was right."""


class ConfirmByPassword(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class AddressCode(OurWords, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was sent to a new address."""


class PasswordCode(OurWords, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code that was sent for a new password."""


class SecondStep(OurWords, second_step.AuthenticateForm):  # type: ignore[misc]
    """The code of the app, or one of the recovery codes."""

    labels: ClassVar[Mapping[str, Words]] = {"code": _("Code of your app, or a recovery code")}


class ConfirmByCode(OurWords, second_step.ReauthenticateForm):  # type: ignore[misc]
    """The same, to confirm."""

    labels: ClassVar[Mapping[str, Words]] = {"code": _("Code of your app, or a recovery code")}


class ActivateApp(OurWords, app.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the app, which shows that it works."""

    labels: ClassVar[Mapping[str, Words]] = {"code": _("The code that the app shows now")}


class AddPasskey(OurWords, passkey.AddWebAuthnForm):  # type: ignore[misc]
    """One more passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class FirstPasskey(OurWords, passkey.SignupWebAuthnForm):  # type: ignore[misc]
    """The passkey of a new account."""


class RenamePasskey(OurWords, passkey.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class Settings(forms.ModelForm[User]):
    """What somebody may say about themselves."""

    class Meta:
        model = User
        fields = ("name", "language")
        labels: ClassVar = {"name": _("Your name"), "language": _("Language")}
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
