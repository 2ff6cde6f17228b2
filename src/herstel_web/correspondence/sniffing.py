"""What a file is, by its first bytes. Its name and what a browser says of it decide nothing."""

from collections.abc import Mapping

HEAD_BYTES = 32
_STARTS: Mapping[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"heim", b"heis")
ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}
"""The kinds that are taken, with how their names end. None of them runs anything in a browser."""


def kind_of(head: bytes) -> str | None:
    """The kind of a file by its first ``HEAD_BYTES``; None for one that is not taken."""
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "image/heic"
    return None
