"""The folder with what this installation keeps for itself: for now only its secret key. Never answers."""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from herstel.errors import HerstelError, Problem, marked

SHORTEST_KEY = 50
_OWNER_ONLY = 0o600


def state_folder(environment: Mapping[str, str]) -> Path:
    """Where the secret key is kept: HERSTEL_STATE, else the usual place for state of this user."""
    named = environment.get("HERSTEL_STATE")
    if named:
        return Path(named).expanduser()
    usual = environment.get("XDG_STATE_HOME")
    return (Path(usual) if usual else Path.home() / ".local" / "state") / "herstel"


def secret_key(environment: Mapping[str, str]) -> str:
    """The key that signs the cookies: HERSTEL_SECRET_KEY, else one that is made once and kept in the state folder."""
    given = environment.get("HERSTEL_SECRET_KEY")
    if given:
        return given
    file = state_folder(environment) / "secret_key"
    try:
        return _kept(file) if file.exists() else _make(file)
    except OSError as error:
        # A read-only machine still works; only the visitors' answers do not outlive a restart.
        sys.stderr.write(f"herstel: {file} cannot be used ({error.strerror}); the key is made anew at every start.\n")
        return secrets.token_urlsafe(SHORTEST_KEY)


def _make(file: Path) -> str:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_urlsafe(SHORTEST_KEY)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:  # another process was first
        return _kept(file)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(key)
    return key


def _kept(file: Path) -> str:
    key = file.read_text(encoding="ascii", errors="replace").strip()
    if len(key) < SHORTEST_KEY:
        raise HerstelError(
            [
                Problem(
                    thing=str(file),
                    reason=marked("the secret key in it is too short to be safe."),
                    remedy=marked("Remove the file; a new key is made at the next start."),
                )
            ]
        )
    return key
