"""Where the records are kept: an SQLite file by default, a PostgreSQL server for a practice."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url

from herstel.errors import HerstelError, Problem, marked
from herstel_web.state import state_folder

NAME = "HERSTEL_DATABASE_URL"
FILE = "herstel.sqlite3"
SCHEMES = ("sqlite", "postgresql", "postgres")
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
CONNECT_WITHIN_S = 5
NO_JIT = "-c jit=off"
"""Our queries are short: compiling one took five times as long as answering it (the work list, 2,000 cases)."""


def database_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings of the database: by HERSTEL_DATABASE_URL, else a file in the state folder.

    Raises
    ------
    HerstelError
        When the address is not one of a database that Herstel can use.
    """
    given = environment.get(NAME, "")
    url = given or f"sqlite:///{state_folder(environment) / FILE}"
    if url.split(":", 1)[0] not in SCHEMES:
        raise _not_an_address()
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError:
        raise _not_an_address() from None
    if not found["NAME"]:
        raise _not_an_address()
    if found["ENGINE"] == SQLITE:
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",  # a writer waits its turn at the start instead of failing half-way
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        options = found.setdefault("OPTIONS", {})
        options.setdefault("connect_timeout", CONNECT_WITHIN_S)
        options.setdefault("options", NO_JIT)
    return found


def make_file(file: Path) -> None:
    """An empty file that only its owner may read, before SQLite makes one that everybody may."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def _not_an_address() -> HerstelError:
    reason = marked("this is not the address of a database that Herstel can use.")
    remedy = marked(
        "Write it as postgresql://user:password@host/name, with %40 for an @ in the password; leave it out for a file "
        "in the state folder."
    )
    return HerstelError([Problem(thing=NAME, reason=reason, remedy=remedy)])
