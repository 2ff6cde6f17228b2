"""Does the background jobs and the chores, until it is told to stop.

A job that was being done when its worker died is done again by the next one: a job must bear being done twice.
"""

import logging
import signal
import sys
import threading
from uuid import uuid4

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as JobWorker
from django_tasks_db.models import DBTaskResult

from herstel_web.operation import chores
from herstel_web.operation.jobs import take_back_lost_jobs
from herstel_web.operation.models import WorkerSeen

log = logging.getLogger(__name__)
LOOK_S = 0.5
"""How long a worker that has nothing to do waits before it looks again."""
SAY_S = 5.0
AFTER_TROUBLE_S = 5.0


class Worker:
    """One worker; ``stop`` may be called from a signal or another thread."""

    def __init__(self) -> None:
        self.id = uuid4().hex
        self._stopping = threading.Event()

    def stop(self, *_signal: object) -> None:
        """Finish the job at hand, and then end."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop. A database that cannot be reached for a while is waited for."""
        saying = threading.Thread(target=self._say_that_we_are_here, daemon=True)
        saying.start()
        while not self._stopping.is_set():
            try:
                close_old_connections()
                busy = self.work_once()
                self._stopping.wait(0 if busy else LOOK_S)
            except DatabaseError:
                log.exception("the database cannot be used now; the worker tries again")
                connection.close()
                self._stopping.wait(AFTER_TROUBLE_S)
        saying.join(timeout=SAY_S)

    def work_once(self) -> bool:
        """Do one job, or else one chore; False when there was neither."""
        take_back_lost_jobs()
        if DBTaskResult.objects.ready().exists():  # only to look needs no lock
            self._do_one_job()
            return True
        return chores.run_next(timezone.now())

    def _do_one_job(self) -> None:
        JobWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.id,
            excluded_queue_names=[],
        ).run()

    def _say_that_we_are_here(self) -> None:
        """Also during a long job: this thread has its own connection."""
        started = timezone.now()
        while True:
            try:
                seen = {"started_at": started, "seen_at": timezone.now()}
                WorkerSeen.objects.update_or_create(id=self.id, defaults=seen)
                if self._stopping.wait(SAY_S):
                    WorkerSeen.objects.filter(id=self.id).delete()
                    break
            except DatabaseError:
                connection.close()
                if self._stopping.wait(SAY_S):
                    break
        connection.close()


def stop_with_parent(worker: Worker) -> None:
    """End when the process that started us is gone, however it ended: its end of our standard input then closes."""

    def wait_for_the_end() -> None:
        sys.stdin.buffer.read()
        worker.stop()

    threading.Thread(target=wait_for_the_end, daemon=True).start()


def run(*, beside_server: bool) -> None:
    """Run a worker in this process until it is told to stop."""
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    if beside_server:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the server then closes our input
        stop_with_parent(worker)
    worker.run()
