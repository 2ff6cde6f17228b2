"""What a person takes along of the tests that were filmed."""

from collections.abc import Mapping

from django.db.models import Model

from herstel_web.correspondence import storage
from herstel_web.filming.models import Recording
from herstel_web.people.export import as_json, rows
from herstel_web.people.models import Person

MODELS: list[type[Model]] = [Recording]
MOST_VIDEO_BYTES = 200 * 1024 * 1024
"""The archive is made in memory: so much video goes in, the newest first; the rest is handed out on its own page."""
ENDINGS = {"video/mp4": ".mp4", "video/webm": ".webm"}


def recordings(person: Person) -> Mapping[str, bytes]:
    """What was measured, the points of the body, and the videos that are still kept."""
    found = Recording.objects.filter(case__person=person).order_by("-sent_at")
    told = {"recordings.json": as_json(rows(found, without=("stored_as", "landmarks_as", "people_as")))}
    room = MOST_VIDEO_BYTES
    for one in found:
        name = f"recordings/{one.filmed_on}-{one.movement}-{str(one.pk)[:8]}"
        points = storage.read(one.landmarks_as) if one.landmarks_as else None
        if points is not None:
            told[f"{name}.npz"] = points
        if one.stored_as and one.size_bytes <= room:
            video = storage.read(one.stored_as)
            if video is not None:
                room -= len(video)
                told[f"{name}{ENDINGS[one.kind]}"] = video
    return told
