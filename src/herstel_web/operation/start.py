"""What every command that runs the application does first."""

import os
import sys
from pathlib import Path

from herstel.text import Language, say
from herstel_web.state import state_folder


def set_up() -> None:
    """Load the settings and the apps.

    Raises
    ------
    HerstelError
        When a setting is not right.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herstel_web.settings")
    import django

    django.setup()


def our_state() -> Path:
    """The state folder of this installation."""
    return state_folder(os.environ)


def work(language: Language) -> None:
    """Run a worker until it is told to stop, on a database that a server made ready.

    Raises
    ------
    HerstelError
        When the database cannot be used or is not up to date.
    """
    set_up()
    from herstel_web.operation import worker
    from herstel_web.operation.database import refuse_behind
    from herstel_web.operation.running import at_work

    with at_work(our_state()):
        refuse_behind()
        sys.stdout.write(say(language, "The worker is ready. Stop with Ctrl-C.") + "\n")
        sys.stdout.flush()
        worker.run(beside_server=False)
