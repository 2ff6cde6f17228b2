"""Settings of the tests: a database of their own, quick passwords, e-mail that stays here, jobs done at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("HERSTEL_SECRET_KEY", "for-tests-only-" * 4)
os.environ["HERSTEL_DATABASE_URL"] = os.environ.get("HERSTEL_TEST_DATABASE_URL", "")
if "HERSTEL_STATE" not in os.environ:
    os.environ["HERSTEL_STATE"] = tempfile.mkdtemp(prefix="herstel-tests-")
    atexit.register(shutil.rmtree, os.environ["HERSTEL_STATE"], ignore_errors=True)
# Processes that share the tests among them have the same environment; each gets a folder of its own.
STATE = Path(os.environ["HERSTEL_STATE"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
STATE.mkdir(parents=True, exist_ok=True)
os.environ["HERSTEL_STATE"] = str(STATE)

from herstel_web.settings import *  # noqa: E402, F403
from herstel_web.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that the server of the browser tests, in a thread of its own, sees the same records.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES["default"]["CONN_MAX_AGE"] = 0  # no thread of a server keeps the database of the tests open
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
HERSTEL_SECOND_STEP = False  # its own tests turn it on
