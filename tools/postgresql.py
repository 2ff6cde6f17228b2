"""A PostgreSQL server for tests and benchmarks, in a folder that is removed afterwards.

``python tools/postgresql.py COMMAND...`` runs a command with its address in HERSTEL_TEST_DATABASE_URL. Without the
programs of PostgreSQL (on Debian and Ubuntu: apt-get install postgresql) it says so and runs nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

NAME = "HERSTEL_TEST_DATABASE_URL"
USER = "postgres"
NOT_HERE = "No PostgreSQL here: its tests are skipped. To have them: apt-get install postgresql"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""What a database that is thrown away does not need."""
START_WITHIN_S = 60


def programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL here; None when there is none."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(debian, key=lambda path: float(path.parts[-3]))
    found = newest[-1] if newest else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server(*, quick: bool = True) -> Iterator[str]:
    """A running server; gives the address of an empty database. It listens on a socket in its own folder only.

    Raises
    ------
    RuntimeError
        When there is no PostgreSQL here, or it does not start.
    """
    found = programs()
    if found is None:
        raise RuntimeError(NOT_HERE)
    with tempfile.TemporaryDirectory(prefix="herstel-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)  # it refuses to run as root
        data, log = folder / "data", folder / "log"
        _run([found / "initdb", "--pgdata", data, "--username", USER, "--auth=trust", "--encoding=UTF8", "--no-sync"])
        settings = ["listen_addresses=", f"unix_socket_directories={folder}", *(QUICK if quick else ())]
        options = " ".join(f"-c {one}" for one in settings)
        control = [found / "pg_ctl", "--pgdata", data, "--wait", f"--timeout={START_WITHIN_S}"]
        _run([*control, "--log", log, "--options", options, "start"])
        try:
            yield f"postgresql://{USER}@{quote(str(folder), safe='')}/{USER}"
        finally:
            _run([*control, "--mode=immediate", "stop"])


def _run(command: Sequence[object]) -> None:
    others = {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}
    words = [str(word) for word in command]
    done = subprocess.run(
        words, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, **others
    )  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name}: {done.stderr.strip()}")


def main(command: Sequence[str]) -> int:
    """Run a command beside a server of its own."""
    if programs() is None:
        print(NOT_HERE)
        return 0
    with server() as url:
        return subprocess.run(command, env={**os.environ, NAME: url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
