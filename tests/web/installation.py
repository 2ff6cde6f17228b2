"""A real installation: a state folder of its own, and the programs that people start, as processes of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from uuid import uuid4

import psycopg

ROOT = Path(__file__).parents[2]
DATABASE, TEST_DATABASE = "HERSTEL_DATABASE_URL", "HERSTEL_TEST_DATABASE_URL"
PATIENCE_S = 40


@dataclass(slots=True, kw_only=True)
class Installation:
    """``state`` is its folder; ``settings`` are more variables of its environment."""

    state: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("HERSTEL_", "DJANGO_", "COV"))
        }
        return {
            **kept,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "HERSTEL_STATE": str(self.state),
            "COLUMNS": "80",
            **self.settings,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "herstel_cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * PATIENCE_S,
        )

    def program(self, name: str, *arguments: str) -> "subprocess.Popen[str]":
        """One of the programs of ``installation_programs.py``, which prints a line for everything it did."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.web.installation_programs", name, *arguments],
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "herstel_web.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def lines(self, name: str, *arguments: str) -> list[str]:
        """What such a program printed, when it ended well."""
        with self.program(name, *arguments) as process:
            said = process.communicate(timeout=2 * PATIENCE_S)[0]
        assert process.returncode == 0
        return said.splitlines()

    def uses_sqlite(self) -> bool:
        return DATABASE not in self.settings

    @contextmanager
    def served(self) -> Iterator["Served"]:
        """The server, until it has told that it is ready; killed afterwards when it still runs."""
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "herstel_cli", "serve", "--port", str(port), "--lang", "en"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        served = Served(process=process, base=f"http://127.0.0.1:{port}")
        try:
            served.wait_until_it_answers()
            yield served
        finally:
            process.kill()
            process.communicate(timeout=PATIENCE_S)


@dataclass(slots=True, kw_only=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    base: str

    def wait_until_it_answers(self) -> None:
        wait_for(lambda: self.process.poll() is not None or self.status("/healthz") == 200)
        if self.process.poll() is not None:
            raise AssertionError(self.process.communicate()[0])

    def status(self, path: str) -> int:
        """The status that an address answers; 0 when nobody answers."""
        try:
            with urlopen(self.base + path, timeout=5) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except (URLError, OSError):
            return 0

    def stop(self) -> str:
        """End it as a service manager does; gives what it wrote."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE_S)[0]

    def workers(self) -> list[int]:
        """The processes that it started."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for file in children for pid in file.read_text().split()]


@contextmanager
def installation(state: Path, like: Installation | None = None) -> Iterator[Installation]:
    """An installation, on SQLite or else on a database of its own at the server that the tests run on.

    It is new, or holds the same as another one.
    """
    if like is not None:
        shutil.copytree(like.state, state)
    server = os.environ.get(TEST_DATABASE)
    if not server:
        yield Installation(state=state)
        return
    name = f"herstel_{uuid4().hex}"
    template = f" TEMPLATE {like.settings[DATABASE].rsplit('/', 1)[1]}" if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}")
        yield Installation(state=state, settings={DATABASE: f"{server.rsplit('/', 1)[0]}/{name}"})
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_for(what: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Until something is so; an AssertionError when it takes too long."""
    until = time.monotonic() + patience_s
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
