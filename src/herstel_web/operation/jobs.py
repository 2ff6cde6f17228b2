"""Jobs that did not come to an end: their worker died, or something went wrong. A job must bear being done twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from herstel_web.operation.models import WorkerSeen

GONE_AFTER = timedelta(seconds=30)
"""A worker that did not say for this long that it is there, is taken to be gone."""
MOST_ATTEMPTS = 3
"""A job that was begun this often is given up: it may be what kills its workers."""
AGAIN_AFTER = timedelta(minutes=2)
RECENT = timedelta(hours=1)


def take_back_lost_jobs() -> None:
    """Let jobs of workers that are gone be done by another one."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return
    gone_before = timezone.now() - GONE_AFTER
    alive = set(WorkerSeen.objects.filter(seen_at__gte=gone_before).values_list("id", flat=True))
    for job in running:
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        if job.started_at is not None and job.started_at >= gone_before:
            continue  # its worker may not have said yet that it is there
        if len(job.worker_ids) >= MOST_ATTEMPTS:
            job.set_failed(RuntimeError("its workers died"))
        else:
            DBTaskResult.objects.filter(pk=job.pk, status=job.status).update(status="READY")


def try_again() -> None:
    """Let jobs that failed a moment ago, such as an e-mail that could not be sent, be done again a little later."""
    now = timezone.now()
    for job in DBTaskResult.objects.failed().filter(finished_at__gte=now - RECENT):
        if len(job.worker_ids) < MOST_ATTEMPTS:
            later = now + AGAIN_AFTER * len(job.worker_ids)
            DBTaskResult.objects.filter(pk=job.pk, status=job.status).update(
                status="READY", run_after=later, finished_at=None
            )
