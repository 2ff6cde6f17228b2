import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from herstel.errors import HerstelError
from herstel_pose import installed, weights
from herstel_web.audit.actions import record
from herstel_web.audit.models import Event
from herstel_web.operation import doctor_database, doctor_settings
from herstel_web.operation.finding import Finding
from herstel_web.time_zone import time_zone
from tests.web.installation import DATABASE, Installation, wait_for

NOW = timezone.now()
SECRET = "hidden-word"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def examined(here: Installation, **settings: str) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit code, and what was found by its id. Nothing secret may be among it."""
    here.settings.update(settings)
    done = here.run("doctor", "--json", "--lang", "en")
    assert done.stderr == ""
    assert SECRET not in done.stdout
    return done.returncode, {one["id"]: one for one in json.loads(done.stdout)}


def test_an_installation_that_runs_is_good(in_use: Installation) -> None:
    with in_use.served() as served:
        wait_for(lambda: served.status("/readyz") == 200)
        code, found = examined(in_use)
    assert code == 0
    assert found.pop("video")["state"] in ("good", "warning")  # by whether set-up could fetch the networks
    states = {name: one["state"] for name, one in found.items() if one["state"] != "good"}
    assert states == {"mail": "warning"}
    assert {"python", "state", "key", "disk", "knowledge", "zone", "hosts", "database", "worker", "jobs"} <= set(found)


def test_it_speaks_dutch_and_says_what_to_do(here: Installation) -> None:
    done = here.run("doctor")
    assert "[goed] Python: versie 3." in done.stdout
    assert "herstel serve" in done.stdout


def test_before_the_first_start_it_changes_nothing(here: Installation) -> None:
    if not here.uses_sqlite():
        pytest.skip("only SQLite has no database before the first start")
    code, found = examined(here)
    assert code == 1
    assert found["database"]["remedy"] == "Start the server; it makes one: herstel serve"
    assert not here.state.exists()


def test_a_setting_that_cannot_be_used_is_found_and_no_secret_is_told(here: Installation) -> None:
    code, found = examined(here, HERSTEL_SECRET_KEY=SECRET, HERSTEL_EMAIL_URL=SECRET)
    assert code == 1
    assert "shorter than 50" in found["key"]["seen"]
    assert found["settings"]["subject"] == "HERSTEL_EMAIL_URL"
    assert "database" not in found, "nothing can be said about what depends on the settings"


def test_a_database_that_does_not_answer_is_found_without_its_password(here: Installation) -> None:
    code, found = examined(here, **{DATABASE: f"postgresql://me:{SECRET}@127.0.0.1:9/x"})
    assert code == 1
    assert "cannot be used" in found["database"]["seen"]


@pytest.mark.parametrize(
    ("check", "values", "seen"),
    [
        (doctor_settings.hosts, {"ALLOWED_HOSTS": ["herstel.example.org"], "HTTPS": False}, "without https"),
        (doctor_settings.hosts, {"ALLOWED_HOSTS": ["*"], "HTTPS": True}, "every name is allowed"),
        (doctor_settings.second_step, {"HERSTEL_SECOND_STEP": False}, "with a password alone"),
        (doctor_settings.errors_shown, {"DEBUG": True}, "shown in full"),
        (
            doctor_settings.mail,
            {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9},
            "Connection refused",
        ),
        (
            doctor_settings.links,
            {"EMAIL_BACKEND": SMTP, "SITE_URL": "http://localhost:8000"},
            "works on this machine only",
        ),
    ],
)
def test_a_setting_that_is_not_safe_is_found(
    check: Callable[[], Finding], values: dict[str, object], seen: str, settings: Settings
) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    found = check()
    assert found.state == "wrong"
    told = found.in_words("en")
    assert seen in told["seen"]
    assert told["remedy"]


def test_what_is_safe_is_said_to_be_good(settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["localhost", "herstel.example.org"], True
    settings.HERSTEL_SECOND_STEP = True
    assert doctor_settings.hosts().in_words("en")["seen"] == "herstel.example.org, over https."
    settings.EMAIL_BACKEND, settings.SITE_URL = SMTP, "https://herstel.example.org"
    assert doctor_settings.second_step() is doctor_settings.errors_shown() is doctor_settings.links() is None


def test_a_time_zone_that_nobody_knows_is_told() -> None:
    with pytest.raises(HerstelError, match="no time zone Europe/Atlantis"):
        time_zone({"HERSTEL_TIME_ZONE": "Europe/Atlantis"})
    assert time_zone({}) == "Europe/Amsterdam"


def test_a_full_disk_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((100, "wrong"), (2_000, "warning"), (90_000, "good")):
        usage = SimpleNamespace(free=free * 1_000_000)
        monkeypatch.setattr("shutil.disk_usage", lambda _folder, usage=usage: usage)
        assert doctor_settings.disk().state == state


def test_whether_videos_can_be_measured_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "ALL", ())
    assert doctor_settings.video().state == "good"
    monkeypatch.undo()
    monkeypatch.setenv("HERSTEL_WEIGHTS", str(tmp_path))
    absent = doctor_settings.video()
    assert absent.state == "warning"
    told = absent.in_words("nl")
    assert "pose_detection.tflite, pose_landmark_full.tflite" in told["seen"]
    assert "make weights" in told["remedy"]
    monkeypatch.setattr(installed, "LIBRARIES", {"no_such_library": "av"})
    bare = doctor_settings.video().in_words("en")
    assert "not installed: av." in bare["seen"]
    assert "herstel[video]" in bare["remedy"]


@pytest.mark.django_db
def test_a_clock_that_was_set_back_and_jobs_that_wait_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    record(action=Event.Action.MANAGE, what="test", by=None)
    for name in ("waiting", "failed"):
        DBTaskResult.objects.create(
            args_kwargs={}, task_path="x", backend_name="default", run_after=NOW - timedelta(hours=1),
            exception_class_path="", traceback="", finished_at=NOW,
            status="FAILED" if name == "failed" else "READY",
        )  # fmt: skip
    DBTaskResult.objects.update(enqueued_at=NOW - timedelta(hours=1))
    jobs = doctor_database.jobs()
    assert jobs is not None
    assert jobs.in_words("en")["seen"].startswith("1 wait for longer than five minutes, 1 failed")
    assert doctor_database.clock().state == "good"  # type: ignore[union-attr]
    monkeypatch.setattr(doctor_database.timezone, "now", lambda: NOW - timedelta(days=2))
    assert doctor_database.clock().state == "wrong"  # type: ignore[union-attr]


def test_a_folder_and_a_database_that_others_can_read_are_found(in_use: Installation) -> None:
    in_use.state.chmod(0o755)
    for file in in_use.state.iterdir():
        if file.is_file():
            file.chmod(0o644)
    code, found = examined(in_use)
    assert code == 1
    assert found["state"]["remedy"] == f"Close it: chmod 700 {in_use.state}"
    assert found["key"]["state"] == "wrong"
    if in_use.uses_sqlite():
        assert "chmod 600" in found["database"]["remedy"]


def test_a_database_of_another_version_is_found(in_use: Installation) -> None:
    in_use.lines("migrate_back", "operation", "zero")
    _, found = examined(in_use)
    assert "1 migrations are missing" in found["migrations"]["seen"]
    in_use.lines("from_the_future")
    _, found = examined(in_use)
    assert "a newer version" in found["migrations"]["seen"]
