"""What the doctor looks at in the database, and at those who work with it."""

import shutil
import sqlite3
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils import timezone

from herstel.errors import HerstelError, marked
from herstel_web.operation import copy_sqlite, database
from herstel_web.operation.doctor_settings import closed_to_others
from herstel_web.operation.finding import Finding, wrong
from herstel_web.operation.health import worker_alive

WAITS_LONG = timedelta(minutes=5)
CLOCK_OFF = timedelta(minutes=2)
OLDEST_POSTGRESQL = 130000
DATABASE, WORKER = marked("Database"), marked("Worker")


def reached() -> Finding:
    """Whether it answers, and what it is. A file that is not there yet is left so."""
    if database.is_sqlite() and not database.file().exists():
        return Finding(
            id="database",
            subject=DATABASE,
            state="wrong",
            seen=marked("there is none yet."),
            remedy=marked("Start the server; it makes one: herstel serve"),
        )
    try:
        database.reach()
    except HerstelError as error:
        return wrong("database", DATABASE, error.problems[0])
    if database.is_sqlite():
        if not closed_to_others(database.file()):
            return Finding(
                id="database",
                subject=DATABASE,
                state="wrong",
                seen=marked("other users of this machine can read {file}."),
                remedy=marked("Close it: chmod 600 {file}"),
                values={"file": database.file()},
            )
        values: dict[str, object] = {"file": database.file()}
        return Finding(id="database", subject=DATABASE, state="good", seen=marked("SQLite, {file}."), values=values)
    return _postgresql()


def _postgresql() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
        version, number = cursor.fetchone() or ("", 0)
        cursor.execute("SELECT ssl, client_addr IS NULL FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) "
                       "WHERE pid = pg_backend_pid()")  # fmt: skip
        encrypted, local = cursor.fetchone() or (True, True)
    host = str(connection.settings_dict["HOST"])
    values = {"version": version, "host": host or "localhost"}
    near = local or host in ("localhost", "127.0.0.1", "::1")
    if number < OLDEST_POSTGRESQL:
        seen, remedy = marked("PostgreSQL {version} is too old."), marked("Use version 13 or newer.")
        return Finding(id="database", subject=DATABASE, state="wrong", seen=seen, remedy=remedy, values=values)
    if not near and not encrypted:
        seen = marked("PostgreSQL {version} at {host}, and what goes there can be read on the way.")
        remedy = marked("Add ?sslmode=verify-full to HERSTEL_DATABASE_URL.")
        return Finding(id="database", subject=DATABASE, state="wrong", seen=seen, remedy=remedy, values=values)
    seen = marked("PostgreSQL {version}.")
    return Finding(id="database", subject=DATABASE, state="good", seen=seen, values=values)


def up_to_date() -> Finding:
    subject = marked("Migrations")
    try:
        database.refuse_newer()
        database.refuse_behind()
    except HerstelError as error:
        return wrong("migrations", subject, error.problems[0])
    return Finding(id="migrations", subject=subject, state="good", seen=marked("all applied."))


def whole() -> Finding | None:
    """Whether the file of SQLite is whole; a PostgreSQL server looks after that itself."""
    if not database.is_sqlite():
        return None
    subject = marked("Wholeness")
    try:
        rows = sum(copy_sqlite.counts_now().values())
    except (sqlite3.Error, OSError) as error:
        return wrong("whole", subject, database.why_not(error))
    seen, values = marked("whole, {rows} rows."), {"rows": rows}
    return Finding(id="whole", subject=subject, state="good", seen=seen, values=values)


def journal() -> Finding | None:
    if not database.is_sqlite():
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone() or ("",)
    subject, values = marked("Journal"), {"mode": mode}
    if mode == "wal":
        return Finding(
            id="journal", subject=subject, state="good", seen=marked("WAL: readers do not wait for writers.")
        )
    return Finding(
        id="journal",
        subject=subject,
        state="wrong",
        seen=marked("{mode} instead of WAL, so a reader waits for a writer."),
        remedy=marked("Keep the state folder on a disk of this machine, not on one of the network."),
        values=values,
    )


def clock() -> Finding | None:
    """The clock decides which day it is; one that was set back makes days that were told lie in the future."""
    from herstel_web.audit.models import Event

    try:
        last = Event.objects.aggregate(last=Max("at"))["last"]
    except DatabaseError:
        return None  # the migrations are told by their own check
    subject, now = marked("Clock"), timezone.now()
    if last is not None and last > now + CLOCK_OFF:
        return Finding(
            id="clock",
            subject=subject,
            state="wrong",
            seen=marked("it stands before the last thing that was recorded ({last})."),
            remedy=marked("Set the clock of this machine right, and let it follow a time server."),
            values={"last": f"{timezone.localtime(last):%Y-%m-%d %H:%M}"},
        )
    return Finding(id="clock", subject=subject, state="good", seen=marked("after everything that was recorded."))


def worker() -> Finding | None:
    try:
        alive = worker_alive(timezone.now())
    except DatabaseError:
        return None
    if alive:
        return Finding(id="worker", subject=WORKER, state="good", seen=marked("alive."))
    return Finding(
        id="worker",
        subject=WORKER,
        state="warning",
        seen=marked("none is running, so nothing is worked out in the background and no reminder is sent."),
        remedy=marked("Start the server, which starts one: herstel serve"),
    )


def jobs() -> Finding | None:
    """Whether jobs wait for long, or were given up."""
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    try:
        waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WAITS_LONG).count()
        failed = DBTaskResult.objects.failed().filter(finished_at__gte=now - timedelta(days=1)).count()
    except DatabaseError:
        return None
    subject, values = marked("Jobs"), {"waiting": waiting, "failed": failed}
    if not waiting and not failed:
        return Finding(id="jobs", subject=subject, state="good", seen=marked("none waits for long, none failed today."))
    return Finding(
        id="jobs",
        subject=subject,
        state="warning",
        seen=marked("{waiting} wait for longer than five minutes, {failed} failed in the last day."),
        remedy=marked("See whether a worker is running, and what the log of the server says."),
        values=values,
    )


def copies() -> Finding | None:
    """Whether copies can be made of a PostgreSQL database from here."""
    if database.is_sqlite():
        return None
    missing = [name for name in ("pg_dump", "pg_restore", "psql") if shutil.which(name) is None]
    if not missing:
        return Finding(id="copies", subject=marked("Copies"), state="good", seen=marked("pg_dump and psql are here."))
    return Finding(
        id="copies",
        subject=marked("Copies"),
        state="warning",
        seen=marked("{names} is not here, so herstel backup cannot copy the database."),
        remedy=marked("Install the client of PostgreSQL. On Debian and Ubuntu: apt-get install postgresql-client"),
        values={"names": ", ".join(missing)},
    )


CHECKS = (up_to_date, whole, journal, clock, worker, jobs, copies)
