import os
import signal
import socket
import sqlite3
import stat
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web.installation import Installation, is_running, wait_for

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc")


def test_a_first_start_makes_everything_and_tells_how_to_begin(here: Installation) -> None:
    with here.served() as served:
        wait_for(lambda: served.status("/readyz") == 200)
        (worker,) = served.workers()
        said = served.stop()
    assert f"Herstel is ready: {served.base.replace('127.0.0.1', 'localhost')}/" in said
    assert "/begin/" in said
    assert served.process.returncode == 0
    assert not is_running(worker)
    if not here.uses_sqlite():
        return
    database = here.state / "herstel.sqlite3"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    with sqlite3.connect(database) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert opened.execute("SELECT count(*) FROM django_migrations").fetchone() > (20,)


def test_the_worker_is_started_again_when_it_dies_and_ends_when_the_server_is_killed(here: Installation) -> None:
    with here.served() as served:
        wait_for(lambda: bool(served.workers()))
        (first,) = served.workers()
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: served.workers() not in ([], [first]))
        (second,) = served.workers()
        served.process.kill()
        wait_for(lambda: not is_running(second))


def test_many_browsers_that_keep_their_connection_do_not_shut_out_the_next(in_use: Installation) -> None:
    with in_use.served() as served, ExitStack() as opened:
        for _ in range(150):
            connection = HTTPConnection(urlsplit(served.base).netloc, timeout=20)
            opened.callback(connection.close)
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            assert (answer.status, len(answer.read()) > 0) == (200, True)


def test_a_busy_port_is_told_before_anything_is_made(here: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = here.run("serve", "--port", str(port), "--lang", "en")
    assert refused.returncode == 2
    assert f"something else already uses port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (here.state / "herstel.sqlite3").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://localhost/herstel", "HERSTEL_DATABASE_URL: this is not the address of a database"),
        ("postgresql://", "HERSTEL_DATABASE_URL: this is not the address of a database"),
        ("postgresql://me:hidden-word@127.0.0.1:9/herstel", "HERSTEL_DATABASE_URL: the database cannot be used"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(
    here: Installation, address: str, said: str
) -> None:
    here.settings["HERSTEL_DATABASE_URL"] = address
    refused = here.run("serve", "--port", "0", "--lang", "en")
    assert refused.returncode == 2
    assert refused.stderr.startswith(said)
    assert "hidden-word" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_file_that_is_no_database_is_told_with_what_to_do(here: Installation) -> None:
    if not here.uses_sqlite():
        pytest.skip("only SQLite keeps its records in a file of ours")
    here.state.mkdir()
    (here.state / "herstel.sqlite3").write_text("this is not a database, but a text of some length" * 50)
    refused = here.run("serve", "--port", "0", "--lang", "en")
    assert refused.returncode == 2
    assert "file is not a database" in refused.stderr
    assert "herstel restore" in refused.stderr


def test_a_worker_does_not_start_on_a_database_that_is_behind(here: Installation) -> None:
    refused = here.run("worker", "--lang", "en")
    assert refused.returncode == 2
    assert "migrations are missing. Start the server first" in refused.stderr
