"""Everything that reads recordings."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from herstel_web.cases.models import Case
from herstel_web.correspondence import storage
from herstel_web.filming.models import Recording
from herstel_web.operation.health import worker_alive

MOST_SHOWN = 50


def recordings(case: Case) -> "QuerySet[Recording]":
    """The recordings of a case, newest first."""
    return Recording.objects.filter(case=case).defer("report").order_by("-sent_at")[:MOST_SHOWN]


def recording(case: Case, pk: UUID) -> Recording | None:
    """A recording of this case, and of no other."""
    return Recording.objects.filter(case=case, pk=pk).select_related("case").first()


def to_be_judged(case: Case) -> "QuerySet[Recording]":
    """The recordings that wait for a therapist, who waits longest first."""
    return Recording.objects.filter(case=case, state=Recording.State.READY).defer("report").order_by("sent_at")


def landmarks(recording: Recording) -> bytes | None:
    """The points of the body that were kept; None when there are none."""
    return storage.read(recording.landmarks_as) if recording.landmarks_as else None


def nobody_measures() -> bool:
    """Whether no worker is there to measure anything now."""
    return not worker_alive(timezone.now())
