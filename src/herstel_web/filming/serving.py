"""A video as a player asks for it: in pieces."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE_BYTES = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
NOT_THERE, A_PART, ALL = 416, 206, 200


def served(request: HttpRequest, path: Path, kind: str) -> HttpResponseBase:
    """The bytes that were asked for; a file that is lost from disk is not found."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise Http404 from None
    asked = _RANGE.match(request.headers.get("Range", ""))
    first, last = _between(asked, size) if asked else (0, size - 1)
    if not 0 <= first <= last:
        return HttpResponse(status=NOT_THERE, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_pieces(path, first, last), status=A_PART if asked else ALL, content_type=kind)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Content-Disposition"] = "inline"
    if asked:
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _between(asked: re.Match[str], size: int) -> tuple[int, int]:
    begin, end = asked[1], asked[2]
    if not begin:  # the last so many bytes
        return (max(0, size - int(end)), size - 1) if end and int(end) else (0, -1)
    return int(begin), min(int(end), size - 1) if end else size - 1


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0:
            piece = file.read(min(PIECE_BYTES, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
