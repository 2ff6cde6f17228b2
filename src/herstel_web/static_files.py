"""Addresses of static files that change with their content, so that a browser may keep them."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class DatedFiles(StaticFilesStorage):
    """Adds a fingerprint of the content to the address; nothing has to be collected beforehand."""

    def url(self, name: str | None) -> str:
        return f"{super().url(name)}?v={_fingerprint(name or '')}"


@cache
def _fingerprint(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return sha256(Path(found).read_bytes()).hexdigest()[:10]
