"""Put a copy back. What was there is kept aside, and nothing is touched before the copy was found to be whole."""

import shutil
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from herstel.errors import HerstelError, Problem, marked
from herstel_web.operation import database
from herstel_web.operation.backup import FILES, Manifest, check, engine
from herstel_web.operation.running import refuse_running


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and the folder in which the old records are; None when there were none."""

    manifest: Manifest
    aside: Path | None


def restore(source: Path, state: Path, *, force: bool = False) -> Restored:
    """Put a copy in the place of what is there.

    Parameters
    ----------
    source : Path
        A copy made by ``write_backup``.
    state : Path
        The state folder; the old records go into its folder ``aside``.
    force : bool
        Also when there are records already.

    Raises
    ------
    HerstelError
        When the copy is damaged, does not fit, or would replace records without ``force``, or Herstel is running.
    """
    manifest = check(source)
    _refuse_other_kind(source, manifest)
    with refuse_running(state):
        if not engine().is_empty():
            database.reach()
            if not force:
                raise HerstelError([_would_replace(state)])
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = _aside(state)
        with tempfile.TemporaryDirectory(dir=state, prefix=".restore-") as folder:
            try:
                _unpacked(source, manifest, Path(folder))
                _check_rows(Path(folder) / engine().NAME, manifest)
                engine().put_back(Path(folder) / engine().NAME, aside)
                _put_files_back(Path(folder), aside, manifest)
            except (OSError, DatabaseError, sqlite3.Error) as error:
                raise HerstelError([_failed(source, aside, error)]) from error
        _compare(manifest)
        if not any(aside.iterdir()):
            aside.rmdir()
            return Restored(manifest=manifest, aside=None)
        return Restored(manifest=manifest, aside=aside)


def _refuse_other_kind(source: Path, manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        reason = marked("this is a copy of a database of the kind {kind}, and this installation uses {ours}.")
        remedy = marked("Set HERSTEL_DATABASE_URL to a database of that kind.")
        values = {"kind": manifest.database, "ours": connection.vendor}
        raise HerstelError([Problem(thing=str(source), reason=reason, remedy=remedy, values=values)])
    newer = database.unknown((app, name) for app, name in manifest.migrations)
    if newer:
        reason = marked("it was made by a newer version of Herstel ({version}).")
        remedy = marked("Install that version first.")
        values = {"version": manifest.herstel}
        raise HerstelError([Problem(thing=str(source), reason=reason, remedy=remedy, values=values)])


def _would_replace(state: Path) -> Problem:
    reason = marked("there are records already, and they would be replaced.")
    remedy = marked("If that is what you want, add --force; the old ones are then kept in {folder}.")
    return Problem(thing=database.named(), reason=reason, remedy=remedy, values={"folder": state / "aside"})


def _aside(state: Path) -> Path:
    folder = state / "aside" / f"{timezone.localtime():%Y%m%d-%H%M%S-%f}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


def _unpacked(source: Path, manifest: Manifest, folder: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        for name in manifest.sha256:
            target = folder / name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise OSError(f"{name} would be written outside the folder")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with archive.open(name) as packed, target.open("wb") as unpacked:
                target.chmod(0o600)
                shutil.copyfileobj(packed, unpacked)


def _check_rows(copied: Path, manifest: Manifest) -> None:
    """Look inside before anything is replaced, where the kind of copy allows it."""
    if database.is_sqlite() and engine().counts(copied) != manifest.rows:
        raise sqlite3.DatabaseError("it does not hold as many rows as were written")


def _put_files_back(folder: Path, aside: Path, manifest: Manifest) -> None:
    if not manifest.with_files:
        return
    root = Path(settings.MEDIA_ROOT)
    if root.exists():
        shutil.move(root, aside / FILES.rstrip("/"))
    unpacked = folder / FILES.rstrip("/")
    if unpacked.exists():
        root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(unpacked, root)


def _compare(manifest: Manifest) -> None:
    """Count again in the database that is now in use."""
    if engine().counts_now() != manifest.rows:
        reason = marked("not every row came back.")
        remedy = marked("Put the old records back from the folder aside, and use another copy.")
        raise HerstelError([Problem(thing=database.named(), reason=reason, remedy=remedy)])


def _failed(source: Path, aside: Path, error: Exception) -> Problem:
    reason = marked("it could not be put back: {error}.")
    remedy = marked("What was moved aside stands in {folder}; see whether there is room, and try again.")
    said = str(getattr(error, "strerror", None) or error).rstrip(".")
    return Problem(thing=str(source), reason=reason, remedy=remedy, values={"error": said, "folder": aside})
