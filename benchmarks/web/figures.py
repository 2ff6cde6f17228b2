"""Runs the measurement on SQLite and on PostgreSQL, each in processes of its own, and tells what came of it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from tools import postgresql

PEOPLE, REQUESTS = 2_000, 10_000
SMALL_PEOPLE, SMALL_REQUESTS = 200, 300
"""With fewer people than this it is a try-out: fewer requests too."""
PAGE_MOST_MS, QUESTION_MOST_MS, MOST_QUERIES = 200, 50, 30
MOST_BYTES, MOST_GROWTH_KB = 150_000, 200
LONG_AGAINST_SHORT = 1.5
SHIFT_MOST = 0.01
ROOT = Path(__file__).parents[2]


def figures(people: int | None = None) -> Iterator[Figure]:
    """Every figure of the pages, on both databases."""
    for name in ("SQLite", "PostgreSQL"):
        with installed(name) as environment:
            if environment is None:
                yield Figure(name=name, value=postgresql.NOT_HERE)
                continue
            found = measured(environment, people or PEOPLE)
        yield from told(name, found)


@contextmanager
def installed(name: str) -> Iterator[Mapping[str, str] | None]:
    """The environment of an empty installation; None where it cannot be had. PostgreSQL writes to disk as it should."""
    with tempfile.TemporaryDirectory(prefix="herstel-bench-") as folder:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("HERSTEL_", "DJANGO_"))}
        own = {
            **kept,
            "HERSTEL_STATE": folder,
            "HERSTEL_SECOND_STEP": "0",
            "DJANGO_SETTINGS_MODULE": "herstel_web.settings",
        }
        own["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        if name == "SQLite":
            yield own
        elif postgresql.programs() is None:
            yield None
        else:
            with postgresql.server(quick=False) as url:
                yield {**own, "HERSTEL_DATABASE_URL": url}


def measured(environment: Mapping[str, str], people: int) -> Mapping[str, Any]:
    """What a process of its own measured."""
    requests = REQUESTS if people >= SMALL_PEOPLE else SMALL_REQUESTS
    command = [sys.executable, "-m", "benchmarks.web.run", str(people), str(requests)]
    done = subprocess.run(command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True)
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def told(name: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    """The figures of one database."""
    filled = found["filled"]
    yield Figure(
        name=f"{name}: filled",
        value=f"{filled['people']} people, {filled['facts']} facts, {filled['megabytes']:.0f} MB "
        f"{filled['seconds']:.0f} s; concluded for {filled['patterns']} different histories and copied to the others",
    )
    yield from _pages(name, found["pages"])
    yield from _checks(name, found)
    yield from _browser(name, found["browser"])


def _pages(name: str, pages: Mapping[str, Any]) -> Iterator[Figure]:
    for page, one in sorted(pages.items(), key=lambda item: -item[1]["p95_ms"]):
        ratio = one.get("long_against_short")
        grows = "" if ratio is None else f", {ratio:.2f} times that with a long history instead of a short one"
        yield Figure(
            name=f"{name}: {page}",
            value=f"p50 {one['p50_ms']:.0f} ms, p95 {one['p95_ms']:.0f} ms, {one['queries']} queries, processor "
            f"{one['processor_ms']:.0f} ms{grows}",
            aim=f"p95 at most {PAGE_MOST_MS} ms, at most {MOST_QUERIES} queries, independent of the history",
            met=one["p95_ms"] <= PAGE_MOST_MS
            and one["queries"] <= MOST_QUERIES
            and (ratio is None or ratio <= LONG_AGAINST_SHORT),
        )


def _checks(name: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    question, result = found["next_question"]["question"], found["next_question"]["result"]
    yield Figure(
        name=f"{name}: the next question of the self-check, posting an answer included",
        value=f"p50 {question['p50_ms']:.0f} ms, p95 {question['p95_ms']:.0f} ms",
        aim=f"p95 at most {QUESTION_MOST_MS} ms",
        met=question["p95_ms"] <= QUESTION_MOST_MS,
    )
    yield Figure(
        name=f"{name}: the result of the self-check",
        value=f"p50 {result['p50_ms']:.0f} ms, p95 {result['p95_ms']:.0f} ms",
        aim=f"p95 at most {PAGE_MOST_MS} ms",
        met=result["p95_ms"] <= PAGE_MOST_MS,
    )
    check_in = found["check_in"]
    yield Figure(
        name=f"{name}: a check-in, posted",
        value=f"p50 {check_in['p50_ms']:.0f} ms, p95 {check_in['p95_ms']:.0f} ms",
        aim=f"p95 at most {PAGE_MOST_MS} ms",
        met=check_in["p95_ms"] <= PAGE_MOST_MS,
    )
    yield Figure(
        name=f"{name}: check-ins a second from {found['clients']} clients, beside a bare view that writes one row",
        value=f"{check_in['a_second']:.0f}, {check_in['a_second'] / found['bare_a_second']:.2f} of the bare view "
        f"({found['bare_a_second']:.0f})",
    )
    memory = found["memory"]
    yield Figure(
        name=f"{name}: memory of the server over {memory['requests']} requests",
        value=f"{memory['first_mb']:.1f} MB at first, {memory['half_mb']:.1f} MB halfway, {memory['last_mb']:.1f} MB "
        f"in the end; in the second half {memory['kb_per_thousand']:.0f} kB per thousand requests",
        aim=f"at most {MOST_GROWTH_KB} kB per thousand",
        met=memory["kb_per_thousand"] <= MOST_GROWTH_KB,
    )
    why: dict[str, list[str]] = {}
    for skipped, reason in found["skipped"].items():
        why.setdefault(reason.partition(" (")[0], []).append(skipped)
    for reason, pages in why.items():
        yield Figure(name=f"{name}: {len(pages)} addresses not measured, {reason}", value=", ".join(pages))


def _browser(name: str, browser: Mapping[str, Any] | None) -> Iterator[Figure]:
    if browser is None:
        yield Figure(name=f"{name}: in a browser", value="no chromium here: not measured")
        return
    yield Figure(
        name=f"{name}: the first page in all",
        value=f"{browser['bytes']} bytes in {browser['files']} files",
        aim=f"at most {MOST_BYTES} bytes",
        met=browser["bytes"] <= MOST_BYTES,
    )
    worst, shift = max(browser["shifts"].items(), key=lambda item: item[1])
    yield Figure(
        name=f"{name}: layout shift of {len(browser['shifts'])} pages at 360 and 1280 px, the largest",
        value=f"{shift:.4f} ({worst})",
        aim="none",
        met=shift <= SHIFT_MOST,
    )
