"""Measures one installation: ``python -m benchmarks.web.run PEOPLE REQUESTS`` prints what it found as JSON.

The environment names the database. Nothing may be in it yet.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import django

django.setup()

from django.urls import reverse

from benchmarks.web.browser import seen
from benchmarks.web.client import Client, a_second, spread
from benchmarks.web.fill import Filled, fill
from benchmarks.web.pages import Route, queries_of, routes, session_of
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.demo.practice import DOMAIN
from herstel_web.operation import database
from tests.web.installation import free_port

CLIENTS = 4
SAMPLED, LEAST_REPEATS = 60, 60
WARM_UP = 3
INTERVIEWS, RESULTS = 3, 10
MEMORY_STEPS = 20
STORY = {
    "rf_now": "none", "rf_ill": "none", "rf_leg": "none", "rf_history": "none", "medicines": "none", "age": "25",
    "walking": "painful", "places": "left.thigh_middle", "days_since_onset": "3", "both_legs": "one",
    "onset": "sudden", "mechanism": "sprint", "moment": "stopped", "pop": "no", "straighten": "tight",
}  # fmt: skip
TOLD = {"pain_now": "2", "pain_worst": "3", "pain_next_morning": "1", "stiffness_min": "5", "walking": "pain_free"}


def say(text: str) -> None:
    print(f"    {text}", file=sys.stderr, flush=True)


@contextmanager
def process(command: Sequence[str], base: str, path: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process of its own, once it answers."""
    log: IO[bytes]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            _wait_for(base, path, running)
            yield running
        finally:
            running.terminate()


def _wait_for(base: str, path: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            if Client(base).get(path).status < 400:
                return
        except OSError:
            pass
        if running.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{running.args!r} does not answer")
        time.sleep(0.1)


class Measurement:
    """Everything that is measured of one filled installation while its server runs."""

    def __init__(self, base: str, server: int, filled: Filled) -> None:
        self.base, self.server, self.filled = base, server, filled
        member = session_of(User.objects.get(email=f"owner@{DOMAIN}"))
        self.long, self.short = (_spread_out(cases) for cases in (filled.long, filled.short))
        self.sessions: dict[Any, str] = {case.pk: session_of(_user(case)) for case in (*self.long, *self.short)}
        self.member = Client(base, {"herstel_session": member})
        self.visitor = Client(base)
        self.persons = {pk: Client(base, {"herstel_session": session}) for pk, session in self.sessions.items()}
        self.routes, self.skipped = routes()

    def client(self, route: Route, case: Case) -> Client:
        return {"visitor": self.visitor, "member": self.member, "person": self.persons[case.pk]}[route.visitor]

    def pages(self) -> dict[str, Any]:
        """Every page: how long it takes, how many queries it asks, and whether a long history makes it slower."""
        found = {}
        for route in list(self.routes):
            case = self.long[0]
            session = self.client(route, case).cookies.get("herstel_session")
            status, queries = queries_of(route.address(case), session)
            if status != 200:
                self.skipped[route.name] = f"it answers {status} here"
                self.routes.remove(route)
                continue
            times, processor_ms = self.times(route, self.long)
            found[route.name] = {**spread(times), "processor_ms": processor_ms, "queries": queries}
            if route.of_a_case:
                found[route.name]["long_against_short"] = processor_ms / max(self.times(route, self.short)[1], 1.0)
        return found

    def times(self, route: Route, cases: Sequence[Case]) -> tuple[list[float], float]:
        """How long each answer took, and how long the processor was busy for one."""
        asked = [case for _ in range(max(LEAST_REPEATS // len(cases), 1)) for case in cases]
        for case in cases[:WARM_UP]:
            self.client(route, case).get(route.address(case))
        before = _processor_ms(self.server)
        times = [self.client(route, case).get(route.address(case)).milliseconds for case in asked]
        return times, (_processor_ms(self.server) - before) / len(asked)

    def next_question(self) -> dict[str, dict[str, float]]:
        """From the answer that is sent to the page with the next question; and the result at the end."""
        times, results = [], []
        for _ in range(INTERVIEWS):
            client = Client(self.base)
            place = client.get("/check/").location
            while place.startswith("/check/"):
                question, token = place.removeprefix("/check/").strip("/"), client.token(place)
                value = STORY.get(question, "unknown")
                name = "choice" if value in ("none", "unknown") else "answer"
                kept = client.post(place, {name: value, "csrfmiddlewaretoken": token})
                assert kept.status == 302, f"{question}: {kept.status}"
                place = kept.location
                times.append(kept.milliseconds + client.get(place).milliseconds)
            results += [client.get(place).milliseconds for _ in range(RESULTS)]
        return {"question": spread(times), "result": spread(results)}

    def check_in(self, most: int) -> dict[str, float]:
        """The check-in of today: how long posting one takes, and how many a second several clients get done."""
        prepared = [_ready(self.base, case) for case in self.filled.long[-most:]]
        alone, together = prepared[: most // 4], prepared[most // 4 :]
        times = [work().milliseconds for work in alone]
        return {**spread(times), "a_second": a_second(together, CLIENTS)}

    def memory(self, requests: int) -> dict[str, float]:
        """How the memory of the server grows while pages of all kinds are asked for, once its caches are full.

        In the first half every page is asked for every case, which fills what is kept in memory up to its limits.
        """
        asked = [(route, case) for case in self.long for route in self.routes]
        sizes = []
        for number in range(requests):
            route, case = asked[number * 7 % len(asked)]
            self.client(route, case).get(route.address(case))
            if number % max(requests // MEMORY_STEPS, 1) == 0:
                sizes.append((number, _resident_mb(self.server)))
        later = [(number, size) for number, size in sizes if number >= requests / 2]
        return {
            "requests": requests,
            "first_mb": sizes[0][1],
            "half_mb": later[0][1],
            "last_mb": later[-1][1],
            "kb_per_thousand": 1000 * 1000 * _slope(later),
        }

    def browser(self) -> Mapping[str, Any] | None:
        case = self.long[0]
        visitors = {"visitor": None, "member": self.member.cookies["herstel_session"], "person": self.sessions[case.pk]}
        return seen(
            self.base, visitors, [(route.visitor, route.address(case)) for route in self.routes if _is_page(route)]
        )


def _is_page(route: Route) -> bool:
    """Whether it is shown in a browser, and not something to take along."""
    return not any(
        word in route.name for word in ("pdf", "take", "feed", "figure", "healthz", "readyz", "robots", "worker")
    )


def _spread_out(cases: Sequence[Case]) -> list[Case]:
    """Some of the cases, from all over."""
    step = max(len(cases) // SAMPLED, 1)
    return list(cases[::step])[:SAMPLED]


def _user(case: Case) -> User:
    assert case.person.user is not None
    return case.person.user


def _ready(base: str, case: Case) -> "Callable[[], Any]":
    """A person with the form of today's check-in before them."""
    client = Client(base, {"herstel_session": session_of(_user(case))})
    address = reverse("check_in")
    token = client.token(address)
    return partial(client.post, address, {**TOLD, "key": str(uuid4()), "csrfmiddlewaretoken": token})


def _processor_ms(pid: int) -> float:
    """How long the processor was busy with this process until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_mb(pid: int) -> float:
    line = next(one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmRSS"))
    return float(line.split()[1]) / 1000


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line through points."""
    import numpy as np

    if len(points) < 2:
        return 0.0
    return float(np.polyfit(*np.array(points, dtype=float).T, 1)[0])


def main(people: int, requests: int) -> dict[str, Any]:
    """Fill, serve, measure."""
    database.bring_up_to_date(Path("unused"))
    say(f"filling {database.named()} with {people} people ...")
    filled = fill(people)
    found: dict[str, Any] = {"filled": filled.in_numbers(), "clients": CLIENTS}
    port = free_port()
    base, command = f"http://127.0.0.1:{port}", [sys.executable, "-m", "herstel_cli", "serve", "--port", str(port)]
    with process(command, base, "/healthz") as server:
        measurement = Measurement(base, server.pid, filled)
        for name, measure in (
            ("pages", measurement.pages),
            ("next_question", measurement.next_question),
            ("check_in", partial(measurement.check_in, min(people // 2, 400))),
            ("browser", measurement.browser),
            ("memory", partial(measurement.memory, requests)),
        ):
            say(f"{name.replace('_', ' ')} ...")
            found[name] = measure()
        found["skipped"] = measurement.skipped
    found["bare_a_second"] = _bare(max(people // 3, 100))
    return found


def _bare(times: int) -> float:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with process([sys.executable, "-m", "benchmarks.web.bare", str(port)], base, "/"):
        clients = [Client(base) for _ in range(CLIENTS)]
        work = [partial(clients[number % CLIENTS].get, "/") for number in range(times)]
        shares = [work[number::CLIENTS] for number in range(CLIENTS)]
        began = time.perf_counter()
        a_second([partial(_all, share) for share in shares], CLIENTS)
        return times / (time.perf_counter() - began)


def _all(work: Sequence[Callable[[], object]]) -> None:
    for one in work:
        one()


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
