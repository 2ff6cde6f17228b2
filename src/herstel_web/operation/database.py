"""The database at the start: reached, made or brought up to date, with a copy of it made first."""

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from herstel.errors import HerstelError, Problem, marked
from herstel_web.database_url import NAME, make_file

LOCK_NUMBER = 0x4E7257E1  # any number, as long as it is always the same
COPIES_KEPT = 5
_REMEDIES = (
    ("unable to open", marked("See to it that this user may write in that folder, or name another in HERSTEL_STATE.")),
    ("readonly", marked("See to it that this user may write that file and its folder.")),
    ("locked", marked("Stop the program that keeps it open, perhaps a copy in progress or another Herstel.")),
    ("not a database", marked("Put a copy back with: herstel restore FILE. Look with: herstel doctor.")),
    ("malformed", marked("Put a copy back with: herstel restore FILE. Look with: herstel doctor.")),
)


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def file() -> Path:
    """The file of an SQLite database."""
    return Path(str(connection.settings_dict["NAME"]))


def named() -> str:
    """How the database is called in what is told about it; never with its password."""
    return str(file()) if is_sqlite() else NAME


def reach() -> None:
    """See to it that the database answers.

    Raises
    ------
    HerstelError
        When it does not; with what is wrong, and never with its password.
    """
    try:
        if is_sqlite() and not file().exists():
            make_file(file())
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if is_sqlite():
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM sqlite_master")
    except (DatabaseError, sqlite3.Error, OSError) as error:
        connection.close()
        raise HerstelError([why_not(error)]) from None


def why_not(error: Exception) -> Problem:
    """What is wrong with the database, and what to do."""
    said = (getattr(error, "strerror", None) or str(error)).strip().splitlines()
    message = said[0].rstrip(".") if said else type(error).__name__
    reason = marked("the database cannot be used: {error}.")
    default = (
        marked("See to it that this user may write in that folder, or name another in HERSTEL_STATE.")
        if is_sqlite()
        else marked("See whether the database server runs, and whether host, name, user and password are right.")
    )
    remedy = next((text for part, text in _REMEDIES if part in message.lower()), default)
    return Problem(thing=named(), reason=reason, remedy=remedy, values={"error": message})


def behind() -> Sequence[str]:
    """The migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def ahead() -> Sequence[str]:
    """The migrations that the database has and this version does not know: a newer version made them."""
    return unknown(MigrationExecutor(connection).loader.applied_migrations)


def unknown(migrations: Iterable[tuple[str, str]]) -> Sequence[str]:
    """Those of these migrations that this version does not know, of apps that it does know."""
    loader = MigrationLoader(None)  # without a look at the database
    known = set(loader.disk_migrations or ()) | set(loader.replacements or ())
    apps = {app for app, _ in known}
    return [f"{app}.{name}" for app, name in migrations if app in apps and (app, name) not in known]


def bring_up_to_date(copies: Path) -> Path | None:
    """Apply the migrations that are missing; an existing database is copied into ``copies`` first.

    Returns
    -------
    Path or None
        The copy that was made.

    Raises
    ------
    HerstelError
        When the database cannot be reached, is of a newer version, or cannot be copied.
    """
    reach()
    with _one_at_a_time():
        refuse_newer()
        if not behind():
            return None
        copy = _copied(copies) if MigrationExecutor(connection).loader.applied_migrations else None
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as error:
            raise HerstelError([why_not(error)]) from error
        return copy


def refuse_newer() -> None:
    """Raise when a newer version worked with this database: this one would not understand what it wrote."""
    newer = ahead()
    if newer:
        reason = marked("the database was made by a newer version of Herstel ({migration}).")
        remedy = marked("Install that version again, or put back a copy from before with: herstel restore FILE.")
        raise HerstelError([Problem(thing=named(), reason=reason, remedy=remedy, values={"migration": newer[0]})])


def refuse_behind() -> None:
    """Raise when migrations are missing; for programs that must not apply them themselves."""
    reach()
    refuse_newer()
    missing = behind()
    if missing:
        reason = marked("the database is not up to date: {count} migrations are missing.")
        remedy = marked("Start the server first: herstel serve. It makes a copy and brings the database up to date.")
        raise HerstelError([Problem(thing=named(), reason=reason, remedy=remedy, values={"count": len(missing)})])


def _copied(copies: Path) -> Path:
    from herstel_web.operation.backup import write_backup

    copies.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = copies / f"before-migration-{timezone.now():%Y%m%d-%H%M%S}.zip"
    write_backup(copy, with_files=False)
    for old in sorted(copies.glob("before-migration-*.zip"))[:-COPIES_KEPT]:
        old.unlink()
    return copy


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of several servers that start at the same moment one migrates, and the others wait for it."""
    if is_sqlite():
        with file().with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
