"""Log lines without anything a visitor typed: an exception is told by its kind and place, not by its message."""

import logging
import traceback
from types import TracebackType

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Leaves out messages of exceptions and the values in log messages of requests, which can hold answers."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        what = f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')}" if request else _plain(record)
        lines = [f"{record.levelname} {record.name}: {what.strip()}"]
        if record.exc_info:
            lines.append(self.formatException(record.exc_info))
        return "\n".join(lines)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (the name of the standard library)
        kind, _error, where = ei
        frames = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where)]
        return "\n".join([*frames, f"  {kind.__name__ if kind else 'error'}"])


def _plain(record: logging.LogRecord) -> str:
    """The message without its values: they may come from a visitor."""
    return str(record.msg)
