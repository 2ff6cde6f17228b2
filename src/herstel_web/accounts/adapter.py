"""What allauth asks us: the words of its messages, how somebody may confirm, and how secrets are kept."""

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy
from qrcode import QRCode  # type: ignore[import-untyped]  # comes with allauth's second step
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

from herstel_web.accounts.models import User

_ = gettext_lazy
WRONG_CODE = _("This code is not right. Look whether you typed it well, or ask for a new one.")
TOO_MANY = _("Too often wrong. Wait a few minutes and try again.")
QUIET_ZONE = 4


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    """Accounts: messages in our words, and a passkey before a password."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already the address of your account."),
        "email_password_mismatch": _("This address and password do not belong together. Look at both and try again."),
        "email_taken": _("There is already an account with this address."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right."),
        "invalid_or_expired_key": _("This is no longer valid. Ask for a new one."),
        "invalid_login": _("With this you cannot sign in."),
        "invalid_password_reset": _("This is no longer valid. Ask for a new code."),
        "max_email_addresses": _("You cannot add more than %d addresses."),
        "too_many_login_attempts": TOO_MANY,
        "unverified_primary_email": _("Confirm your address first, with the code we sent to it."),
        "same_as_current": _("This is the address it is already. Give another one."),
        "rate_limited": _("That went too fast. Wait a moment and try again."),
    }

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How this user may confirm: with a passkey first, then an app or code, then the password."""
        words = {
            "mfa_reauthenticate:webauthn": gettext("Use your passkey"),
            "mfa_reauthenticate": gettext("Use a code of your app"),
            "reauthenticate": gettext("Use your password"),
        }
        found = {one["id"]: one for one in super().get_reauthentication_methods(user)}
        return [{**found[kind], "description": said} for kind, said in words.items() if kind in found]


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step: secrets encrypted with the key of this installation, a QR code that needs no data address."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("You cannot remove this."),
        "cannot_generate_recovery_codes": _("Set up a passkey or an app first."),
        "incorrect_code": WRONG_CODE,
        "unverified_email": _("Confirm your e-mail address first, with the code we sent to it."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of the page: black on white, whatever the colours of the page."""
        code = QRCode(border=QUIET_ZONE, error_correction=ERROR_CORRECT_M)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        side = len(rows)
        label = gettext("QR code for your app")
        return mark_safe(  # noqa: S308 - numbers of ours and a text of ours
            f'<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}">'
            f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>'
        )

    def generate_authenticator_name(self, user: User, type: object) -> str:  # noqa: A002 - the name allauth gives it
        """A name until the user gives one."""
        number = user.authenticator_set.filter(type=type).count() + 1  # type: ignore[attr-defined]
        return gettext("Passkey {number}").format(number=number)

    def encrypt(self, text: str) -> str:
        """Secrets are useless to who has the database without the secret key."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


def _cipher(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"herstel second step").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
