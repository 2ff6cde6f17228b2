"""Files on disk: outside what is served, under names that say nothing, written whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_OWNER_ONLY = 0o600
_FOLDER = 0o700
NAME_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Where bytes were put, and what they are."""

    stored_as: str
    sha256: str
    size_bytes: int


def folder() -> Path:
    """The folder of all files, outside what is served; a backup takes it along."""
    return Path(settings.MEDIA_ROOT)


def path_of(stored_as: str) -> Path:
    """Where the bytes of a name stand, for a program that reads a file by itself."""
    if not stored_as.isalnum():
        raise ValueError("no such name is ever given out")
    return folder() / stored_as[:2] / stored_as


def write(chunks: Iterable[bytes]) -> Stored:
    """Put bytes on disk; they are there in full when this returns, also after a power cut."""
    stored_as = secrets.token_hex(NAME_BYTES)
    path = path_of(stored_as)
    path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    digest, size, half = hashlib.sha256(), 0, path.with_suffix(".half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as opened:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        half.rename(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return Stored(stored_as=stored_as, sha256=digest.hexdigest(), size_bytes=size)


def read(stored_as: str) -> bytes | None:
    """All bytes; None when they are not there."""
    try:
        return path_of(stored_as).read_bytes()
    except FileNotFoundError:
        return None


def remove(stored_as: str) -> None:
    """Take the bytes away for good."""
    path_of(stored_as).unlink(missing_ok=True)
