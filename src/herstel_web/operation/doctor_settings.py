"""What the doctor looks at without the database: the machine, the state folder, and the settings."""

import os
import platform
import shutil
import smtplib
import stat
import sys
from pathlib import Path
from urllib.parse import urlparse

from herstel.errors import KnowledgeError, marked
from herstel_web.operation.finding import Finding, wrong
from herstel_web.operation.start import our_state
from herstel_web.state import SHORTEST_KEY

OLDEST_PYTHON = (3, 11)
TOO_LITTLE_MB, LITTLE_MB = 500, 5_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
MAIL_WITHIN_S = 10
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", None})


def python() -> Finding:
    subject, values = marked("Python"), {"version": platform.python_version()}
    if sys.version_info >= OLDEST_PYTHON:
        return Finding(id="python", subject=subject, state="good", seen=marked("version {version}."), values=values)
    return Finding(
        id="python",
        subject=subject,
        state="wrong",
        seen=marked("version {version} is too old."),
        remedy=marked("Herstel needs 3.11 or newer: make setup PYTHON=/path/to/python3"),
        values=values,
    )


def state_folder_usable() -> Finding:
    """Whether this user can write there and others cannot look into it."""
    folder, subject = our_state(), marked("State folder")
    values = {"folder": folder}
    standing = next(one for one in (folder, *folder.parents) if one.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        return Finding(
            id="state",
            subject=subject,
            state="wrong",
            seen=marked("this user cannot write in {folder}."),
            remedy=marked("Give it to the user that Herstel runs as, or name another folder in HERSTEL_STATE."),
            values=values,
        )
    if folder.exists() and folder.stat().st_mode & _OTHERS:
        return Finding(
            id="state",
            subject=subject,
            state="wrong",
            seen=marked("other users of this machine can look into {folder}."),
            remedy=marked("Close it: chmod 700 {folder}"),
            values=values,
        )
    return Finding(id="state", subject=subject, state="good", seen=marked("{folder}."), values=values)


def key() -> Finding:
    """The key that signs cookies; it is never shown."""
    subject = marked("Secret key")
    given = os.environ.get("HERSTEL_SECRET_KEY", "")
    file = our_state() / "secret_key"
    if given and len(given) < SHORTEST_KEY:
        return Finding(
            id="key",
            subject=subject,
            state="wrong",
            seen=marked("the one in HERSTEL_SECRET_KEY is shorter than {count} characters."),
            remedy=marked("Make a long random one, or leave it out: then one is made and kept in the state folder."),
            values={"count": SHORTEST_KEY},
        )
    if not given and file.exists() and file.stat().st_mode & _OTHERS:
        return Finding(
            id="key",
            subject=subject,
            state="wrong",
            seen=marked("other users of this machine can read {file}."),
            remedy=marked("Remove the file and start again; everybody then signs in anew."),
            values={"file": file},
        )
    seen = marked("given in HERSTEL_SECRET_KEY.") if given else marked("kept in the state folder.")
    if not given and not file.exists():
        seen = marked("it is made at the first start.")
    return Finding(id="key", subject=subject, state="good", seen=seen)


def disk() -> Finding:
    folder = next(one for one in (our_state(), *our_state().parents) if one.exists())
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    state = "wrong" if free_mb < TOO_LITTLE_MB else "warning" if free_mb < LITTLE_MB else "good"
    remedy = marked("Make room: without it nothing more can be recorded.") if state != "good" else ""
    seen = marked("{megabytes} MB are free.")
    values = {"megabytes": free_mb}
    return Finding(id="disk", subject=marked("Disk"), state=state, seen=seen, remedy=remedy, values=values)  # type: ignore[arg-type]


def knowledge_right() -> Finding:
    from herstel_web.knowledge import knowledge

    subject = marked("Knowledge")
    try:
        values = {"version": knowledge().version.version}
    except KnowledgeError as error:
        return wrong("knowledge", subject, error.problems[0])
    return Finding(id="knowledge", subject=subject, state="good", seen=marked("version {version}."), values=values)


def zone() -> Finding:
    from django.utils import timezone

    values = {"zone": timezone.get_default_timezone_name(), "now": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return Finding(
        id="zone", subject=marked("Time zone"), state="good", seen=marked("{zone}, where it is {now}."), values=values
    )


def hosts() -> Finding:
    """Whether others can reach the pages, and whether that is safe."""
    from django.conf import settings

    names = [name for name in settings.ALLOWED_HOSTS if name not in ("localhost", "127.0.0.1", "[::1]")]
    subject, values = marked("Addresses"), {"names": ", ".join(names)}
    if "*" in names:
        return Finding(
            id="hosts",
            subject=subject,
            state="wrong",
            seen=marked("every name is allowed, so links in e-mails can be made to point anywhere."),
            remedy=marked("Put only your own names in HERSTEL_ALLOWED_HOSTS."),
        )
    if names and not settings.HTTPS:
        return Finding(
            id="hosts",
            subject=subject,
            state="wrong",
            seen=marked("{names} without https: who listens along can read passwords and records."),
            remedy=marked("Put a proxy with https before it, and set HERSTEL_HTTPS=1."),
            values=values,
        )
    if not names:
        return Finding(id="hosts", subject=subject, state="good", seen=marked("only this machine."))
    return Finding(id="hosts", subject=subject, state="good", seen=marked("{names}, over https."), values=values)


def second_step() -> Finding | None:
    from django.conf import settings

    if settings.HERSTEL_SECOND_STEP:
        return None
    return Finding(
        id="second_step",
        subject=marked("Signing in"),
        state="wrong",
        seen=marked("members of a practice get in with a password alone."),
        remedy=marked("Leave out HERSTEL_SECOND_STEP; only a demonstration needs it."),
    )


def errors_shown() -> Finding | None:
    from django.conf import settings

    if not settings.DEBUG:
        return None
    return Finding(
        id="debug",
        subject=marked("Errors"),
        state="wrong",
        seen=marked("they are shown in full in the browser, with what was typed."),
        remedy=marked("Leave out HERSTEL_DEBUG; it is for whoever works on Herstel itself."),
    )


def mail() -> Finding:
    """Whether e-mail gets out; the address of the server is told, its user and password are not."""
    from django.conf import settings
    from django.core.mail import get_connection

    subject = marked("E-mail")
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding(
            id="mail",
            subject=subject,
            state="warning",
            seen=marked("it is written to the terminal and reaches nobody."),
            remedy=marked("Name your mail server in HERSTEL_EMAIL_URL, and the sender in HERSTEL_EMAIL_FROM."),
        )
    values: dict[str, object] = {"host": settings.EMAIL_HOST, "sender": settings.DEFAULT_FROM_EMAIL}
    try:
        with get_connection(timeout=MAIL_WITHIN_S):
            pass
    except (OSError, smtplib.SMTPException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        return Finding(
            id="mail",
            subject=subject,
            state="wrong",
            seen=marked("the server {host} does not take it: {error}."),
            remedy=marked("See whether host, port, user and password in HERSTEL_EMAIL_URL are right."),
            values=values | {"error": reason},
        )
    if str(settings.DEFAULT_FROM_EMAIL).endswith("@localhost"):
        return Finding(
            id="mail",
            subject=subject,
            state="wrong",
            seen=marked("it comes from {sender}, which other servers refuse."),
            remedy=marked("Put an address of your own in HERSTEL_EMAIL_FROM."),
            values=values,
        )
    seen = marked("through {host}, from {sender}.")
    return Finding(id="mail", subject=subject, state="good", seen=seen, values=values)


def links() -> Finding | None:
    """Whether the links in e-mails lead somewhere for who reads them elsewhere."""
    from django.conf import settings

    if "smtp" not in settings.EMAIL_BACKEND or urlparse(settings.SITE_URL).hostname not in _THIS_MACHINE:
        return None
    return Finding(
        id="links",
        subject=marked("Links in e-mails"),
        state="wrong",
        seen=marked("they lead to {address}, which works on this machine only."),
        remedy=marked(
            "Put the address by which people reach the pages in HERSTEL_URL, such as https://herstel.example.org"
        ),
        values={"address": settings.SITE_URL},
    )


def video() -> Finding:
    """Whether videos can be measured here; all else works without."""
    from herstel_pose.installed import INSTALL, not_installed
    from herstel_pose.weights import REMEDY, missing

    subject = marked("Measuring videos")
    if lacking := not_installed():
        return Finding(
            id="video",
            subject=subject,
            state="warning",
            seen=marked("not possible: these packages are not installed: {packages}."),
            remedy=INSTALL,
            values={"packages": ", ".join(lacking)},
        )
    if absent := missing():
        return Finding(
            id="video",
            subject=subject,
            state="warning",
            seen=marked("not possible: these files with what the networks learned are missing: {files}."),
            remedy=REMEDY,
            values={"files": ", ".join(absent)},
        )
    return Finding(id="video", subject=subject, state="good", seen=marked("possible here."))


BEFORE_SETTINGS = (python, state_folder_usable, key, disk, video)
WITH_SETTINGS = (knowledge_right, zone, hosts, second_step, errors_shown, mail, links)


def closed_to_others(file: Path) -> bool:
    """Whether only its owner can read a file."""
    return not file.stat().st_mode & _OTHERS
