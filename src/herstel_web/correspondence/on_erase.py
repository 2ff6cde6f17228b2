"""The bytes of a file go when its line goes: erasing a case or a person leaves nothing on disk."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from herstel_web.correspondence import storage
from herstel_web.correspondence.models import File


def _remove_bytes(instance: File, **_: Any) -> None:
    stored_as = instance.stored_as
    transaction.on_commit(lambda: storage.remove(stored_as))


def connect() -> None:
    """Listen to lines of files that go, also along with their case."""
    post_delete.connect(_remove_bytes, sender=File, dispatch_uid="herstel.files")
