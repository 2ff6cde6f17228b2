"""The bytes of a recording go when its line goes: erasing a case or a person leaves nothing on disk."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from herstel_web.correspondence import storage
from herstel_web.filming.models import Recording


def _remove_bytes(instance: Recording, **_: Any) -> None:
    for name in (instance.stored_as, instance.landmarks_as, instance.people_as):
        if name:
            transaction.on_commit(partial(storage.remove, name))


def connect() -> None:
    """Listen to lines of recordings that go, also along with their case."""
    post_delete.connect(_remove_bytes, sender=Recording, dispatch_uid="herstel.recordings")
