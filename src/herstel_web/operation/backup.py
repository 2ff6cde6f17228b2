"""A copy of everything that an installation keeps, made while it runs: the database at one moment, and the files.

The copy is a zip file with a manifest. It is checked before it gets its name, so that a file with that name is whole.
"""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from types import ModuleType
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from herstel import __version__
from herstel.errors import HerstelError, Problem, marked
from herstel_web.operation import copy_postgresql, copy_sqlite, database

FORMAT = 1
CHUNK_BYTES = 1 << 20
MANIFEST, FILES = "manifest.json", "files/"
NAMED = "herstel-{at:%Y%m%d-%H%M%S}.zip"
UNREADABLE = (OSError, KeyError, TypeError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a damaged archive may raise; a flag that says encrypted or packed in another way is a RuntimeError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a copy holds: the kind of its database, the rows of each table, and a checksum of every part.

    ``with_files`` is false for a copy of the database alone.
    """

    format: int
    herstel: str
    made_at: str
    database: str
    migrations: list[list[str]]
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    with_files: bool


def engine() -> ModuleType:
    """What copies the kind of database that is in use."""
    return copy_sqlite if database.is_sqlite() else copy_postgresql


def file_in(folder: Path) -> Path:
    """The name of a copy that is made now."""
    return folder / NAMED.format(at=timezone.localtime())


def write_backup(target: Path, *, with_files: bool = True) -> Manifest:
    """Make a copy; it has its name only when it was found to be whole, and only its owner may read it.

    Raises
    ------
    HerstelError
        When there is such a file already, or something cannot be read or written.
    """
    if target.exists():
        reason, remedy = marked("there is such a file already."), marked("Give another name, or remove it first.")
        raise HerstelError([Problem(thing=str(target), reason=reason, remedy=remedy)])
    database.reach()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".herstel-") as folder:
            part = Path(folder) / "part.zip"
            made = _write(part, Path(folder), with_files=with_files)
            check(part)
            part.replace(target)
        _sync(target.parent)
    except (OSError, DatabaseError, zipfile.BadZipFile) as error:
        raise HerstelError([not_written(target, error)]) from error
    return made


def not_written(target: Path, error: Exception) -> Problem:
    said = getattr(error, "strerror", None) or str(error)
    reason = marked("the copy could not be made: {error}.")
    remedy = marked("Nothing was changed. See whether there is room, and whether this user may write there.")
    return Problem(thing=str(target), reason=reason, remedy=remedy, values={"error": str(said).rstrip(".")})


def _write(part: Path, folder: Path, *, with_files: bool) -> Manifest:
    copied = folder / engine().NAME
    rows = engine().copy(copied)
    checksums: dict[str, str] = {}
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, file in _parts(copied, with_files=with_files):
                checksums[name] = _add(archive, name, file)
            made = _manifest(rows, checksums, with_files=with_files)
            archive.writestr(MANIFEST, json.dumps(asdict(made), indent=1))
        opened.flush()
        os.fsync(opened.fileno())
    copied.unlink()
    return made


def _parts(copied: Path, *, with_files: bool) -> Iterator[tuple[str, Path]]:
    """The database first: every file that it names is then still to come."""
    yield copied.name, copied
    root = Path(settings.MEDIA_ROOT)
    if with_files and root.is_dir():
        for file in sorted(root.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield FILES + file.relative_to(root).as_posix(), file


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> str:
    """Add one file as it is now; gives the checksum of what was added."""
    found = sha256()
    with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK_BYTES):
            found.update(chunk)
            target.write(chunk)
    return found.hexdigest()


def _manifest(rows: Mapping[str, int], checksums: Mapping[str, str], *, with_files: bool) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        format=FORMAT,
        herstel=__version__,
        made_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted([app, name] for app, name in applied),
        rows=rows,
        sha256=checksums,
        with_files=with_files,
    )


def check(file: Path) -> Manifest:
    """Read a copy from begin to end, and compare every part with its checksum.

    Raises
    ------
    HerstelError
        When it is not a copy made by Herstel, or not as it was written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            found = Manifest(**json.loads(archive.read(MANIFEST)))
            wrong = [name for name, sum_ in found.sha256.items() if _checksum(archive.open(name)) != sum_]
            names = set(archive.namelist()) - {MANIFEST}
    except UNREADABLE as error:
        raise HerstelError([_not_ours(file)]) from error
    if wrong or names != set(found.sha256):
        reason = marked("{count} parts are not as they were written, so the copy is damaged.")
        count = len(wrong) or len(names ^ set(found.sha256))
        remedy = marked("Use another copy.")
        raise HerstelError([Problem(thing=str(file), reason=reason, remedy=remedy, values={"count": count})])
    return found


def _not_ours(file: Path) -> Problem:
    reason = marked("this is not a copy that herstel backup made, or it cannot be read to the end.")
    return Problem(thing=str(file), reason=reason, remedy=marked("Use another copy."))


def _checksum(opened: IO[bytes]) -> str:
    with opened:
        return file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]


def _sync(folder: Path) -> None:
    """See to it that the new name itself is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest of the copies in a folder that have the name we give, but for the newest ones."""
    made = sorted(file for file in folder.glob("herstel-*.zip") if _named_by_us(file))
    old = made[:-keep]
    for file in old:
        file.unlink()
    return old


def _named_by_us(file: Path) -> bool:
    try:
        datetime.strptime(file.name, "herstel-%Y%m%d-%H%M%S.zip")  # noqa: DTZ007 - only whether it is one
    except ValueError:
        return False
    return True
