"""Log lines without anything a visitor typed: one JSON object a line, with the number of the request it belongs to.

An exception is told by its kind and place, not by its message; a message without the values that were put in it.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request that is being answered; made here, never taken from who asks."""
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Leaves out messages of exceptions and the values in log messages of requests, which can hold answers."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": "request" if request else str(record.msg),  # the message without its values
        }
        if request:
            line |= {"status": getattr(record, "status_code", None), "method": getattr(request, "method", None)}
        if number := REQUEST_ID.get():
            line["request"] = number
        if record.exc_info:
            line |= _told(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _told(exc_info: _ExcInfo) -> dict[str, object]:
    kind, _error, where = exc_info
    return {
        "error": kind.__name__ if kind else "error",
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)],
    }


def security(event: str) -> None:
    """Tell that something happened that somebody who keeps watch wants to know; in words of ours alone."""
    logging.getLogger("herstel.security").warning(event)
