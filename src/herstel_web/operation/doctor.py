"""Looks at an installation, and says what is wrong with it and how to mend that. Changes nothing."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence

from herstel.errors import HerstelError
from herstel_web.operation import doctor_settings
from herstel_web.operation.finding import Finding, wrong
from herstel_web.operation.start import our_state, set_up
from herstel_web.state import SHORTEST_KEY

Check = Callable[[], Finding | None]


def examine() -> Iterator[Finding]:
    """Everything that is found, in an order in which it can be mended.

    Yields
    ------
    Finding
        When the settings cannot be read or the database cannot be reached, what depends on that is left out.
    """
    yield from _all(doctor_settings.BEFORE_SETTINGS)
    _make_no_key()
    try:
        set_up()
    except HerstelError as error:
        for problem in error.problems:
            yield wrong("settings", problem.thing, problem)
        return
    from herstel_web.operation import doctor_database

    yield from _all(doctor_settings.WITH_SETTINGS)
    reached = doctor_database.reached()
    yield reached
    if reached.state != "wrong":
        yield from _all(doctor_database.CHECKS)


def _make_no_key() -> None:
    """The doctor may be another user than the server: a key that it made could not be read by the server."""
    if not (our_state() / "secret_key").exists():
        os.environ.setdefault("HERSTEL_SECRET_KEY", secrets.token_urlsafe(SHORTEST_KEY))


def _all(checks: Sequence[Check]) -> Iterator[Finding]:
    for check in checks:
        found = check()
        if found is not None:
            yield found
