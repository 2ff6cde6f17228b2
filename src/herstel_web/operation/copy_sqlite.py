"""A copy of an SQLite database, made while others write, and put in its place again."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db import connection

from herstel_web.operation.database import file

NAME = "database.sqlite3"
_BESIDE = ("", "-wal", "-shm")
"""What SQLite writes beside a database belongs to it."""


def copy(target: Path) -> Mapping[str, int]:
    """Copy the database as it is at one moment; gives the number of rows of every table of the copy."""
    target.touch(mode=0o600)
    source = sqlite3.connect(f"file:{file()}?mode=ro", uri=True, timeout=20)
    with closing(source), closing(sqlite3.connect(target)) as into:
        source.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    return counts(target)


def counts(database: Path) -> Mapping[str, int]:
    """The number of rows of every table, when the database is whole; else an sqlite3.DatabaseError."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        (found,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"it is not whole: {found}")
        tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: _rows(opened, name) for (name,) in sorted(tables.fetchall())}


def _rows(opened: sqlite3.Connection, table: str) -> int:
    (rows,) = opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - a name that SQLite gave
    return int(rows)


def is_empty() -> bool:
    """Whether there is nothing yet that could be lost."""
    return not file().exists() or not connection.introspection.table_names()


def put_back(source: Path, aside: Path) -> None:
    """Put a copy in the place of the database, which is kept aside with everything that belongs to it."""
    connection.close()
    file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.chmod(0o600)
    old = [one for end in _BESIDE if (one := file().with_name(file().name + end)).exists()]
    for one in old:
        one.rename(aside / one.name)
    try:
        source.rename(file())
    except OSError:
        for one in old:
            (aside / one.name).rename(one)
        raise


def counts_now() -> Mapping[str, int]:
    """The number of rows of every table of the database in use."""
    return counts(file())
