"""What the tests let another process do with the records of an installation: ``python -m ... NAME ARGUMENTS``."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import django

django.setup()

from django.db.models import Count
from django.utils import timezone

from herstel_web.cases import actions, renewal
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from herstel_web.operation import database
from herstel_web.operation.backup import engine
from tests.web.actors import opened_case, user

TODAY = timezone.localdate()


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def begin() -> None:
    """A database with one case."""
    database.bring_up_to_date(database.file().parent / "copies")
    say(opened_case(user("patient@example.org")).pk)


def write(most: str) -> None:
    """Sets, one after the other; a key is told when, and only when, its fact was recorded."""
    case = Case.objects.get()
    for number in range(int(most)):
        entry = {"date": TODAY.isoformat(), "exercise": "glute_bridge", "set": number + 1, "amount": 8}
        fact = NewFact(part=Fact.Part.SETS, entry=entry, day=TODAY)
        say(actions.record_fact(case=case, fact=fact, by=None, today=TODAY).key)


def keys() -> None:
    """Every fact that is there; and whether each case counts as many as it has."""
    for key in Fact.objects.values_list("key", flat=True):
        say(key)
    for case in Case.objects.annotate(there=Count("facts")):
        assert case.facts_version == case.there, "a fact was recorded by half"


def rows() -> None:
    """The number of rows of every table, in a database that is whole."""
    for table, count in engine().counts_now().items():
        say(f"{table} {count}")


def migrate_back(app: str, name: str) -> None:
    from django.core.management import call_command

    call_command("migrate", app, name, verbosity=0)


def from_the_future() -> None:
    """As if a newer version had worked with this database."""
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.create(app="cases", name="9999_something_new")


def check_in() -> None:
    """An ordinary check-in, which is worked out in the background."""
    entry = {"date": TODAY.isoformat(), "pain_now": 1}
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=TODAY)
    actions.record_fact(case=Case.objects.get(), fact=fact, by=None, today=TODAY)


def work_slowly() -> None:
    """A worker that says it when it has begun, and then takes its time."""
    from herstel_web.operation.worker import Worker

    def slowly(**_: object) -> None:
        say("begun")
        time.sleep(600)

    renewal.work_out = slowly  # type: ignore[assignment]
    Worker().run()


def work() -> None:
    """Everything there is to do, as if the worker before died a while ago."""
    from django_tasks_db.models import DBTaskResult

    from herstel_web.operation.models import WorkerSeen
    from herstel_web.operation.worker import Worker

    ago = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.running().update(started_at=ago)
    WorkerSeen.objects.update(seen_at=ago)
    worker = Worker()
    while worker.work_once():
        pass
    for job in DBTaskResult.objects.all():
        say(f"{job.status} {len(job.worker_ids)}")


def concluded() -> None:
    """How many facts the conclusion was made of, of how many; and how often its forecast and decisions were kept."""
    case = Case.objects.select_related("conclusion").get()
    say(f"{case.conclusion.facts_version} of {case.facts_version}")
    say(case.forecasts.filter(day=TODAY).count())
    decisions = [(one.day, one.subject, one.rule) for one in case.decisions.filter(superseded_at=None)]
    say(len(decisions) - len(set(decisions)))


def record(key: str) -> None:
    """One fact by its key: sent again after it was not certain whether it had arrived."""
    entry = {"date": TODAY.isoformat(), "exercise": "glute_bridge", "set": 1, "amount": 8}
    fact = NewFact(part=Fact.Part.SETS, entry=entry, day=TODAY, key=UUID(key))
    actions.record_fact(case=Case.objects.get(), fact=fact, by=None, today=TODAY)


PROGRAMS: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        begin,
        write,
        keys,
        rows,
        migrate_back,
        from_the_future,
        record,
        check_in,
        work_slowly,
        work,
        concluded,
    )
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
