"""Whether a server or worker is at work on the records of this state folder; the system forgets it when they die."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from herstel.errors import HerstelError, Problem, marked

FILE = "running.lock"


@contextmanager
def at_work(state: Path) -> Iterator[None]:
    """While this lasts, nobody may put a copy back.

    Raises
    ------
    HerstelError
        When a copy is being put back now.
    """
    with _opened(state) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = marked("a copy is being put back at this moment.")
            raise HerstelError(
                [Problem(thing=str(state), reason=reason, remedy=marked("Try again when it is done."))]
            ) from None
        yield


@contextmanager
def refuse_running(state: Path) -> Iterator[None]:
    """While this lasts, no server or worker can start.

    Raises
    ------
    HerstelError
        When one is at work.
    """
    with _opened(state) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = marked("Herstel is running, and would go on with the records that are replaced.")
            remedy = marked("Stop the server and its workers first.")
            raise HerstelError([Problem(thing=str(state), reason=reason, remedy=remedy)]) from None
        yield


def _opened(state: Path) -> IO[str]:
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    return (state / FILE).open("w")
