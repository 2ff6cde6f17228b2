"""For those who keep watch over an installation: is it alive, and is it ready. Strangers learn nothing more."""

from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from herstel_web.access import public
from herstel_web.operation import database
from herstel_web.operation.jobs import GONE_AFTER
from herstel_web.operation.models import WorkerSeen

READY, NOT_READY = 200, 503
_found_up_to_date: list[bool] = []
"""Not empty when the migrations were found to be applied: while this process lives that stays so."""


@public
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Alive: this process answers, whatever else is wrong."""
    return _said("ok", READY)


@public
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Ready for visitors: the database answers and is up to date, and a worker is alive. Why not, says the doctor."""
    try:
        ready = _up_to_date() and worker_alive(timezone.now())
    except DatabaseError:
        ready = False
    return _said("ok", READY) if ready else _said("not ready", NOT_READY)


def worker_alive(now: datetime) -> bool:
    """Whether a worker said a moment ago that it is there."""
    return WorkerSeen.objects.filter(seen_at__gte=now - GONE_AFTER).exists()


def _up_to_date() -> bool:
    if not _found_up_to_date and not database.behind():
        _found_up_to_date.append(True)
    return bool(_found_up_to_date)


def _said(word: str, status: int) -> HttpResponse:
    return HttpResponse(f"{word}\n", status=status, content_type="text/plain; charset=utf-8")
