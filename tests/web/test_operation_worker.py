from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from herstel_web.cases import actions, queries, renewal
from herstel_web.cases.models import Case, Conclusion
from herstel_web.cases.tasks import renew_conclusion
from herstel_web.operation import chores, health, jobs
from herstel_web.operation.chores import Chore
from herstel_web.operation.models import ChoreDone, WorkerSeen
from herstel_web.operation.worker import Worker
from tests.web.actors import Actors

NOW = timezone.now()
TODAY = timezone.localdate()
calls: list[str] = []


@pytest.fixture(autouse=True)
def _jobs_in_the_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a worker; but the connection, which holds the transaction of the test, stays open."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    calls.clear()


def job_of(case: Case) -> DBTaskResult:
    return DBTaskResult.objects.get(pk=renew_conclusion.enqueue(str(case.pk)).id)


def outdated(case: Case) -> None:
    Conclusion.objects.filter(case=case).update(day=TODAY - timedelta(days=2))


def day_of(case: Case) -> object:
    return Conclusion.objects.get(case=case).day


def begun(job: DBTaskResult, *workers: str, minutes_ago: int = 5) -> None:
    job.status, job.worker_ids, job.started_at = (
        "RUNNING",
        list(workers),
        timezone.now() - timedelta(minutes=minutes_ago),
    )
    job.save()


def status(job: DBTaskResult) -> str:
    return str(DBTaskResult.objects.get(pk=job.pk).status)


def test_a_job_is_done_and_says_who_did_it(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "CHORES", ())
    outdated(actors.case)
    job, worker = job_of(actors.case), Worker()
    assert worker.work_once()
    assert (status(job), day_of(actors.case)) == ("SUCCESSFUL", TODAY)
    assert DBTaskResult.objects.get(pk=job.pk).worker_ids == [worker.id]
    assert not worker.work_once()


def test_a_job_whose_worker_died_is_done_again(actors: Actors) -> None:
    job = job_of(actors.case)
    begun(job, "dead")
    jobs.take_back_lost_jobs()
    assert status(job) == "READY"


def test_a_job_of_a_living_worker_is_left_alone(actors: Actors) -> None:
    WorkerSeen.objects.create(id="alive", started_at=NOW, seen_at=timezone.now())
    job = job_of(actors.case)
    begun(job, "dead", "alive")
    jobs.take_back_lost_jobs()
    assert status(job) == "RUNNING"


def test_a_job_that_has_only_just_begun_is_left_alone(actors: Actors) -> None:
    job = job_of(actors.case)
    begun(job, "new", minutes_ago=0)
    jobs.take_back_lost_jobs()
    assert status(job) == "RUNNING"


def test_a_job_that_kills_its_workers_is_given_up(actors: Actors) -> None:
    job = job_of(actors.case)
    begun(job, "one", "two", "three")
    jobs.take_back_lost_jobs()
    assert status(job) == "FAILED"


def test_a_job_that_failed_is_tried_again_a_little_later_but_not_for_ever(actors: Actors) -> None:
    once, often = job_of(actors.case), job_of(actors.case)
    for job, workers in ((once, ["a"]), (often, ["a", "b", "c"])):
        job.status, job.worker_ids, job.finished_at = "FAILED", workers, timezone.now()
        job.save()
    jobs.try_again()
    assert (status(once), status(often)) == ("READY", "FAILED")
    assert not DBTaskResult.objects.ready().exists(), "not at once"


@pytest.mark.django_db
def test_a_chore_is_done_when_it_is_due_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "CHORES", (chore("note"),))
    assert chores.run_next(NOW)
    assert not chores.run_next(NOW + timedelta(hours=23))
    assert chores.run_next(NOW + timedelta(hours=25))
    assert calls == ["note", "note"]


@pytest.mark.django_db
def test_a_chore_that_is_not_finished_comes_back_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "CHORES", (chore("note_and_more"),))
    assert [chores.run_next(NOW) for _ in range(3)] == [True, True, True]


@pytest.mark.django_db
def test_a_chore_that_goes_wrong_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(chores, "CHORES", (chore("go_wrong"), chore("note")))
    assert [chores.run_next(NOW) for _ in range(3)] == [True, True, False]
    assert calls == ["note"]
    assert "a chore failed" in caplog.text


@pytest.mark.django_db
def test_of_two_workers_one_takes_a_chore() -> None:
    one = chore("note")
    ChoreDone.objects.create(name=one.name, at=NOW - timedelta(days=2))
    last = ChoreDone.objects.get(name=one.name).at
    assert [chores._take(one, last, NOW), chores._take(one, last, NOW)] == [True, False]


def chore(name: str) -> Chore:
    return Chore(name=name, every=chores.DAY, run=f"{__name__}.{name}")


def note() -> None:
    calls.append("note")


def note_and_more() -> bool:
    return True


def go_wrong() -> None:
    raise ValueError("what somebody typed")


def test_open_cases_are_worked_out_for_the_new_day(actors: Actors) -> None:
    outdated(actors.case)
    assert not renewal.renew_some()
    assert day_of(actors.case) == TODAY


def test_closed_cases_are_left_as_they_were(actors: Actors) -> None:
    outdated(actors.case)
    Case.objects.filter(pk=actors.case.pk).update(closed_on=TODAY)
    renewal.renew_some()
    assert day_of(actors.case) == TODAY - timedelta(days=2)


def test_many_cases_are_worked_out_a_few_at_a_time(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "SOME", 1)
    Conclusion.objects.update(day=TODAY - timedelta(days=2))
    assert renewal.renew_some()
    assert not renewal.renew_some()
    assert set(Conclusion.objects.values_list("day", flat=True)) == {TODAY}


def test_a_case_that_cannot_be_worked_out_does_not_hold_up_the_others(
    actors: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_out = renewal.work_out

    def work(*, case: Case, today: object) -> object:
        if case.pk == actors.case.pk:
            raise renewal.HerstelError([])
        return work_out(case=case, today=TODAY)

    monkeypatch.setattr(renewal, "work_out", work)
    Conclusion.objects.update(day=TODAY - timedelta(days=2))
    assert not renewal.renew_some()
    assert set(Conclusion.objects.values_list("day", flat=True)) == {TODAY, TODAY - timedelta(days=2)}
    monkeypatch.setattr(renewal, "work_out", work_out)
    renewal.renew_some()
    assert day_of(actors.case) == TODAY - timedelta(days=2), "it is tried again on another day, or with other facts"


def test_facts_that_came_in_while_thinking_are_not_overwritten(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    work_out = renewal.work_out

    def slowly(*, case: Case, today: object) -> object:
        found = work_out(case=case, today=TODAY)
        warning = {"date": TODAY.isoformat(), "symptoms": {"bladder_bowel_saddle_change": True}}
        fact = actions.NewFact(part=actions.Part.CHECK_INS, entry=warning, day=TODAY)
        actions.record_fact(case=case, fact=fact, by=actors.patient, today=TODAY)
        return found

    monkeypatch.setattr(renewal, "work_out", slowly)
    renewal.renew(case=actors.case, today=TODAY)
    kept = Conclusion.objects.get(case=actors.case)
    assert kept.on_hold
    assert kept.facts_version == Case.objects.get(pk=actors.case.pk).facts_version
    assert queries.standing(Case.objects.get(pk=actors.case.pk), TODAY).recovery.progress.position.on_hold


@pytest.mark.django_db
def test_every_chore_can_be_done() -> None:
    WorkerSeen.objects.create(id="old", started_at=NOW, seen_at=NOW - timedelta(days=3))
    while chores.run_next(NOW):
        assert ChoreDone.objects.count() <= len(chores.CHORES)
    assert set(ChoreDone.objects.values_list("name", flat=True)) == {one.name for one in chores.CHORES}
    assert not WorkerSeen.objects.exists()


@pytest.mark.django_db
def test_readiness_asks_for_a_living_worker_and_tells_strangers_nothing() -> None:
    client = Client(SERVER_NAME="localhost")
    assert (client.get("/readyz").status_code, client.get("/readyz").content) == (503, b"not ready\n")
    WorkerSeen.objects.create(id="gone", started_at=NOW, seen_at=NOW - timedelta(minutes=2))
    assert client.get("/readyz").status_code == 503
    WorkerSeen.objects.create(id="alive", started_at=NOW, seen_at=timezone.now())
    assert (client.get("/readyz").status_code, client.get("/readyz").content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readiness_asks_for_a_database_that_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    WorkerSeen.objects.create(id="alive", started_at=NOW, seen_at=timezone.now())
    monkeypatch.setattr(health, "_found_up_to_date", [])
    monkeypatch.setattr(health.database, "behind", lambda: ["cases.0002"])
    assert Client(SERVER_NAME="localhost").get("/readyz").status_code == 503
