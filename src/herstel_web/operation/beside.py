"""The worker beside a server: a process of its own, started again when it dies, ended with the server."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "herstel_web.operation")
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
LIVED_LONG_S = 60.0
END_WITHIN_S = 20.0
"""A job that takes longer than this when the server stops is broken off; it is done again after the next start."""


class Beside:
    """Keeps one worker running."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    @property
    def pid(self) -> int | None:
        """The process of the worker; None while there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Let the worker finish its job, and end it."""
        self._ending.set()
        if self._process is not None:
            _end(self._process)
        self._thread.join(timeout=END_WITHIN_S)

    def _keep_running(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self._ending.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE)  # noqa: S603 - our own module
            if self._ending.is_set():
                _end(self._process)
            self._process.wait()
            if self._ending.is_set():
                return
            wait_s = FIRST_WAIT_S if time.monotonic() - began > LIVED_LONG_S else min(2 * wait_s, LONGEST_WAIT_S)
            log.error("the worker ended by itself; it is started again")
            self._ending.wait(wait_s)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()  # this is what the worker waits for
    try:
        process.wait(timeout=END_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def worker_beside() -> Iterator[Beside]:
    """A worker for as long as this lasts."""
    beside = Beside()
    beside.start()
    try:
        yield beside
    finally:
        beside.end()
