"""Whether a file is a video, by its first bytes. Its name and what a browser says of it decide nothing."""

HEAD_BYTES = 32
_PICTURES = (b"heic", b"heix", b"mif1", b"heim", b"heis", b"avif")


def video_kind(head: bytes) -> str | None:
    """How a browser plays it; None for what is no video that phones and browsers make."""
    if head[4:8] == b"ftyp" and head[8:12] not in _PICTURES:
        return "video/mp4"  # also what phones call QuickTime
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm"
    return None
