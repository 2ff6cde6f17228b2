"""What has to be done every so often without anybody asking: robust without cron, by whichever worker is free."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from herstel_web.operation.models import ChoreDone, WorkerSeen

log = logging.getLogger(__name__)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
KEPT_DAYS = 14
"""How long jobs that are done, and attempts to sign in, are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something to do every so often. ``run`` names a function without arguments that does a small part of it.

    It returns True when more is left: it is then called again as soon as no job waits. It must bear being stopped
    half-way and being done twice.
    """

    name: str
    every: timedelta
    run: str


CHORES: tuple[Chore, ...] = (
    Chore(name="renew_conclusions", every=MINUTE, run="herstel_web.cases.renewal.renew_some"),
    Chore(name="try_jobs_again", every=MINUTE, run="herstel_web.operation.jobs.try_again"),
    Chore(name="remind_of_appointments", every=5 * MINUTE, run="herstel_web.booking.reminders.remind"),
    Chore(name="offer_freed_times", every=MINUTE, run="herstel_web.booking.waiting.offer"),
    Chore(name="work_out_outcomes", every=10 * MINUTE, run="herstel_web.outcomes.actions.work_out_some"),
    Chore(name="remove_videos", every=10 * MINUTE, run="herstel_web.filming.chores.remove_videos"),
    Chore(name="prune_workers", every=DAY, run="herstel_web.operation.chores.prune_workers"),
    Chore(name="prune_jobs", every=DAY, run="herstel_web.operation.chores.prune_jobs"),
    Chore(name="prune_sessions", every=DAY, run="herstel_web.operation.chores.prune_sessions"),
    Chore(name="prune_sign_ins", every=DAY, run="herstel_web.operation.chores.prune_sign_ins"),
)
"""Every chore. An app that has one adds its line here."""


def run_next(now: datetime) -> bool:
    """Do one chore that is due, if there is one; says whether to ask again at once."""
    taken = dict(ChoreDone.objects.values_list("name", "at"))
    for chore in CHORES:
        last = taken.get(chore.name)
        if (last is None or last <= now - chore.every) and _take(chore, last, now):
            if _done(chore):
                ChoreDone.objects.filter(name=chore.name).update(at=LONG_AGO)
            return True
    return False


def _take(chore: Chore, last: datetime | None, now: datetime) -> bool:
    """Whether this chore is ours to do: of several workers one gets it."""
    if last is None:
        return ChoreDone.objects.get_or_create(name=chore.name, defaults={"at": now})[1]
    return bool(ChoreDone.objects.filter(name=chore.name, at=last).update(at=now))


def _done(chore: Chore) -> bool:
    """Do it; whether more is left. What goes wrong is written down, and tried again when it is due again."""
    try:
        run: Callable[[], bool | None] = import_string(chore.run)
        return bool(run())
    except Exception:
        log.exception("a chore failed")
        return False


def prune_jobs() -> None:
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)


def prune_workers() -> None:
    """Workers that were killed before they could take their row away."""
    WorkerSeen.objects.filter(seen_at__lt=timezone.now() - DAY).delete()


def prune_sessions() -> None:
    """Sessions that ended by themselves, and what was noted about their browsers."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    call_command("clearsessions", verbosity=0)
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def prune_sign_ins() -> None:
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog

    before = timezone.now() - timedelta(days=KEPT_DAYS)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=before).delete()
