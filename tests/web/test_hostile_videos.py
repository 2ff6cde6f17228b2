"""Files that mean harm, or are broken, against the real look: refused with a reason, in a time that nobody minds."""

import random
import time
from pathlib import Path

import pytest

from herstel.errors import InputError
from herstel_pose.installed import not_installed
from herstel_web.filming import bridge, engine

HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
NOISE = random.Random(5).randbytes(200_000)
LONGEST_S = 20


def box(kind: bytes, content: bytes, size: int | None = None) -> bytes:
    return (size if size is not None else len(content) + 8).to_bytes(4, "big") + kind + content


HOSTILE = {
    "noise": HEAD + NOISE,
    "cut off": HEAD,
    "a box larger than the file": HEAD + box(b"moov", b"", 0x7FFFFFFF),
    "boxes in boxes": HEAD + box(b"moov", b"\x00\x00\x00\x08trak" * 20_000),
    "a table without end": HEAD + box(b"moov", box(b"stts", b"\x00" * 4 + b"\xff\xff\xff\xff" + NOISE[:64])),
    "webm of noise": b"\x1a\x45\xdf\xa3" + NOISE,
    "a playlist that names other files": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a script": HEAD + b"<script>alert(1)</script>" * 100,
}


@pytest.fixture(autouse=True)
def can_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look, no weights are needed; only to measure."""
    lacking = not_installed()
    if lacking:
        pytest.skip(f"no video can be read on this machine: {', '.join(lacking)} is missing")
    monkeypatch.setattr(engine, "missing", lambda: ())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason_and_a_remedy(name: str, tmp_path: Path) -> None:
    path = tmp_path / "0123456789abcdef"
    path.write_bytes(HOSTILE[name])
    began = time.monotonic()
    with pytest.raises(InputError) as refused:
        bridge.probe(path)
    assert time.monotonic() - began < LONGEST_S
    assert all(one.reason and one.remedy for one in refused.value.problems)
