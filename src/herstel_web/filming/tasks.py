"""Measuring a recording in the background, with its progress kept for the page that waits for it."""

import logging
import time
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from herstel.errors import HerstelError, Problem, marked
from herstel_web.correspondence import storage
from herstel_web.filming import engine
from herstel_web.filming.actions import keep_failure, keep_measured
from herstel_web.filming.bridge import question_of
from herstel_web.filming.engine import OnFrame
from herstel_web.filming.models import Recording

log = logging.getLogger(__name__)
TELL_EVERY_S = 0.7


@task()
def measure_recording(recording_id: str) -> None:
    """Measure a recording, unless that was done or it is gone; twice is the same as once."""
    recording = Recording.objects.filter(pk=UUID(recording_id)).exclude(stored_as="").first()
    if recording is None or not recording.under_way:
        return
    told = {"state": Recording.State.BUSY, "frames_done": 0, "frames_expected": None, "touched_at": timezone.now()}
    Recording.objects.filter(pk=recording.pk).update(**told)
    try:
        path = storage.path_of(recording.stored_as)
        measured = engine.measure(path, question_of(recording), _tells(recording.pk))
    except HerstelError as error:
        keep_failure(recording=recording, problems=error.problems)
    except Exception:
        log.exception("a recording could not be measured")
        reason, remedy = marked("something went wrong while it was measured."), marked("Try again, or film once more.")
        keep_failure(recording=recording, problems=[Problem(thing="video", reason=reason, remedy=remedy)])
    else:
        keep_measured(recording=recording, measured=measured)


def _tells(pk: UUID) -> OnFrame:
    """Writes down how far it is, now and then."""
    last = 0.0

    def tell(done: int, expected: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= TELL_EVERY_S:
            last = now
            told = {"frames_done": done, "frames_expected": expected, "touched_at": timezone.now()}
            Recording.objects.filter(pk=pk).update(**told)

    return tell
