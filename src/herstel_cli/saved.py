"""Where an unfinished interview is kept: one small file of the user's own, readable by nobody else.

It is a complaint file, so ``herstel assess`` reads it too.
"""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from herstel.complaint.model import AnswerValue
from herstel.errors import InputError, Problem, marked

ONLY_ME, ONLY_MY_FOLDER = 0o600, 0o700


def default_path() -> Path:
    """The file in the user's state folder."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "herstel" / "interview.json"


def load(path: Path) -> dict[str, object]:
    """The answers of a saved interview in the order they were given; none when there is no file.

    Raises
    ------
    InputError
        When the file is not a saved interview.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        answers = content["answers"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        answers = None
    if isinstance(answers, dict):
        return answers
    reason = marked("the saved interview cannot be read.")
    remedy = marked("Start again with 'herstel check --new'; the old file is kept beside it.")
    raise InputError([Problem(thing=str(path), reason=reason, remedy=remedy)])


def save(path: Path, answers: Mapping[str, AnswerValue]) -> None:
    """Write the answers; either the whole file is new or the old one is still there."""
    path.parent.mkdir(mode=ONLY_MY_FOLDER, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ME)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"answers": answers}, file, ensure_ascii=False, indent=2)
    unfinished.replace(path)


def set_aside(path: Path) -> None:
    """Keep an older interview beside the new one."""
    if path.exists():
        path.replace(path.with_name(path.name + ".old"))


def saved_on(path: Path) -> date:
    """The day of the last answer."""
    return date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012 - the person's own day


def keep_beside(path: Path) -> None:
    """Keep a copy of the answers as they were before a re-check."""
    save(path.with_name(path.name + ".before"), json.loads(path.read_text(encoding="utf-8"))["answers"])
