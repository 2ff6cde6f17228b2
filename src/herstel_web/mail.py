"""How e-mail leaves this installation. No e-mail holds anything about somebody's health."""

from collections.abc import Mapping
from urllib.parse import unquote, urlparse

from herstel.errors import HerstelError, Problem, marked

NAME = "HERSTEL_EMAIL_URL"
PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(environment: Mapping[str, str]) -> dict[str, object]:
    """Django's settings for e-mail: by HERSTEL_EMAIL_URL, else written to the terminal."""
    sender = {"DEFAULT_FROM_EMAIL": environment.get("HERSTEL_EMAIL_FROM", "herstel@localhost")}
    given = environment.get(NAME, "")
    if not given:
        return {**sender, "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    address = urlparse(given)
    if address.scheme not in PORTS or not address.hostname:
        reason = marked("this is not the address of a mail server.")
        remedy = marked("Write it as smtp://user:password@host:587, or smtps:// for a server that asks for that.")
        raise HerstelError([Problem(thing=NAME, reason=reason, remedy=remedy)])
    return {
        **sender,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or PORTS[address.scheme],
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_TLS": address.scheme == "smtp",
        "EMAIL_USE_SSL": address.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def link(path: str) -> str:
    """An address of this site in full, for what is read outside it: an e-mail, a calendar."""
    from django.conf import settings

    return str(settings.SITE_URL) + path
