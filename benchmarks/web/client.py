"""A visitor over loopback: keeps its connection and its cookies, and tells how long an answer took."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
IDLE_S = 30
"""A server closes a connection that is not used; sooner than that we make a new one."""
HEADERS = {"Accept-Language": "nl", "User-Agent": "herstel-benchmark"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    location: str
    milliseconds: float


@dataclass(slots=True)
class Client:
    """One visitor."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None
    _used: float = 0.0

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        return self._ask("POST", path, urlencode(fields, doseq=True))

    def token(self, path: str) -> str:
        """The token that the form on a page must send back."""
        found = _TOKEN.search(self.get(path).body)
        return found[1] if found else ""

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if self._connection is None or time.monotonic() - self._used > IDLE_S:
            self._connection = HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        self._used = time.monotonic()
        headers = {**HEADERS, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        taken = 1000 * (time.perf_counter() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, content.decode(errors="replace"), answer.headers.get("Location", ""), taken)


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    many = list(milliseconds) if len(milliseconds) > 1 else [*milliseconds, *milliseconds]
    return {"p50_ms": median(many), "p95_ms": quantiles(many, n=20, method="inclusive")[-1]}


def a_second(work: Sequence[Callable[[], object]], clients: int) -> float:
    """How much work a second is done when this many clients do it at the same time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(one) for one in work]:
            done.result()
    return len(work) / (time.perf_counter() - began)
