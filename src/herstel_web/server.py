"""Serves the pages from one process, with a worker beside it."""

import errno
import gc
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

from herstel.errors import HerstelError, Problem, marked
from herstel.text import Language, say
from herstel_web.operation.start import our_state, set_up

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from waitress.server import BaseWSGIServer, MultiSocketServer

    Server = MultiSocketServer | BaseWSGIServer

HOST, PORT = "127.0.0.1", 8000
LAST_PORT = 65535
THREADS = 8
"""Enough that a few slow answers do not hold up the others; on one core more of them would only wait for each other."""
OPEN_CONNECTIONS = 1_000
"""Browsers keep theirs open, up to six each, for two minutes; with waitress' own limit of 100 some twenty people at
once would shut out the next one. More than `select` can watch, so `poll` does where there is one."""
_LOCAL_NAMES = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::1": "localhost", "::": "localhost"}  # noqa: S104


def serve(host: str = HOST, port: int = PORT, language: Language = "nl") -> None:
    """Serve the pages until Ctrl-C; says where they are and how to stop.

    The address comes first, so that nothing is changed when it cannot be used. The database is made or brought up to
    date, a worker is started beside the server, and only then the pages answer.

    Raises
    ------
    HerstelError
        When the address or the database cannot be used, or the settings or the knowledge are not right.
    """
    set_up()
    from herstel_web.operation.beside import worker_beside
    from herstel_web.operation.running import at_work

    listening = _listen(host, port)
    signal.signal(signal.SIGTERM, _stop)
    with listening, at_work(our_state()):
        bring_up_to_date(language)
        with worker_beside():
            server = _server(listening)
            _announce(host, listening.getsockname()[1], language)
            try:
                server.run()
            finally:
                server.close()


def bring_up_to_date(language: Language) -> None:
    """Make the database ready for this version, and say it when a copy was made first."""
    from herstel_web.operation.database import bring_up_to_date

    copy = bring_up_to_date(our_state() / "copies")
    if copy is not None:
        text = say(language, "The database was brought up to date. A copy from before is in {copy}.", copy=copy)
        sys.stdout.write(f"{text}\n")


def _stop(*_signal: object) -> None:
    raise SystemExit(0)


def make_server(host: str = HOST, port: int = PORT) -> "Server":
    """A server that listens but does not answer yet; the knowledge is loaded, so that no visitor has to wait for it."""
    return _server(_listen(host, port))


def _server(listening: socket.socket) -> "Server":
    from waitress.server import create_server

    handler = application()
    from django.conf import settings

    from herstel_web.large_requests import Channel

    proxy = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for"}
    options: dict[str, Any] = {
        "max_request_body_size": settings.LARGEST_REQUEST_BYTES,
        "connection_limit": OPEN_CONNECTIONS,
        "asyncore_use_poll": True,
    }
    options |= proxy if settings.HTTPS else {}
    server = create_server(handler, sockets=[listening], ident=None, threads=THREADS, **options)
    server.channel_class = Channel  # type: ignore[union-attr]  # of one socket it is never the other kind
    return server


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not 0 <= port <= LAST_PORT:
        raise HerstelError([_why_not(host, port, ValueError("there is no such port"))])
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise HerstelError([_why_not(host, port, error)]) from error


def application() -> "WSGIHandler":
    """The pages as a WSGI application.

    What is there before the first answer stays until the end. Python looked through all of it for garbage every so many
    answers, the knowledge above all, and that one visitor waited for it; frozen, it is left alone.
    """
    set_up()
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    handler = WSGIHandler()
    from herstel_web.knowledge import knowledge

    knowledge()
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    return handler


def _announce(host: str, port: int, language: Language) -> None:
    from herstel_web.practice.first_run import first_run_link

    base = f"http://{_LOCAL_NAMES.get(host, host)}:{port}"
    lines = [say(language, "Herstel is ready: {address}", address=f"{base}/"), say(language, "Stop with Ctrl-C.")]
    link = first_run_link(base)
    if link is not None:
        lines += [
            "",
            say(
                language,
                "Nobody has an account yet. With this link, good for once and for 24 hours, you become the owner:",
            ),
            link,
        ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _why_not(host: str, port: int, error: Exception) -> Problem:
    thing, code = f"{host}:{port}", getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return Problem(
            thing=thing,
            reason=marked("something else already uses port {port}; perhaps Herstel is already running."),
            remedy=marked(
                "Look at http://{host}:{port}/ in your browser, or choose another: herstel serve --port {next}"
            ),
            values={"host": host, "port": port, "next": port + 10},
        )
    if code == errno.EACCES:
        return Problem(
            thing=thing,
            reason=marked("this user may not use port {port}."),
            remedy=marked("Choose a port above 1024, for example: herstel serve --port 8000"),
            values={"port": port},
        )
    return Problem(
        thing=thing,
        reason=marked("the pages cannot be served at this address ({error})."),
        remedy=marked("Leave out the host, or give an address of this machine and a port from 1 to 65535."),
        values={"error": getattr(error, "strerror", None) or error},
    )
