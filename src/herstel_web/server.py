"""Serves the pages from one process."""

import errno
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from herstel.errors import HerstelError, Problem, marked
from herstel.text import Language

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from waitress.server import BaseWSGIServer, MultiSocketServer

HOST, PORT = "127.0.0.1", 8000
LAST_PORT = 65535
_LOCAL_NAMES = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::1": "localhost", "::": "localhost"}  # noqa: S104


def serve(host: str = HOST, port: int = PORT, language: Language = "nl") -> None:
    """Serve the pages until Ctrl-C; says where they are and how to stop.

    Raises
    ------
    HerstelError
        When the address cannot be used, or the knowledge is not right.
    """
    server = make_server(host, port)
    _announce(host, int(server.effective_port) if hasattr(server, "effective_port") else port, language)
    try:
        server.run()
    finally:
        server.close()


def make_server(host: str = HOST, port: int = PORT) -> "MultiSocketServer | BaseWSGIServer":
    """A server that listens but does not answer yet; the knowledge is loaded, so that no visitor has to wait for it."""
    from waitress.server import create_server

    handler = application()
    from django.conf import settings

    behind_proxy: dict[str, Any] = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": "x-forwarded-proto"}
    options = behind_proxy if settings.HTTPS else {}
    return create_server(handler, sockets=[_listen(host, port)], ident=None, **options)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not 0 <= port <= LAST_PORT:
        raise HerstelError([_why_not(host, port, ValueError("there is no such port"))])
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise HerstelError([_why_not(host, port, error)]) from error


def application() -> "WSGIHandler":
    """The pages as a WSGI application."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herstel_web.settings")
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()
    from herstel_web.knowledge import knowledge

    knowledge()
    return handler


def _announce(host: str, port: int, language: Language) -> None:
    from django.utils.translation import gettext, override

    shown = _LOCAL_NAMES.get(host, host)
    with override(language):
        sys.stdout.write(
            gettext("Herstel is ready: http://{host}:{port}/\nStop with Ctrl-C.\n").format(host=shown, port=port)
        )
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
