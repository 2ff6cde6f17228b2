"""A copy of a PostgreSQL database, made by its own programs while others write, and put in its place again."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import connection, transaction

from herstel.errors import HerstelError, Problem, marked

NAME = "database.pgdump"
_EMPTY_FIRST = b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


def copy(target: Path) -> Mapping[str, int]:
    """Copy the database as it is at one moment; gives the number of rows of every table at that moment."""
    target.touch(mode=0o600)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone() or ("",)
        _run(["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"])
        found = counts_now()
    _run(["pg_restore", "--list", str(target)])
    return found


def is_empty() -> bool:
    """Whether there is nothing yet that could be lost."""
    return not connection.introspection.table_names()


def put_back(source: Path, aside: Path) -> None:
    """Put a copy in the place of the database, all of it or nothing; the old one is kept aside as a copy too.

    The user of the database must own it.
    """
    if not is_empty():
        copy(aside / NAME)
    _refuse_others()
    connection.close()
    script = _run(["pg_restore", "--no-owner", "--file=-", str(source)])
    _run(["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"], _EMPTY_FIRST + script)


def counts_now() -> Mapping[str, int]:
    """The number of rows of every table of the database in use."""
    tables = sorted(connection.introspection.table_names())
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            (found[table],) = cursor.fetchone() or (0,)
    return found


def _refuse_others() -> None:
    """Nobody else may be at work in a database that is about to be replaced."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (others,) = cursor.fetchone() or (0,)
    if others:
        reason = marked("{count} other connections are open, so something is still at work in it.")
        remedy = marked("Stop every Herstel server and worker that uses this database, and try again.")
        name = str(connection.settings_dict["NAME"])
        raise HerstelError([Problem(thing=name, reason=reason, remedy=remedy, values={"count": others})])


def _run(command: Sequence[str], given: bytes = b"") -> bytes:
    """Run a program of PostgreSQL for our database; its password goes through the environment, which others cannot see.

    Raises
    ------
    HerstelError
        When the program is not here, or says that something is wrong.
    """
    program = shutil.which(command[0])
    if program is None:
        reason = marked("this program is needed for a copy of a PostgreSQL database, and is not here.")
        remedy = marked("Install the client of PostgreSQL. On Debian and Ubuntu: apt-get install postgresql-client")
        raise HerstelError([Problem(thing=command[0], reason=reason, remedy=remedy)])
    done = subprocess.run(  # noqa: S603 - our own words, and a file name
        [program, *command[1:]], input=given, capture_output=True, env=_environment(), check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = marked("it did not succeed: {error}.")
        remedy = marked("Is it of the same version as the server, or newer? Does the user own the database?")
        error = said[0].rstrip(".") if said else f"exit code {done.returncode}"
        raise HerstelError([Problem(thing=command[0], reason=reason, remedy=remedy, values={"error": error})])
    return done.stdout


def _environment() -> dict[str, str]:
    found = connection.settings_dict
    parts = {
        "PGDATABASE": found["NAME"],
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
        "PGHOST": found["HOST"],
        "PGPORT": str(found["PORT"] or ""),
    }
    return {**os.environ, **{name: str(value) for name, value in parts.items() if value}}
